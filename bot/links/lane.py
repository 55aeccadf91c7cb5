"""The links of one host, in the order in which they are asked."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Turn(NamedTuple):
    """A link to be asked from a moment on; `again` for the second time."""

    due: float
    number: int
    address: str
    again: bool


class Lane:
    """What waits to be asked, and what is to be asked once more; the latter goes first."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._waiting = deque(addresses)
        self._later: list[Turn] = []
        self._number = 0

    def put_off(self, address: str, seconds: float) -> None:
        """Ask once more, later."""
        self._number += 1
        due = asyncio.get_running_loop().time() + seconds
        heapq.heappush(self._later, Turn(due, self._number, address, again=True))

    async def next(self) -> Turn | None:
        """What to ask now; None when nothing is left."""
        loop = asyncio.get_running_loop()
        while self._later or self._waiting:
            if self._later and self._later[0].due <= loop.time():
                return heapq.heappop(self._later)
            if self._waiting:
                return Turn(0.0, 0, self._waiting.popleft(), again=False)
            await asyncio.sleep(self._later[0].due - loop.time())
        return None
