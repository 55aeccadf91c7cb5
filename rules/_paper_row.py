"""A paper as a row of a list: in the table's own ways, at its place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rules import _placing, _safe_text
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
from rules._compare import compare
from rules._context import Context
from rules._diagnostic import apply
from rules._document import parse
from rules._paper_facts import facts_of
from rules._registry import Config, lint
from rules._row_facts import AUTHORS, name_of, numbers, read, told
from rules._row_layout import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rules._cell_forms import Form
    from rules._context import ListTable
    from rules._conventions import Conventions
    from rules._diagnostic import Diagnostic, Edit
    from rules._document import Cell, Document
    from rules._paper_facts import Paper
    from rules._row_facts import RowFacts
    from rules._say import Text

_SAMPLE = 500
_FEW, _MOST = 3, 0.9
# What a cell may tell besides, and need not.
_OPTIONAL = {"authors", "venue", "date", "code", "repo", "name"}
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


class NewRow(NamedTuple):
    """A row for a paper.

    Attributes:
        line: the row's text, a whole line without its line end.
        edit: inserts it.
        at: the number that its line gets, from 1.
        section: where it goes.
        after: the title of the row above it, empty at the top.
        before: the title of the row below it, empty at the end.
        missing: the headings of facts that are not known, and that nearly all rows have.
        place: where it goes, in words.
        said: what the rules say of the list with this row, and did not say before.
    """

    line: str
    edit: Edit
    at: int
    section: tuple[str, ...]
    after: str
    before: str
    missing: tuple[str, ...]
    place: Text
    said: tuple[Diagnostic, ...]


def write_row(
    document: Document,
    conventions: Conventions,
    section_path: Sequence[str],
    paper: Paper,
    config: Config | None = None,
) -> NewRow | None:
    """The row of a paper in a section's table; None where the section has no table.

    Args:
        document: the list.
        conventions: what it does.
        section_path: the titles from the outermost heading down, as `Section.path` has them.
        paper: what is known of the paper.
        config: what the list's owners want to hear of.
    """
    config = config or Config()
    context = Context(document, conventions, None, config.columns)
    listed = table_of(context, section_path)
    if listed is None:
        return None
    writer = Writer(context, listed)
    cells = writer.cells(facts_of(paper, listed, context.tables), own_facts(paper, listed))
    place = _placing.place(context, listed, newcomer(listed, cells, paper.title))
    at = (place.after or listed.table.delimiter).line + 1
    line = Layout(listed.table, at).write(cells)
    edit = _placing.insertion(listed, place, line)
    return NewRow(
        line,
        edit,
        at,
        listed.table.section.path,
        listed.title(place.after) if place.after else "",
        listed.title(place.before) if place.before else "",
        writer.missing(cells),
        _placing.words(listed, place),
        said_of(document, conventions, config, (edit,)),
    )


def said_of(
    document: Document, conventions: Conventions, config: Config, edits: Sequence[Edit]
) -> tuple[Diagnostic, ...]:
    """What the rules say of a list with these edits that they did not say before."""
    after = parse(apply(document.text, edits))
    before = lint(document, config, conventions)
    return tuple(compare(before, lint(after, config, conventions)))


def table_of(context: Context, section_path: Sequence[str]) -> ListTable | None:
    """A section's table: the first one that holds papers, else the first."""
    tables = context.sections.get(tuple(section_path), ())
    holds = (it for it in tables if it.columns.title is not None or it.columns.paper is not None)
    return next(holds, tables[0] if tables else None)


def newcomer(
    listed: ListTable, cells: Sequence[str], title: str, line: int = 0
) -> _placing.Newcomer:
    """What places a row with these cells."""
    date = _reader(listed, cells, listed.columns.date)
    name = title if listed.columns.title is not None else _reader(listed, cells, 0)
    return _placing.Newcomer(date, name, line)


def _reader(listed: ListTable, cells: Sequence[str], column: int | None) -> str:
    """What a reader sees of a cell."""
    if column is None or column >= len(cells):
        return ""
    return _as_cell(cells[column]).text


class Writer:
    """Writes cells for a table as its other rows have them."""

    def __init__(self, context: Context, listed: ListTable) -> None:
        self._context, self._listed = context, listed
        self._rows = _read(listed)
        self.lacking: set[int] = set()

    def cells(self, facts: Facts, own: Mapping[str, str]) -> list[str]:
        """The cells for a paper's facts, and for those that one column alone tells, by heading."""
        return [
            self._cell(column, self._with_own(column, facts, own.get(name_of(heading), "")))
            for column, heading in enumerate(self._listed.table.headings)
        ]

    def _with_own(self, column: int, facts: Facts, value: str) -> Facts:
        """The facts with what this column alone tells: its own, or the next number."""
        found = numbers(self._listed, column)
        value = str(max(found) + 1) if found else value
        name = OWN_URL if "://" in value else OWN
        return Facts({**facts.values, name: value}, facts.zeros) if value else facts

    def _cell(self, column: int, facts: Facts) -> str:
        """A cell for these facts; a mark, or nothing, where they do not tell what is in it."""
        own = facts.values.get(OWN, "")
        samples = self._samples(column)
        for form in (
            (own,) if own in self._written(column) else None,
            choose(samples, facts),
            choose_without(samples, facts, _OPTIONAL),
            choose(self._elsewhere(column), facts),
        ):
            if form is not None and self._serves(column, form, facts):
                self.lacking |= {column} if self._is_poor(form, samples) else set()
                return fill(form, facts)
        return self._without_example(column, facts)

    def _written(self, column: int) -> set[str]:
        """What the cells of a column without a role hold."""
        cells = [c for row in self._listed.rows for c in row.cells[column : column + 1]]
        return set() if self._roles(column) else {cell.raw for cell in cells}

    def _is_poor(self, form: Form, samples: Sequence[Sample]) -> bool:
        """Whether a form tells less than nearly all others of its column, but not nothing."""
        richer = sum(bool((names(s.form) & _OPTIONAL) - names(form)) for s in samples)
        return bool(names(form)) and richer >= max(_FEW, _MOST * len(samples))

    def _samples(self, column: int) -> list[Sample]:
        return [Sample(*found) for found in told(self._rows, column)]

    def _elsewhere(self, column: int) -> list[Sample]:
        """The cells under the same heading in other tables."""
        heading = name_of(self._listed.table.headings[column])
        return [
            Sample(*found)
            for listed in self._context.tables
            if listed is not self._listed
            for other, name in enumerate(listed.table.headings)
            if name_of(name) == heading
            for found in told(_read(listed), other)
        ]

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
        return column == self._listed.columns.code or _is_empty(text)

    def _without_example(self, column: int, facts: Facts) -> str:
        roles = self._roles(column)
        for role in (role for role in _PLAIN if role in roles):
            for form in _PLAIN[role] if role != "title" or "paper" not in roles else _LINKED:
                if fits(form, facts):
                    return fill(form, facts)
        for form in _OWN:
            if fits(form, facts):
                return fill(form, facts)
        return self._mark(column)

    def _mark(self, column: int) -> str:
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
            if column in self.lacking or (_is_empty(cells[column]) and self._is_expected(column))
        )

    def _is_expected(self, column: int) -> bool:
        filled = [is_filled(c) for row in self._listed.rows for c in row.cells[column : column + 1]]
        if not filled:
            return bool(self._roles(column) & {"title", "paper", "date"})
        return sum(filled) >= _MOST * len(filled)


def _read(listed: ListTable) -> list[RowFacts]:
    return [read(listed, row) for row in listed.rows[:_SAMPLE]]


def _is_empty(text: str) -> bool:
    cell = _as_cell(text)
    return is_mark(cell) or is_blank(cell)


def _as_cell(text: str) -> Cell:
    return parse(f"| a |\n| - |\n|{text}|\n").tables[0].rows[0].cells[0]


def own_facts(paper: Paper, listed: ListTable) -> dict[str, str]:
    """What is known for columns without a role, as Markdown, by their heading."""
    return {
        name_of(heading): _safe_text.address(text) or _as_written(listed, heading, text)
        for heading, text in paper.extra.items()
        if not _is_empty(_safe_text.plain(text))
    }


def _as_written(listed: ListTable, heading: str, text: str) -> str:
    """A value as the column's other cells have it, its ticks and emphasis included."""
    columns = [n for n, it in enumerate(listed.table.headings) if name_of(it) == name_of(heading)]
    cells = (cell_at(row, column) for column in columns for row in listed.rows)
    known = Counter(
        cell.raw for cell in cells if cell and cell.text.casefold() == text.strip().casefold()
    )
    return known.most_common(1)[0][0] if known else _safe_text.plain(text)
