"""Rows that a change edited: as they were, and as they are now."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from rules import _papers

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

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
    """The rows that a change edited; not those that it only moved, added or took out."""
    gone = _only(context.before, context.tables)
    arrived = _only(context.tables, context.before) if gone else {}
    for key in (_place, _title, _paper):
        here, there = _alone(arrived, key), _alone(gone, key)
        for name in here.keys() & there.keys():
            yield Pair(*gone.pop(there[name]), *arrived.pop(here[name]))


def _only(tables: Sequence[ListTable], others: Sequence[ListTable]) -> dict[int, _Entry]:
    """Line -> the rows whose text the other tables do not have, or not as often."""
    known = Counter(row.stripped for listed in others for row in listed.rows)
    found: dict[int, _Entry] = {}
    for listed in tables:
        for row in listed.rows:
            known[row.stripped] -= 1
            if known[row.stripped] < 0:
                found[row.line] = (listed, row)
    return found


def _alone(
    entries: Mapping[int, _Entry], key: Callable[[ListTable, Row], Hashable]
) -> dict[Hashable, int]:
    """The lines of rows that nothing else has the name of."""
    lines: dict[Hashable, list[int]] = defaultdict(list)
    for line, entry in entries.items():
        name = key(*entry)
        if name:
            lines[entry[0].table.headings, name].append(line)
    return {name: found[0] for name, found in lines.items() if len(found) == 1}


def _place(listed: ListTable, row: Row) -> Hashable:
    title = _title(listed, row)
    return title and (listed.table.section.path, title)


def _title(listed: ListTable, row: Row) -> str:
    return _papers.normal_title(listed.title(row) or (row.cells[0].text if row.cells else ""))


def _paper(listed: ListTable, row: Row) -> str:
    return listed.papers.get(row.line, "")
