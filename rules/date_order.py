"""Rows out of their table's order by date."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from rules import _papers
from rules._columns import cell_at
from rules._conventions import dates
from rules._diagnostic import Fix, Move, Severity
from rules._registry import Found, rule
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._conventions import Order
    from rules._document import Row

# Rows that stood there before outweigh any number of new ones: the new ones move.
_SETTLED = 1_000_000
_key = attrgetter("key")


class _Dated(NamedTuple):
    row: Row
    key: tuple[int, ...]
    weight: int


@rule(Severity.WARNING, fixes="safe")
def date_order(context: Context, _options: None) -> Iterator[Found]:
    """A row stands outside its table's own order by date."""
    for listed in context.tables:
        order = listed.known.order
        if order:
            yield from _judge(listed, order)


def _judge(listed: ListTable, order: Order) -> Iterator[Found]:
    rows = _dated(listed, order)
    places = _longest(rows)
    kept = [rows[place] for place in sorted(places)]
    for place, dated in enumerate(rows):
        if place not in places and listed.is_new(dated.row):
            yield _found(listed, order, kept, dated)


def _dated(listed: ListTable, order: Order) -> list[_Dated]:
    """The rows whose date can be compared; keys grow from top to bottom.

    A row whose date is questionable is not compared: one in another format than the column's, or
    earlier than the paper's arXiv id. Moving it would be the wrong remedy.
    """
    sign = -1 if order.descending else 1
    found = []
    for index, date in dates(listed.table, listed.columns):
        row = listed.rows[index]
        possible = date.key(2) >= _papers.arxiv_month(listed.papers.get(row.line, ""))
        comparable = date.precision >= order.precision and date.style == listed.known.date_style
        if comparable and possible:
            weight = 1 if listed.is_new(row) else _SETTLED
            key = tuple(sign * part for part in date.key(order.precision))
            found.append(_Dated(row, key, weight))
    return found


def _longest(rows: Sequence[_Dated]) -> set[int]:
    """The places of the heaviest rows that are in order among themselves.

    Heaviest non-decreasing subsequence, with a Fenwick tree of best weights over the keys.
    """
    ranks = {key: n for n, key in enumerate(sorted({row.key for row in rows}), start=1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    top = (0, -1)
    for place, row in enumerate(rows):
        rank = ranks[row.key]
        weight, previous = _prefix(best, rank)
        before.append(previous)
        mine = (weight + row.weight, place)
        top = max(top, mine)
        while rank < len(best):
            best[rank] = max(best[rank], mine)
            rank += rank & -rank
    kept, place = set(), top[1]
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


def _prefix(best: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    found = (0, -1)
    while rank > 0:
        found = max(found, best[rank])
        rank -= rank & -rank
    return found


def _found(listed: ListTable, order: Order, kept: Sequence[_Dated], dated: _Dated) -> Found:
    row, cell = dated.row, cell_at(dated.row, listed.columns.date)
    earlier = bisect_left(kept, dated.key, key=_key)
    down = earlier > 0 and kept[earlier - 1].row.line > row.line
    other = kept[earlier - 1 if down else bisect_right(kept, dated.key, key=_key)].row
    place = f"{'after' if down else 'before'} {_name(listed, other)}"
    direction = "newest first" if order.descending else "oldest first"
    date = quote(cell.text) if cell else "this row"
    message = f"This table goes {direction}: {date} belongs {place}."
    return Found(listed, row, cell.span if cell else row.span, message, _move(row, other, down))


def _name(listed: ListTable, row: Row) -> str:
    title = listed.title(row)
    return f"{quote(title)} (line {row.line})" if title else f"line {row.line}"


def _move(row: Row, other: Row, down: bool) -> Fix | None:
    document = row.document
    line = document.line_span(row.line)
    if document.text[line.start : row.span.start].strip():
        return None  # a list or quote begins on this line: moving it would tear that apart
    number = other.line + 1 if down else other.line
    to = document.starts[number - 1] if number <= len(document.starts) else len(document.text)
    return Fix((Move(line, to),))
