"""What a link check found, for programs, for a terminal, and in Markdown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import escape
from bot.links.on_disk import DEAD
from bot.links.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.links.verdict import Found
    from rules import Mention

_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")
_WORTH_TELLING = (*sorted(DEAD), Verdict.MOVED)


@dataclass(frozen=True, slots=True)
class Place:
    """A link's place in one of the files."""

    file: str
    mention: Mention


def as_data(
    found: Mapping[str, Found], places: Mapping[str, Sequence[Place]]
) -> dict[str, dict[str, Any]]:
    """Every link with its verdict and its places; lines and columns are 1-based."""
    return {
        url: {
            "verdict": str(result.verdict),
            "status": result.status,
            "to": result.to,
            "places": [_place(place) for place in places[url]],
        }
        for url, result in found.items()
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.mention.line,
        "column": place.mention.column,
        "section": list(place.mention.section),
        "paper": place.mention.paper,
    }


def as_text(found: Mapping[str, Found], places: Mapping[str, Sequence[Place]]) -> Iterator[str]:
    """What is dead or has moved, by place, and a count of everything."""
    for url, result in _told(found):
        for place in places[url]:
            at = f"{place.file}:{place.mention.line}:{place.mention.column}"
            to = f" -> {result.to}" if result.to else ""
            line = f"{at}  {result.verdict}  {result.status}  {url}{to}"
            yield line.translate(_CONTROLS)
    yield summary(found)


def as_markdown(found: Mapping[str, Found], places: Mapping[str, Sequence[Place]]) -> Iterator[str]:
    """The same as a table."""
    told = list(_told(found))
    if told:
        yield "| place | paper | link | found |\n| --- | --- | --- | --- |"
    for url, result in told:
        for place in places[url]:
            at = f"{place.file}, line {place.mention.line}"
            status = f"{result.verdict}: {result.status}" + (f", {result.to}" if result.to else "")
            cells = (escape.plain(text) for text in (at, place.mention.paper, url, status))
            yield f"| {' | '.join(map(escape.cell, cells))} |"
    yield f"\n{summary(found)}" if told else summary(found)


def _told(found: Mapping[str, Found]) -> Iterator[tuple[str, Found]]:
    for verdict in _WORTH_TELLING:
        yield from ((url, result) for url, result in found.items() if result.verdict is verdict)


def summary(found: Mapping[str, Found]) -> str:
    """`3 links: 2 alive, 1 dead`."""
    counts = Counter(str(result.verdict) for result in found.values())
    told = ", ".join(f"{counts[name]} {name}" for name in Verdict if counts[name])
    number = f"{len(found)} link{'' if len(found) == 1 else 's'}"
    return f"{number}: {told}" if told else "No links."
