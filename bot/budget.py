"""How much an installation may write: GitHub stops what writes faster than people do.

About 80 pieces of content a minute and 500 an hour are GitHub's limits, the web page included; this
stays below them, for each installation in this process. GitHub's own refusals are obeyed as well
(`bot/github.py`), whoever caused them.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LIMITS = ((60.0, 60), (3600.0, 450))  # seconds, and how many writes within them
_MORE = 1.0  # second, as who comes a moment early comes in vain


class WriteBudget:
    """The writes of one installation within the last hour, and those put off."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._writes: deque[float] = deque(maxlen=max(most for _, most in _LIMITS))
        self._promised: deque[float] = deque()

    def require(self, number: int) -> None:
        """See that so many writes can be made now, since some belong together.

        Raises:
            TryLater: at the moment when they can be. Each gets a moment of its own: all at once
                they would come in vain, again and again.
        """
        now = self._clock()
        while self._promised and self._promised[0] <= now:
            self._promised.popleft()
        if _possible(self._writes, number) > now:
            possible = _possible([*self._writes, *self._promised], number)
            moment = max((possible + _MORE, *self._promised))
            self._promised.extend([moment] * number)
            raise TryLater(moment - now, "writing as fast as GitHub allows")

    def spend(self) -> None:
        """Make one write.

        Raises:
            TryLater: at the moment when it can be made.
        """
        self.require(1)
        self._writes.append(self._clock())


def _possible(writes: Sequence[float], number: int) -> float:
    """From when on so many more writes are within the limits; `writes` are the earlier, sorted."""
    last = (
        (writes[-(most + 1 - number)], seconds)
        for seconds, most in _LIMITS
        if len(writes) > most - number
    )
    return max((moment + seconds for moment, seconds in last), default=0.0)
