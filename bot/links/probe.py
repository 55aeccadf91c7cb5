"""Asking the web: every host politely, all of them at a time."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from yarl import URL

from bot.links import fetch, soft404
from bot.links.faults import TIMEOUT, Fault
from bot.links.guard import UNREADABLE, Forbidden, Guard
from bot.links.judgement import REDIRECTS, Hop, Trail, judge
from bot.links.lane import Lane, Turn
from bot.links.limits import Budget, Pace, Patience, silent
from bot.links.manners import Host, retry_after
from bot.links.names import Names
from bot.links.outage import without_outage
from bot.links.verdict import Found, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.links.fetch import Answer, Fetcher
    from bot.links.limits import Progress

_MOST_HOPS = 10
_TOO_MANY, _SERVER = 429, 500
# So many links in a row that are refused for good speak for the rest of a host.
_REFUSALS = 5
# So many links that stayed silent twice speak for a host's other silent ones.
_SILENCES = 1
_MISSING = "listwright-asks-for-a-page-that-is-not-there"
NOT_ASKED = "not asked"


class Probe:
    """The checker for everything on the web that no other checker takes."""

    def __init__(
        self,
        guard: Guard | None = None,
        *,
        patience: Patience | None = None,
        pace: Pace | None = None,
        budget: Budget | None = None,
        names: Callable[[], Names] = Names,
    ) -> None:
        self._guard = guard or Guard()
        self._patience = patience or Patience()
        self._pace = pace or Pace()
        self._budget = budget or Budget()
        self._names = names

    def takes(self, url: str) -> bool:
        return url[:8].lower().startswith(("http://", "https://"))

    async def check(self, urls: Sequence[str], progress: Progress = silent) -> dict[str, Found]:
        """Ask for every address once, whatever its fragment is."""
        same: dict[str, list[str]] = defaultdict(list)
        for url in dict.fromkeys(urls):
            same[url.partition("#")[0]].append(url)
        found: dict[str, Found] = {}

        def tell(address: str, result: Found) -> None:
            for url in same[address]:
                found[url] = result
                progress(url, result)

        names, budget = self._names(), replace(self._budget)  # each run has its own
        async with fetch.session(self._guard, names) as session:
            fetcher = fetch.Fetcher(session, names, self._patience, budget)
            run = _Run(self._guard, fetcher, self._patience, self._pace, budget, tell)
            await run.all(list(same))
        left = Found(Verdict.UNKNOWN, NOT_ASKED, at=time.time())
        return without_outage({url: found.get(url, left) for url in urls})


class _Run:
    """One run over many hosts; `tell` is called with each address and what was found."""

    def __init__(  # noqa: PLR0913, PLR0917  what a run consists of
        self,
        guard: Guard,
        fetcher: Fetcher,
        patience: Patience,
        pace: Pace,
        budget: Budget,
        tell: Progress,
    ) -> None:
        self._guard = guard
        self._fetcher = fetcher
        self._patience = patience
        self._pace = pace
        self._budget = budget
        self._tell = tell
        self._hosts: defaultdict[str, Host] = defaultdict(lambda: Host(pace))
        self._missing: dict[URL, asyncio.Task[Trail | None]] = {}

    async def all(self, addresses: Sequence[str]) -> None:
        """Ask for all, the hosts with most links first, until the time is over."""
        lanes = sorted(self._lanes(addresses).items(), key=lambda lane: -len(lane[1]))
        gate = asyncio.Semaphore(self._pace.hosts)
        try:
            async with asyncio.timeout(self._budget.seconds), asyncio.TaskGroup() as group:
                for name, waiting in lanes:
                    await gate.acquire()
                    task = group.create_task(self._host(name, waiting))
                    task.add_done_callback(lambda _: gate.release())
        except TimeoutError:
            return  # what was not asked until now is told so

    def _lanes(self, addresses: Sequence[str]) -> Mapping[str, list[Turn]]:
        lanes: defaultdict[str, list[Turn]] = defaultdict(list)
        for address in addresses:
            try:
                url = self._guard.target(address)
            except Forbidden as why:
                self._tell(address, Found(Verdict.UNKNOWN, str(why), at=time.time()))
            else:
                lanes[_name(url)].append(Turn(address, url))
        return lanes

    async def _host(self, name: str, turns: Sequence[Turn]) -> None:
        lane = Lane(turns)
        async with asyncio.TaskGroup() as group:
            for number in range(min(self._pace.at_once, len(turns))):
                group.create_task(self._work(self._hosts[name], lane, last=number == 0))
        await self._work(self._hosts[name], lane)  # what fell silent when that one had ended

    async def _work(self, host: Host, lane: Lane, *, last: bool = True) -> None:
        """Ask one after the other; only one worker asks anew what was silent, and then all know."""
        while not self._budget.is_spent and (turn := await lane.next(last=last)):
            found = self._known(host, turn) or await self._once(host, turn, lane)
            if found:
                self._tell(turn.address, found)

    def _known(self, host: Host, turn: Turn) -> Found | None:
        """What a host's other links tell of this one, so that it need not be asked."""
        if host.held > self._pace.longest_hold or host.refusals >= _REFUSALS:
            return Found(Verdict.BLOCKED, str(_TOO_MANY), at=time.time())
        if host.silences >= _SILENCES and (turn.silent or host.is_silent):
            return Found(Verdict.DEAD, TIMEOUT, at=time.time())
        return None

    async def _once(self, host: Host, turn: Turn, lane: Lane) -> Found | None:
        """What was found; None where that may pass, so that it is asked again later."""
        try:
            trail = await self._follow(turn.url, again=turn.again)
        except Forbidden as why:
            return Found(Verdict.UNKNOWN, str(why), at=time.time())
        except Fault as fault:
            if fault.passing and not turn.again:
                self._put_off(host, turn, lane, fault)
                return None
            host.silences += fault.status == TIMEOUT
            return Found(fault.verdict, fault.status, at=time.time())
        later = self._later(trail.answer)
        if later and not turn.again:
            lane.put_off(turn._replace(again=True), later)
            return None
        host.refusals = host.refusals + 1 if trail.answer.status == _TOO_MANY else 0
        return await self._judged(trail)

    def _put_off(self, host: Host, turn: Turn, lane: Lane, fault: Fault) -> None:
        """Ask for it later: what was waited for in vain comes last, unless all of the host is."""
        again = turn._replace(again=True, silent=fault.status == TIMEOUT)
        host.late += again.silent
        if again.silent and not host.is_silent:
            lane.put_last(again)
        else:
            lane.put_off(again, self._pace.retry)

    def _later(self, answer: Answer) -> float | None:
        """In how many seconds to ask again for what may pass; None for everything else."""
        if answer.status < _SERVER and answer.status != _TOO_MANY:
            return None
        return self._wait(answer) or self._pace.retry

    def _wait(self, answer: Answer) -> float:
        """The seconds that a host asks to be left alone for."""
        value = answer.headers.get("Retry-After")
        asked = retry_after(value) if value else None
        if asked is None:
            return self._pace.held if answer.status == _TOO_MANY else 0.0
        return asked

    async def _follow(self, url: URL, *, again: bool) -> Trail:
        """Go where a link leads, redirect by redirect.

        Raises:
            Forbidden: it leads to where nothing is asked.
            Fault: no answer came, or it leads round in circles.
        """
        hops: list[Hop] = []
        while True:
            answer = await self._ask(url, again=again)
            to = answer.headers.get("Location", "") if answer.status in REDIRECTS else ""
            if not to:
                return Trail(hops, url, answer, soft404.read(answer.page, answer.headers))
            hops.append(Hop(url, answer.status, "Set-Cookie" in answer.headers))
            url = self._joined(url, to)
            if len(hops) > _MOST_HOPS or any(hop.url == url for hop in hops):
                raise _loop(hops)

    def _joined(self, url: URL, to: str) -> URL:
        try:
            return self._guard.target(url.join(URL(to)))
        except UNREADABLE:
            raise Fault(Verdict.DEAD, "redirect to no address") from None

    async def _ask(self, url: URL, *, again: bool) -> Answer:
        """Ask a host in its turn, and learn from the answer how to ask it."""
        host = self._hosts[_name(url)]
        try:
            async with host.turn(self._patience.given_up) as started:
                seconds = self._patience.seconds(host.usual, again=again)
                answer = await self._fetcher.get(url, seconds)
                if self._later(answer) and (wait := self._wait(answer)):
                    host.refused(started, wait)
                else:
                    host.answered(started)
        except TimeoutError:
            raise fetch.late() from None
        return answer

    async def _judged(self, trail: Trail) -> Found:
        """What an answer says; a suspicious page is held beside one that is surely missing."""
        found = judge(trail, time.time())
        if found.verdict not in (Verdict.ALIVE, Verdict.MOVED) or not trail.is_suspicious:
            return found
        start = trail.hops[0].url if trail.hops else trail.url
        url = start.parent / _MISSING
        if url not in self._missing:
            self._missing[url] = asyncio.create_task(self._missing_page(url))
        missing = await self._missing[url]
        if missing is None or not trail.resembles(missing):
            return found
        return Found(Verdict.DEAD, "soft 404", chain=trail.chain, at=found.at)

    async def _missing_page(self, url: URL) -> Trail | None:
        try:
            return await self._follow(url, again=True)
        except (Fault, Forbidden):
            return None


def _name(url: URL) -> str:
    return (url.raw_host or "").rstrip(".")


def _loop(hops: Sequence[Hop]) -> Fault:
    """A circle, which some sites lead round who brings no cookies."""
    if any(hop.cookie for hop in hops):
        return Fault(Verdict.BLOCKED, "cookies")
    return Fault(Verdict.DEAD, "redirect loop")
