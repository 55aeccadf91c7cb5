"""What a rule is given: the document, and its tables with what is known of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import astuple, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

from rules import _conventions, _papers
from rules._columns import addresses, cell_at, is_filled
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules._columns import Columns
    from rules._constraints import Constraint
    from rules._conventions import Conventions, Mark, TableConventions
    from rules._document import Cell, Document, Row, Table

# A link's text this long is a title rather than a word such as "paper".
TITLE = 16
# Half of a name column's cells are at most this long.
_NAME = 30
# Ticks and stars are no names.
_WORD = re.compile(r"\w")
# A heading that can stand in a sentence as it is.
_PLAIN = re.compile(r"[\w /&()'-]{1,40}")


@dataclass(frozen=True)
class ListTable:
    """A table with its conventions.

    `settled` holds the lines of the rows that stood there before, in the same order; it is None
    when a whole list is judged by itself.
    """

    table: Table
    known: TableConventions
    conventions: Conventions = field(repr=False)
    settled: frozenset[int] | None

    @property
    def columns(self) -> Columns:
        return self.known.columns

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.table.rows

    def is_new(self, row: Row) -> bool:
        """Whether a row is to be judged for its place: it is new, moved or changed."""
        return self.settled is None or row.line not in self.settled

    def mark(self, column: int) -> Mark | None:
        """What this list writes in a cell of this column that has nothing to say."""
        own = self.known.marks[column] if column < len(self.known.marks) else None
        return own or (self.conventions.code_mark if column == self.columns.code else None)

    def heading(self, column: int) -> str:
        """A column's name for people."""
        heading = self.table.headings[column]
        if not heading:
            return say("column {number}", number=column + 1)
        return heading if _PLAIN.fullmatch(heading) else quote(heading)

    @cached_property
    def papers(self) -> Mapping[int, str]:
        """Line -> identity of the row's paper, without the rows that link nothing."""
        found = {row.line: paper_of(row, self.columns) for row in self.rows}
        return {line: paper for line, paper in found.items() if paper}

    @cached_property
    def names(self) -> frozenset[int]:
        """The columns of short words without a role, such as a model's or data set's name."""
        free = set(range(len(self.table.headings))) - set(astuple(self.columns))
        return frozenset(column for column in free if self._holds_names(column))

    def _holds_names(self, column: int) -> bool:
        cells = [cell for row in self.rows if (cell := cell_at(row, column)) and is_filled(cell)]
        words = [cell.text for cell in cells if not cell.links and _WORD.search(cell.text)]
        lengths = sorted(map(len, words))
        return 2 * len(lengths) > len(self.rows) and lengths[len(lengths) // 2] <= _NAME

    def title(self, row: Row) -> str:
        """The row's title: a link's text where authors or badges stand beside it."""
        known = self._titles.get(row.line)
        return self._title(row) if known is None else known

    @cached_property
    def _titles(self) -> Mapping[int, str]:
        return {row.line: self._title(row) for row in self.rows}

    def _title(self, row: Row) -> str:
        return title_of(row, self.columns)

    def anchor(self, row: Row) -> str:
        """What a row is about, however its line moves: its paper, else its title, else its text."""
        return self.papers.get(row.line) or _papers.normal_title(self.title(row)) or row.stripped


def title_of(row: Row, columns: Columns) -> str:
    """The row's title: a link's text where authors or badges stand beside it."""
    cell = cell_at(row, columns.title)
    if cell is None:
        return ""
    linked = max(_texts(cell), key=len, default="")
    return linked if len(linked) >= TITLE else cell.text


def paper_of(row: Row, columns: Columns) -> str:
    """The identity of a row's paper; a link to a paper anywhere but in the code column counts."""
    first = [cell_at(row, columns.paper), cell_at(row, columns.title)]
    code = cell_at(row, columns.code)
    rest = [cell for cell in row.cells if cell is not code and cell not in first]
    for cell in (*first, *rest):
        for identity in _identities(cell):
            if _papers.is_paper(identity):
                return identity
    return next((name for cell in first for name in _identities(cell)), "")


def _texts(cell: Cell) -> Iterator[str]:
    """The texts of a cell's links that hold no picture."""
    images = [link.span for link in cell.links if link.image]
    for link in cell.links:
        if not any(link.span.start <= image.start < link.span.end for image in images):
            yield link.text


def _identities(cell: Cell | None) -> Iterator[str]:
    for url in addresses(cell) if cell else ():
        identity = _papers.identify(url)
        if identity:
            yield identity


@dataclass(frozen=True)
class Context:
    """All that a rule may look at.

    `tip` is the list as its branch has it now, when that differs from what the change began with;
    `constraints` says, by a column's heading, what the configuration allows in it.
    """

    document: Document
    conventions: Conventions
    tip: Document | None = None
    constraints: Mapping[str, Constraint] = field(default_factory=dict)

    @cached_property
    def tables(self) -> tuple[ListTable, ...]:
        return tuple(self._listed(self.document))

    @cached_property
    def before(self) -> tuple[ListTable, ...]:
        """The tables as they were before the change; none when a list is judged by itself."""
        old = self.conventions.document
        return () if old.text == self.document.text else tuple(self._listed(old))

    @cached_property
    def sections(self) -> Mapping[tuple[str, ...], tuple[ListTable, ...]]:
        """Tables by the path of their section."""
        found: dict[tuple[str, ...], list[ListTable]] = defaultdict(list)
        for listed in self.tables:
            found[listed.table.section.path].append(listed)
        return {path: tuple(tables) for path, tables in found.items()}

    @cached_property
    def merged_meanwhile(self) -> Mapping[tuple[str, ...], frozenset[str]]:
        """Section -> papers that the branch got after the change began."""
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for listed in self._listed(self.tip) if self.tip else ():
            new = {
                paper for line, paper in listed.papers.items() if line not in (listed.settled or ())
            }
            found[listed.table.section.path] |= new
        return {path: frozenset(papers) for path, papers in found.items()}

    def _listed(self, document: Document) -> Iterator[ListTable]:
        whole = document.text == self.conventions.document.text
        for key, table in _conventions.keys(document):
            known = self.conventions.tables.get(key)
            if known is None:
                known = _conventions.unknown(table, self.conventions)
            settled = None if whole else _settled(known.rows, table)
            yield ListTable(table, known, self.conventions, settled)


def _settled(before: tuple[str, ...], table: Table) -> frozenset[int]:
    now = [row.stripped for row in table.rows]
    return frozenset(
        row.line
        for step in LCSseq.opcodes(before, now)
        if step.tag == "equal"
        for row in table.rows[step.dest_start : step.dest_end]
    )
