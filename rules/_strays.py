"""Lines that look like rows and stand in no table: GitHub shows them as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rules._document import Document, Row, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Deeper is a code block, and behind a list's or quote's mark nothing is moved.
_INDENT = re.compile(r"[ ]{0,3}")
_DELIMITER = re.compile(r"\s*:?-+:?\s*")
# A delimiter row as people and word processors write it when it goes wrong.
_NEARLY = re.compile(r"\s*[:：]?[-‐‑‒–—―−=_]*[:：]?\s*")
_DASHES = re.compile(r"[-‐‑‒–—―−=_]")


class Stray(NamedTuple):
    """Lines of one paragraph that all begin with a pipe and have two cells or more."""

    rows: tuple[Row, ...]

    @property
    def first(self) -> int:
        return self.rows[0].line

    @property
    def last(self) -> int:
        return self.rows[-1].line


def strays(document: Document) -> Iterator[Stray]:
    """Paragraphs that look like rows, from top to bottom."""
    paragraph: list[tuple[int, str]] = []
    for line, text in (*document.prose, (-1, "")):
        if paragraph and line != paragraph[-1][0] + 1:
            yield from _stray(document, paragraph)
            paragraph = []
        paragraph.append((line, text))


def _stray(document: Document, paragraph: Sequence[tuple[int, str]]) -> Iterator[Stray]:
    if all(text.lstrip().startswith("|") for _, text in paragraph):
        rows = [row_at(document, line) for line, _ in paragraph]
        if all(row and len(row.cells) > 1 for row in rows):
            yield Stray(tuple(row for row in rows if row))


def row_at(document: Document, line: int) -> Row | None:
    """A line as a row; None where it stands in a list, a quote or a code block."""
    span = document.line_span(line)
    text = document.text[slice(*span)]
    plain = _INDENT.match(text)
    indent = plain.end() if plain else 0
    return (
        Row(document, line, Span(span.start + indent, span.end))
        if text[indent:][:1] == "|"
        else None
    )


def joined(*rows: Row) -> int:
    """The number of cells that rows have once they stand on one line."""
    text = " ".join(row.raw.strip() for row in rows)
    return len(Row(Document(text), 1, Span(0, len(text))).cells)


def is_closed(row: Row) -> bool:
    """Whether a row ends with a pipe of its own."""
    return bool(row.cells) and row.span.start + len(row.raw.rstrip()) > row.cells[-1].outer.end


def is_opened(row: Row) -> bool:
    return row.raw.lstrip().startswith("|")


def is_delimiter(row: Row) -> bool:
    return all(_DELIMITER.fullmatch(_outer(row, n)) for n in range(len(row.cells)))


def is_nearly_delimiter(row: Row) -> bool:
    """Whether a row was meant to be the line under a header: nothing but dashes of any kind."""
    texts = [_outer(row, n) for n in range(len(row.cells))]
    dashes = sum(bool(_DASHES.search(text)) for text in texts)
    return 2 * dashes > len(texts) and all(_NEARLY.fullmatch(text) for text in texts)


def _outer(row: Row, number: int) -> str:
    return row.document.text[slice(*row.cells[number].outer)]
