"""Many things in parts; Python 3.12 has it in itertools."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


def batched(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """Lists of so many at most, in order."""
    rest = iter(items)
    while part := list(islice(rest, most)):
        yield part
