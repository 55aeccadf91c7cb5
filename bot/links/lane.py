"""The links of one host, in the order in which they are asked."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yarl import URL


class Turn(NamedTuple):
    """A link to be asked for by its `url`; `again` for the second time, `silent` if not in time."""

    address: str
    url: URL
    again: bool = False
    silent: bool = False


class Lane:
    """What waits to be asked, what is to be asked once more at a moment, and what at the end."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self._waiting = deque(turns)
        self._later: list[tuple[float, int, Turn]] = []
        self._last: deque[Turn] = deque()
        self._number = 0

    def put_off(self, turn: Turn, seconds: float) -> None:
        """Ask once more, in so many seconds."""
        self._number += 1
        due = asyncio.get_running_loop().time() + seconds
        heapq.heappush(self._later, (due, self._number, turn))

    def put_last(self, turn: Turn) -> None:
        """Ask once more, after everything else."""
        self._last.append(turn)

    async def next(self) -> Turn | None:
        """What to ask now; None when nothing is left."""
        loop = asyncio.get_running_loop()
        while self._later or self._waiting or self._last:
            if self._later and self._later[0][0] <= loop.time():
                return heapq.heappop(self._later)[2]
            if self._waiting or self._last:
                return (self._waiting or self._last).popleft()
            await asyncio.sleep(self._later[0][0] - loop.time())
        return None
