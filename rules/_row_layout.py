"""How the rows of a table are set: pipes, blanks around the cells, what stands before a line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rules._diagnostic import Edit
from rules._document import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rules._document import Cell, Row, Table

# What begins something else than a row at the start of a line, or counts as an outer pipe.
_BLOCK = re.compile(r"\s*(?:[-+*](?:\s|$)|[-*_=]{3}|[>#~`<|:]|\d{1,9}[.)](?:\s|$)|$)")
_SEVERAL = 3
_SAMPLE, _NEAR = 300, 5


class _Blanks(NamedTuple):
    before: str
    after: str


@dataclass(frozen=True)
class Layout:
    """The layout of a table, told from the rows near a line; from its header where it has none."""

    table: Table
    line: int

    @cached_property
    def _rows(self) -> Sequence[Row]:
        width = len(self.table.headings)
        whole = [row for row in self.table.rows if len(row.cells) == width]
        near = sorted(whole, key=lambda row: abs(2 * (row.line - self.line) + 1))
        return near[:_SAMPLE] or [self.table.header]

    def write(self, cells: Sequence[str]) -> str:
        """A row of these cells, as a whole line without its line end."""
        set_cells = [self._set(column, text) for column, text in enumerate(cells)]
        line = "|".join(set_cells)
        opened = self._mostly(lambda row: row.stripped.startswith("|"))
        closed = self._mostly(lambda row: row.stripped.endswith("|"))
        if opened or _BLOCK.match(line) or "|" not in line:
            line = f"|{line}" if opened else f"| {line.lstrip()}"
        elif not opened:
            line = line.lstrip()
        if closed or not cells[-1]:
            return f"{prefix(self.table)}{line}|"
        return f"{prefix(self.table)}{line.rstrip()}"

    def _mostly(self, test: Callable[[Row], bool]) -> bool:
        return 2 * sum(map(test, self._rows)) >= len(self._rows)

    def _set(self, column: int, text: str) -> str:
        cells = [row.cells[column] for row in self._rows]
        widths = {cell.outer.end - cell.outer.start for cell in cells}
        aligned = len(cells) >= _SEVERAL and len(widths) == 1 and len({c.raw for c in cells}) > 1
        blanks = Counter(_blanks(cell) for cell in cells[:_NEAR] if cell.raw).most_common(1)
        before, after = blanks[0][0] if blanks else _Blanks(" ", " ")
        if not text:
            return (before + after)[:1]
        if aligned:
            return _padded(text, widths.pop(), self._alignment(column), before)
        return f"{before}{text}{after}"

    def _alignment(self, column: int) -> str:
        """`:` at the end and perhaps at the start of the delimiter's cell: right and centre."""
        marks = self.table.delimiter.cells[column].raw
        return marks[0] + marks[-1]


def prefix(table: Table) -> str:
    """The quote's mark or blanks before the rows."""
    row = table.rows[0] if table.rows else table.delimiter
    before = row.document.text[row.document.line_span(row.line).start : row.span.start]
    return before + row.raw[: len(row.raw) - len(row.raw.lstrip())]


def in_cell(cell: Cell, text: str) -> Edit:
    """Put a text into a cell, with a blank on each side of it where there was nothing."""
    return Edit(cell.span, text) if cell.raw else Edit(cell.outer, f" {text} ")


def at_end(row: Row, texts: Sequence[str]) -> Edit:
    """Put further cells behind the last one of a row."""
    end = row.span.start + len(row.raw.rstrip())
    opening = "" if row.stripped.endswith("|") else " |"
    return Edit(Span(end, end), opening + "".join(f" {text} |" for text in texts))


def _padded(text: str, width: int, alignment: str, before: str) -> str:
    if alignment == "::":
        return f" {text} ".center(width)
    if alignment == "-:":
        return f" {text} ".rjust(width)
    return f"{before}{text} ".ljust(width)


def _blanks(cell: Cell) -> _Blanks:
    text, (start, end) = cell.document.text, cell.outer
    return _Blanks(text[start : cell.span.start], text[cell.span.end : end])
