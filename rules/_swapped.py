"""Repositories that stand in each other's row, told by their names and the rows' titles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rules import _papers
from rules._columns import addresses, cell_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._context import ListTable
    from rules._document import Row

# A name this short is in many titles.
_SHORTEST = 4


class _Named(NamedTuple):
    """A row with what its title calls its work, and the name of its repository."""

    row: Row
    head: str
    repository: str


def swapped(listed: ListTable) -> Iterator[tuple[Row, Row]]:
    """Pairs of rows of one table: each one's repository is named after the other's title."""
    named = [
        _Named(row, name_in_title(listed.title(row)), _repository(listed, row))
        for row in listed.rows
    ]
    alone = Counter(it.head for it in named)
    heads = {it.head: it for it in named if alone[it.head] == 1}
    for one in named:
        other = heads.get(one.repository) if one.repository else None
        if other and _are_swapped(one, other) and not _is_repeated(one, other):
            yield one.row, other.row


def _is_repeated(one: _Named, other: _Named) -> bool:
    """Whether the other row finds this pair, too, and comes first."""
    return other.repository == one.head and other.row.line < one.row.line


def _are_swapped(one: _Named, other: _Named) -> bool:
    fits = alike(other.repository, one.head)
    return fits and not (alike(other.repository, other.head) or alike(one.repository, one.head))


def name_in_title(title: str) -> str:
    """What a title calls its work: `graphofthoughts` of `Graph of Thoughts: Solving ...`."""
    return compact(title.partition(":")[0])


def compact(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return _papers.normal_title(text.replace("_", " ")).replace(" ", "")


def alike(one: str, other: str) -> bool:
    """Whether one name holds the other."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and short in long


def _repository(listed: ListTable, row: Row) -> str:
    """The name of the one repository in a row's code cell."""
    cell = cell_at(row, listed.columns.code)
    names = {_papers.identify(url) for url in addresses(cell)} if cell else set()
    name = next(iter(names), "")
    if len(names) != 1 or not name.startswith("repo:"):
        return ""
    name = compact(name.rpartition("/")[2])
    return name if len(name) >= _SHORTEST else ""
