"""What a list already does, told from its rows, with the counts that say how sure this is.

A convention needs at least 8 cells and 90 % of them; an order at least 8 neighbours and 95 %.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rules import _links
from rules._columns import Columns, addresses, cell_at, columns, is_blank, is_mark
from rules._dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules._dates import PartialDate
    from rules._document import Document, Table

ENOUGH = 8
MOST = 0.9
ORDERLY = 0.95
_DAY, _YEAR = 3, 1

TableKey = tuple[tuple[str, ...], tuple[str, ...], int]


class Order(NamedTuple):
    """Rows by date: `kept` of `total` neighbours follow it at this precision (1 year .. 3 day)."""

    descending: bool
    precision: int
    kept: int
    total: int


class Mark(NamedTuple):
    """What stands where there is no link: `uses` of `total` such cells; empty text for nothing."""

    text: str
    uses: int
    total: int


@dataclass(frozen=True, slots=True)
class TableConventions:
    """What one table does.

    `full` of `total` rows are as wide as the header; `marks` has one entry per column; `accepted`
    names the kinds of links that are this table's own way; `rows` are the rows' source texts;
    `dates` counts the readable dates, and those of them in `date_style`.
    """

    columns: Columns
    order: Order | None
    date_style: str | None
    dates: tuple[int, int]
    marks: tuple[Mark | None, ...]
    full: int
    total: int
    accepted: frozenset[str]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a list does: per table, and over all tables where one of them has too few rows.

    `document` is the list that this was told from; `campaigns` are those that its links count for.
    """

    document: Document = field(repr=False)
    tables: Mapping[TableKey, TableConventions]
    order: Order | None
    code_mark: Mark | None
    accepted: frozenset[str]
    campaigns: frozenset[str]


def keys(document: Document) -> Iterator[tuple[TableKey, Table]]:
    """The document's tables, each with a name that survives moving lines."""
    seen: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
    for table in document.tables:
        name = (table.section.path, table.headings)
        yield (*name, seen[name]), table
        seen[name] += 1


def infer(document: Document) -> Conventions:
    """Tell the conventions of a list from its rows."""
    tables = list(keys(document))
    roles = {key: columns(table) for key, table in tables}
    steps = [pairs(table, roles[key]) for key, table in tables]
    marks = [_marks(table) for _, table in tables]
    code = Counter[str]()  # grows in place: a sum of thousands of tables would copy it each time
    for (key, _), counters in zip(tables, marks, strict=True):
        if (column := roles[key].code) is not None:
            code.update(counters[column])
    overall = _order([pair for found in steps for pair in found])
    return Conventions(
        document,
        {
            key: _table(table, roles[key], found, mark, overall)
            for (key, table), found, mark in zip(tables, steps, marks, strict=True)
        },
        overall,
        _mark(code),
        _accepted(sum((_blemishes(table) for _, table in tables), Counter())),
        _campaigns(document),
    )


def unknown(table: Table, conventions: Conventions) -> TableConventions:
    """What to expect of a table that the list did not have before."""
    roles = columns(table)
    counters = _marks(table)
    return _table(table, roles, pairs(table, roles), counters, conventions.order, new=True)


def _table(  # noqa: PLR0913  one constructor, told in full
    table: Table,
    roles: Columns,
    steps: list[tuple[PartialDate, PartialDate]],
    marks: list[Counter[str]],
    overall: Order | None,
    *,
    new: bool = False,
) -> TableConventions:
    own = _order(steps) if not new else None
    if own is None and overall and (new or _agrees(steps, overall)):
        own = overall
    return TableConventions(
        roles,
        own,
        *_style(table, roles),
        tuple(_mark(counter) for counter in marks),
        sum(len(row.cells) == len(table.headings) for row in table.rows),
        len(table.rows),
        _accepted(_blemishes(table)),
        () if new else tuple(row.stripped for row in table.rows),
    )


def dates(table: Table, roles: Columns) -> Iterator[tuple[int, PartialDate]]:
    """The index and date of each row that has a readable one."""
    for index, row in enumerate(table.rows):
        cell = cell_at(row, roles.date)
        date = parse_date(cell.text) if cell else None
        if date:
            yield index, date


def pairs(table: Table, roles: Columns) -> list[tuple[PartialDate, PartialDate]]:
    return list(pairwise(date for _, date in dates(table, roles)))


def _order(steps: list[tuple[PartialDate, PartialDate]]) -> Order | None:
    """The finest order that nearly all neighbours follow."""
    for precision in range(_DAY, _YEAR - 1, -1):
        fine = [(a, b) for a, b in steps if min(a.precision, b.precision) >= precision]
        down = sum(a.key(precision) >= b.key(precision) for a, b in fine)
        up = sum(a.key(precision) <= b.key(precision) for a, b in fine)
        kept = max(down, up)
        if len(fine) >= ENOUGH and kept >= ORDERLY * len(fine) and down != up:
            return Order(down > up, precision, kept, len(fine))
    return None


def _agrees(steps: list[tuple[PartialDate, PartialDate]], order: Order) -> bool:
    """Whether a table too short to speak for itself follows the order of the whole list."""
    if len(steps) >= ENOUGH:
        return False
    low, high = (1, 0) if order.descending else (0, 1)
    return all(s[low].key(order.precision) <= s[high].key(order.precision) for s in steps)


def _style(table: Table, roles: Columns) -> tuple[str | None, tuple[int, int]]:
    """How most dates are written; how many are so, of how many."""
    styles = Counter(date.style for _, date in dates(table, roles))
    if not styles:
        return None, (0, 0)
    style, uses = styles.most_common(1)[0]
    return style, (uses, styles.total())


def _marks(table: Table) -> list[Counter[str]]:
    """Per column, what stands in cells that have nothing to say."""
    found: list[Counter[str]] = [Counter() for _ in table.headings]
    for row in table.rows:
        for counter, cell in zip(found, row.cells, strict=False):
            if is_mark(cell) or is_blank(cell):
                counter["" if is_blank(cell) else cell.raw] += 1
    return found


def _mark(counter: Counter[str]) -> Mark | None:
    if not counter:
        return None
    text, uses = counter.most_common(1)[0]
    total = counter.total()
    return Mark(text, uses, total) if total >= ENOUGH and uses >= MOST * total else None


def _blemishes(table: Table) -> Counter[str]:
    """How many of a table's links have each kind of blemish; under "" how many there are."""
    urls = _urls(table)
    return Counter({"": len(urls)}) + Counter(kind for url in urls for kind in _links.kinds(url))


def _urls(table: Table) -> list[str]:
    return [url for row in table.rows for cell in row.cells for url in addresses(cell)]


def _campaigns(document: Document) -> frozenset[str]:
    """The campaigns that so many links name that they are the list's own, a sponsor's perhaps."""
    named = Counter(_links.campaign(url) for table in document.tables for url in _urls(table))
    return frozenset(name for name, uses in named.items() if name and uses >= ENOUGH)


def _accepted(found: Counter[str]) -> frozenset[str]:
    """The kinds of links that nearly all links have: then they are meant so."""
    if found[""] < ENOUGH:
        return frozenset()
    return frozenset(kind for kind in _links.KINDS if found[kind] >= MOST * found[""])
