"""What an answer says of the link that led to it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.links import soft404
from bot.links.verdict import Found, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yarl import URL

    from bot.links.fetch import Answer

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
# They answer people, or those who are known to them.
_BLOCKED = frozenset({401, 402, 403, 407, 412, 418, 423, 429, 451, 999})
_DEAD = frozenset({400, 404, 410})
_SERVER = 500


class Hop(NamedTuple):
    """A redirect that was followed; `cookie` tells whether it gave one to bring along."""

    url: URL
    status: int
    cookie: bool


class Trail(NamedTuple):
    """The way from a link to the last answer."""

    hops: Sequence[Hop]
    url: URL
    answer: Answer
    page: soft404.Page

    @property
    def is_permanent(self) -> bool:
        return bool(self.hops) and all(hop.status in PERMANENT for hop in self.hops)

    @property
    def chain(self) -> tuple[str, ...]:
        return tuple(str(url) for url in (*(hop.url for hop in self.hops), self.url)[1:])

    @property
    def is_fine(self) -> bool:
        return 200 <= self.answer.status < 300  # noqa: PLR2004

    @property
    def is_suspicious(self) -> bool:
        """Whether it may be no page although it is answered with one."""
        if not self.is_fine:
            return False
        left = bool(self.hops) and soft404.is_front(self.url)
        return (left and not soft404.is_front(self.hops[0].url)) or any(
            map(soft404.says_absent, self.page)
        )

    @property
    def is_certainly_absent(self) -> bool:
        return self.is_fine and all(map(soft404.says_absent, self.page))

    def resembles(self, missing: Trail) -> bool:
        """Whether a page that is surely missing at the same host is answered just so."""
        if not missing.is_fine:
            return False
        if self.hops and missing.hops and self.url == missing.url:
            return True
        return self.page == missing.page and any(map(soft404.says_absent, self.page))


def judge(trail: Trail, at: float) -> Found:
    """The verdict on what was answered, apart from what a missing page may tell."""
    status, chain = str(trail.answer.status), trail.chain
    verdict = _verdict(trail)
    if verdict is not Verdict.ALIVE:
        return Found(verdict, _word(trail, status), chain=chain, at=at)
    if trail.is_permanent:
        return Found(Verdict.MOVED, str(trail.hops[0].status), chain[-1], chain, at)
    return Found(verdict, status, chain=chain, at=at)


def _verdict(trail: Trail) -> Verdict:
    status = trail.answer.status
    if soft404.is_wall(trail.page, trail.answer.headers) or status in _BLOCKED:
        return Verdict.BLOCKED
    if status in _DEAD or status >= _SERVER:
        return Verdict.DEAD
    if not trail.is_fine and status != 304:  # noqa: PLR2004
        return Verdict.UNKNOWN
    if trail.hops and soft404.is_login(trail.url) and not soft404.is_login(trail.hops[0].url):
        return Verdict.BLOCKED
    return Verdict.DEAD if trail.is_certainly_absent else Verdict.ALIVE


def _word(trail: Trail, status: str) -> str:
    if not trail.is_fine:
        return status
    if soft404.is_wall(trail.page, trail.answer.headers):
        return "bot wall"
    return "soft 404" if trail.is_certainly_absent else "login"
