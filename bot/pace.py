"""Turns at a service that many ask and that wants to be asked slowly."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Callable

# Seconds. No turn is ever given out farther ahead, so one that stands there was put there by a
# clock that was wrong, and does not count.
LONGEST = 300.0


class Pace(Protocol):
    """Gives out turns, so that those who take them are apart in time."""

    async def turn(self, name: str, seconds: float, most: float = LONGEST) -> float:
        """Take the next turn of `name`, whose turns are `seconds` apart.

        Returns:
            How many seconds to wait for it.

        Raises:
            TryLater: it is farther off than `most`; no turn was taken.
        """


class LocalPace:
    """The turns of this process alone, as on the command line."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._following: dict[str, float] = {}

    async def turn(self, name: str, seconds: float, most: float = LONGEST) -> float:
        now = self._clock()
        begins = max(self._following.get(name, now), now)
        if begins > now + min(most, LONGEST):
            raise too_far(name, begins - now)
        self._following[name] = begins + seconds
        return begins - now


def too_far(name: str, wait: float) -> TryLater:
    return TryLater(wait, f"{name}: {wait:.0f} s until there is a turn")
