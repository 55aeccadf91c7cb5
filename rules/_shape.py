"""What a table's rows have in common, to tell whether a line outside could be one of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rules._columns import addresses, cell_at, is_filled
from rules._dates import parse_date
from rules._strays import is_nearly_delimiter

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from rules._context import ListTable
    from rules._document import Row

_SAMPLE, _EVIDENCE, _MOST = 100, 3, 0.9
_FILLED = 2


class Shape:
    """A table's width, and which of its columns hold links or dates."""

    def __init__(self, listed: ListTable) -> None:
        self.listed = listed
        self.width = len(listed.table.headings)

    @cached_property
    def _linked(self) -> Mapping[int, bool]:
        """Column -> whether its cells hold links, where nearly all of them agree."""
        shares = {column: self._share(column) for column in range(self.width)}
        return {n: share >= _MOST for n, share in shares.items() if not 1 - _MOST < share < _MOST}

    def _share(self, column: int) -> float:
        cells = [cell_at(row, column) for row in self.listed.rows[:_SAMPLE]]
        links = [bool(addresses(cell)) for cell in cells if cell and is_filled(cell)]
        return sum(links) / len(links) if len(links) >= _EVIDENCE else 0.5

    def holds(self, row: Row) -> bool:
        """Whether a line has this table's width, links where it has links, dates where dates."""
        if len(row.cells) != self.width or is_nearly_delimiter(row):
            return False
        if sum(map(is_filled, row.cells)) < _FILLED:
            return False
        date = cell_at(row, self.listed.columns.date)
        if date and is_filled(date) and not _is_like_date(date.text):
            return False
        return all(
            bool(addresses(row.cells[column])) == linked
            for column, linked in self._linked.items()
            if is_filled(row.cells[column])
        )

    def holds_most(self, rows: Sequence[Row]) -> bool:
        return 2 * sum(map(self.holds, rows)) > len(rows)

    @property
    def kind(self) -> Hashable:
        """The same for tables that hold the same lines."""
        return self.width, self.listed.columns.date, *self._linked.items()

    @property
    def tells(self) -> bool:
        """Whether the columns differ enough to know a row from, say, a line of links."""
        return self.listed.columns.date is not None or len(set(self._linked.values())) > 1


def _is_like_date(text: str) -> bool:
    """Whether this is a date or, with a slip of the pen, was meant as one."""
    return parse_date(text) is not None or any(sign.isdigit() for sign in text)
