"""A paper as a row of a list: in the table's own ways, at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rules import _placing
from rules._compare import compare
from rules._context import TITLE, Context
from rules._diagnostic import apply
from rules._document import parse
from rules._paper_facts import facts_of
from rules._registry import Config, lint
from rules._row_layout import Layout
from rules._row_writer import Writer, as_cell, own_facts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rules._cell_forms import Facts
    from rules._context import ListTable
    from rules._conventions import Conventions
    from rules._diagnostic import Diagnostic, Edit
    from rules._document import Document
    from rules._paper_facts import Paper
    from rules._say import Text


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
        said: what the rules say of the list with this row, and did not say before; nothing where
            they were not asked.
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


def write_row(  # noqa: PLR0913  the list, the place and the paper
    document: Document,
    conventions: Conventions,
    section_path: Sequence[str],
    paper: Paper,
    config: Config | None = None,
    *,
    judged: bool = True,
) -> NewRow | None:
    """The row of a paper in a section's table; None where the section has no table.

    Args:
        document: the list.
        conventions: what it does.
        section_path: the titles from the outermost heading down, as `Section.path` has them.
        paper: what is known of the paper.
        config: what the list's owners want to hear of.
        judged: whether to ask the rules, which costs more than all the rest.
    """
    config = config or Config()
    context = Context(document, conventions, None, config.columns)
    listed = table_of(context, section_path)
    if listed is None:
        return None
    facts = facts_of(paper, listed, context.tables)
    draft = drafted(context, listed, facts, own_facts(paper, listed))
    return NewRow(
        draft.line,
        draft.edit,
        draft.at,
        listed.table.section.path,
        listed.title(draft.place.after) if draft.place.after else "",
        listed.title(draft.place.before) if draft.place.before else "",
        draft.missing,
        _placing.words(listed, draft.place),
        said_of(document, conventions, config, (draft.edit,)) if judged else (),
    )


class Draft(NamedTuple):
    """A row that is written and has its place."""

    line: str
    edit: Edit
    at: int
    place: _placing.Place
    missing: tuple[str, ...]


def drafted(
    context: Context, listed: ListTable, facts: Facts, own: Mapping[str, str], old: int = 0
) -> Draft:
    """A row of these facts; `old` is the line that it stands in by now."""
    writer = Writer(context, listed)
    cells = writer.cells(facts, own)
    place = _placing.place(context, listed, newcomer(listed, cells, old))
    at = (place.after or listed.table.delimiter).line + 1
    line = Layout(listed.table, at).write(cells)
    edit = _placing.insertion(listed, place, line)
    return Draft(line, edit, at, place, writer.missing(cells))


def said_of(
    document: Document, conventions: Conventions, config: Config, edits: Sequence[Edit]
) -> tuple[Diagnostic, ...]:
    """What the rules say of a list with these edits that they did not say before."""
    now = lint(parse(apply(document.text, edits)), config, conventions)
    # What a rule said before is of interest only where it says something now.
    before = lint(document, config, conventions, only={said.rule for said in now})
    return tuple(compare(before, now))


def said_on(
    before: Document,
    after: Document,
    conventions: Conventions,
    config: Config,
    rows: Collection[str],
) -> tuple[Diagnostic, ...]:
    """What the rules say of some rows, by their text, that they did not say before.

    The list before is asked only about the rules that speak of these rows now: mostly none.
    """
    told = lint(after, config, conventions)
    about = {found.rule for found in told if found.row in rows}
    old = lint(before, config, conventions, only=about) if about else []
    new = compare(old, [found for found in told if found.rule in about])
    return tuple(found for found in new if found.row in rows)


def table_of(context: Context, section_path: Sequence[str]) -> ListTable | None:
    """A section's table: the first one that holds papers, else the first."""
    tables = context.sections.get(tuple(section_path), ())
    holds = (it for it in tables if it.columns.title is not None or it.columns.paper is not None)
    return next(holds, tables[0] if tables else None)


def newcomer(listed: ListTable, cells: Sequence[str], line: int = 0) -> _placing.Newcomer:
    """What places a row with these cells."""
    date = _reader(cells, listed.columns.date)
    return _placing.Newcomer(date, _title_of(cells, listed.columns.title), line)


def _title_of(cells: Sequence[str], column: int | None) -> str:
    """What a row of these cells is sorted by, as `ListTable.title` tells it of rows."""
    linked = max((link.text for link in as_cell(cells[column or 0]).links), key=len, default="")
    return linked if len(linked) >= TITLE and column is not None else _reader(cells, column or 0)


def _reader(cells: Sequence[str], column: int | None) -> str:
    """What a reader sees of a cell."""
    return "" if column is None or column >= len(cells) else as_cell(cells[column]).text
