"""The links of a text from outside, as a reader sees them: none from code, comments or tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rules import _papers, _safe_text
from rules._kinds import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?(?!https?:)[A-Za-z][^<>\n]{0,2000}>|(?<!`)`{1,20}[^`\n]+`{1,20}")
_SAFE = r"[^\s<>|\"'`\[\]，。、；：）（】【》《」「]"
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<label>(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,300})\]"
    r"\(\s{0,3}<?(?P<target>https?://[^\s<>()]{1,1000}(?:\([^\s<>()]{0,200}\)[^\s<>()]{0,500}){0,3})>?"
    r"(?:\s{1,3}\"[^\"\n]{0,200}\")?\s{0,3}\)"
    rf"|(?P<bare>https?://{_SAFE}{{1,1000}})"
    r"|(?<![\w/.])arxiv[:\s]\s?(?P<arxiv>\d{4}\.\d{4,5})(?:v\d+)?\b"
    r"|(?<![\w/.])doi:\s?(?P<doi>10\.\d{4,9}/[^\s,;|<>\"'`()\[\]]{1,200})",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?*_~'\")]}"


class ToldLink(NamedTuple):
    """A link with its label; `start` and `end` are its place in the text."""

    url: str
    label: str
    start: int
    end: int

    @property
    def identity(self) -> str:
        return _papers.identify(self.url)

    @property
    def is_paper(self) -> bool:
        return kind_of(self.url) is Kind.PAPER or _papers.is_paper(self.identity)

    @property
    def is_code(self) -> bool:
        return kind_of(self.url) is Kind.CODE


def visible(text: str) -> str:
    """The text with blanks in place of code, comments and tags; places stay the same."""
    text = _HIDDEN.sub(_blank, text.replace("\r\n", " \n").replace("\r", "\n"))
    lines, fence = [], ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        closes = bool(fence and match and match[1].startswith(fence))
        lines.append(" " * len(line) if fence or match else line)
        fence = "" if closes else fence or (match[1] if match else "")
    return _TAG.sub(_blank, "\n".join(lines))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def prose(text: str) -> str:
    """A visible text without addresses; of links their labels stay."""
    return _LINK.sub(lambda match: match["label"] or " ", text)


def links(text: str) -> Iterator[ToldLink]:
    """The links of a visible text, pictures left out."""
    for match in _LINK.finditer(text):
        url, end = _address(match)
        url = _safe_text.address(url)
        if url and not match["image"]:
            yield ToldLink(url, match["label"] or "", match.start(), end)


def _address(match: re.Match[str]) -> tuple[str, int]:
    if match["arxiv"]:
        return f"https://arxiv.org/abs/{match['arxiv']}", match.end()
    if match["doi"]:
        return f"https://doi.org/{match['doi'].rstrip('.')}", match.end()
    if match["target"]:
        return match["target"], match.end()
    url = _trimmed(match["bare"])
    return url, match.start() + len(url)


def _trimmed(url: str) -> str:
    """A bare address without the signs of the sentence around it."""
    while url and url[-1] in _TRAILING:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url
