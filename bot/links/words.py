"""The sentences of the issue about dead links. Pure."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot import escape
from bot.links.verdict import Verdict
from rules import MONTHS, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.links.places import Place
    from bot.links.rolling import Dead, Matter
    from rules import Text

_SHORT = 60  # characters of a text of others
_PLACES = 5  # rows that are named of one host
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/(?=[^/]+/[^/])", re.IGNORECASE)
# What may stand in the address of a Markdown link, in a table.
_PLAIN = re.compile(r"https?://[^\s<>()\[\]|\\\"'`]+", re.IGNORECASE)
_STATUS: Mapping[str, Text] = {
    "gone": say("gone"),
    "empty": say("empty"),
    "refused": say("connection refused"),
    "reset": say("connection reset"),
    "timeout": say("no answer"),
    "unreachable": say("cannot be reached"),
    "no proper answer": say("no proper answer"),
    "soft 404": say("page not found"),
    "404": say("page not found"),
    "410": say("gone for good"),
    "malformed id": say("no such paper"),
    "no such id": say("no such paper"),
    "no such version": say("no such version"),
    "no such DOI": say("no such DOI"),
    "no such file": say("no such file"),
    "no such heading": say("no such heading"),
    "no such host": say("no such site"),
    "redirect loop": say("leads in circles"),
    "redirect to no address": say("leads nowhere"),
}


def title(dead: int) -> Text:
    """The issue's title."""
    return say("1 link looks dead") if dead == 1 else say("{number} links look dead", number=dead)


def well(boxes: Sequence[Text], mark: str) -> Text:
    """The body of the issue when nothing is left in its table."""
    good = say("Every link that looked dead here works again or left the list. Thank you!")
    ignored = [say("Left alone, as you asked:\n\n{boxes:\n}", boxes=boxes)] if boxes else []
    return say("{parts:\n\n}", parts=[good, *ignored, mark])


def body(  # noqa: PLR0913  all by name
    rows: Sequence[str],
    boxes: Sequence[Text],
    *,
    left: int,
    times: int,
    since: float,
    mark: str,
) -> Text:
    """The body of the issue: why, the table, how many more, the boxes."""
    more = [say("And {number} more, not shown here.", number=left)] if left else []
    list_of_boxes = say("{lines:\n}", lines=boxes)
    return say(
        "{parts:\n\n}",
        parts=[_opening(times, since), _table(rows), *more, list_of_boxes, mark],
    )


def _opening(times: int, since: float) -> Text:
    day = date(since)
    return (
        say(
            "Each failed since {date}. I update this issue and close it when all is well; close it "
            "as *not planned* and I stop.",
            date=day,
        )
        if times == 1
        else say(
            "Each failed at least {times} times since {date}. I update this issue and close it "
            "when all is well; close it as *not planned* and I stop.",
            times=times,
            date=day,
        )
    )


def _table(rows: Sequence[str]) -> Text:
    return say(
        "| row | link | since | instead |\n| --- | --- | --- | --- |\n{rows:\n}",
        rows=rows,
    )


def row(matter: Matter, address: Callable[[Place], str]) -> Text:
    """A row of the table."""
    return say(
        "| {row} | {link} | {since} | {instead} |",
        row=_rows(matter, address) if matter.host else _where(matter.links[0], address),
        link=_link(matter),
        since=date(min(one.streak.since for one in matter.links)),
        instead=say("your decision") if matter.host else _instead(matter.links[0]),
    )


def _where(one: Dead, address: Callable[[Place], str]) -> Text:
    """The first place of a link in words, and how many others there are."""
    place, *others = one.places
    link = f"({address(place)})"
    name = short(place.paper) if place.paper else say("line {line}", line=place.line)
    section = short(place.section[-1]) if place.section else ""
    shown = say("[{name}]{link}, {section}", name=name, link=link, section=section)
    plain = say("[{name}]{link}", name=name, link=link)
    where = shown if section else plain
    if not others:
        return where
    return say("{where} and {number} more", where=where, number=len(others))


def _rows(matter: Matter, address: Callable[[Place], str]) -> Text:
    """The first places of a host's links, by line, and how many others there are."""
    places = [place for one in matter.links for place in one.places]
    lines = [
        say("[line {line}]({address})", line=place.line, address=address(place))
        for place in places[:_PLACES]
    ]
    left = len(places) - len(lines)
    if not left:
        return say("{lines:, }", lines=lines)
    return say("{lines:, } and {number} more", lines=lines, number=left)


def _link(matter: Matter) -> Text:
    usual = Counter(_status(one) for one in matter.links).most_common(1)[0][0]
    if matter.host:
        number = len(matter.links)
        name = short(matter.host)
        return say("{number} links of {name}: {status}", number=number, name=name, status=usual)
    return say("{name}: {status}", name=short(matter.name), status=usual)


def _status(one: Dead) -> str:
    return status(one.streak.verdict, one.streak.status)


def status(verdict: Verdict, told: str) -> str:
    """Why a link is dead; `told` is what was answered."""
    if verdict is Verdict.WITHDRAWN:
        return say("withdrawn by its authors")
    if verdict is Verdict.BROKEN_TLS:
        return say("its certificate is broken")
    return _STATUS.get(told) or short(told or "?")


def _instead(one: Dead) -> Text:
    there = one.streak.instead
    if not _PLAIN.fullmatch(there):
        return say("your decision")
    if there.startswith("https://web.archive.org/"):
        return say("[archived copy]({address})", address=there)
    return say("[{name}]({address})", name=short(there), address=there)


def box(name: str, key: str, verdict: Verdict, *, tick: bool) -> Text:
    """The line with which people have a link, or a host, left alone."""
    return say(
        "- [{tick}] Ignore {name} until it changes {mark}",
        tick="x" if tick else " ",
        name=short(_GITHUB.sub("", name, count=1)),
        mark=f"<!-- link: {key}={verdict.value} -->",
    )


def date(moment: float) -> Text:
    """A day, as people say it."""
    day = datetime.fromtimestamp(moment, UTC)
    return say("{day} {month} {year}", day=day.day, month=MONTHS[day.month - 1], year=day.year)


def short(text: str) -> str:
    """The beginning of a text of others, harmless; an address without what all have."""
    text = " ".join((_SCHEME.sub("", text, count=1) if _SCHEME.match(text) else text).split())
    return escape.plain(text if len(text) <= _SHORT else text[: _SHORT - 1] + "…")
