"""What a row's arXiv id says of its date: ids begin with year and month and count within it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rules._columns import cell_at
from rules._conventions import ENOUGH, dates
from rules._evidence import is_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rules._context import Context, ListTable
    from rules._dates import PartialDate
    from rules._document import Cell, Row

_ID = re.compile(r"arxiv:((\d\d)(\d\d)\.(\d{4,5}))")
_PREPRINT = re.compile(
    r"(?:arxiv|corr|biorxiv|medrxiv|preprint)(?: preprint)?(?: |-|,|, | ?['’‘])?(?:20)?(\d\d)",
    re.IGNORECASE,
)
_FIRST_YEAR, _MONTHS = 2007, 12
# A paper sent in at a month's end may get an id of the next month, but hardly one this high.
_HIGH = 8_000
# Rows whose date is the month of their id: then the column means that month.
_FAITHFUL = 0.75
# More rows than this before their ids: then the column means something else.
_STRAY, _STRAYS = 0.05, 2


class ArxivId(NamedTuple):
    name: str
    year: int
    month: int
    number: int


@dataclass(frozen=True)
class Claim:
    """A row with a readable date, and its arXiv id and the year of its preprint venue, if any."""

    row: Row
    cell: Cell
    date: PartialDate
    arxiv: ArxivId | None
    venue: Cell | None
    preprint: int | None

    @property
    def too_early(self) -> int:
        """By how many months the date is earlier than the id allows; 0 when it is possible."""
        if self.arxiv is None:
            return 0
        latest = self.date.year * _MONTHS + (self.date.month or _MONTHS)
        months = self.arxiv.year * _MONTHS + self.arxiv.month - latest
        return months if months > 1 or (months == 1 and self.arxiv.number > _HIGH) else 0

    @property
    def in_its_month(self) -> bool:
        """Whether the date is the id's month, as far as it is told."""
        month = self.date.key(min(self.date.precision, 2))
        return self.arxiv is not None and month == (self.arxiv.year, self.arxiv.month)[: len(month)]

    @property
    def venue_agrees(self) -> bool:
        """Whether a preprint venue's year, if there is one, is the date's or the id's."""
        years = (None, self.date.year, self.arxiv and self.arxiv.year)
        return self.preprint in years


def arxiv_id(identity: str) -> ArxivId | None:
    """Read an identity such as `arxiv:2505.16782`; None for others and for impossible months."""
    match = _ID.fullmatch(identity)
    if match is None:
        return None
    year, month = 2000 + int(match[2]), int(match[3])
    if year < _FIRST_YEAR or not 1 <= month <= _MONTHS:
        return None
    return ArxivId(match[1], year, month, int(match[4]))


def claims(listed: ListTable) -> list[Claim]:
    """The table's rows that have a readable date."""
    return list(_claims(listed))


def _claims(listed: ListTable) -> Iterator[Claim]:
    for index, date in dates(listed.table, listed.columns):
        row = listed.rows[index]
        cell, venue = cell_at(row, listed.columns.date), cell_at(row, listed.columns.venue)
        match = _PREPRINT.fullmatch(venue.text.strip()) if venue else None
        year = 2000 + int(match[1]) if match else None
        if cell:
            arxiv = arxiv_id(listed.papers.get(row.line, ""))
            yield Claim(row, cell, date, arxiv, venue, year)


class Trust(NamedTuple):
    """What a date means here, told from the rows that stood there before."""

    faithful: bool
    strays: bool


def trust(context: Context, found: Mapping[int, Sequence[Claim]]) -> Mapping[int, Trust]:
    """Per table (by its line): its own rows where there are enough, else all of the list."""
    counts = {
        listed.table.line: Counter(
            "early" if claim.too_early else "same" if claim.in_its_month else "other"
            for claim in found[listed.table.line]
            if claim.arxiv and is_evidence(listed, claim.row)
        )
        for listed in context.tables
    }
    overall = sum(counts.values(), Counter())
    return {line: _trust(own if own.total() >= ENOUGH else overall) for line, own in counts.items()}


def _trust(counts: Counter[str]) -> Trust:
    total = counts.total()
    return Trust(
        total >= ENOUGH and counts["same"] >= _FAITHFUL * total,
        counts["early"] > max(_STRAYS, _STRAY * total),
    )
