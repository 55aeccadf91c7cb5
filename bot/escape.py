"""Text that is not ours, made harmless for GitHub's Markdown. Pure."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_NAMED = re.compile(r"([@#])")
_CLOSING = re.compile(r"(?i)(\bgh-(?=\d)|:(?=//))")  # "fixes GH-1", "closes https://..."
_TICKS = re.compile("`+")
# With its backslashes: whether `\\\\|` ends a cell is told differently by different readers.
_PIPE = re.compile(r"\\*\|")
# Marks that turn the words after them around, ours too.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOBODY = "\u200b"  # zero width: keeps @name and #1 from naming anybody and anything


def plain(text: str) -> str:
    """Text that shows as it stands: no mention, link, HTML, emphasis or table comes alive."""
    escaped = _SPECIAL.sub(r"\\\1", " ".join(_TURNS.sub("", text).split()))
    return _NAMED.sub(rf"\1{_NOBODY}", escaped)


def headline(text: str) -> str:
    """Text for a title or a commit's message: it names nobody, and closes no issue."""
    text = " ".join(_TURNS.sub("", text).split())
    return _CLOSING.sub(rf"\1{_NOBODY}", _NAMED.sub(rf"\1{_NOBODY}", text))


def cell(markdown: str) -> str:
    """Our own Markdown inside a table's cell: one line, and no pipe ends it."""
    return _PIPE.sub(r"\\|", " ".join(markdown.split()))


def code(text: str) -> str:
    """Text as a code span, whatever backticks it holds."""
    text = " ".join(_TURNS.sub("", text).split()) or " "
    ticks = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    return f"{ticks} {text} {ticks}" if "`" in text else f"{ticks}{text}{ticks}"


def fence(content: str) -> str:
    """A fence longer than any run of backticks in the content."""
    longest = max((len(run) for run in _TICKS.findall(content)), default=0)
    return "`" * max(3, longest + 1)
