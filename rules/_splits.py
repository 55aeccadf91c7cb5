"""Rows that lost their table: by blank lines, or for want of a header and the line under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rules._columns import addresses
from rules._diagnostic import Edit, Fix
from rules._document import Row, Span
from rules._registry import Found
from rules._say import say
from rules._shape import Shape
from rules._strays import is_closed, is_delimiter, is_nearly_delimiter, strays
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rules._context import Context
    from rules._document import Document
    from rules._say import Text
    from rules._strays import Stray

_TWO = 2
# More kinds of tables than this have nothing in common.
_KINDS = 100


class _Gap(NamedTuple):
    """The blank lines, and perhaps comments, between a stray and the line above it (0 for none)."""

    above: int
    span: Span
    lines: int
    blank: bool


class _Known(NamedTuple):
    """The document with what helps to judge its strays.

    `shapes` are the tables', `kinds` the different ones among them. `headers` maps a known header
    to the line under it, `before` holds the lines of the list as it was before the change,
    `comments` the numbers of lines within comments.
    """

    document: Document
    shapes: Sequence[Shape]
    kinds: Sequence[Shape]
    headers: Mapping[tuple[str, ...], str]
    before: frozenset[str]
    comments: frozenset[int]


def judge(context: Context) -> Iterator[Found]:
    """What is to be said of lines that look like rows and stand in no table."""
    found = list(strays(context.document))
    if not found:
        return
    known = _know(context)
    ends = {_last_line(shape): shape for shape in known.shapes}
    heads: dict[int, Stray] = {}
    for stray in found:
        gap = _gap(known, stray)
        shape = ends.get(gap.above)
        head = heads.get(gap.above)
        if shape and gap.lines and shape.holds_most(stray.rows):
            ends[stray.last] = shape
            yield _split(known, shape, gap, stray)
        elif head and gap.lines and gap.blank and _belong(head, stray):
            yield _parted(stray.rows[0], gap)
        else:
            heads[stray.last] = stray
            yield from _headless(known, stray, gap)


def _know(context: Context) -> _Known:
    document = context.document
    listed = (*context.before, *context.tables)
    comments = frozenset(
        first + n
        for first, text in document.html
        if text.startswith("<!--") and text.rstrip().endswith("-->")
        for n in range(text.rstrip().count("\n") + 1)
    )
    shapes = [Shape(each) for each in context.tables]
    kinds = {shape.kind: shape for shape in shapes if shape.tells and shape.width > _TWO}
    return _Known(
        document,
        shapes,
        list(kinds.values())[:_KINDS],
        {each.table.headings: each.table.delimiter.raw.strip() for each in listed},
        frozenset(line.strip() for line in context.conventions.document.text.split("\n")),
        comments,
    )


def _last_line(shape: Shape) -> int:
    table = shape.listed.table
    return table.rows[-1].line if table.rows else table.delimiter.line


def _gap(known: _Known, stray: Stray) -> _Gap:
    document, line, blank = known.document, stray.first - 1, True
    while line and (line in known.comments or not document.line(line).strip()):
        blank = blank and line not in known.comments
        line -= 1
    start = document.starts[line]
    return _Gap(line, Span(start, document.starts[stray.first - 1]), stray.first - 1 - line, blank)


# --- rows after a gap


def _split(known: _Known, shape: Shape, gap: _Gap, stray: Stray) -> Found:
    """A table that a gap cuts in two; of its lost rows the new ones are told first."""
    new = [row for row in stray.rows if row.raw.strip() not in known.before]
    lost = new or stray.rows
    what, them = _cause(gap)
    rows = _names(shape, lost)
    effect = (
        say("on GitHub, {rows} then shows as plain text", rows=rows)
        if len(lost) == 1
        else say("on GitHub, {rows} then show as plain text", rows=rows)
    )
    message = say("{what}: {effect}. {them}", what=what, effect=effect, them=them)
    fix = Fix((Edit(gap.span, ""),)) if gap.blank else None
    return Found(None, None, lost[0].span, message, fix)


def _cause(gap: _Gap) -> tuple[Text, Text]:
    if not gap.blank:
        return say("The comment ends the table"), say("Put it into a cell or below the table.")
    if gap.lines == 1:
        return say("The blank line ends the table"), say("Take it out.")
    return say("The blank lines end the table"), say("Take them out.")


def _names(shape: Shape, rows: Sequence[Row]) -> Text:
    names = [quote(shape.listed.title(row) or row.cells[0].text) for row in rows[:_TWO]]
    if len(rows) > _TWO:
        return say("{row} and {number} more rows", row=names[0], number=len(rows) - 1)
    return say("{rows: and }", rows=names)


# --- rows without a header, headers without the line under them


def _belong(head: Stray, stray: Stray) -> bool:
    """Whether a header and the line under it stand apart."""
    first, delimiter = head.rows[-1], stray.rows[0]
    same = len(first.cells) == len(delimiter.cells)
    return len(head.rows) == 1 and same and is_delimiter(delimiter)


def _parted(delimiter: Row, gap: _Gap) -> Found:
    message = (
        say("The blank line parts the header from the line under it: GitHub shows no table.")
        if gap.lines == 1
        else say("The blank lines part the header from the line under it: GitHub shows no table.")
    )
    return Found(None, None, delimiter.span, message, Fix((Edit(gap.span, ""),)))


def _headless(known: _Known, stray: Stray, gap: _Gap) -> Iterator[Found]:
    first, *rest = stray.rows
    if is_nearly_delimiter(first):
        if is_delimiter(first) and rest:
            message = say(
                "The header above this line is absent: GitHub shows plain text, no table."
            )
            yield Found(None, None, first.span, message)
    elif rest and is_nearly_delimiter(rest[0]):
        if len(rest[0].cells) == len(first.cells):
            yield _misspelt(rest[0])
    elif rest and _headings(first) in known.headers:
        yield _undelimited(known, first, rest)
    elif _are_rows(known, stray, gap):
        message = (
            say(
                "The {number} rows here have no header above: GitHub shows them as plain text.",
                number=len(stray.rows),
            )
            if rest
            else say("The 1 row here has no header above: GitHub shows it as plain text.")
        )
        yield Found(None, None, first.span, message)


def _headings(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def _misspelt(row: Row) -> Found:
    """A line under a header that holds other signs than `-`, `:` and `|`."""
    better = f"| {' | '.join(['---'] * len(row.cells))} |"
    message = say(
        "GitHub does not take {line} for the line under a header and shows no table. "
        "Write {better}.",
        line=quote(row.raw),
        better=quote(better),
    )
    span = Span(row.span.start, row.span.start + len(row.raw.rstrip()))
    return Found(None, None, row.span, message, Fix((Edit(span, better),)))


def _undelimited(known: _Known, header: Row, rest: Sequence[Row]) -> Found:
    delimiter = known.headers[_headings(header)]
    message = say(
        "The line under this header, such as {line}, is absent: GitHub shows plain text, no table.",
        line=quote(delimiter),
    )
    start = rest[0].span.start
    fix = Fix((Edit(Span(start, start), f"{delimiter}{known.document.newline}"),))
    return Found(None, None, header.span, message, fix)


def _are_rows(known: _Known, stray: Stray, gap: _Gap) -> bool:
    """Whether lines are rows of a list for sure: as this list's tables have them, with links.

    One line alone counts right under a heading; lines after a colon show how rows are written.
    """
    alone = len(stray.rows) == 1
    above = known.document.line(gap.above).rstrip() if gap.above else ""
    if (alone and not above.startswith("#")) or above.endswith((":", "：")):
        return False
    linked = all(
        is_closed(row) and any(addresses(cell) for cell in row.cells) for row in stray.rows
    )
    return linked and any(all(map(shape.holds, stray.rows)) for shape in known.kinds)
