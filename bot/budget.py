"""How much an installation may write: GitHub stops what writes faster than people do.

About 80 pieces of content a minute and 500 an hour are GitHub's limits, the web page included; this
stays below them, for each installation in this process. GitHub's own refusals are obeyed as well
(`bot/github.py`), whoever caused them.
"""

from __future__ import annotations

import bisect
from collections import deque
from typing import TYPE_CHECKING

from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Callable

_LIMITS = ((60.0, 60), (3600.0, 450))  # seconds, and how many writes within them


class WriteBudget:
    """The writes of one installation within the last hour."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._writes: deque[float] = deque(maxlen=max(most for _, most in _LIMITS))

    def require(self, number: int) -> None:
        """See that so many writes can be made now, since some belong together.

        Raises:
            TryLater: at the moment when they can be.
        """
        now = self._clock()
        for seconds, most in _LIMITS:
            recent = len(self._writes) - bisect.bisect_right(self._writes, now - seconds)
            over = recent + number - most
            if over > 0:
                freed = self._writes[len(self._writes) - recent + over - 1] + seconds
                raise TryLater(max(freed - now, 1.0), "writing as fast as GitHub allows")

    def spend(self) -> None:
        """Make one write.

        Raises:
            TryLater: at the moment when it can be made.
        """
        self.require(1)
        self._writes.append(self._clock())
