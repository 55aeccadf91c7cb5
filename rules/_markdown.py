"""mistletoe's block grammar, cut down to what is asked of it: where headings and tables stand.

No inline content is read here, and nothing is read twice: the classes below keep raw lines where
mistletoe would parse them. Its own quadratic corners (blanks before a delimiter row, headings
underlined with `=` or `-`, blanks in a heading, containers in containers) are kept out.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules._mistletoe import block_token, token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mistletoe.block_tokenizer import FileWrapper

_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
# Deeper than any real list; mistletoe recurses at each level.
_TOO_DEEP = re.compile(r"[ \t]{80}|(?:[ \t]*(?:>|[-+*](?=[ \t>])|\d{1,9}[.)](?=[ \t>]))){20}")
_ATX = re.compile(r" {0,3}(#{1,6})(?!\S)(.*)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_TAG = re.compile(r"<[^<>]*>")
# Lists without headings name their sections so; they count as deeper than any heading.
_SUMMARY = re.compile(r"<summary>((?:(?!<summary>).)*?)</summary>", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\*\*|__)(?P<md>[^*_]+)(?:\*\*|__):?|<(?P<tag>b|strong)>(?P<html>.+)</(?P=tag)>:?"
)
_SUMMARY_LEVEL, _LABEL_LEVEL = 7, 8
# A reference's title may go on over lines, but not for ever.
_TITLE_LINES = 20


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    line: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Header, delimiter and rows as raw lines, the first of them on `line` (1-based)."""

    line: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a document is made of; prose and HTML as (line, text), prose line by line."""

    headings: tuple[HeadingBlock, ...]
    tables: tuple[TableBlock, ...]
    prose: tuple[tuple[int, str], ...]
    html: tuple[tuple[int, str], ...]
    references: Mapping[str, tuple[str, str]]


class _Table(block_token.Table):
    """A table that keeps its lines."""

    def __init__(self, match: tuple[list[str], int]) -> None:
        self.lines, self.first = match
        self.children = ()

    @classmethod
    def read(cls, lines: FileWrapper, check_only: bool = False) -> Any:
        anchor = lines.get_pos()
        header = next(lines)
        first = lines.line_number()
        delimiter = next(lines, None)
        if delimiter is None or not _DELIMITER.fullmatch(delimiter.strip()):
            lines.set_pos(anchor)
            return None
        if check_only:
            lines.set_pos(anchor)
            return True
        found = [header, delimiter]
        while (following := lines.peek()) is not None and "|" in following:
            found.append(next(lines))
        return found, first


class _Heading(block_token.Heading):
    """A heading that keeps its raw text."""

    _found = (0, "")

    def __init__(self, match: tuple[int, str]) -> None:
        self.level, self.title = match
        self.children = ()

    @classmethod
    def start(cls, line: str) -> bool:
        match = _ATX.match(line)
        if match:
            cls._found = len(match[1]), without_closing(match[2])
        return match is not None

    @classmethod
    def read(cls, lines: FileWrapper) -> Any:
        next(lines)
        return cls._found


class _Paragraph(block_token.Paragraph):
    """A paragraph that keeps its lines, underlined headings among them."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.children = ()

    @classmethod
    def read(cls, lines: FileWrapper) -> Any:
        found: list[str] = super().read(lines)
        following = lines.peek()
        if following is not None and _UNDERLINE.fullmatch(following.rstrip("\n")):
            found.append(next(lines))  # mistletoe takes `---` for a break between paragraphs
        return found

    @classmethod
    def is_setext_heading(cls, _line: str) -> bool:
        return False  # mistletoe would read its inline content at once


class _Footnote(block_token.Footnote):
    """Reference definitions, one at a time: mistletoe would copy all of them for each."""

    @classmethod
    def read(cls, lines: FileWrapper) -> Any:
        anchor = lines.get_pos()
        found = [next(lines)]
        while (following := lines.peek()) is not None and cls._goes_on(following, len(found)):
            found.append(next(lines))
        text = "".join(found)
        match = cls.match_reference(text, 0)
        lines.set_pos(anchor)
        if match is None:
            return None
        for _ in range(text.count("\n", 0, match[0])):
            next(lines)
        cls.append_footnotes([match[1]], token._root_node)  # noqa: SLF001  as mistletoe does
        return [match[1]]

    @classmethod
    def _goes_on(cls, line: str, count: int) -> bool:
        return bool(line.strip()) and not cls.start(line) and count < _TITLE_LINES


@contextmanager
def _grammar() -> Iterator[None]:
    """Mistletoe keeps its token classes in module globals: set ours, and put its own back."""
    for ours in (_Table, _Heading, _Paragraph, _Footnote):
        block_token.remove_token(ours.__mro__[1])
    block_token.add_token(_Paragraph, len(block_token.__all__))
    block_token.add_token(_Table, 5)
    block_token.add_token(_Footnote, 6)
    block_token.add_token(_Heading)
    block_token.add_token(block_token.HtmlBlock)
    try:
        yield
    finally:
        block_token.reset_tokens()


def read(lines: Sequence[str]) -> Blocks:
    """The headings and tables of a document.

    Args:
        lines: the document's lines without line ends.

    Raises:
        RecursionError: containers are nested deeper than the guard above foresees.
    """
    with _grammar():
        root = block_token.Document([("" if _TOO_DEEP.match(li) else li) + "\n" for li in lines])
    blocks = list(_walk(root))
    paragraphs = [block for block in blocks if isinstance(block, _Paragraph)]
    html = [block for block in blocks if isinstance(block, block_token.HtmlBlock)]
    return Blocks(
        tuple(heading for block in blocks for heading in _headings(block)),
        tuple(
            TableBlock(block.first, tuple(line.rstrip("\n") for line in block.lines))
            for block in blocks
            if isinstance(block, _Table)
        ),
        tuple(
            (block.line_number + n, line.rstrip("\n"))
            for block in paragraphs
            for n, line in enumerate(block.lines)
        ),
        tuple((block.line_number, block.content) for block in html),
        root.footnotes,
    )


def without_closing(title: str) -> str:
    """A heading's text without blanks around it and without the `#` signs that close it."""
    title = title.strip()
    text = title.rstrip("#")
    return text.rstrip() if not text or text[-1].isspace() else title


def _headings(block: Any) -> list[HeadingBlock]:
    if isinstance(block, _Heading):
        return [HeadingBlock(block.line_number, block.level, _plain(block.title))]
    if isinstance(block, _Paragraph):
        return _underlined(block) or _label(block)
    return _summary(block) if isinstance(block, block_token.HtmlBlock) else []


def _walk(block: Any) -> Iterator[Any]:
    for child in block.children or ():
        yield child
        if isinstance(child, block_token.Quote | block_token.List | block_token.ListItem):
            yield from _walk(child)


def _underlined(block: Any) -> list[HeadingBlock]:
    return [
        HeadingBlock(block.line_number + n, 1 if "=" in line else 2, _plain(block.lines[n]))
        for n, line in enumerate(block.lines[1:])
        if _UNDERLINE.fullmatch(line.rstrip("\n"))
    ]


def _label(block: Any) -> list[HeadingBlock]:
    """A line all in bold names what follows it."""
    match = _LABEL.fullmatch(block.lines[-1].strip())
    title = _plain(match["md"] or match["html"]) if match else ""
    line = block.line_number + len(block.lines) - 1
    return [HeadingBlock(line, _LABEL_LEVEL, title)] if title else []


def _summary(block: Any) -> list[HeadingBlock]:
    match = _SUMMARY.search(block.content)
    title = _plain(match[1]) if match else ""
    return [HeadingBlock(block.line_number, _SUMMARY_LEVEL, title)] if title else []


def _plain(title: str) -> str:
    return " ".join(_TAG.sub("", title).replace("*", "").replace("`", "").split())
