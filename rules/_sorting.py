"""Rows that stand out of a table's order: which ones, and where they belong."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from rules import _papers
from rules._conventions import dates
from rules._diagnostic import Fix, Move
from rules._say import Line, say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rules._context import ListTable
    from rules._conventions import Order
    from rules._document import Row
    from rules._say import Text

# Rows that stood there before outweigh any number of new ones: the new ones move.
_SETTLED = 1_000_000
# In a gap of more rows than these no finer place is looked for.
_GAP = 1_000


class Keyed(NamedTuple):
    """A row with what it is sorted by; keys grow from top to bottom.

    What has no weight stays where it is. `finer` tells apart what the order leaves free, such as
    the days where months are sorted.
    """

    row: Row
    key: tuple[Any, ...]
    weight: int
    finer: tuple[Any, ...] = ()

    def is_beyond(self, other: Keyed) -> bool:
        """Whether this row belongs below another one, as finely as both tell."""
        told = min(len(self.finer), len(other.finer))
        return (self.key, self.finer[:told]) > (other.key, other.finer[:told])


class Misplaced(NamedTuple):
    """A row with the nearest one that it belongs after (`down`) or before."""

    row: Row
    other: Row
    down: bool


def keyed(listed: ListTable, row: Row, key: tuple[Any, ...], finer: tuple[Any, ...] = ()) -> Keyed:
    return Keyed(row, key, 1 if listed.is_new(row) else _SETTLED, finer)


def dated(listed: ListTable, order: Order) -> list[Keyed]:
    """The rows whose date can be compared; keys grow from top to bottom.

    A row whose date is earlier than the paper's arXiv id stays where it is, and others are placed
    around it: moving it would be the wrong remedy. So it would where a date is in another format.
    """
    sign = -1 if order.descending else 1
    found = []
    for index, date in dates(listed.table, listed.columns):
        row = listed.rows[index]
        known = min(date.precision, 2)  # a year alone is no earlier than a month of that year
        submitted = _papers.arxiv_month(listed.papers.get(row.line, ""))[:known]
        possible = date.key(known) >= submitted
        if date.precision >= order.precision and date.style == listed.known.date_style:
            finer = tuple(sign * part for part in date.key(date.precision))
            one = keyed(listed, row, finer[: order.precision], finer)
            found.append(one if possible else one._replace(weight=0))
    return found


def astray(listed: ListTable, rows: Sequence[Keyed]) -> set[int]:
    """The lines of new rows out of order; the others that stay are in order among themselves."""
    places = longest(rows)
    return {
        found.row.line
        for place, found in enumerate(rows)
        if place not in places and found.weight and listed.is_new(found.row)
    }


def misplaced(rows: Sequence[Keyed], lines: Collection[int]) -> Iterator[Misplaced]:
    """Where the rows of these lines belong among those that stay."""
    stay = [row for row in rows if row.row.line not in lines]
    kept = sorted(longest(stay))
    keys = [stay[place].key for place in kept]
    for found in (row for row in rows if row.row.line in lines):
        first, last = bisect_left(keys, found.key), bisect_right(keys, found.key)
        top = kept[first - 1] + 1 if first else 0
        end = kept[last] if last < len(kept) else len(stay)
        yield _nearest(stay, range(top, end + 1), found)


def _nearest(stay: Sequence[Keyed], gap: range, found: Keyed) -> Misplaced:
    """Of the places that keep the order, one with the fewest rows on the wrong side, near by."""
    at = bisect_left(stay, found.row.line, key=lambda row: row.row.line)
    best = gap[0] if at < gap[0] else gap[-1]
    if len(gap) <= _GAP:
        wrong = {gap[0]: sum(found.is_beyond(stay[place]) for place in gap[:-1])}
        for place in gap[:-1]:
            wrong[place + 1] = wrong[place] + stay[place].is_beyond(found)
            wrong[place + 1] -= found.is_beyond(stay[place])
        best = min(gap, key=lambda place: (wrong[place], abs(place - at)))
    down = best > at
    return Misplaced(found.row, stay[best - 1 if down else best].row, down)


def longest(rows: Sequence[Keyed]) -> set[int]:
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


def place(found: Misplaced, name: str) -> Text:
    """Where a row belongs, in words; `name` is the other row's, empty when it has none."""
    other = say("line {line}", line=Line(found.other.line))
    if name:
        other = say("{name} (line {line})", name=quote(name), line=Line(found.other.line))
    return say("after {row}", row=other) if found.down else say("before {row}", row=other)


def move(found: Misplaced) -> Fix | None:
    """Take the row there, unless a list or quote begins on its line: that would be torn apart."""
    document = found.row.document
    line = document.line_span(found.row.line)
    if document.text[line.start : found.row.span.start].strip():
        return None
    number = found.other.line + 1 if found.down else found.other.line
    to = document.starts[number - 1] if number <= len(document.starts) else len(document.text)
    return Fix((Move(line, to),))
