"""Lists of contents: list items that link to headings of the same file."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from rules._document import Span
from rules._slugs import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._document import Document
    from rules._slugs import Anchors

_ENTRY = re.compile(
    r"(?P<start>(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+)"
    r"(?P<before>[^\[\]()]{0,20})\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])+)\]"
    r"\(#(?P<fragment>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)(?P<after>.{0,60})"
)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_LONGEST = 1_000
# A list with so many entries that mostly lead somewhere is a list of contents.
_ENTRIES, _RESOLVED = 3, 0.6


class Entry(NamedTuple):
    """An item with the span of its link's text and of its fragment (without `#`).

    `start` is what stands before the link, `plain` tells that nothing else stands on the line.
    """

    line: int
    start: str
    indent: int
    text: str
    fragment: str
    text_span: Span
    span: Span
    plain: bool


def contents(document: Document, anchors: Anchors) -> Iterator[tuple[Entry, ...]]:
    """The document's lists of contents, told by where their entries lead."""
    for entries in candidates(document):
        resolved = sum(anchors.resolve(entry.fragment) for entry in entries)
        if resolved >= _RESOLVED * len(entries):
            yield entries


def candidates(document: Document) -> Iterator[tuple[Entry, ...]]:
    """Lists with enough links to anchors, wherever these lead."""
    lines = [section.line for section in document.sections]
    found: list[Entry] = []
    last = 0
    for line, _ in document.prose:
        span = document.line_span(line)
        text = document.text[span.start : min(span.end, span.start + _LONGEST)]
        heading = bisect_right(lines, last) != bisect_right(lines, line)
        if found and (heading or not _ITEM.match(text)):
            yield from _enough(found)
            found = []
        match = _ENTRY.fullmatch(text)
        if match:
            found.append(_entry(line, span.start, match))
        last = line
    yield from _enough(found)


def _enough(found: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    if len(found) >= _ENTRIES:
        yield tuple(found)


def _entry(line: int, at: int, match: re.Match[str]) -> Entry:
    return Entry(
        line,
        match["start"],
        len(match["indent"].expandtabs(4)),
        rendered(match["text"]).strip(),
        unquote(match["fragment"]),
        Span(at + match.start("text"), at + match.end("text")),
        Span(at + match.start("fragment"), at + match.end("fragment")),
        not match["before"] and not match["after"].strip(),
    )
