"""A row whose facts change: each new fact in its own cell's form, and a row that moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rules import _papers, _placing
from rules._cell_forms import UNKNOWN, Facts, Form, Hole, fill, names
from rules._context import Context
from rules._diagnostic import Edit, apply, whole_line
from rules._document import Span, parse
from rules._paper_facts import facts_of, restyled
from rules._paper_row import drafted, newcomer, said_of, table_of
from rules._registry import Config
from rules._row_facts import name_of, read
from rules._row_layout import at_end, in_cell, prefix
from rules._row_writer import Writer, is_empty, own_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import ListTable
    from rules._conventions import Conventions
    from rules._diagnostic import Diagnostic
    from rules._document import Document, Row
    from rules._paper_facts import Paper
    from rules._placing import Newcomer
    from rules._row_facts import RowFacts

# Facts that follow from others.
_DERIVED = {"repo", "name", "preprint"}


class Correction(NamedTuple):
    """A row as it is and as it should be.

    Attributes:
        before: the row's text now.
        after: the row's text with the corrections.
        edits: make one of the other.
        at: the number of its line then.
        section: where it stands then.
        missing: names of changed facts that the table has no place for (`code`, `venue`, ...),
            headings that it has not, and `section` where there is no table to move to.
        said: what the rules say of the list then, and do not say now; nothing where they were
            not asked.
    """

    before: str
    after: str
    edits: tuple[Edit, ...]
    at: int
    section: tuple[str, ...]
    missing: tuple[str, ...]
    said: tuple[Diagnostic, ...]


def correct(  # noqa: PLR0913, PLR0917  the row, what changes, and what is known of its list
    document: Document,
    conventions: Conventions,
    row: Row,
    changes: Paper,
    to: Sequence[str] | None = None,
    config: Config | None = None,
    *,
    judged: bool = True,
) -> Correction | None:
    """The edit of a row; None where it says all of this already.

    Args:
        document: the list.
        conventions: what it does.
        row: one of the document's rows.
        changes: the facts that change, and no others.
        to: the path of the section where the row belongs, if that is another one.
        config: what the list's owners want to hear of.
        judged: whether to ask the rules, which costs more than all the rest.
    """
    context = Context(document, conventions, None, (config or Config()).columns)
    listed = next(it for it in context.tables if row.line in {found.line for found in it.rows})
    change = _Change(context, listed, read(listed, row), changes)
    cells = list(change.cells())
    target = table_of(context, to) if to and tuple(to) != listed.table.section.path else None
    lost = ("section",) if to and not target and tuple(to) != listed.table.section.path else ()
    edits, at = _moved(change, cells, target) if target else _in_place(change, cells)
    missing = (*change.missing, *lost)
    if not edits and not missing:
        return None
    after = parse(apply(document.text, edits)).line(at).strip() if edits else row.stripped
    section = (target or listed).table.section.path
    asked = judged and edits
    said = said_of(document, conventions, config or Config(), edits) if asked else ()
    return Correction(row.stripped, after, edits, at, section, missing, said)


class _Change:
    """What changes in one row."""

    def __init__(
        self, context: Context, listed: ListTable, found: RowFacts, changes: Paper
    ) -> None:
        self.context, self.listed, self.found = context, listed, found
        told = facts_of(_completed(changes, found), listed, context.tables).values
        asked = {name for name in told if getattr(changes, name, "") or name in _DERIVED}
        self.wanted = {n: told[n] for n in asked if _differs(n, told[n], found.values.get(n, ""))}
        if set(self.wanted) <= _DERIVED:
            self.wanted = {}
        self.own = own_facts(changes, listed)
        self.facts = Facts({**found.values, **self.wanted}, found.facts.zeros)
        self._placed: set[str] = set()

    @property
    def missing(self) -> tuple[str, ...]:
        headings = {name_of(heading) for heading in self.listed.table.headings}
        lost = [name for name in self.wanted if name not in self._placed | _DERIVED]
        return (*sorted(lost), *sorted(set(self.own) - headings))

    def cells(self) -> Iterator[str]:
        """The row's cells with the changes."""
        writer = Writer(self.context, self.listed)
        for column, cell in enumerate(self.found.row.cells):
            form = self._form(writer, column)
            if form is None:
                yield cell.raw
            else:
                self._placed |= names(form)
                yield fill(form, self._with_own(writer, column))
        yield from self._absent(writer)

    def _absent(self, writer: Writer) -> Iterator[str]:
        """The cells that the row is short of, as far as one of them tells what changes."""
        columns = range(len(self.found.row.cells), len(self.listed.table.headings))
        forms = [writer.form(column, self.facts) for column in columns]
        told = [bool(form and names(form) & self.wanted.keys() - _DERIVED) for form in forms]
        last = max((n for n, tells in enumerate(told) if tells), default=-1)
        for form, column in zip(forms[: last + 1], columns, strict=False):
            self._placed |= names(form or ())
            yield writer.mark(column) if form is None else fill(form, self.facts)

    def _form(self, writer: Writer, column: int) -> Form | None:
        """The cell's own form, or that of others which tell what changes; None to leave it."""
        if column >= len(self.listed.table.headings):
            return None
        facts = self._with_own(writer, column)
        heading = name_of(self.listed.table.headings[column])
        here = self.found.form(column)
        if names(here) & self.wanted.keys():
            return tuple(_own_text(piece, self.facts) for piece in here)
        usual = writer.form(column, facts)
        if usual is None:
            return None
        newly = names(usual) & self.wanted.keys() - _DERIVED
        replaceable = UNKNOWN not in names(writer.own_form(column, self.found.row))
        return usual if (newly and replaceable) or heading in self.own else None

    def _with_own(self, writer: Writer, column: int) -> Facts:
        headings = self.listed.table.headings[column : column + 1]
        value = next((self.own[name_of(it)] for it in headings if name_of(it) in self.own), "")
        return writer.with_own(column, self.facts, value) if value else self.facts


def _completed(changes: Paper, found: RowFacts) -> Paper:
    """The changes with the row's date: a preprint's venue may have its year."""
    return replace(changes, date=changes.date or found.values.get("date", ""))


def _differs(name: str, new: str, old: str) -> bool:
    if name in ("link", "code"):
        return _papers.identify(new) != _papers.identify(old)
    return new != old


def _own_text(piece: str | Hole, facts: Facts) -> str | Hole:
    """A piece of a cell's form, with what is no fact as it stands."""
    if isinstance(piece, str) or facts.told(piece):
        return piece
    return piece.form


def _in_place(change: _Change, cells: Sequence[str]) -> tuple[tuple[Edit, ...], int]:
    """The edits of the changed cells; where the date changes, the row may have to move."""
    listed, line = change.listed, change.found.row.line
    new = newcomer(listed, cells, line)
    if "date" not in change.wanted or _placing.keeps_order(listed, new):
        return _edits(change, cells), line
    return _away(change, _whole(change, cells, listed, new))


def _moved(
    change: _Change, cells: Sequence[str], target: ListTable
) -> tuple[tuple[Edit, ...], int]:
    """The row in another table: as it is where that has the same columns, else adapted."""
    if target.table.headings == change.listed.table.headings:
        return _away(change, _whole(change, cells, target, newcomer(target, cells)))
    own = {
        name_of(heading): cell
        for heading, cell in zip(change.listed.table.headings, cells, strict=False)
        if not is_empty(cell)
    }
    facts = restyled(change.facts, target, change.context.tables)
    return _away(change, drafted(change.context, target, facts, own).edit)


def _edits(change: _Change, cells: Sequence[str]) -> tuple[Edit, ...]:
    row = change.found.row
    within = zip(row.cells, cells, strict=False)
    absent = cells[len(row.cells) :]
    return (
        *(in_cell(cell, text) for cell, text in within if cell.raw != text),
        *([at_end(row, absent)] if absent else ()),
    )


def _whole(change: _Change, cells: Sequence[str], target: ListTable, new: Newcomer) -> Edit:
    """The insertion of the row with its changes."""
    row = change.found.row
    inner = [
        replace(edit, span=Span(*(at - row.span.start for at in edit.span)))
        for edit in _edits(change, cells)
    ]
    place = _placing.place(change.context, target, new)
    line = prefix(target.table) + apply(row.raw, inner).strip()
    return _placing.insertion(target, place, line)


def _away(change: _Change, insertion: Edit) -> tuple[tuple[Edit, ...], int]:
    """The row's line goes, and another one comes."""
    document, line = change.context.document, change.found.row.line
    gone = Edit(whole_line(document.text, document.line_span(line)), "")
    above, _ = document.position(insertion.span.start)
    return (gone, insertion), above + (above < line)
