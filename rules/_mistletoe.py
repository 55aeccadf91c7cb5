"""mistletoe, imported without its table of punctuation.

It looks at each of Unicode's million characters when it is imported, which takes longer than
anything else at a start; whether one character is punctuation is as well looked up when it is met.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Punctuation(frozenset[str]):
    """What is punctuation by mistletoe's own list, or else by Unicode."""

    __slots__ = ()

    def __contains__(self, char: object) -> bool:
        return super().__contains__(char) or category(str(char)).startswith("P")


@contextmanager
def _few_characters() -> Iterator[None]:
    """Let Unicode seem to end soon, while mistletoe goes through it."""
    last = sys.maxunicode
    sys.maxunicode = 0
    try:
        yield
    finally:
        sys.maxunicode = last


with _few_characters():
    from mistletoe import block_token, core_tokens, span_token, span_tokenizer, token

core_tokens.punctuation = _Punctuation(core_tokens.punctuation)

__all__ = ["block_token", "span_token", "span_tokenizer", "token"]
