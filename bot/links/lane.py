"""The links of one host, in the order in which they are asked."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yarl import URL


# So many links take one of two places as long as the other waits for a second silence.
_END = 10


class Turn(NamedTuple):
    """A link to be asked for by its `url`; `again` for the second time, `silent` if not in time."""

    address: str
    url: URL
    again: bool = False
    silent: bool = False


class Lane:
    """What waits to be asked, what is to be asked again at a moment, and what towards the end."""

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
        """Ask once more, when nearly everything else was asked."""
        self._last.append(turn)

    async def next(self, *, last: bool = True) -> Turn | None:
        """What to ask now, of what was put last only where that is wanted; None for nothing."""
        loop = asyncio.get_running_loop()
        while True:
            if self._later and self._later[0][0] <= loop.time():
                return heapq.heappop(self._later)[2]
            if last and self._last and len(self._waiting) <= _END:
                return self._last.popleft()
            if self._waiting:
                return self._waiting.popleft()
            if not self._later:
                return None
            await asyncio.sleep(self._later[0][0] - loop.time())
