"""Reading Markdown: where the tables are, and what stands in their cells.

mistletoe finds the tables, headings and links. The source lines give the cells and every position,
because mistletoe pads short rows, drops empty cells and knows no columns. A cell's inline content
is read only when a rule asks for it: lists have tens of thousands of cells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rules import _inline, _markdown
from rules._limits import MAX_BYTES, MAX_CELL, DocumentError, check_size
from rules._say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PIPE = re.compile(r"\\.|(\|)", re.DOTALL)


class Span(NamedTuple):
    """Half-open range of characters, counted from the start of the document."""

    start: int
    end: int


@dataclass(frozen=True)
class Link:
    """A link in a cell; `target` is the span of the address alone, `image` an image's address."""

    text: str
    url: str
    span: Span
    target: Span
    image: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: `outer` reaches from pipe to pipe, `span` is the content without blanks."""

    document: Document = field(repr=False, compare=False)
    outer: Span
    span: Span

    @property
    def raw(self) -> str:
        return self.document.text[self.span.start : self.span.end]

    @cached_property
    def _read(self) -> _inline.Inline:
        return _inline.read(self.raw, self.document.references)

    @cached_property  # asked for by every rule, many times
    def text(self) -> str:
        """What a reader sees: no emphasis, no addresses, no code ticks."""
        return self._read.text

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(
            Link(
                found.text,
                found.url,
                Span(self.span.start + found.start, self.span.start + found.end),
                Span(self.span.start + found.target_start, self.span.start + found.target_end),
                found.image,
                found.bare,
            )
            for found in self._read.links
        )


@dataclass(frozen=True)
class Row:
    """One line of a table; `span` leaves out the line end."""

    document: Document = field(repr=False, compare=False)
    line: int
    span: Span

    @cached_property  # a row may have thousands of cells, and each diagnostic carries its text
    def raw(self) -> str:
        return self.document.text[self.span.start : self.span.end]

    @cached_property
    def stripped(self) -> str:
        return self.raw.strip()

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(_cells(self))


@dataclass(frozen=True)
class Section:
    """A heading and what follows it; `path` holds the titles from the outermost heading down.

    Levels 1 to 6 are headings, 7 is a `<summary>`, 8 a line all in bold.
    """

    path: tuple[str, ...] = ()
    line: int = 0
    level: int = 0

    @property
    def title(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass(frozen=True)
class Table:
    """A table; where header and delimiter differ in their number of cells, GitHub shows none."""

    section: Section
    header: Row
    delimiter: Row
    rows: tuple[Row, ...]

    @property
    def line(self) -> int:
        return self.header.line

    @cached_property
    def headings(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.header.cells)


@dataclass(frozen=True)
class Document:
    """A Markdown file. Lines are counted as git and GitHub count them: by line feeds alone."""

    text: str = field(repr=False)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in re.finditer("\n", self.text)))

    @cached_property
    def newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def line_span(self, line: int) -> Span:
        """The span of a line (1-based) without its line end."""
        start = self.starts[line - 1]
        end = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return Span(start, end - self.text.endswith("\r", start, end))

    def line(self, line: int) -> str:
        """A line (1-based) without its line end."""
        return self.text[slice(*self.line_span(line))]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both 1-based, in characters."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    @cached_property
    def _blocks(self) -> _markdown.Blocks:
        lines = [self.line(n + 1) for n in range(len(self.starts))]
        lines[0] = lines[0].removeprefix("\ufeff")
        try:
            return _markdown.read(lines)
        except RecursionError:
            raise DocumentError(
                say("Lists or quotes are nested too deeply to be read; flatten them, please.")
            ) from None

    @property
    def references(self) -> Mapping[str, tuple[str, str]]:
        """Link reference definitions: label -> (address, title)."""
        return self._blocks.references

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        found: list[Section] = []
        path: list[tuple[int, str]] = []
        for heading in self._blocks.headings:
            while path and path[-1][0] >= heading.level:
                path.pop()
            path.append((heading.level, heading.title))
            found.append(Section(tuple(title for _, title in path), heading.line, heading.level))
        return tuple(found)

    @property
    def prose(self) -> tuple[tuple[int, str], ...]:
        """The lines of paragraphs and list items, as (line, text)."""
        return self._blocks.prose

    @property
    def html(self) -> tuple[tuple[int, str], ...]:
        """Blocks of HTML, as (first line, text)."""
        return self._blocks.html

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables that GitHub shows."""
        return tuple(table for table, shown in self._tables if shown)

    @cached_property
    def unshown(self) -> tuple[Table, ...]:
        """What would be tables, had their header and delimiter the same number of cells."""
        return tuple(table for table, shown in self._tables if not shown)

    @cached_property
    def _tables(self) -> tuple[tuple[Table, bool], ...]:
        lines = [section.line for section in self.sections]
        found = []
        for block in self._blocks.tables:
            rows = [self.row(block.line + n, text) for n, text in enumerate(block.lines)]
            header, delimiter, *body = rows
            if header is None or delimiter is None or None in body:
                continue  # blanks were rearranged by a list around it: positions would be guesses
            index = bisect_right(lines, block.line)
            section = self.sections[index - 1] if index else Section()
            table = Table(section, header, delimiter, tuple(row for row in body if row is not None))
            found.append((table, len(header.cells) == len(delimiter.cells)))
        return tuple(found)

    def row(self, line: int, text: str) -> Row | None:
        """A source line's content as a row; a quote or list may have indented it."""
        start, end = self.line_span(line)
        at = self.text.rfind(text, start, end)
        return None if at < 0 else Row(self, line, Span(at, at + len(text)))


def _cells(row: Row) -> Iterator[Cell]:
    raw, base = row.raw, row.span.start
    pipes = [match.start() for match in _PIPE.finditer(raw) if match[1]]
    first, last = len(raw) - len(raw.lstrip()), len(raw.rstrip()) - 1
    bounds = [-1, *pipes, len(raw)]
    if pipes and pipes[0] == first:
        bounds = bounds[1:]
    if pipes and pipes[-1] == last and len(bounds) > 2:  # noqa: PLR2004  a lone pipe is one cell
        bounds = bounds[:-1]
    for left, right in pairwise(bounds):
        content = raw[left + 1 : right]
        start = left + 1 + len(content) - len(content.lstrip())
        end = max(start, left + 1 + len(content.rstrip()))
        if not content.strip():
            start = end = min(left + 2, right)
        yield Cell(
            row.document, Span(base + left + 1, base + right), Span(base + start, base + end)
        )


def parse(text: str) -> Document:
    """Read a Markdown file.

    Raises:
        DocumentError: the file is over the limits (10 MB, 5,000 tables, 50,000 rows, a million
            cells, 20,000 characters a cell) or nested too deeply; the message says which and where.
    """
    if len(text) > MAX_BYTES or len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise DocumentError(say("The file is larger than {most} MB; split it.", most=most))
    document = Document(text)
    tables = (*document.tables, *document.unshown)
    rows = sum(len(table.rows) for table in document.tables)
    # GitHub fills short rows up, so a wide header makes many cells out of a small file.
    cells = sum(
        max(len(table.header.cells), row.raw.count("|") - 1)
        for table in tables
        for row in (table.header, *table.rows)
    )
    check_size(len(tables), rows, cells)
    for table in document.tables:
        for row in (table.header, *table.rows):
            if len(row.raw) > MAX_CELL and any(len(c.raw) > MAX_CELL for c in row.cells):
                words = say(
                    "A cell in line {line} is longer than {most:,} characters; shorten it.",
                    line=row.line,
                    most=MAX_CELL,
                )
                raise DocumentError(words)
    return document
