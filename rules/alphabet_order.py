"""Rows out of the alphabet in tables that are kept by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules import _alphabet, _sorting
from rules._columns import cell_at
from rules._diagnostic import Severity
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rules._alphabet import Named
    from rules._context import Context, ListTable
    from rules._sorting import Keyed, Misplaced


@rule(Severity.WARNING, fixes="safe")
def alphabet_order(context: Context, _options: None) -> Iterator[Found]:
    """A row stands outside the alphabet in a table that is kept by name."""
    for listed, names in _alphabet.by_name(context):
        yield from _judge(listed, names)


def _judge(listed: ListTable, names: Sequence[Named]) -> Iterator[Found]:
    """Speak of the rows that are out of place in every alphabet."""
    orders = [_keyed(listed, names, alphabet) for alphabet in _alphabet.ALPHABETS]
    lines = set.intersection(*(_sorting.astray(listed, rows) for rows in orders))
    lines -= _pinned(listed, names, _sorting.astray(listed, orders[0]))
    for found in _sorting.misplaced(orders[0], lines):
        yield _found(listed, found)


def _keyed(
    listed: ListTable, names: Sequence[Named], alphabet: Callable[[str], tuple[object, ...]]
) -> list[Keyed]:
    return [_sorting.keyed(listed, named.row, alphabet(named.name)) for named in names]


def _pinned(listed: ListTable, names: Sequence[Named], astray: set[int]) -> set[int]:
    """The first rows of a whole list: what stands above the alphabet was put there on purpose."""
    pinned: set[int] = set()
    for named in names if listed.settled is None else ():
        if named.row.line not in astray:
            break
        pinned.add(named.row.line)
    return pinned


def _found(listed: ListTable, found: Misplaced) -> Found:
    cell = cell_at(found.row, listed.columns.title or 0)
    name, other = _alphabet.name_of(listed, found.row), _alphabet.name_of(listed, found.other)
    message = say(
        "This table goes by name: {name} belongs {place}.",
        name=quote(name),
        place=_sorting.place(found, other),
    )
    span = cell.span if cell else found.row.span
    return Found(listed, found.row, span, message, _sorting.move(found))
