"""What a link check found, for programs, for a terminal, and in Markdown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot import escape
from bot.links import claims, streaks
from bot.links.streaks import FAILED
from bot.links.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.links.streaks import Streak
    from bot.links.verdict import Found
    from rules import Mention

_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")
_WORTH_TELLING = (*sorted(FAILED), Verdict.MOVED)


@dataclass(frozen=True, slots=True)
class Place:
    """A link's place in one of the files."""

    file: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found.

    Attributes:
        found: each link, and `places` where it stands.
        streaks: how often in a row links failed; None where nobody counts.
        confirm_after: how often a link must fail to be confirmed.
    """

    found: Mapping[str, Found]
    places: Mapping[str, Sequence[Place]]
    streaks: Mapping[str, Streak] | None = None
    confirm_after: int = 3

    @property
    def is_bad(self) -> bool:
        """Whether anything is dead now."""
        return any(result.verdict in FAILED for result in self.found.values())

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """The links that are worth telling, under their headings; "" where all are one group."""
        order = [u for v in _WORTH_TELLING for u, one in self.found.items() if one.verdict is v]
        if self.streaks is None:
            yield "", order
            return
        sure = streaks.confirmed(self.streaks, self.confirm_after)
        failed = [url for url in order if self.found[url].verdict in FAILED]
        yield "Confirmed", [url for url in failed if url in sure]
        yield "Suspected", [url for url in failed if url not in sure]
        yield "Moved", [url for url in order if self.found[url].verdict is Verdict.MOVED]

    def claims(self, show: Callable[[str], str] = str) -> Iterator[tuple[Place, str]]:
        """The places whose rows say what arXiv denies, in the order of the links."""
        for url, one in self.found.items():
            for place in self.places[url] if one.paper else ():
                claim = claims.told(place.mention, one, show)
                if claim:
                    yield place, claim

    def counted(self, url: str) -> str:
        """`2 times since 2025-11-03`; "" for what does not fail, or where nobody counts."""
        streak = (self.streaks or {}).get(url)
        if streak is None:
            return ""
        times = "once" if streak.failures == 1 else f"{streak.failures} times"
        return f"{times} since {_moment(streak)[:10]}"


def as_data(outcome: Outcome) -> dict[str, dict[str, Any]]:
    """Every link with its verdict and its places; lines and columns are 1-based."""
    known = outcome.streaks or {}
    sure = streaks.confirmed(known, outcome.confirm_after)
    return {
        url: {
            "verdict": str(result.verdict),
            "status": result.status,
            "to": result.to,
            **(_failures(known[url], confirmed=url in sure) if url in known else {}),
            "places": [_place(place, result) for place in outcome.places[url]],
        }
        for url, result in outcome.found.items()
    }


def _failures(streak: Streak, *, confirmed: bool) -> dict[str, Any]:
    return {"failures": streak.failures, "since": _moment(streak), "confirmed": confirmed}


def _moment(streak: Streak) -> str:
    return datetime.fromtimestamp(streak.since, UTC).isoformat(timespec="seconds")


def _place(place: Place, found: Found) -> dict[str, Any]:
    claim = claims.told(place.mention, found)
    return {
        "file": place.file,
        "line": place.mention.line,
        "column": place.mention.column,
        "section": list(place.mention.section),
        "paper": place.mention.paper,
        **({"claim": str(claim)} if claim else {}),
    }


def as_text(outcome: Outcome) -> Iterator[str]:
    """What is dead or has moved, by place, and a count of everything."""
    for heading, urls in outcome.groups():
        if heading and urls:
            yield f"{heading}:"
        for url in urls:
            yield from _lines(outcome, url)
    yield from _again(outcome)
    yield summary(outcome.found)


def _lines(outcome: Outcome, url: str) -> Iterator[str]:
    result, times = outcome.found[url], outcome.counted(url)
    to = f" -> {result.to}" if result.to else ""
    often = f"  ({times})" if times else ""
    for place in outcome.places[url]:
        line = f"{_at(place)}  {result.verdict}  {result.status}  {url}{to}{often}"
        yield line.translate(_CONTROLS)


def _again(outcome: Outcome) -> Iterator[str]:
    lines = [f"{_at(place)}  {claim}".translate(_CONTROLS) for place, claim in outcome.claims()]
    if lines:
        yield from ("Look again:", *lines)


def _at(place: Place) -> str:
    return f"{place.file}:{place.mention.line}:{place.mention.column}"


def as_markdown(outcome: Outcome) -> Iterator[str]:
    """The same as tables, and a list of what to look at again."""
    for heading, urls in outcome.groups():
        if urls:
            yield from [f"### {heading}\n"] if heading else []
            yield "| place | paper | link | found |\n| --- | --- | --- | --- |"
            yield from (row for url in urls for row in _rows(outcome, url))
            yield ""
    lines = [f"- {_in_words(place)}: {claim}" for place, claim in outcome.claims(escape.plain)]
    if lines:
        yield from ("### Look again\n", *lines, "")
    yield summary(outcome.found)


def _rows(outcome: Outcome, url: str) -> Iterator[str]:
    result = outcome.found[url]
    parts = (f"{result.verdict}: {result.status}", result.to, outcome.counted(url))
    status = ", ".join(filter(None, parts))
    for place in outcome.places[url]:
        cells = map(escape.plain, (place.mention.paper, url, status))
        yield f"| {' | '.join(map(escape.cell, (_in_words(place), *cells)))} |"


def _in_words(place: Place) -> str:
    return escape.plain(f"{place.file}, line {place.mention.line}")


def summary(found: Mapping[str, Found]) -> str:
    """`3 links: 2 alive, 1 dead`."""
    counts = Counter(str(result.verdict) for result in found.values())
    told = ", ".join(f"{counts[name]} {name}" for name in Verdict if counts[name])
    number = f"{len(found)} link{'' if len(found) == 1 else 's'}"
    return f"{number}: {told}" if told else "No links."
