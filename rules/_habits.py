"""What the paper and code columns of a list link, and how surely."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules._columns import addresses, cell_at, is_filled
from rules._conventions import ENOUGH, MOST
from rules._kinds import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from rules._columns import Columns
    from rules._context import ListTable
    from rules._document import Cell

_MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class Habit:
    """Cells that link what their column is for, and other ones; project pages are neither."""

    kept: int
    odd: int
    pages: int
    empty: int

    def is_sure(self, here: Habit) -> bool:
        """Whether nearly all cells of the list keep to it, in this table too."""
        nearly_all = self._keeps(MOST)
        return nearly_all and here.odd <= max(1, here.kept * (1 - MOST))

    @property
    def is_usual(self) -> bool:
        """Whether most cells keep to it."""
        return self._keeps(_MOSTLY)

    @property
    def is_filled(self) -> bool:
        """Whether nearly all rows link something."""
        linked = self.kept + self.odd + self.pages
        return linked >= max(ENOUGH, MOST * (linked + self.empty))

    def _keeps(self, share: float) -> bool:
        return self.kept >= max(ENOUGH, share * (self.kept + self.odd), self.pages)


@dataclass(frozen=True, slots=True)
class Habits:
    paper: Habit
    code: Habit


def habits(tables: Iterable[ListTable], settled: Container[int] | None = None) -> Habits:
    """What tables with a paper and a code column link in them, or their rows of these lines."""
    paper, code = Counter[str](), Counter[str]()
    for listed in tables:
        if has_both(listed.columns):
            for row in (row for row in listed.rows if settled is None or row.line in settled):
                paper[_fits(cell_at(row, listed.columns.paper), code=False)] += 1
                code[_fits(cell_at(row, listed.columns.code), code=True)] += 1
    return Habits(*(Habit(it["kept"], it["odd"], it["pages"], it["empty"]) for it in (paper, code)))


def has_both(columns: Columns) -> bool:
    """Whether papers and code have a column each."""
    return None not in (columns.code, columns.paper) and columns.code != columns.paper


def kinds(cell: Cell) -> set[Kind]:
    """Where a cell's links lead."""
    return {kind_of(url) for url in addresses(cell)}


def _fits(cell: Cell | None, *, code: bool) -> str:
    found = kinds(cell) if cell else set()
    if cell is None or not found:
        return "words" if cell and is_filled(cell) else "empty"
    if found == {Kind.PAGE}:
        return "pages"
    return "kept" if (Kind.CODE in found) == code else "odd"
