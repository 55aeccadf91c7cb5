"""The same paper twice."""

from __future__ import annotations

from bisect import bisect, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from rules import _facts, _papers
from rules._columns import cell_at
from rules._diagnostic import Edit, Fix, Severity, whole_line
from rules._registry import Found, rule
from rules._twins import entries, has_another_name, twins
from rules._words import distance, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import Context
    from rules._document import Span
    from rules._twins import Entry

_IDS = {"arxiv": "arXiv id", "doi": "DOI", "openreview": "OpenReview id"}


@rule(Severity.ERROR, fixes="unsafe", silences=("date-order",))
def duplicate_paper(context: Context, _options: None) -> Iterator[Found]:
    """A paper stands twice in one section, or in two sections with different facts."""
    rows = entries(context)
    for group in twins(rows):
        yield from _judge(group)
    for entry in rows:
        arrived = context.merged_meanwhile.get(entry.section, frozenset())
        if entry.paper in arrived and entry.listed.is_new(entry.row):
            yield _merged_meanwhile(entry)


def _judge(group: Sequence[Entry]) -> Iterator[Found]:
    """Speak of each row but the oldest one of its section, and of the paper."""
    by_section: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in group:
        older = by_section[entry.section]
        if older:
            yield _twice(entry, _nearest(older, entry))
        elif entry is not group[0]:
            yield _elsewhere(entry, group[0])
        insort(older, entry, key=_line)


def _line(entry: Entry) -> int:
    return entry.row.line


def _nearest(by_line: Sequence[Entry], entry: Entry) -> Entry:
    at = bisect(by_line, _line(entry), key=_line)
    return min(by_line[max(at - 1, 0) : at + 1], key=lambda e: abs(_line(e) - _line(entry)))


def _twice(entry: Entry, other: Entry) -> Found:
    if has_another_name(entry, other):
        message = f"This {_kind(entry)} also stands {distance(entry.row.line, other.row.line)}."
        return Found(entry.listed, entry.row, _place(entry), message, None, Severity.NOTE)
    copied = [c.raw for c in entry.row.cells] == [c.raw for c in other.row.cells]
    message = (
        f"{_name(entry)} already stands {distance(entry.row.line, other.row.line)} "
        f"({_why(entry, other)}). "
        + ("Pasted twice?" if copied else "Update that row instead, or remove this one.")
    )
    # What this row alone tells must not be lost.
    idle = copied or _facts.tells_nothing_more(entry.row, other.row)
    fix = _removal(entry, safe=copied) if idle else None
    return Found(entry.listed, entry.row, _place(entry), message, fix)


def _merged_meanwhile(entry: Entry) -> Found:
    message = (
        f"{_name(entry)} was added to this section meanwhile. "
        "Update that row instead, or remove this one."
    )
    return Found(entry.listed, entry.row, _place(entry), message, _removal(entry, safe=False))


def _elsewhere(entry: Entry, first: Entry) -> Found:
    where = f"in line {first.row.line}, under {quote(first.listed.table.section.title)}"
    facts = "; ".join(_facts.differences(entry, first))
    if not facts:
        message = f"This {_kind(entry)} also stands {where}."
        return Found(entry.listed, entry.row, _place(entry), message, None, Severity.NOTE)
    message = f"The same {_kind(entry)} stands {where}, with other facts: {facts}. Which is right?"
    return Found(entry.listed, entry.row, _place(entry), message, None, Severity.WARNING)


def _removal(entry: Entry, *, safe: bool) -> Fix:
    span = whole_line(entry.row.document.text, entry.row.span)
    return Fix((Edit(span, ""),), safe=safe)


def _kind(entry: Entry) -> str:
    return "paper" if _papers.is_paper(entry.paper) else "entry"


def _name(entry: Entry) -> str:
    return quote(entry.listed.title(entry.row) or entry.paper)


def _place(entry: Entry) -> Span:
    cell = cell_at(entry.row, entry.listed.columns.title)
    return cell.span if cell else entry.row.span


def _why(entry: Entry, other: Entry) -> str:
    same = []
    if entry.title and entry.title == other.title:
        same.append("same title")
    if entry.paper and entry.paper == other.paper:
        same.append(f"same {_IDS.get(entry.paper.partition(':')[0], 'link')}")
    return ", ".join(same) or "nearly the same title"
