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


class Host:
    """The turns of one host, and what was learned of it.

    Attributes:
        usual: the seconds that it usually takes to answer; None before it has answered anything.
        refusals: how many links in a row it would not serve, however patiently it was asked.
        silences: how many links in a row ended without any answer.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._places = asyncio.Semaphore(pace.at_once)
        self._ready = 0.0
        self.usual: float | None = None
        self.refusals = 0
        self.silences = 0

    @asynccontextmanager
    async def turn(self, given_up: float) -> AsyncIterator[None]:
        """Wait for a place and the moment; a place given up by a timeout is kept a while longer."""
        loop = asyncio.get_running_loop()
        await self._places.acquire()
        started = kept = 0.0
        try:
            started = await self._start(loop)
            yield
        except TimeoutError:
            kept = max(0.0, started + given_up - loop.time())
            raise
        finally:
            if kept:
                loop.call_later(kept, self._places.release)
            else:
                self._places.release()

    async def _start(self, loop: asyncio.AbstractEventLoop) -> float:
        while (wait := self._ready - loop.time()) > 0:
            await asyncio.sleep(wait)
        now = loop.time()
        self._ready = now + self._pace.interval
        return now

    def answered(self, seconds: float) -> None:
        """Learn from an answer; the average of all counts old ones less and less."""
        self.usual = seconds if self.usual is None else 0.9 * self.usual + 0.1 * seconds
        self.silences = 0

    def hold(self, seconds: float) -> None:
        """Ask nothing more for a while."""
        self._ready = max(self._ready, asyncio.get_running_loop().time() + seconds)

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
