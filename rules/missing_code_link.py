"""Code cells that say nothing, or say it in another way than the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rules import _papers
from rules._columns import addresses, cell_at, is_blank, is_filled, is_mark
from rules._diagnostic import Edit, Fix, Severity
from rules._registry import Found, rule
from rules._say import say
from rules._words import distance, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules._context import Context, ListTable
    from rules._document import Cell, Row

_EVIDENCE = 8
_MOST = 0.9


class _Code(NamedTuple):
    """Code that a row links for its paper, and the cell that does."""

    row: Row
    title: str
    cell: Cell
    url: str


class _Place(NamedTuple):
    """A code cell, with how many rows of its table fill theirs."""

    listed: ListTable
    row: Row
    cell: Cell
    filled: int


@rule(Severity.WARNING, fixes="safe")
def missing_code_link(context: Context, _options: None) -> Iterator[Found]:
    """A code cell is empty, or marked as empty in another way than the list's."""
    known = _known_code(context)
    for listed in context.tables:
        filled = _filled(listed)
        for row in listed.rows:
            cell = cell_at(row, listed.columns.code)
            if cell and sum(map(is_filled, row.cells)) > 1 and not any(addresses(cell)):
                yield from _judge(_Place(listed, row, cell, filled), known)


def _judge(place: _Place, known: Mapping[str, _Code]) -> Iterator[Found]:
    listed, row, cell, _ = place
    if not is_blank(cell) and not is_mark(cell):
        return  # words such as "coming in May" are an answer
    found = _unmarked(place)
    if found:
        yield found
        return
    paper = listed.papers.get(row.line, "")
    code = known.get(paper) if _papers.is_paper(paper) else None
    # Under two titles the link itself is in question.
    if code and _papers.same_title(listed.title(row), code.title):
        message = say(
            "The same paper {place} links its code: {address}. Does it belong here too?",
            place=distance(row.line, code.row.line),
            address=quote(code.url),
        )
        fix = Fix((Edit(cell.span, code.cell.raw),), safe=False)
        yield Found(listed, row, cell.span, message, fix, Severity.NOTE)


def _unmarked(place: _Place) -> Found | None:
    """A blank cell, or a mark that is not this list's."""
    listed, row, cell, filled = place
    column = listed.columns.code or 0
    mark, heading = listed.mark(column), listed.heading(column)
    if mark is None:
        if not is_blank(cell) or not filled:
            return None
        message = say(
            "The {heading} cell is empty; the other {number} rows of this table fill it.",
            heading=heading,
            number=filled,
        )
        return Found(listed, row, cell.span, message)
    if not mark.text or mark.text in (cell.raw, cell.text.strip()):
        return None
    if is_blank(cell):
        message = say(
            "The {heading} cell is empty. No code yet? Write {mark}, as {uses} rows here do.",
            heading=heading,
            mark=quote(mark.text),
            uses=mark.uses,
        )
    else:
        message = say(
            "No code yet? Write {mark} instead of {written}, as {uses} rows here do.",
            mark=quote(mark.text),
            written=quote(cell.raw),
            uses=mark.uses,
        )
    return Found(listed, row, cell.span, message, Fix((_write(cell, mark.text),)))


def _filled(listed: ListTable) -> int:
    """How many rows fill the code column, when nearly all do; else 0."""
    cells = [cell for row in listed.rows if (cell := cell_at(row, listed.columns.code))]
    filled = sum(not is_blank(cell) for cell in cells)
    return filled if filled >= max(_EVIDENCE, _MOST * len(cells)) else 0


def _write(cell: Cell, text: str) -> Edit:
    """Put a text into a cell, with a blank on each side of it when there was none."""
    if cell.raw:
        return Edit(cell.span, text)
    return Edit(cell.outer, f" {text} ")


def _known_code(context: Context) -> Mapping[str, _Code]:
    """Paper -> the code that the first row with a link to some has for it."""
    known: dict[str, _Code] = {}
    for listed in context.tables:
        for row in listed.rows:
            cell = cell_at(row, listed.columns.code)
            paper = listed.papers.get(row.line)
            for url in addresses(cell) if cell else ():
                if cell and paper and _papers.host(url) in _papers.CODE_HOSTS:
                    known.setdefault(paper, _Code(row, listed.title(row), cell, url))
    return known
