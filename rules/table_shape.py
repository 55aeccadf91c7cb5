"""Lines that break a table, or that GitHub does not take for one."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from rules import _splits
from rules._diagnostic import Edit, Fix, Severity
from rules._document import Span
from rules._registry import Found, rule
from rules._say import say
from rules._strays import is_closed, is_opened, joined

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Cell, Document, Row, Table
    from rules._say import Text

# Rows that have an outer pipe, before its absence in another one is told.
_EVIDENCE, _MOST, _FEW = 8, 0.9, 3
# A header and two rows: what has less is layout.
_HTML_ROWS = 3
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_HTML_ROW = re.compile(r"<tr\b", re.IGNORECASE)


# All that judge a row's cells: half a row misses some, and its place is that of the other half.
_CELLS = (
    "alphabet-order",
    "column-count",
    "column-values",
    "date-format",
    "date-mismatch",
    "date-order",
    "duplicate-paper",
    "empty-cell",
    "link-column",
    "missing-code-link",
    "title-format",
    "venue-format",
)


@rule(Severity.ERROR, fixes="safe", silences=_CELLS)
def table_shape(context: Context, _options: None) -> Iterator[Found]:
    """A table is broken: blank lines in it, rows without header, a header that does not fit."""
    yield from _splits.judge(context)
    for table in context.document.unshown:
        yield from _misfit(table)
    for listed in context.tables:
        broken = list(_broken(listed))
        for row, following in broken:
            yield _halves(listed, row, following)
        yield from _open_ends(listed, {row.line for pair in broken for row in pair})
    if context.tables:
        yield from _html(context.document)


# --- a header and the line under it


def _misfit(table: Table) -> Iterator[Found]:
    """GitHub shows no table where header and delimiter differ in their number of cells."""
    header, delimiter = table.header, table.delimiter
    if len(delimiter.cells) > 1 or (is_opened(header) and is_opened(delimiter)):
        message = _misfits(len(header.cells), len(delimiter.cells))
        fix = _fit(table)
        yield Found(None, None, delimiter.span, message, fix, anchor=header.raw.strip())


def _misfits(header: int, delimiter: int) -> Text:
    if header == 1:
        return say(
            "The header has 1 cell, the line under it {under}: "
            "GitHub shows no table, but plain text.",
            under=delimiter,
        )
    return say(
        "The header has {cells} cells, the line under it {under}: "
        "GitHub shows no table, but plain text.",
        cells=header,
        under=delimiter,
    )


def _fit(table: Table) -> Fix | None:
    """Make the delimiter as wide as the header when rows agree, else drop a header's blank end."""
    header, delimiter = table.header.cells, table.delimiter.cells
    widths = [len(row.cells) for row in table.rows]
    if 2 * widths.count(len(header)) > len(widths) or not widths:
        return _fit_delimiter(delimiter, len(header))
    surplus = header[len(delimiter) :]
    if surplus and not any(cell.raw for cell in surplus):
        return Fix((Edit(Span(surplus[0].outer.start, surplus[-1].outer.end + 1), ""),))
    return None


def _fit_delimiter(cells: Sequence[Cell], width: int) -> Fix:
    text, end = cells[0].document.text, cells[-1].outer.end
    if len(cells) > width:
        start = cells[width].outer.start
        return Fix((Edit(Span(start - 1, cells[-1].outer.end), ""),))
    added = " | ".join(["---"] * (width - len(cells)))
    closed = text[end : end + 1] == "|"
    start = end + 1 if closed else cells[-1].span.end
    return Fix((Edit(Span(start, start), f" {added} |" if closed else f" | {added}"),))


# --- one row on two lines


def _broken(listed: ListTable) -> Iterator[tuple[Row, Row]]:
    """Neighbouring lines that make up one full row, and at whose meeting a pipe is absent."""
    width = len(listed.table.headings)
    whole = sum(_is_whole(row, width) for row in listed.rows)
    if whole < max(_FEW, len(listed.rows) / 2):
        return
    taken = 0
    for row, following in pairwise(listed.rows):
        parted = not is_closed(row) or not is_opened(following)
        ends = is_opened(row) and is_closed(following) and row.line != taken
        short = len(following.cells) < width and not _is_whole(row, width)
        if parted and ends and short and joined(row, following) == width:
            taken = following.line
            yield row, following


def _is_whole(row: Row, width: int) -> bool:
    return len(row.cells) == width and is_opened(row) and is_closed(row)


def _halves(listed: ListTable, row: Row, following: Row) -> Found:
    message = say("This row is broken over two lines, and GitHub shows two rows. Join them.")
    gap = Span(row.span.start + len(row.raw.rstrip()), _begin(following))
    span = Span(row.span.start, following.span.end)
    return Found(listed, row, span, message, Fix((Edit(gap, " "),)))


def _begin(row: Row) -> int:
    return row.span.end - len(row.raw.lstrip())


# --- outer pipes


def _open_ends(listed: ListTable, halves: Container[int]) -> Iterator[Found]:
    """Full rows without an outer pipe that nearly all others have."""
    width = len(listed.table.headings)
    rows = [row for row in listed.rows if len(row.cells) == width and row.line not in halves]
    missing: dict[int, list[tuple[Edit, int]]] = defaultdict(list)
    for has, edit in ((is_opened, _open), (is_closed, _close)):
        lacking = [row for row in rows if not has(row)]
        framed = has(listed.table.header) and has(listed.table.delimiter)
        having = len(rows) - len(lacking)
        if framed and _is_convention(having, len(lacking)):
            for row in lacking:
                missing[row.line].append((edit(row), having))
    for row in rows:
        if row.line in missing:
            yield _unframed(listed, row, missing[row.line])


def _is_convention(having: int, lacking: int) -> bool:
    few = lacking == 1 and having >= _FEW
    return few or (having >= _EVIDENCE and having >= _MOST * (having + lacking))


def _unframed(listed: ListTable, row: Row, missing: Sequence[tuple[Edit, int]]) -> Found:
    """A row without both pipes is another way to write it, one without either a slip."""
    edits, having = zip(*missing, strict=True)
    if len(edits) > 1:
        severity = Severity.NOTE
        message = say(
            "The outer `|` are absent; {number} rows of this table have them.", number=min(having)
        )
    elif is_opened(row):
        severity = Severity.WARNING
        message = say(
            "The closing `|` is absent; {number} rows of this table have it.", number=having[0]
        )
    else:
        severity = Severity.WARNING
        message = say(
            "The opening `|` is absent; {number} rows of this table have it.", number=having[0]
        )
    return Found(listed, row, edits[0].span, message, Fix(edits), severity, explains=False)


def _open(row: Row) -> Edit:
    return Edit(Span(_begin(row), _begin(row)), "| ")


def _close(row: Row) -> Edit:
    end = row.span.start + len(row.raw.rstrip())
    return Edit(Span(end, end), " |")


# --- HTML


def _html(document: Document) -> Iterator[Found]:
    """Tables in HTML, told once."""
    for line, text in document.html:
        start = _HTML_TABLE.search(text)
        if start and not text.startswith("<!--") and len(_HTML_ROW.findall(text)) >= _HTML_ROWS:
            at = document.starts[line - 1]
            message = say("Tables in HTML are not read: nothing is said of their rows.")
            yield Found(None, None, Span(at, at), message, None, Severity.NOTE, "table in HTML")
            return
