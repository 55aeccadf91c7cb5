"""Rows with more or fewer cells than the table."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, partial
from typing import TYPE_CHECKING

from rules._columns import Columns, addresses, has_only_code, is_blank, is_filled, is_mark
from rules._dates import parse_date
from rules._diagnostic import Edit, Fix, Severity
from rules._document import Span
from rules._registry import Found, rule
from rules._say import say
from rules._slips import slipped_date
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Cell, Row
    from rules._say import Text

# Rows as wide as the header, in this table and others with the same header.
_EVIDENCE = 3
_MOST = 0.75
# A cell that GitHub does not show: a comment in Markdown's or HTML's manner.
_HIDDEN = re.compile(r"\[//\]:.*|<!--.*-->")


@rule(Severity.ERROR, fixes="safe", silences=("missing-code-link",))
def column_count(context: Context, _options: None) -> Iterator[Found]:
    """A row has more or fewer cells than the table's other rows."""
    full, total = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for listed in context.tables:
        widths = [_width(row, len(listed.table.headings)) for row in listed.rows]
        full[listed.table.headings] += widths.count(len(listed.table.headings))
        total[listed.table.headings] += len(widths)
    for listed in context.tables:
        name = listed.table.headings
        own = [_width(row, len(name)) for row in listed.rows]
        regular = own.count(len(name)) >= _MOST * (len(own) - 1)
        if full[name] < max(_EVIDENCE, _MOST * total[name]) or not regular:
            continue
        optional = cache(partial(_is_optional, listed))
        for row, width in zip(listed.rows, own, strict=True):
            if width > len(name):
                yield _surplus(listed, row)
            elif width < len(name) and not _is_meant(listed, row, optional):
                yield _missing(listed, row)


def _width(row: Row, header: int) -> int:
    """The number of cells, without blank or hidden ones after the last column."""
    cells = list(row.cells)
    while len(cells) > header and (is_blank(cells[-1]) or _HIDDEN.fullmatch(cells[-1].raw)):
        cells.pop()
    return len(cells)


def _is_meant(listed: ListTable, row: Row, optional: Callable[[int], bool]) -> bool:
    """A sub-heading, or a row that leaves off cells which other rows leave blank."""
    if sum(not is_blank(cell) for cell in row.cells) <= 1:
        return True
    absent = range(len(row.cells), len(listed.table.headings))
    return not slipped_date(listed, row) and all(map(optional, absent))


def _is_optional(listed: ListTable, column: int) -> bool:
    """Whether rows leave a column blank."""
    mark = listed.mark(column)
    if mark:
        return not mark.text
    return any(
        is_blank(row.cells[column]) and is_filled(row.cells[0])
        for row in listed.rows
        if len(row.cells) > column
    )


def _missing(listed: ListTable, row: Row) -> Found:
    headings, cells = listed.table.headings, row.cells
    size = _size(len(cells), len(headings))
    absent = range(len(cells), len(headings))
    if slipped_date(listed, row) or not _fits(cells, listed.columns):
        message = say(
            "{size}, and they do not stand under their headings. Which one is absent?", size=size
        )
        return Found(listed, row, row.span, message)
    what = _absent([listed.heading(column) for column in absent])
    message = say("{size}: {what}.", size=size, what=what)
    marks = [listed.mark(column) for column in absent]
    if not all(mark and mark.text for mark in marks):
        return Found(listed, row, row.span, message)
    first = next(mark for mark in marks if mark)
    question = (
        say("No code yet?") if absent[0] == listed.columns.code else say("Nothing to put there?")
    )
    message = say(
        "{message} {question} Write {mark}, as {uses} rows here do.",
        message=message,
        question=question,
        mark=quote(first.text),
        uses=first.uses,
    )
    texts = [mark.text for mark in marks if mark]
    return Found(listed, row, row.span, message, Fix((_append(row, texts),)))


def _size(cells: int, width: int) -> Text:
    if cells == 1:
        return say("This row has 1 cell, the table {width}", width=width)
    return say("This row has {cells} cells, the table {width}", cells=cells, width=width)


def _absent(names: Sequence[str]) -> Text:
    if len(names) == 1:
        return say("{name} is absent", name=names[0])
    return say("{names: and } are absent", names=names)


def _append(row: Row, texts: Sequence[str]) -> Edit:
    raw = row.raw.rstrip()
    end = row.span.start + len(raw)
    cells = " | ".join(texts)
    closed = raw.endswith("|")
    added = f" {cells} |" if closed else f" | {cells}" + (" |" if raw.startswith("|") else "")
    return Edit(Span(end, row.span.start + len(row.raw)), added)


def _surplus(listed: ListTable, row: Row) -> Found:
    headings, cells = listed.table.headings, row.cells
    span = Span(cells[len(headings)].span.start, cells[-1].span.end)
    size = _size(len(cells), len(headings))
    blanks = [cell for cell in cells if is_blank(cell)]
    rest = [cell for cell in cells if not is_blank(cell)]
    if len(rest) == len(headings):
        message = say(
            "{size}: an empty cell pushes the others aside, and GitHub drops the last one.",
            size=size,
        )
        fix = Fix(tuple(map(_drop, blanks)), safe=_fits(rest, listed.columns))
        return Found(listed, row, span, message, fix)
    number = len(cells) - len(headings)
    message = say(
        "{size}: GitHub drops {dropped: and }. {question}",
        size=size,
        dropped=[quote(_shown(cell)) for cell in rest if cell in cells[len(headings) :]],
        question=say("Is one too many, or is a `|` meant as text (`\\|`)?")
        if number == 1
        else say("Are {number} too many, or is a `|` meant as text (`\\|`)?", number=number),
    )
    return Found(listed, row, span, message)


def _shown(cell: Cell) -> str:
    """A cell as it is written; the words of pictures instead of their long addresses."""
    pictures = any(link.image for link in cell.links)
    return (pictures and cell.text.strip()) or cell.raw


def _drop(cell: Cell) -> Edit:
    """Take a cell out with the pipe after it, or before it when it is the last."""
    text, (start, end) = cell.document.text, cell.outer
    if text[end : end + 1] == "|":
        return Edit(Span(start, end + 1), "")
    return Edit(Span(start - 1, end), "")


def _fits(cells: Sequence[Cell], columns: Columns) -> bool:
    """Whether each cell holds what its column is for; at least two columns must be able to tell."""
    # A link to code that stands under the paper's heading has slipped there.
    slipped = columns.code is not None and columns.code >= len(cells)
    tests = {
        columns.date: lambda cell: parse_date(cell.text) is not None,
        columns.paper: lambda cell: bool(addresses(cell)) and not (slipped and has_only_code(cell)),
        columns.code: lambda cell: bool(addresses(cell)) or is_mark(cell) or is_blank(cell),
        columns.venue: lambda cell: not addresses(cell) and parse_date(cell.text) is None,
    }
    known = [index for index in tests if index is not None and index < len(cells)]
    return len(known) >= 2 and all(tests[index](cells[index]) for index in known)  # noqa: PLR2004
