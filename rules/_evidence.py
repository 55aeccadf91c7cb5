"""What nearly all rows do: a habit of one table, or of the whole list where a table is short."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from rules._columns import is_blank, is_filled
from rules._conventions import ENOUGH, MOST

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from rules._context import Context, ListTable
    from rules._document import Cell, Row

T = TypeVar("T", bound="Hashable")

_HALF = 0.5


class Habit(NamedTuple, Generic[T]):
    """What `uses` of `total` rows do."""

    value: T
    uses: int
    total: int

    @property
    def unanimous(self) -> bool:
        """Whether at most one row, the one that is spoken of, does otherwise."""
        return self.total - self.uses <= 1


@dataclass(frozen=True)
class Habits(Generic[T]):
    """Per table (by its line) and for the whole list, how many rows do what."""

    tables: Mapping[int, Counter[T]]
    overall: Counter[T]

    def of(self, listed: ListTable, most: float = MOST) -> Habit[T] | None:
        """The table's own habit; the list's when the table has too few rows and goes along."""
        own = self.tables[listed.table.line]
        if own.total() >= ENOUGH:
            return habit(own, most)
        found = habit(self.overall, most)
        return found if found and own[found.value] >= _HALF * own.total() else None

    def all_of(self, listed: ListTable, least: int) -> Habit[T] | None:
        """What all rows of the table do, where at least so many tell."""
        own = self.tables[listed.table.line]
        total = own.total()
        return Habit(next(iter(own)), total, total) if len(own) == 1 and total >= least else None


def habits(context: Context, feature: Callable[[ListTable, Row], T | None]) -> Habits[T]:
    """Count a feature over the rows that stood there before; None says nothing."""
    tables = {
        listed.table.line: Counter(
            told
            for row in listed.rows
            if is_evidence(listed, row) and (told := feature(listed, row)) is not None
        )
        for listed in context.tables
    }
    return Habits(tables, sum(tables.values(), Counter()))


def is_evidence(listed: ListTable, row: Row) -> bool:
    """Whether a row tells what the list does: it stood there before, or all are judged at once."""
    return listed.settled is None or row.line in listed.settled


def is_heading(row: Row, cell: Cell) -> bool:
    """Whether a cell is all that a row has: a heading between the rows."""
    return not any(is_filled(other) for other in row.cells if other is not cell)


def is_shifted(listed: ListTable, row: Row) -> bool:
    """Whether a row has something past the last column: then others may be in a wrong one."""
    return any(not is_blank(cell) for cell in row.cells[len(listed.table.headings) :])


def habit(counter: Counter[T], most: float = MOST) -> Habit[T] | None:
    """What at least 8 rows do, and nearly all but the one that may be spoken of."""
    if not counter:
        return None
    value, uses = counter.most_common(1)[0]
    total = counter.total()
    return Habit(value, uses, total) if uses >= ENOUGH and uses >= most * (total - 1) else None
