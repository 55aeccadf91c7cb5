"""A cell's inline content through mistletoe: what a reader sees, and its links with positions."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rules import _mistletoe
from rules._mistletoe import span_token, span_tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Past these a cell is no list entry but an attack on mistletoe, which is quadratic here.
_MAX_BRACKETS = 60
_MAX_MARKS = 400

_MARKS = re.compile(r"[*_`~<]")
_ANY_MARK = re.compile(r"[*_`~<\[\\&]|://")
# Half of all cells that hold a mark are one link and nothing else: these need no tokens.
_ONE_LINK = re.compile(
    r"\[(?P<text>[^\[\]*_`~<>&\\:!]+)\]\((?P<url>https?://[^\s()\[\]<>*`~&\\\"']+)\)"
)
_ATTRIBUTE = re.compile(r"\s(?:href|src)\s*=\s*(?P<quote>[\"']?)(?P<url>[^\s\"'<>]++)(?P=quote)")


@dataclass(frozen=True, slots=True)
class InlineLink:
    """Positions count from the start of the cell's content."""

    text: str
    url: str
    start: int
    end: int
    target_start: int
    target_end: int
    image: bool
    bare: bool


@dataclass(frozen=True, slots=True)
class Inline:
    text: str
    links: tuple[InlineLink, ...] = ()


class _Core(span_token.CoreTokens):
    """Links, images and emphasis that remember where they stand."""

    def __new__(cls, match: Any) -> Any:
        found = super().__new__(cls, match)
        found.match = match
        return found


class _AutoLink(span_token.AutoLink):
    def __init__(self, match: re.Match[str]) -> None:
        super().__init__(match)
        self.match = match


class _BareUrl(span_token.SpanToken):
    """An address without brackets, which GitHub links by itself."""

    pattern = re.compile(r"https?://[^\s<>|\"'`]*[^\s<>|\"'`.,;:!?*_~)\]（），。、]")
    parse_inner = False
    parse_group = 0
    precedence = 2

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match
        self.target = match[0]
        self.children = (span_token.RawText(match[0]),)


class _Html(span_token.SpanToken):
    """A tag: no text, but perhaps an address."""

    pattern = re.compile(r"(?<!\\)</?[A-Za-z!][^<>]*+>")
    parse_inner = False
    parse_group = 0
    precedence = 4

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match
        self.address = _ATTRIBUTE.search(match.string, *match.span())
        self.target = html.unescape(self.address["url"]) if self.address else ""
        self.children = ()


_TOKENS = [
    span_token.EscapeSequence,
    span_token.Strikethrough,
    _AutoLink,
    _Html,
    _Core,
    span_token.InlineCode,
    _BareUrl,
    span_token.RawText,
]


@dataclass(frozen=True, slots=True)
class _Root:
    footnotes: Mapping[str, tuple[str, str]]


def read(raw: str, references: Mapping[str, tuple[str, str]]) -> Inline:
    """Read a cell's content.

    Args:
        raw: the content as it stands in the source.
        references: the document's link reference definitions.
    """
    if not _ANY_MARK.search(raw):
        return Inline(raw)
    if not is_readable(raw):
        return Inline(raw)
    link = _ONE_LINK.fullmatch(raw)
    if link:
        return _one_link(link)
    return _tokenize(raw, references) if references else _remembered(raw)


# The lists before and after a change share nearly all their cells.
@lru_cache(250_000)
def _remembered(raw: str) -> Inline:
    return _tokenize(raw, {})


def is_readable(raw: str) -> bool:
    """Whether a text is short of the marks that would keep mistletoe busy for ever."""
    return raw.count("[") <= _MAX_BRACKETS and len(_MARKS.findall(raw)) <= _MAX_MARKS


def addresses(text: str) -> Iterator[tuple[str, int, bool]]:
    """The addresses in a text's HTML tags, where each begins, and whether it is an image's."""
    for tag in _Html.pattern.finditer(text):
        for found in _ATTRIBUTE.finditer(text, *tag.span()):
            image = tag[0][1:4].lower() == "img"
            yield html.unescape(found["url"]), found.start("url"), image


def _one_link(link: re.Match[str]) -> Inline:
    place = (*link.span(), *link.span("url"))
    found = InlineLink(link["text"], link["url"], *place, image=False, bare=False)
    return Inline(" ".join(link["text"].split()), (found,))


def _tokenize(raw: str, references: Mapping[str, tuple[str, str]]) -> Inline:
    _mistletoe.token._root_node = _Root(references)  # noqa: SLF001  its only way in
    try:
        tokens = span_tokenizer.tokenize(raw, _TOKENS)
    finally:
        _mistletoe.token._root_node = None  # noqa: SLF001
    text = " ".join("".join(_text(token) for token in tokens).split())
    return Inline(text, tuple(link for token in tokens for link in _links(token)))


def _text(token: Any) -> str:
    if isinstance(token, span_token.RawText):
        return str(token.content)
    if isinstance(token, _Html):
        return " "
    return "".join(_text(child) for child in token.children or ())


def _links(token: Any) -> Iterator[InlineLink]:
    if isinstance(token, span_token.Link | span_token.Image):
        yield _link(token)
    elif isinstance(token, _AutoLink | _BareUrl) and "://" in token.target:
        group = 1 if isinstance(token, _AutoLink) else 0
        place = (*token.match.span(0), *token.match.span(group))
        yield InlineLink(_text(token), token.target, *place, image=False, bare=True)
    elif isinstance(token, _Html) and token.address:
        place = (*token.match.span(0), *token.address.span("url"))
        image = token.match[0][1:4].lower() == "img"
        yield InlineLink("", token.target, *place, image=image, bare=False)
    for child in token.children or ():
        if not isinstance(token, _AutoLink | _BareUrl):
            yield from _links(child)


def _link(token: Any) -> InlineLink:
    image = isinstance(token, span_token.Image)
    match = token.match
    start, end = match.start(2), match.end(2)
    if start < 0:  # a reference link: its address stands elsewhere
        start = end = match.end()
    elif match.dest_type == "angle_uri":
        start, end = start + 1, end - 1
    url = token.src if image else token.target
    return InlineLink(_text(token), url, match.start(), match.end(), start, end, image, bare=False)
