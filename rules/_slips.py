"""Cells that slipped into another column: told by the date, which only one column has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules._columns import cell_at
from rules._dates import parse_date

if TYPE_CHECKING:
    from rules._context import ListTable
    from rules._document import Cell, Row

_MONTH = 2


def slipped_date(listed: ListTable, row: Row) -> Cell | None:
    """The one cell that holds this row's date in a column where no other row has one.

    A year alone tells nothing: it may be a number.
    """
    date = listed.columns.date
    own = cell_at(row, date)
    if date is None or (own and _is_day_or_month(own)):
        return None
    held = [column for column, cell in enumerate(row.cells) if _is_day_or_month(cell)]
    if len(held) != 1 or len(listed.rows) < 2 or not _holds_dates(listed, row, date):  # noqa: PLR2004
        return None
    return None if _holds_dates(listed, row, held[0]) else row.cells[held[0]]


def _is_day_or_month(cell: Cell) -> bool:
    date = parse_date(cell.text)
    return date is not None and date.precision >= _MONTH


def _holds_dates(listed: ListTable, row: Row, column: int) -> bool:
    """Whether any other row has a date in a column."""
    return any(
        _is_day_or_month(cell)
        for other in listed.rows
        if other is not row and (cell := cell_at(other, column))
    )
