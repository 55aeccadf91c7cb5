"""The cells of a new row, each as its column's other cells are."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from rules import _safe_text
from rules._cell_forms import (
    OWN,
    OWN_URL,
    Facts,
    Hole,
    Sample,
    choose,
    choose_without,
    fill,
    fits,
    names,
)
from rules._columns import cell_at, is_blank, is_filled, is_mark
from rules._document import parse
from rules._row_facts import AUTHORS, forms, name_of, numbers, read, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rules._cell_forms import Form
    from rules._context import Context, ListTable
    from rules._document import Cell, Row
    from rules._paper_facts import Paper
    from rules._row_facts import RowFacts

_SAMPLE = 500
_FEW, _MOST = 3, 0.9
# What a cell may tell besides, and need not.
_OPTIONAL = {"authors", "venue", "date", "name"}
# How a cell is written where the list has no example of it.
_TITLE: Form = (Hole("title"),)
_PLAIN: Mapping[str, tuple[Form, ...]] = {
    "title": (_TITLE,),
    "paper": (("[Paper](", Hole("link"), ")"),),
    "code": (("[Code](", Hole("code"), ")"),),
    "venue": ((Hole("venue"),),),
    "date": tuple((Hole("date", shape),) for shape in ("YYYY-MM-DD", "YYYY-MM", "YYYY")),
    "authors": ((Hole("authors"),),),
}
_LINKED: tuple[Form, ...] = (("[", Hole("title"), "](", Hole("link"), ")"), _TITLE)
_OWN: tuple[Form, ...] = ((Hole(OWN),), ("[link](", Hole(OWN_URL), ")"))
ROLES = ("date", "title", "venue", "paper", "code")
# What the columns of a role tell, where that has another name.
_FACTS = {"paper": "link"}


class Writer:
    """Writes cells for a table as its other rows have them."""

    def __init__(self, context: Context, listed: ListTable) -> None:
        self._context, self._listed = context, listed
        self._rows = _read(listed)
        self.lacking: set[int] = set()

    def cells(self, facts: Facts, own: Mapping[str, str]) -> list[str]:
        """The cells for a paper's facts, and for those that one column alone tells, by heading."""
        return [
            self._cell(column, self.with_own(column, facts, own.get(name_of(heading), "")))
            for column, heading in enumerate(self._listed.table.headings)
        ]

    def with_own(self, column: int, facts: Facts, value: str) -> Facts:
        """The facts with what this column alone tells: its own, or the next number."""
        found = numbers(self._listed, column)
        if self._roles(column):
            return facts
        value = str(max(found) + 1) if found else value
        name = OWN_URL if _safe_text.address(value) else OWN
        return Facts({**facts.values, name: value}, facts.zeros) if value else facts

    def _cell(self, column: int, facts: Facts) -> str:
        """A cell for these facts; a mark, or nothing, where they do not tell what is in it."""
        form = self.form(column, facts)
        return self.mark(column) if form is None else fill(form, facts)

    def form(self, column: int, facts: Facts) -> Form | None:
        """The form of the cells of rows that tell as much; None where nothing can be told."""
        samples = self._samples(column)
        for form in self._candidates(column, facts, samples):
            if form is not None and self._serves(column, form, facts):
                self.lacking |= {column} if self._is_poor(form, samples) else set()
                return form
        return self._without_example(column, facts)

    def _candidates(
        self, column: int, facts: Facts, samples: Sequence[Sample]
    ) -> Iterator[Form | None]:
        """The forms that may do, the likeliest first; other tables are only read if need be."""
        own = facts.values.get(OWN, "")
        if own and (own in self._written(column) or "](" in own):
            yield (own,)
        yield choose(samples, facts)
        yield choose_without(samples, facts, _OPTIONAL)
        yield choose(self._elsewhere(column), facts)

    def _written(self, column: int) -> set[str]:
        """What the cells of a column without a role hold."""
        cells = [c for row in self._listed.rows for c in row.cells[column : column + 1]]
        return set() if self._roles(column) else {cell.raw for cell in cells}

    def _is_poor(self, form: Form, samples: Sequence[Sample]) -> bool:
        """Whether a form tells less than nearly all others of its column, but not nothing."""
        richer = sum(bool((names(s.form) & _OPTIONAL) - names(form)) for s in samples)
        return bool(names(form)) and richer >= max(_FEW, _MOST * len(samples))

    def own_form(self, column: int, row: Row) -> Form:
        """The form of a row's cell, with the column's constants."""
        found = forms(
            [it for it in self._rows if it.row.line != row.line] + [read(self._listed, row)], column
        )
        return found[-1][1]

    def _samples(self, column: int) -> list[Sample]:
        return [Sample(*found) for found in told(self._rows, column)]

    def _elsewhere(self, column: int) -> list[Sample]:
        """The cells under the same heading in other tables."""
        heading = name_of(self._listed.table.headings[column])
        found = (
            Sample(*sample)
            for listed in self._context.tables
            if listed is not self._listed
            for other, name in enumerate(listed.table.headings)
            if name_of(name) == heading
            for sample in told(_read(listed), other)
        )
        return list(islice(found, _SAMPLE))

    def _serves(self, column: int, form: Form, facts: Facts) -> bool:
        """Whether a form tells what its column is for, where that is known, and nothing else."""
        told = names(form)
        if form == (facts.values.get(OWN),):
            return True
        wanted = {_FACTS.get(role, role) for role in self._roles(column)} | {OWN, OWN_URL}
        if not told:
            return not any(facts.values.get(n) for n in wanted) and self._says_none(column, form)
        return all(name in told for name in wanted if facts.values.get(name))

    def _roles(self, column: int) -> set[str]:
        columns = self._listed.columns
        found = {role for role in ROLES if getattr(columns, role) == column}
        heading = name_of(self._listed.table.headings[column])
        return found | ({"authors"} if heading in AUTHORS else set())

    def _says_none(self, column: int, form: Form) -> bool:
        """Whether a form without facts says that there is none: a mark, or a link to nowhere."""
        text = "".join(piece for piece in form if isinstance(piece, str))
        return column == self._listed.columns.code or is_empty(text)

    def _without_example(self, column: int, facts: Facts) -> Form | None:
        roles = self._roles(column)
        if self._listed.known.date_style:
            roles -= {"date"}  # what is known fits none of the forms that are there
        forms = [
            form
            for role in (role for role in _PLAIN if role in roles)
            for form in (_PLAIN[role] if role != "title" or "paper" not in roles else _LINKED)
        ]
        return next((form for form in (*forms, *_OWN) if fits(form, facts)), None)

    def mark(self, column: int) -> str:
        """What stands here where there is nothing to say: most often, or in the whole list."""
        mark = self._listed.mark(column)
        cells = [found.row.cells[column : column + 1] for found in self._rows]
        used = Counter(c.raw for here in cells for c in here if is_mark(c) or is_blank(c))
        usual = "-" if column == self._listed.columns.code else ""
        return mark.text if mark else next(iter(used), usual)

    def missing(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The headings under which nearly all rows have something and this one has not."""
        return tuple(
            heading
            for column, heading in enumerate(self._listed.table.headings)
            if column in self.lacking or (is_empty(cells[column]) and self._is_expected(column))
        )

    def _is_expected(self, column: int) -> bool:
        filled = [is_filled(c) for row in self._listed.rows for c in row.cells[column : column + 1]]
        if not filled:
            return bool(self._roles(column) & {"title", "paper", "date"})
        return sum(filled) >= _MOST * len(filled)


def _read(listed: ListTable) -> list[RowFacts]:
    return [read(listed, row) for row in listed.rows[:_SAMPLE]]


def is_empty(text: str) -> bool:
    """Whether a cell of this content says nothing."""
    cell = as_cell(text)
    return is_mark(cell) or is_blank(cell)


def as_cell(text: str) -> Cell:
    """A cell's content by itself."""
    return parse(f"| a |\n| - |\n|{text}|\n").tables[0].rows[0].cells[0]


def own_facts(paper: Paper, listed: ListTable) -> dict[str, str]:
    """What is known for columns without a role, as Markdown, by their heading."""
    return {
        name_of(heading): _safe_text.address(text) or _as_written(listed, heading, text)
        for heading, text in paper.extra.items()
        if not is_empty(_safe_text.plain(text))
    }


def _as_written(listed: ListTable, heading: str, text: str) -> str:
    """A value as the column's other cells have it, its ticks and emphasis included."""
    columns = [n for n, it in enumerate(listed.table.headings) if name_of(it) == name_of(heading)]
    cells = (cell_at(row, column) for column in columns for row in listed.rows)
    known = Counter(
        cell.raw for cell in cells if cell and cell.text.casefold() == text.strip().casefold()
    )
    return known.most_common(1)[0][0] if known else _safe_text.plain(text)
