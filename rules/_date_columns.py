"""Links that stand where all other rows have a date, or a mark for none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rules._columns import addresses, is_blank, is_mark
from rules._conventions import ENOUGH
from rules._dates import parse_date
from rules._evidence import is_evidence
from rules._kinds import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._context import ListTable
    from rules._document import Cell, Row

# A column of marks alone may be meant for anything: so many dates tell that it is for dates.
_DATES = 3
_MEANT_ELSEWHERE = {Kind.CODE, Kind.PAPER, Kind.PAGE}


class Misplaced(NamedTuple):
    """A cell with links in a column of dates, which `others` rows keep to."""

    row: Row
    column: int
    cell: Cell
    others: int


def misplaced(listed: ListTable) -> Iterator[Misplaced]:
    """The cells that link code, papers or projects in a column of dates."""
    for column in range(len(listed.table.headings)):
        linked = [(row, cell) for row, cell in _cells(listed, column) if "](" in cell.raw]
        # One older row may do otherwise: the one that is spoken of when a whole list is judged.
        if linked and sum(is_evidence(listed, row) for row, _ in linked) <= 1:
            others = _dated(listed, column)
            if others:
                odd = [(row, cell) for row, cell in linked if _is_elsewhere(cell)]
                yield from (Misplaced(row, column, cell, others) for row, cell in odd)


def _dated(listed: ListTable, column: int) -> int:
    """How many rows keep a column for dates and marks; 0 where not all, or too few, do."""
    known = [
        cell
        for row, cell in _cells(listed, column)
        if is_evidence(listed, row) and not _is_elsewhere(cell) and not is_blank(cell)
    ]
    dates = sum(parse_date(cell.text) is not None for cell in known)
    kept = dates + sum(map(is_mark, known))
    return kept if dates >= _DATES and kept == len(known) >= ENOUGH else 0


def _cells(listed: ListTable, column: int) -> Iterator[tuple[Row, Cell]]:
    """A column's cells, of rows whose cells stand under their headings."""
    for row in listed.rows:
        if len(row.cells) == len(listed.table.headings):
            yield row, row.cells[column]


def _is_elsewhere(cell: Cell) -> bool:
    """Whether a cell links what has a column of its own; with a digit it may tell a date too."""
    return not any(map(str.isdigit, cell.text)) and any(
        kind_of(url) in _MEANT_ELSEWHERE for url in addresses(cell)
    )
