"""Venues in another form than the list's, and misspelt ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rules import _spelling, _venue_forms
from rules._columns import cell_at
from rules._diagnostic import Edit, Fix, Severity
from rules._document import Span
from rules._evidence import habit, is_evidence, is_shifted
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Row
    from rules._evidence import Habit
    from rules._say import Text
    from rules._venue_forms import Venue, YearForm

# So many venues, all alike, make one that is not worth a comment.
_ALL = 20
# A name that stands in another case this often, and against each use of the odd one.
_COMMON = 10
_LONG = 40
# So many venues of one table, and more than half of them, make another way of their own.
_SEVERAL, _HALF = 3, 0.5


class _Entry(NamedTuple):
    listed: ListTable
    row: Row
    span: Span
    venue: Venue


class _Said(NamedTuple):
    """A message, the venue as it should be where that is sure, and how loud to say it."""

    message: Text
    better: str = ""
    severity: Severity = Severity.NOTE


@dataclass(frozen=True)
class _Usual:
    """What the venues that stood there before have in common."""

    venues: Sequence[Venue]

    @cached_property
    def dated(self) -> Habit[bool] | None:
        return habit(Counter(v.form is None or v.form.digits > 0 for v in self.venues))

    @cached_property
    def form(self) -> Habit[YearForm] | None:
        return habit(Counter(v.form for v in self.venues if v.form and v.form.digits))

    @cached_property
    def short(self) -> Habit[bool] | None:
        return habit(Counter(len(v.name) <= _LONG for v in self.venues))

    @cached_property
    def names(self) -> Counter[str]:
        return Counter(v.name for v in self.venues)

    @cached_property
    def common(self) -> list[tuple[str, int]]:
        return _spelling.common_names(self.names)

    @cached_property
    def cases(self) -> dict[str, str]:
        """Each name's most usual case, by its lower case."""
        return {name.casefold(): name for name, _ in reversed(self.names.most_common())}

    @cached_property
    def example(self) -> str:
        """A venue with its year in the usual form, the commonest one."""
        forms = Counter(v for v in self.venues if self.form and v.form == self.form.value)
        venue = forms.most_common(1)[0][0]
        return venue.written(venue.form) if venue.form else venue.name


@rule(Severity.NOTE, fixes="safe")
def venue_format(context: Context, _options: None) -> Iterator[Found]:
    """A venue is misspelt, lacks its year, or is written in another form than the list's."""
    entries = [entry for listed in context.tables for entry in _entries(listed)]
    usual = _Usual([e.venue for e in entries if is_evidence(e.listed, e.row)])
    known: dict[tuple[int, Venue], _Said | None] = {}
    other_ways = _other_ways(entries, usual)
    for entry in entries:
        key = entry.listed.table.line, entry.venue
        if key not in known:
            known[key] = _judge(entry.venue, usual, form=key[0] not in other_ways)
        said = known[key]
        if said:
            fix = Fix((Edit(entry.span, said.better),)) if said.better else None
            yield Found(entry.listed, entry.row, entry.span, said.message, fix, said.severity)


def _entries(listed: ListTable) -> Iterator[_Entry]:
    """The cells that hold a venue and nothing else, perhaps emphasised; none that is cut off."""
    for row in (row for row in listed.rows if not is_shifted(listed, row)):
        cell = cell_at(row, listed.columns.venue)
        text = cell.text if cell else ""
        cut = cell is row.cells[-1] and len(row.cells) < len(listed.table.headings)
        if cell and not cut and cell.raw.strip("*_` ") == text and any(map(str.isalpha, text)):
            start = cell.span.start + cell.raw.index(text)
            yield _Entry(listed, row, Span(start, start + len(text)), _venue_forms.read(text))


def _other_ways(entries: Sequence[_Entry], usual: _Usual) -> set[int]:
    """The tables, by line, that write most of their venues in another form, be it new or old."""
    total, other = Counter[int](), Counter[int]()
    for entry in entries:
        line, form = entry.listed.table.line, entry.venue.form
        total[line] += 1
        other[line] += form is not None and not (usual.form and form == usual.form.value)
    return {n for n in total if other[n] >= _SEVERAL and other[n] > _HALF * total[n]}


def _judge(venue: Venue, usual: _Usual, *, form: bool) -> _Said | None:
    found = _misspelt(venue, usual)
    if found is None and form:
        found = _without_year(venue, usual) or _other_form(venue, usual)
    return found or _other_case(venue, usual) or _long(venue, usual)


def _misspelt(venue: Venue, usual: _Usual) -> _Said | None:
    meant = _spelling.likely(venue.name, usual.names[venue.name], usual.common)
    if meant is None:
        return None
    message = say(
        "Is {venue} a slip for {meant}, which {uses} rows here have?",
        venue=quote(venue.name),
        meant=quote(meant),
        uses=usual.names[meant],
    )
    return _Said(message, severity=Severity.WARNING)


def _without_year(venue: Venue, usual: _Usual) -> _Said | None:
    if not (usual.dated and usual.dated.value and usual.form) or venue.year or not venue.form:
        return None
    message = say(
        "The other {uses} venues have a year, such as {example}. Which year is this?",
        uses=usual.dated.uses,
        example=quote(usual.example),
    )
    return _Said(message, severity=_loudness(usual.dated))


def _other_form(venue: Venue, usual: _Usual) -> _Said | None:
    if not (usual.form and venue.form and venue.year) or venue.form == usual.form.value:
        return None
    better = venue.written(usual.form.value)
    message = say(
        "Write {better}: {uses} venues here have their year in that form.",
        better=quote(better),
        uses=usual.form.uses,
    )
    return _Said(message, better, _loudness(usual.form))


def _loudness(habit: Habit[bool] | Habit[YearForm]) -> Severity:
    """A comment only where every other venue is alike."""
    return Severity.WARNING if habit.unanimous and habit.uses >= _ALL else Severity.NOTE


def _other_case(venue: Venue, usual: _Usual) -> _Said | None:
    common = usual.cases.get(venue.name.casefold(), venue.name)
    uses = usual.names[common]
    if common == venue.name or uses < _COMMON * max(1, usual.names[venue.name]):
        return None
    message = say(
        "{uses} rows here write {venue}, with these capitals.", uses=uses, venue=quote(common)
    )
    return _Said(message)


def _long(venue: Venue, usual: _Usual) -> _Said | None:
    if not (usual.short and usual.short.value) or len(venue.name) <= _LONG:
        return None
    uses = usual.short.uses
    message = say("The other {uses} venues have short names. Is there one for this?", uses=uses)
    return _Said(message)
