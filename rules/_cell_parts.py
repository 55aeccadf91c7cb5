"""What a cell is made of: addresses and stretches of text, between the signs that hold them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._document import Cell, Link

_TAG = re.compile(r"(?<!\\)</?[A-Za-z!][^<>]*>")
_STRETCH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w")
_PAIRS = (("***", "***"), ("**", "**"), ("__", "__"), ("*", "*"), ("_", "_"), ("`", "`"),
          ("[", "]"), ("(", ")"), ("（", "）"))  # fmt: skip


class Part(NamedTuple):
    """A stretch of a cell's source, counted from the start of its content."""

    start: int
    end: int
    text: str
    url: bool = False
    image: bool = False
    linked: bool = False


def parts(cell: Cell) -> list[Part]:
    """The addresses of a cell and its stretches of text, as they stand, without emphasis."""
    raw, base = cell.raw, cell.span.start
    found = [
        Part(start, end, raw[start:end], url=True, image=link.image)
        for link in cell.links
        if (start := link.target.start - base) < (end := link.target.end - base)
    ]
    linked = [(link.span.start - base, link.span.end - base) for link in cell.links]
    for match in _STRETCH.finditer(_without_signs(cell)):
        start, end = _core(raw, *match.span())
        if _WORD.search(raw, start, end):
            inside = any(first <= start and end <= last for first, last in linked)
            found.append(Part(start, end, raw[start:end], linked=inside))
    return sorted(found)


def _without_signs(cell: Cell) -> str:
    """The content with line feeds in place of all that is no text: a cell has none itself."""
    signs = list(cell.raw)
    for link in cell.links:
        for start, end in _signs(link, cell):
            signs[start:end] = "\n" * (end - start)
    return _TAG.sub(lambda tag: "\n" * len(tag[0]), "".join(signs))


def _signs(link: Link, cell: Cell) -> Iterator[tuple[int, int]]:
    start, end = (at - cell.span.start for at in link.span)
    raw = cell.raw
    if link.bare or link.image or not raw.startswith("[", start):
        yield start, end
    else:
        yield start, start + 1
        yield max(start + 1, raw.rfind("]", start, link.target.start - cell.span.start)), end


def _core(raw: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the blanks, separators and emphasis around it."""
    while True:
        while start < end and raw[start] in " \t|/·•:;,":
            start += 1
        while start < end and raw[end - 1] in " \t|/·•:;,":
            end -= 1
        size = next((len(a) for a, b in _PAIRS if _wraps(raw[start:end], a, b)), 0)
        if not size:
            return start, end
        start, end = start + size, end - size


def _wraps(text: str, first: str, last: str) -> bool:
    size = len(first)
    inner = text[size:-size]
    return (
        len(text) > 2 * size
        and text.startswith(first)
        and text.endswith(last)
        and not inner.endswith("\\")
        and first not in inner
        and last not in inner
    )
