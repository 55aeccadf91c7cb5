"""Small helpers for messages: quoted text that cannot do harm, and places."""

from __future__ import annotations

import re

from rules._say import Line, Text, say

_LONGEST = 60
_TICKS = re.compile("`+")
# Marks that would turn the words after them around: not part of anybody's title.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def quote(text: str) -> str:
    """A list's own text as a code span: no mention, entity, comment or link in it comes alive."""
    text = " ".join(without_turns(text).split()) or " "
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1].rstrip() + "…"
    fence = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def without_turns(text: str) -> str:
    """A text without the marks that turn the words after them around."""
    return _TURNS.sub("", text)


def distance(line: int, other: int) -> Text:
    """Where another line stands, seen from a line: `one line above` or `in line 50`."""
    if abs(line - other) == 1:
        return say("one line above") if other < line else say("one line below")
    return say("in line {line}", line=Line(other))
