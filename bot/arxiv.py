"""arXiv's API: many papers by their ids, asked for as slowly as arXiv wishes.

Nothing is called unknown that arXiv did not surely deny: an answer that shows nothing at all, or
less than it says there is, is asked for once more, beside a paper that exists.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from cachetools import TLRUCache

import rules
from bot import arxiv_feed
from bot.arxiv_feed import Entry, Feed, FeedError, key
from bot.batches import batched
from bot.bounded import USER_AGENT, TooLarge
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from bot.pace import Pace
    from bot.responses import Response
    from bot.transport import Transport

ADDRESS = "https://export.arxiv.org/api/query"
AT_ONCE = 100  # ids in a request
# A little more than the three seconds that arXiv asks for, since networks dawdle.
EVERY = 3.2
_TURNS = "arxiv"
_LONGEST = 30.0  # seconds for an answer
_KEPT, _KEPT_SECONDS = 4_000, 12 * 3600.0
_UNKNOWN_SECONDS = 3600.0  # an id may come into being
_REFUSALS = 20  # of one call: more than a few odd ids make
_WELL_KNOWN = "1706.03762"
_HEADERS = {
    "user-agent": USER_AGENT,
    "accept": "application/atom+xml",
}


class Trouble(StrEnum):
    """Why arXiv told nothing of some ids."""

    DOWN = "down"
    SLOW = "slow"
    BUSY = "busy"
    EMPTY = "empty"
    NONSENSE = "nonsense"


_WORDS = {
    Trouble.DOWN: rules.say("arXiv does not answer at the moment."),
    Trouble.SLOW: rules.say("arXiv takes too long to answer at the moment."),
    Trouble.BUSY: rules.say("arXiv asks for patience at the moment."),
    Trouble.EMPTY: rules.say("arXiv answers without any paper at the moment."),
    Trouble.NONSENSE: rules.say("arXiv answers with something unreadable at the moment."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What arXiv told, by the ids as they were given; the rest is not known because of `trouble`.

    Attributes:
        papers: those that exist.
        unknown: ids that arXiv has no paper for.
        malformed: ids that cannot be any, so that arXiv was not asked.
        trouble: what kept arXiv from telling of the others; None where all is told.
    """

    papers: dict[str, Entry]
    unknown: frozenset[str]
    malformed: frozenset[str]
    trouble: Trouble | None


class _FailureError(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class _RefusedError(Exception):
    """One of the ids is none, and arXiv answers for no other either."""


class _Batch(NamedTuple):
    keys: list[str]
    again: bool = False  # beside a paper that exists, so that no doubt is left afterwards


@dataclass(slots=True)
class _Work:
    """One call's batches, and what is known so far (None: there is no such paper)."""

    waiting: deque[_Batch]
    known: dict[str, Entry | None] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)
    blank: bool = False  # the last answer showed nothing: better see soon what that means
    refusals: int = 0
    may_fail: int = 1  # one passing fault is nothing yet

    def following(self) -> _Batch | None:
        if self.doubtful and (self.blank or not self.waiting):
            there = next((name for name, entry in self.known.items() if entry), _WELL_KNOWN)
            doubted = [name for name in self.doubtful if name != there]
            batches = [_Batch([there, *b], again=True) for b in batched(doubted, AT_ONCE - 1)]
            self.waiting.extendleft(reversed(batches))
            self.doubtful.clear()
        return self.waiting.popleft() if self.waiting else None

    def take(self, batch: _Batch, feed: Feed) -> None:
        """Learn from an answer.

        Raises:
            _FailureError: it is about something else, or shows nothing a second time.
        """
        if not feed.entries.keys() <= set(batch.keys):
            raise _FailureError(Trouble.NONSENSE)
        if batch.again and not feed.entries:
            raise _FailureError(Trouble.EMPTY)
        self.blank = not feed.entries
        self.known |= feed.entries
        missing = [name for name in batch.keys if name not in feed.entries]
        if feed.whole or batch.again:
            self.known |= dict.fromkeys(missing)
        else:
            self.doubtful += missing

    def forgive(self, batch: _Batch, failure: _FailureError) -> None:
        """Ask once more after a first fault, unless arXiv wants to be left alone."""
        if failure.trouble == Trouble.BUSY or not self.may_fail:
            raise failure
        self.may_fail -= 1
        self.waiting.appendleft(batch)

    def split(self, batch: _Batch) -> None:
        """Look for the id that arXiv refuses.

        Raises:
            _FailureError: it refuses too much to be about an id.
        """
        self.refusals += 1
        if self.refusals > _REFUSALS:
            raise _FailureError(Trouble.NONSENSE)
        half = len(batch.keys) // 2
        if half:
            self.waiting.extendleft((_Batch(batch.keys[half:]), _Batch(batch.keys[:half])))
        else:
            self.known[batch.keys[0]] = None


class Arxiv:
    """The client of this process; ids are asked for once in half a day."""

    def __init__(  # noqa: PLR0913  all by name, from the settings
        self,
        transport: Transport,
        pace: Pace,
        *,
        url: str = ADDRESS,
        patience: float = 60.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`patience`: how many seconds to wait for a turn, before arXiv counts as busy."""
        self._transport = transport
        self._pace = pace
        self._url = url
        self._patience = patience
        self._sleep = sleep
        self._kept: TLRUCache[str, Entry | None] = TLRUCache(_KEPT, ttu=_kept_until, timer=clock)
        self._asking = asyncio.Lock()  # arXiv wants one connection at a time

    async def papers(self, ids: Iterable[str]) -> Answer:
        """What arXiv knows of papers; ids may have versions, and a hundred go into a request."""
        keys = {name: key(name) for name in ids}
        wanted = dict.fromkeys(filter(None, keys.values()))
        known = {name: self._kept[name] for name in wanted if name in self._kept}
        work = _Work(deque(map(_Batch, batched((k for k in wanted if k not in known), AT_ONCE))))
        trouble = await self._do(work)
        for name, entry in work.known.items():
            self._kept[name] = entry
        return _answer(keys, known | work.known, trouble)

    async def _do(self, work: _Work) -> Trouble | None:
        try:
            while batch := work.following():
                await self._step(work, batch)
        except _FailureError as failure:
            return failure.trouble
        return None

    async def _step(self, work: _Work, batch: _Batch) -> None:
        try:
            work.take(batch, await self._ask(batch.keys))
        except _RefusedError:
            work.split(batch)
        except _FailureError as failure:
            work.forgive(batch, failure)

    async def _ask(self, keys: list[str]) -> Feed:
        query = urlencode({"id_list": ",".join(keys), "max_results": len(keys)}, safe=",/")
        async with self._asking:
            await self._take_turn()
            return _read(await self._send(f"{self._url}?{query}"))

    async def _take_turn(self) -> None:
        try:
            wait = await self._pace.turn(_TURNS, EVERY, self._patience)
        except TryLater as later:
            raise _FailureError(Trouble.BUSY) from later
        if wait:
            await self._sleep(wait)

    async def _send(self, url: str) -> Response:
        try:
            async with asyncio.timeout(_LONGEST):
                return await self._transport("GET", url, _HEADERS, b"")
        except TimeoutError as error:
            raise _FailureError(Trouble.SLOW) from error
        except TooLarge as error:
            raise _FailureError(Trouble.NONSENSE) from error
        except OSError as error:
            raise _FailureError(Trouble.DOWN) from error


def untold(ids: Iterable[str], trouble: Trouble) -> Answer:
    """The answer where arXiv is not asked after it failed."""
    return _answer({name: key(name) for name in ids}, {}, trouble)


def words(trouble: Trouble) -> rules.Text:
    """One sentence for people."""
    return _WORDS[trouble]


def _read(response: Response) -> Feed:
    status, headers, body = response
    hurried = body.lstrip()[:13].lower() == b"rate exceeded"
    if status == HTTPStatus.TOO_MANY_REQUESTS or "retry-after" in headers or hurried:
        raise _FailureError(Trouble.BUSY)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _FailureError(Trouble.DOWN)
    if status == HTTPStatus.BAD_REQUEST:
        raise _RefusedError
    if status != HTTPStatus.OK or not body.strip():
        raise _FailureError(Trouble.NONSENSE if body.strip() else Trouble.EMPTY)
    try:
        feed = arxiv_feed.read(body)
    except FeedError as error:
        raise _FailureError(Trouble.NONSENSE) from error
    if feed.refused:
        raise _RefusedError
    return feed


def _answer(
    keys: dict[str, str], known: dict[str, Entry | None], trouble: Trouble | None
) -> Answer:
    found = {name: known[key] for name, key in keys.items() if key in known}
    return Answer(
        papers={name: entry for name, entry in found.items() if entry},
        unknown=frozenset(name for name, entry in found.items() if not entry),
        malformed=frozenset(name for name, key in keys.items() if not key),
        trouble=trouble,
    )


def _kept_until(_key: str, entry: Entry | None, now: float) -> float:
    return now + (_KEPT_SECONDS if entry else _UNKNOWN_SECONDS)
