"""Cells outside the few values of their column, or outside what the configuration allows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import astuple, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rules import _spelling
from rules._columns import cell_at, is_blank
from rules._constraints import configured, plain, unseen
from rules._diagnostic import Edit, Fix, Severity
from rules._evidence import is_evidence, is_shifted
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules._constraints import Constraint
    from rules._context import Context, ListTable
    from rules._document import Cell, Row

# A column of values: so many cells, nearly all of them with one of a few values used several times.
_CELLS, _VALUES, _MOST, _USED = 20, 8, 0.95, 3
# A common value is used this often, and so many times as often as the odd one.
_COMMON, _RARE = 10, 20


@dataclass(frozen=True)
class _Values:
    """The values of a column, over all tables with its heading, and how often each is used."""

    uses: Counter[str]
    meant: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def common(self) -> list[tuple[str, int]]:
        return [(value, n) for value, n in self.uses.most_common(_VALUES) if n >= _USED]

    @property
    def are_few(self) -> bool:
        total = self.uses.total()
        return total >= _CELLS and sum(n for _, n in self.common) >= _MOST * total

    def mean(self, written: str) -> str | None:
        """The common value that a written one means, if it is another."""
        if written not in self.meant:
            self.meant[written] = self._mean(written)
        return self.meant[written]

    def _mean(self, written: str) -> str | None:
        enough = max(_COMMON, _RARE * (self.uses[written] - 1))
        others = [value for value, n in self.common if n >= enough and value != written]
        same = [value for value in others if plain(value) == plain(written)]
        near = same or [v for v in others if _spelling.is_slip(plain(written), plain(v))]
        return near[0] if len(near) == 1 else None


@rule(Severity.WARNING, fixes="safe")
def column_values(context: Context, _options: None) -> Iterator[Found]:
    """A cell is none of its column's few values, or not what the configuration allows."""
    values = _values(context)
    for listed in context.tables:
        for row in (row for row in listed.rows if not is_shifted(listed, row)):
            for heading, cell in zip(listed.table.headings, row.cells, strict=False):
                constraint = context.constraints.get(heading)
                if is_blank(cell):
                    continue
                if constraint:
                    yield from _not_allowed(listed, row, cell, constraint)
                elif heading in values:
                    yield from _unusual(listed, row, cell, values[heading])


def _values(context: Context) -> Mapping[str, _Values]:
    """By heading, the columns without a role that hold a few values."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for listed in context.tables:
        for heading, value in _written(listed):
            found[heading][value] += 1
    values = {heading: _Values(uses) for heading, uses in found.items()}
    return {heading: column for heading, column in values.items() if column.are_few}


def _written(listed: ListTable) -> Iterator[tuple[str, str]]:
    """Heading and text of the cells that stood there before in columns without a role."""
    roles = set(astuple(listed.columns))
    free = [(n, name) for n, name in enumerate(listed.table.headings) if name and n not in roles]
    for row in (row for row in listed.rows if is_evidence(listed, row)):
        for column, heading in free:
            cell = cell_at(row, column)
            if cell and not is_blank(cell):
                yield heading, cell.raw


def _not_allowed(
    listed: ListTable, row: Row, cell: Cell, constraint: Constraint
) -> Iterator[Found]:
    for broken in configured(cell, constraint):
        yield Found(listed, row, cell.span, broken.message, broken.fix)


def _unusual(listed: ListTable, row: Row, cell: Cell, values: _Values) -> Iterator[Found]:
    """A value that is most likely a common one, written otherwise."""
    written = cell.raw
    meant = values.mean(written)
    if meant:
        instead = (
            say("without the invisible character")
            if unseen(written)
            else say("not {written}", written=quote(written))
        )
        message = say(
            "Write {better}, {instead}: {uses} rows here do.",
            better=quote(meant),
            instead=instead,
            uses=values.uses[meant],
        )
        yield Found(listed, row, cell.span, message, Fix((Edit(cell.span, meant),)))
