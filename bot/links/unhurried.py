"""An event loop for many hosts at a time, none of them in a hurry.

It waits a hundredth of a second for more before it works. Else nearly each packet and each moment
that was waited for would wake it by itself, and waking up takes as long as the work does.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

_T = TypeVar("_T")
_MOMENT = 0.01


class _Gathering(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout != 0:  # else there is work already
            super().select(timeout)
            time.sleep(_MOMENT)
        return super().select(0)


def run(work: Coroutine[Any, Any, _T]) -> _T:
    """As `asyncio.run` does."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(_Gathering())) as runner:
        return runner.run(work)
