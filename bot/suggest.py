"""Fix -> suggestion: the lines that edits replace, and what stands there then. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import rules
from bot import diff, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules import Edit, Move, Remark

# A longer one would hide the change among rows that stay as they are.
_LINES = 30


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Replace the lines `first` to `last` (1-based, both included) by `lines`."""

    first: int
    last: int
    lines: tuple[str, ...]
    edits: tuple[Edit | Move, ...]

    @property
    def markdown(self) -> str:
        content = "".join(f"{line}\n" for line in self.lines)
        ticks = escape.fence(content)
        return f"{ticks}suggestion\n{content}{ticks}"


def suggestions(
    text: str, remarks: Sequence[Remark], hunks: Iterable[range]
) -> dict[int, Suggestion]:
    """The suggestion for each line that carries one.

    Edits of several rows whose lines overlap become one suggestion, on the first of these rows:
    two of them could not both be committed.

    Args:
        text: the file at the head.
        remarks: what is said about it.
        hunks: where GitHub takes comments.

    Returns:
        Row's line -> suggestion; a row whose edits do not fit into one hunk has none.
    """
    hunks = list(hunks)
    found: list[tuple[int, Suggestion]] = []
    for remark in remarks:
        line, made = remark.line, suggestion(text, remark.line, remark.edits)
        for other in [other for other in found if made and _overlap(other[1], made)]:
            edits = (*other[1].edits, *remark.edits)
            line, made = min(line, other[0]), suggestion(text, other[0], edits)
            found.remove(other)
        if made:
            found.append((line, made))
    return {
        line: made
        for line, made in found
        if made.last - made.first < _LINES and diff.fits(hunks, made.first, made.last)
    }


def suggestion(text: str, line: int, edits: Sequence[Edit | Move]) -> Suggestion | None:
    """What edits make of the lines around a row; None when they change nothing."""
    old, new = text.split("\n"), rules.apply(text, edits).split("\n")
    if old == new:
        return None
    before = _common(old, new)
    after = _common(old[:before:-1], new[:before:-1])
    after = min(after, len(old) - before, len(new) - before)
    first = min(before + 1, line)
    last = max(len(old) - after, line)
    lines = new[first - 1 : last + len(new) - len(old)]
    return Suggestion(first, last, tuple(li.removesuffix("\r") for li in lines), tuple(edits))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _overlap(one: Suggestion, other: Suggestion) -> bool:
    return one.first <= other.last and other.first <= one.last
