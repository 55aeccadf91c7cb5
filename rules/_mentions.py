"""Every address that a document leads to, and where it stands.

Rows are read by their cells, everything else by passages: a paragraph, a heading, a block of HTML.
What stands in code or in a comment leads nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from rules import _inline
from rules._columns import columns
from rules._context import title_of
from rules._stated import stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules._columns import Columns
    from rules._document import Cell, Document, Row, Table
    from rules._stated import Stated

_HEADINGS = 6
# What is longer is searched for addresses without reading its Markdown.
_LONGEST = 20_000
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_NO_PAGE = re.compile(r"\s*<(?:script|style)\b", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`]*(?<!`)\1(?!`)")
_RAW = re.compile(
    r"\]\([ \t]*<?(?P<target>[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)"
    r"|(?P<bare>https?://[^\s<>|\"'`()\[\]]+[^\s<>|\"'`()\[\].,;:!?*_~])"
)
_DEFINITION = re.compile(
    r"^[ >\t]{0,9}\[(?P<label>(?:[^\[\]\\]|\\.){1,999})\]:"
    r"[ \t]*(?:\r?\n[ \t]*)?<?(?P<url>[^\s<>]+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An address and its place, line and column from 1; `paper` is the title of the row it is in.

    The address is as a browser takes it, with what Markdown and HTML escape undone. Where it is
    that of the row's own paper at arXiv, `stated` is what the row says of it.
    """

    url: str
    line: int
    column: int
    section: tuple[str, ...] = ()
    paper: str = ""
    image: bool = False
    stated: Stated | None = None


class _Place(NamedTuple):
    url: str
    line: int
    column: int
    image: bool


@dataclass(frozen=True)
class _Passage:
    """Lines that are read as one; `lines` are (number, text), the text as mistletoe left it."""

    document: Document
    lines: Sequence[tuple[int, str]]

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines)

    def place(self, url: str, offset: int, *, image: bool) -> _Place:
        starts = [0, *accumulate(len(text) + 1 for _, text in self.lines)]
        at = bisect_right(starts, offset, hi=len(self.lines)) - 1
        line, text = self.lines[at]
        start, end = self.document.line_span(line)
        shift = max(0, self.document.text.rfind(text, start, end) - start)
        return _Place(url, line, shift + offset - starts[at] + 1, image)


def mentions(document: Document) -> tuple[Mention, ...]:
    """Every link and image of a document, in the order of its text."""
    lines = [section.line for section in document.sections]
    rows = list(_rows(document))
    papers = {row.line: title for row, _, title in rows}
    own = dict(_own(document, rows))
    found = (*_tables(document), *_passages(document), *_definitions(document))
    return tuple(
        Mention(
            place.url,
            place.line,
            place.column,
            document.sections[at - 1].path if (at := bisect_right(lines, place.line)) else (),
            papers.get(place.line, ""),
            place.image,
            own.get((place.line, place.column)),
        )
        for place in sorted(found, key=lambda place: place[1:3])
        if place.url
    )


def _rows(document: Document) -> Iterator[tuple[Row, Columns, str]]:
    """Rows with the roles of their columns and their titles."""
    for table in document.tables:
        roles = columns(table)
        yield from ((row, roles, title_of(row, roles)) for row in table.rows)


def _own(
    document: Document, rows: Iterable[tuple[Row, Columns, str]]
) -> Iterator[tuple[tuple[int, int], Stated]]:
    """Where rows link their own papers, and what they say of them."""
    for row, roles, title in rows:
        found = stated(row, roles, title)
        if found:
            yield document.position(found[0]), found[1]


def _tables(document: Document) -> Iterator[_Place]:
    tables: tuple[Table, ...] = (*document.tables, *document.unshown)
    for table in tables:
        for row in (table.header, *table.rows):
            yield from _row(document, row)


def _row(document: Document, row: Row) -> Iterator[_Place]:
    for cell in row.cells:
        for link in cell.links:
            yield _Place(link.url, *document.position(link.target.start), link.image)
        if not cell.links and not _inline.is_readable(cell.raw):
            yield from _long_cell(document, cell)


def _long_cell(document: Document, cell: Cell) -> Iterator[_Place]:
    """A cell with more links than its content is read for."""
    for url, at in _search(cell.raw):
        yield _Place(url, *document.position(cell.span.start + at), image=False)


def _passages(document: Document) -> Iterator[_Place]:
    for line, content in document.html:
        if not _NO_PAGE.match(content):
            yield from _html(_Passage(document, list(enumerate(content.split("\n"), line))))
    for passage in (*_paragraphs(document), *_headings(document)):
        yield from _prose(passage)


def _headings(document: Document) -> Iterator[_Passage]:
    read = {line for line, _ in document.prose}
    for section in document.sections:
        if section.level <= _HEADINGS and section.line not in read:
            yield _Passage(document, [(section.line, document.line(section.line))])


def _paragraphs(document: Document) -> Iterator[_Passage]:
    lines: list[tuple[int, str]] = []
    for number, text in document.prose:
        if lines and (number != lines[-1][0] + 1 or _ITEM.match(document.line(number))):
            yield _Passage(document, lines)
            lines = []
        lines.append((number, text))
    if lines:
        yield _Passage(document, lines)


def _html(passage: _Passage) -> Iterator[_Place]:
    for url, at, image in _inline.addresses(_uncommented(passage.text)):
        yield passage.place(url, at, image=image)


def _prose(passage: _Passage) -> Iterator[_Place]:
    text = _uncommented(passage.text)
    if len(text) <= _LONGEST and _inline.is_readable(text):
        for link in _inline.read(text, passage.document.references).links:
            yield passage.place(link.url, link.target_start, image=link.image)
    elif len(passage.lines) > 1:
        for line in passage.lines:
            yield from _prose(_Passage(passage.document, [line]))
    else:
        for url, at in _search(text):
            yield passage.place(url, at, image=False)


def _search(text: str) -> Iterator[tuple[str, int]]:
    """Addresses in a text that is too long for its Markdown to be read."""
    for match in _RAW.finditer(_CODE.sub(_blanks, text)):
        yield match[match.lastgroup or 0], match.start(match.lastgroup or 0)


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _uncommented(text: str) -> str:
    """A text with blanks for its comments. By `find`: an expression would search without end."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[at:start], " " * (end + 3 - start)]
        at = end + 3
    return "".join((*parts, text[at:]))


def _definitions(document: Document) -> Iterator[_Place]:
    """Reference definitions; `[//]: # (...)` is how some write a comment."""
    if not document.references:
        return
    for match in _DEFINITION.finditer(document.text):
        label = " ".join(match["label"].split()).casefold()
        url, _ = document.references.get(label, ("", ""))
        if url == match["url"] and url != "#":
            yield _Place(url, *document.position(match.start("url")), image=False)
