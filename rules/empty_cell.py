"""Titles and papers that are absent where every other row has them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rules._columns import cell_at, is_blank, is_filled, is_mark
from rules._diagnostic import Severity
from rules._evidence import habits, is_evidence, is_shifted
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._context import Context, ListTable
    from rules._document import Cell, Row
    from rules._evidence import Habit

_MOST = 0.95


@rule(Severity.WARNING)
def empty_cell(context: Context, _options: None) -> Iterator[Found]:
    """A title or paper that every other row has is empty, or only a mark."""
    for role in ("title", "paper"):
        yield from _judge(context, role)


def _judge(context: Context, role: str) -> Iterator[Found]:
    usual = habits(context, lambda listed, row: _is_filled(_cell(listed, row, role)))
    empty = [
        (listed, row, cell)
        for listed in context.tables
        for row in listed.rows
        if (cell := _cell(listed, row, role)) and not is_filled(cell)
    ]
    marks = Counter(cell.raw for listed, row, cell in empty if is_evidence(listed, row))
    for listed, row, cell in empty:
        habit = usual.of(listed, _MOST)
        if habit and habit.value and not _is_meant(listed, row, cell, marks):
            yield _found(listed, row, cell, habit, role)


def _cell(listed: ListTable, row: Row, role: str) -> Cell | None:
    """The cell of a role; a title that is the link as well is told once, as a title."""
    column = getattr(listed.columns, role)
    return None if role != "title" and column == listed.columns.title else cell_at(row, column)


def _is_filled(cell: Cell | None) -> bool | None:
    return None if cell is None else is_filled(cell)


def _is_meant(listed: ListTable, row: Row, cell: Cell, marks: Counter[str]) -> bool:
    """Whether a row is a heading or has lost a cell, or other rows write this mark there too."""
    uneven = len(row.cells) < len(listed.table.headings) or is_shifted(listed, row)
    if uneven or sum(map(is_filled, row.cells)) <= 1:
        return True
    return is_mark(cell) and marks[cell.raw] > is_evidence(listed, row)


def _found(listed: ListTable, row: Row, cell: Cell, habit: Habit[bool], role: str) -> Found:
    heading = listed.heading(getattr(listed.columns, role))
    if is_blank(cell):
        message = say(
            "The {heading} cell is empty; the other {uses} rows fill it.",
            heading=heading,
            uses=habit.uses,
        )
    else:
        message = say(
            "The {heading} cell holds only {mark}; the other {uses} rows fill it.",
            heading=heading,
            mark=quote(cell.raw),
            uses=habit.uses,
        )
    return Found(listed, row, cell.span, message)
