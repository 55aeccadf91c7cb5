"""The same paper twice."""

from __future__ import annotations

from bisect import bisect, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from rules import _facts, _papers
from rules._columns import cell_at
from rules._diagnostic import Edit, Fix, Severity, whole_line
from rules._registry import Found, rule
from rules._say import Line, say
from rules._twins import entries, has_another_name, twins
from rules._words import distance, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import Context
    from rules._document import Span
    from rules._say import Text
    from rules._twins import Entry

_IDS = {
    "arxiv": say("same arXiv id"),
    "doi": say("same DOI"),
    "openreview": say("same OpenReview id"),
}
_BOTH_WAYS = say("Update that row instead, or remove this one.")


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
        message = _also(entry, distance(entry.row.line, other.row.line))
        return Found(entry.listed, entry.row, _place(entry), message, None, Severity.NOTE)
    copied = [c.raw for c in entry.row.cells] == [c.raw for c in other.row.cells]
    message = say(
        "{title} already stands {place} ({reasons:, }). {question}",
        title=_name(entry),
        place=distance(entry.row.line, other.row.line),
        reasons=_why(entry, other),
        question=say("Pasted twice?") if copied else _BOTH_WAYS,
    )
    # What this row alone tells must not be lost.
    idle = copied or _facts.tells_nothing_more(entry.row, other.row)
    fix = _removal(entry, safe=copied) if idle else None
    return Found(entry.listed, entry.row, _place(entry), message, fix)


def _merged_meanwhile(entry: Entry) -> Found:
    message = say(
        "{title} was added to this section meanwhile. {question}",
        title=_name(entry),
        question=_BOTH_WAYS,
    )
    return Found(entry.listed, entry.row, _place(entry), message, _removal(entry, safe=False))


def _elsewhere(entry: Entry, first: Entry) -> Found:
    where = say(
        "in line {line}, under {section}",
        line=Line(first.row.line),
        section=quote(first.listed.table.section.title),
    )
    facts = list(_facts.differences(entry, first))
    if not facts:
        message = _also(entry, where)
        return Found(entry.listed, entry.row, _place(entry), message, None, Severity.NOTE)
    what = say("The same paper") if _papers.is_paper(entry.paper) else say("The same entry")
    message = say(
        "{what} stands {place}, with other facts: {facts:; }. Which is right?",
        what=what,
        place=where,
        facts=facts,
    )
    return Found(entry.listed, entry.row, _place(entry), message, None, Severity.WARNING)


def _removal(entry: Entry, *, safe: bool) -> Fix:
    span = whole_line(entry.row.document.text, entry.row.span)
    return Fix((Edit(span, ""),), safe=safe)


def _also(entry: Entry, place: Text) -> Text:
    if _papers.is_paper(entry.paper):
        return say("This paper also stands {place}.", place=place)
    return say("This entry also stands {place}.", place=place)


def _name(entry: Entry) -> str:
    return quote(entry.listed.title(entry.row) or entry.paper)


def _place(entry: Entry) -> Span:
    cell = cell_at(entry.row, entry.listed.columns.title)
    return cell.span if cell else entry.row.span


def _why(entry: Entry, other: Entry) -> list[Text]:
    same = []
    if entry.title and entry.title == other.title:
        same.append(say("same title"))
    if entry.paper and entry.paper == other.paper:
        same.append(_IDS.get(entry.paper.partition(":")[0], say("same link")))
    return same or [say("nearly the same title")]
