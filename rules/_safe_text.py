"""Text from outside as one safe line of a cell: it shows as it stands and breaks no table."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from rules import _papers
from rules._words import without_turns

# No title is longer; what is cut off was none.
_LONGEST = 500
# A cell with more of them is no longer read.
_MAX_MARKS = 50
_MARK = re.compile(r"[*_`~<\[\]\\]")
# Formulas as GitHub shows them, of signs that end no cell and begin no tag.
_FORMULA = re.compile(r"\$(?=\S)[\w\\{}^+=,./() *-]{1,100}(?<=\S)\$(?!\d)")
_SPECIAL = re.compile(r"[\\`*|<>~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_ADDRESS = re.compile(r"(?i)(?<=https)://|(?<=http)://|(?<=ftp)://|(?<=\bwww)\.")
_ALIVE = re.compile(r"\]\s*[(\[:]|!\[|\[\^")
_BRACKET = re.compile(r"[\[\]]")
_CONTROL = frozenset({"Cc", "Cs", "Co", "Cn"})


def line(text: str) -> str:
    """A text without line ends, control characters and marks that turn others around."""
    kept = (" " if unicodedata.category(c) in _CONTROL else c for c in text[: 4 * _LONGEST])
    return " ".join(without_turns("".join(kept)).split())[:_LONGEST].rstrip()


def plain(text: str) -> str:
    """A text as Markdown for a cell: no link, tag, emphasis or pipe in it comes alive."""
    text = line(text)
    if len(_MARK.findall(text)) > _MAX_MARKS:
        text = " ".join(_MARK.sub(" ", text).split())
    formulas = _FORMULA.findall(text)
    pieces = [_escaped(piece) for piece in _FORMULA.split(text)]
    return "".join(a + b for a, b in zip(pieces, [*formulas, ""], strict=True))


def _escaped(text: str) -> str:
    text = _ADDRESS.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", text))
    harmless = not _ALIVE.search(text) and text.count("[") == text.count("]")
    return text if harmless else _BRACKET.sub(r"\\\g<0>", text)


def address(url: str) -> str:
    """A web address as it can stand in a link; empty for anything else."""
    url = url.strip()
    if len(url) > 2 * _LONGEST or not _papers.identify(url):
        return ""
    return quote(url, safe="!#$%&'*+,-./:;=?@_~")
