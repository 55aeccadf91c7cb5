"""Rows that a change edited: as they were, and as they are now."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from rules import _papers

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Row


class Pair(NamedTuple):
    """One row before and after a change, in tables with the same columns."""

    before: ListTable
    old: Row
    listed: ListTable
    row: Row


_Entry = tuple["ListTable", "Row"]


def edited(context: Context) -> Iterator[Pair]:
    """The rows that a change edited or brought elsewhere, none that it added or removed."""
    gone = _only(context.before, context.tables)
    arrived = _only(context.tables, context.before) if gone else {}
    for key in (_place, _title, _paper):
        if gone and arrived:
            here, there = _alone(arrived, context.tables, key), _alone(gone, context.before, key)
            for name in here.keys() & there.keys():
                yield Pair(*gone.pop(there[name]), *arrived.pop(here[name]))


def _only(tables: Sequence[ListTable], others: Sequence[ListTable]) -> dict[int, _Entry]:
    """Line -> the rows whose text the same section of the others does not have, or not as often."""
    known = Counter(_text(listed, row) for listed in others for row in listed.rows)
    found: dict[int, _Entry] = {}
    for listed in tables:
        for row in listed.rows:
            known[_text(listed, row)] -= 1
            if known[_text(listed, row)] < 0:
                found[row.line] = (listed, row)
    return found


def _text(listed: ListTable, row: Row) -> Hashable:
    return listed.table.section.path, row.stripped


def _alone(
    lines: Container[int], tables: Sequence[ListTable], key: Callable[[ListTable, Row], Hashable]
) -> dict[Hashable, int]:
    """Those of these lines that no other row of the list has the name of."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for listed in tables:
        for row in listed.rows:
            name = key(listed, row)
            if name:
                found[listed.table.headings, name].append(row.line)
    return {name: here[0] for name, here in found.items() if len(here) == 1 and here[0] in lines}


def _place(listed: ListTable, row: Row) -> Hashable:
    title = _title(listed, row)
    return title and (listed.table.section.path, title)


def _title(listed: ListTable, row: Row) -> str:
    """The row's title; where no column has titles, what the row begins with: no number or date."""
    title = _papers.normal_title(listed.title(row))
    if title or listed.columns.title is not None or listed.columns.date == 0 or not row.cells:
        return title
    name = _papers.normal_title(row.cells[0].text)
    return "" if name.replace(" ", "").isdigit() else name


def _paper(listed: ListTable, row: Row) -> str:
    return listed.papers.get(row.line, "")
