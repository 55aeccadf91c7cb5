"""How a host is asked: two at a time, with a pause between, and not before the moment it names."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.links.limits import Pace

_DAY = 86_400
_MANY_LATE = 8
_OLD = 0.9  # what an average keeps of what it was


class Host:
    """The turns of one host, and what was learned of it.

    Attributes:
        usual: the seconds that it usually takes to answer; None before it has answered anything.
        refusals: how many links in a row it would not serve, however patiently it was asked.
        late: how many links got no answer in time at first.
        silences: how many got none either time.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._places = asyncio.Semaphore(pace.at_once)
        self._ready = 0.0
        self._served = 0.0
        self._refused = (0.0, 0.0)
        self._spared = self._caught = 0
        self.usual: float | None = None
        self.refusals = 0
        self.late = 0
        self.silences = 0

    @asynccontextmanager
    async def turn(self, given_up: float) -> AsyncIterator[float]:
        """Wait for a place and the moment, which is given; a timeout keeps the place for longer."""
        loop = asyncio.get_running_loop()
        await self._places.acquire()
        started = kept = 0.0
        try:
            started = await self._start(loop)
            yield started
        except TimeoutError:
            kept = max(0.0, started + given_up - loop.time())
            raise
        finally:
            if kept:
                loop.call_later(kept, self._places.release)
            else:
                self._places.release()

    async def _start(self, loop: asyncio.AbstractEventLoop) -> float:
        while (wait := self._ready - loop.time()) > 0:  # noqa: ASYNC110  it moves meanwhile
            await asyncio.sleep(wait)
        now = loop.time()
        self._ready = now + self._pace.interval
        return now

    def answered(self, started: float) -> None:
        """Learn from an answer how long answers take, and whom a refusal concerns."""
        seconds = asyncio.get_running_loop().time() - started
        seconds = max(seconds, 0.001)
        # Of the logarithms, as it were: one slow page does not make a slow host.
        self.usual = seconds if self.usual is None else self.usual**_OLD * seconds ** (1 - _OLD)
        self._spared += self._was_refused(started)
        self._served = max(self._served, started)

    def refused(self, started: float, seconds: float) -> None:
        """Ask nothing for a while.

        A host that serves what is asked after a refusal, and mostly does so, refuses single pages
        and not us: only the page has to wait then.
        """
        if self._was_refused(started):
            self._caught += 1
        self._spared += self._served > started
        self._refused = started, asyncio.get_running_loop().time() + seconds
        if self._spared <= self._caught:
            self._ready = max(self._ready, self._refused[1])

    def _was_refused(self, started: float) -> bool:
        """Whether a request was begun after one that the host refused, and before it may be."""
        return self._refused[0] < started < self._refused[1]

    @property
    def is_silent(self) -> bool:
        """Whether so much went unanswered, and nothing was answered, that it seems to be down."""
        return self.usual is None and self.late >= _MANY_LATE

    @property
    def held(self) -> float:
        """For how long nothing may be asked."""
        return self._ready - asyncio.get_running_loop().time()


def retry_after(value: str) -> float | None:
    """The seconds that a Retry-After header asks for: a number, or a date; None for neither."""
    if value.strip().isdecimal():
        return float(min(int(value[:9]), _DAY))
    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None
    # A date is in whole seconds, and the clocks need not agree on their parts.
    return min(max(0.0, moment - time.time()) + 1, _DAY)
