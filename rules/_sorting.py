"""Rows that stand out of a table's order: which ones, and where they belong."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from rules._diagnostic import Fix, Move
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import ListTable
    from rules._document import Row

# Rows that stood there before outweigh any number of new ones: the new ones move.
_SETTLED = 1_000_000
_key = attrgetter("key")


class Keyed(NamedTuple):
    """A row with what it is sorted by; keys grow from top to bottom."""

    row: Row
    key: tuple[Any, ...]
    weight: int


class Misplaced(NamedTuple):
    """A row with the nearest one that it belongs after (`down`) or before."""

    row: Row
    other: Row
    down: bool


def keyed(listed: ListTable, row: Row, key: tuple[Any, ...]) -> Keyed:
    return Keyed(row, key, 1 if listed.is_new(row) else _SETTLED)


def misplaced(listed: ListTable, rows: Sequence[Keyed]) -> Iterator[Misplaced]:
    """The new rows that are out of order; the others that stay are in order among themselves."""
    places = longest(rows)
    kept = [rows[place] for place in sorted(places)]
    for place, found in enumerate(rows):
        if place not in places and listed.is_new(found.row):
            yield _nearest(kept, found)


def _nearest(kept: Sequence[Keyed], found: Keyed) -> Misplaced:
    earlier = bisect_left(kept, found.key, key=_key)
    down = earlier > 0 and kept[earlier - 1].row.line > found.row.line
    other = kept[earlier - 1 if down else bisect_right(kept, found.key, key=_key)].row
    return Misplaced(found.row, other, down)


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


def place(found: Misplaced, name: str) -> str:
    """Where a row belongs, in words; `name` is the other row's, empty when it has none."""
    line = f"line {found.other.line}"
    other = f"{quote(name)} ({line})" if name else line
    return f"{'after' if found.down else 'before'} {other}"


def move(found: Misplaced) -> Fix | None:
    """Take the row there, unless a list or quote begins on its line: that would be torn apart."""
    document = found.row.document
    line = document.line_span(found.row.line)
    if document.text[line.start : found.row.span.start].strip():
        return None
    number = found.other.line + 1 if found.down else found.other.line
    to = document.starts[number - 1] if number <= len(document.starts) else len(document.text)
    return Fix((Move(line, to),))
