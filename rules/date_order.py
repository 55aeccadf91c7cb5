"""Rows out of their table's order by date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules import _sorting
from rules._columns import cell_at
from rules._diagnostic import Severity
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._context import Context, ListTable
    from rules._conventions import Order
    from rules._sorting import Misplaced


@rule(Severity.WARNING, fixes="safe")
def date_order(context: Context, _options: None) -> Iterator[Found]:
    """A row stands outside its table's own order by date."""
    for listed in context.tables:
        order = listed.known.order
        if order:
            rows = _sorting.dated(listed, order)
            for found in _sorting.misplaced(rows, _sorting.astray(listed, rows)):
                yield _found(listed, order, found)


def _found(listed: ListTable, order: Order, found: Misplaced) -> Found:
    row, cell = found.row, cell_at(found.row, listed.columns.date)
    date = quote(cell.text) if cell else say("this row")
    place = _sorting.place(found, listed.title(found.other))
    message = (
        say("This table goes newest first: {date} belongs {place}.", date=date, place=place)
        if order.descending
        else say("This table goes oldest first: {date} belongs {place}.", date=date, place=place)
    )
    return Found(listed, row, cell.span if cell else row.span, message, _sorting.move(found))
