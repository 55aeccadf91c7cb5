"""How often in a row a link failed, and since when: what makes a failure worth a report. Pure.

Only links that fail have a streak. Losing them delays a report and does no other harm.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from annotated_types import Interval

from bot.links.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import TypeAdapter

    from bot.links.verdict import Found

FAILED = frozenset({Verdict.DEAD, Verdict.WITHDRAWN, Verdict.BROKEN_TLS})
DAY = 86_400.0  # seconds
RECOVERED = frozenset({Verdict.ALIVE, Verdict.MOVED})
_APART = DAY / 4  # seconds between failures that count: a check that is done again counts once
_SPAN = 2 * DAY  # between the first and the last, before anybody is told
_VERSION: Literal[1] = 1
# Seconds since 1970 that are a date.
_Moment: TypeAlias = Annotated[float, Interval(ge=0, le=1e11)]


class StreaksError(Exception):
    """Text that holds no streaks; the message says why."""


@dataclass(frozen=True, slots=True)
class Streak:
    """A link's failures in a row.

    Attributes:
        failures: how many counted.
        since: when the first was seen, in seconds since 1970; `counted` is the last that counted.
        verdict: what the link is now; `status` is what it answered.
        instead: an address to use in its place, once one was found.
    """

    failures: int
    since: _Moment
    counted: _Moment
    verdict: Verdict
    status: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class _Stored:
    version: Literal[1]
    streaks: dict[str, Streak]


@cache
def _form() -> TypeAdapter[_Stored]:
    from pydantic import TypeAdapter  # noqa: PLC0415  most checks keep nothing in files

    return TypeAdapter(_Stored)


def advance(
    streaks: Mapping[str, Streak], found: Mapping[str, Found], now: float
) -> dict[str, Streak]:
    """The streaks after a check at `now`; blocked and unknown links, and those not asked, stay."""
    made = {url: streak for url, streak in streaks.items() if not _recovered(found.get(url))}
    failed = {url: one for url, one in found.items() if one.verdict in FAILED}
    return made | {url: _longer(streaks.get(url), one, now) for url, one in failed.items()}


def _recovered(found: Found | None) -> bool:
    return found is not None and found.verdict in RECOVERED


def _longer(streak: Streak | None, found: Found, now: float) -> Streak:
    if streak is None:
        return Streak(1, now, now, found.verdict, found.status, found.to)
    instead = found.to or streak.instead
    seen = replace(streak, verdict=found.verdict, status=found.status, instead=instead)
    if now - streak.counted < _APART:
        return seen
    return replace(seen, failures=streak.failures + 1, counted=now)


def kept(streaks: Mapping[str, Streak], urls: Collection[str]) -> dict[str, Streak]:
    """The streaks of the links that the list still has."""
    return {url: streak for url, streak in streaks.items() if url in urls}


def confirmed(streaks: Mapping[str, Streak], confirm_after: int) -> dict[str, Streak]:
    """Those that failed so often, and over two days at least."""
    return {
        url: streak
        for url, streak in streaks.items()
        if streak.failures >= confirm_after and streak.counted - streak.since >= _SPAN
    }


def suspects(streaks: Mapping[str, Streak], confirm_after: int) -> dict[str, Streak]:
    """Those that fail and are not confirmed: to be asked again a day later."""
    sure = confirmed(streaks, confirm_after)
    return {url: streak for url, streak in streaks.items() if url not in sure}


def dump(streaks: Mapping[str, Streak]) -> str:
    """Streaks as JSON, in ASCII, so that any database takes it."""
    return _form().dump_json(_Stored(_VERSION, dict(streaks)), ensure_ascii=True).decode()


def load(text: str) -> dict[str, Streak]:
    """Streaks from JSON.

    Raises:
        StreaksError: it is something else, or of another version.
    """
    from pydantic import ValidationError  # noqa: PLC0415  as above

    try:
        return _form().validate_json(text).streaks
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole text"
        raise StreaksError(
            f"no link streaks of version {_VERSION}: {place}: {first['msg']}"
        ) from None
