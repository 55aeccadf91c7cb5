"""Links that are no links, or lead nowhere, because of how they are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rules._breaks import breaks
from rules._conventions import ENOUGH, MOST
from rules._diagnostic import Edit, Fix, Severity
from rules._document import Span
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rules._breaks import Break
    from rules._context import Context, ListTable
    from rules._document import Cell, Row

# What may be left of a link's end behind the pipe that closes a row.
_STRAY = frozenset(")}]）")


@dataclass
class _Form:
    """How one column, over all tables that have it, writes its links."""

    linked: int = 0
    bare: int = 0
    empty: int = 0
    texts: Counter[str] = field(default_factory=Counter)

    @property
    def is_linked(self) -> bool:
        return self.linked >= max(ENOUGH, MOST * (self.linked + self.bare))

    @property
    def is_filled(self) -> bool:
        return self.linked >= max(ENOUGH, MOST * (self.linked + self.empty))

    @cached_property  # asked once all cells are counted
    def text(self) -> str | None:
        """The text of nearly all links, such as `link`."""
        text, uses = next(iter(self.texts.most_common(1)), ("", 0))
        return text if text and uses >= MOST * self.texts.total() else None


@rule(Severity.ERROR, fixes="safe", silences=("column-count", "missing-code-link", "empty-cell"))
def link_syntax(context: Context, _options: None) -> Iterator[Found]:
    """A link is broken: a blank or bracket in the wrong place, a doubled or empty address."""
    now, before = _forms(context.tables), _forms(context.before)
    known = {**now, **{name: form for name, form in before.items() if form.linked >= ENOUGH}}
    for listed in context.tables:
        for row in listed.rows:
            broken = list(_broken(listed, row))
            # An older row is held to what held before.
            forms = known if listed.is_new(row) else before
            yield from broken or _unlike_others(listed, row, forms)


def _broken(listed: ListTable, row: Row) -> Iterator[Found]:
    for place, cell in enumerate(row.cells):
        for found in breaks(cell):
            if found.end == len(cell.raw) and found.better == ")" and place + 1 < len(row.cells):
                yield _cut(listed, row, place, found)
            else:
                yield _found(listed, row, cell, found)


def _found(listed: ListTable, row: Row, cell: Cell, found: Break) -> Found:
    span = Span(cell.span.start + found.start, cell.span.start + found.end)
    fix = None if found.better is None else Fix((Edit(span, found.better),))
    return Found(listed, row, span, found.message, fix)


def _cut(listed: ListTable, row: Row, place: int, found: Break) -> Found:
    """A link that its cell does not close: perhaps what closes it stands in the next cell."""
    cell, following = row.cells[place : place + 2]
    rest = following.raw
    if rest in _STRAY:
        span = Span(cell.span.start + found.start, following.span.end)
        closing = ") |" if place + 2 == len(row.cells) else ")"
        message = say(
            "{what} stands behind the `|`, so this is no link. Write `)` before it.",
            what=quote(rest),
        )
        return Found(listed, row, span, message, Fix((Edit(span, closing),)))
    if len(row.cells) > len(listed.table.headings) and ")" in rest.partition("(")[0]:
        span = Span(cell.outer.end, cell.outer.end + 1)
        message = say("A `|` inside an address ends the cell. Write `\\|`.")
        return Found(listed, row, span, message, Fix((Edit(span, "\\|"),)))
    return _found(listed, row, cell, found)


def _forms(tables: Iterable[ListTable]) -> Mapping[str, _Form]:
    """How each column is written, by its heading."""
    forms: dict[str, _Form] = defaultdict(_Form)
    for listed in tables:
        for row in listed.rows:
            for heading, cell in zip(listed.table.headings, row.cells, strict=False):
                _count(forms[heading], cell)
    return forms


def _count(form: _Form, cell: Cell) -> None:
    links = [link for link in cell.links if not link.image]
    if not links:
        return
    if not any(link.url for link in links):
        form.empty += 1
    elif any(link.bare for link in links):
        form.bare += 1
    else:
        form.linked += 1
        form.texts.update(link.text for link in links)


def _unlike_others(listed: ListTable, row: Row, forms: Mapping[str, _Form]) -> Iterator[Found]:
    """Bare and empty addresses where nearly all other cells of the column have links."""
    headings = listed.table.headings
    if len(row.cells) != len(headings):
        return
    for column, (heading, cell) in enumerate(zip(headings, row.cells, strict=True)):
        form = forms[heading]
        if form.is_linked and _is_bare(cell):
            yield _bare(listed, row, cell, form)
        if form.is_filled and _is_empty(cell):
            yield from _empty(listed, row, column)


def _is_bare(cell: Cell) -> bool:
    """Whether a cell is nothing but an address."""
    return len(cell.links) == 1 and cell.links[0].bare and cell.raw.strip("<>") == cell.links[0].url


def _bare(listed: ListTable, row: Row, cell: Cell, form: _Form) -> Found:
    message = say(
        "An address alone; {number} other cells of this column hold links.", number=form.linked
    )
    fix = None
    if form.text:
        better = quote(f"[{form.text}](…)")
        message = say("{message} Write {better}.", message=message, better=better)
        fix = Fix((Edit(cell.span, f"[{form.text}]({cell.links[0].url})"),))
    return Found(listed, row, cell.span, message, fix, Severity.WARNING, explains=False)


def _is_empty(cell: Cell) -> bool:
    """Whether a cell is nothing but links without addresses; a badge needs none."""
    return bool(cell.links) and not any(link.url or link.image for link in cell.links)


def _empty(listed: ListTable, row: Row, column: int) -> Iterator[Found]:
    cell = row.cells[column]
    mark = listed.mark(column)
    message = say("This link has no address, so it leads nowhere.")
    if mark and mark.text:
        message = say(
            "{message} Nothing to link? Write {mark}, as {uses} rows here do.",
            message=message,
            mark=quote(mark.text),
            uses=mark.uses,
        )
    if column != listed.columns.code:
        yield Found(listed, row, cell.span, message)
    elif mark and mark.text:  # no code is no error
        fix = Fix((Edit(cell.span, mark.text),))
        yield Found(listed, row, cell.span, message, fix, Severity.WARNING)
