"""The edits that mend a pull request's own rows, and no line that stood there before. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules import Edit, Fix, Move, Remark


def narrowed(text: str, before: str, remarks: Iterable[Remark]) -> list[Remark]:
    """The remarks with those of their edits that keep to the pull request's own lines.

    Args:
        text: the file in the pull request.
        before: the file where the pull request left the base branch.
        remarks: what is said about it.
    """
    lines = _Lines(text, before)
    kept = []
    for remark in remarks:
        fixes = (d.fix for d in remark.diagnostics if d.fix and d.fix.safe)
        allowed = {edit for fix in fixes if lines.take(fix) for edit in fix.edits}
        edits = tuple(edit for edit in remark.edits if edit in allowed)
        kept.append(replace(remark, edits=edits))
    return kept


def applied(text: str, remarks: Iterable[Remark]) -> str:
    """A text with the edits of all its remarks."""
    return rules.apply(text, [edit for remark in remarks for edit in remark.edits])


class _Lines:
    """The lines of a file: its own are those that it has more often than the file before.

    Of equal lines it does not matter which one is the new one, only how many may go.
    """

    def __init__(self, text: str, before: str) -> None:
        self._text = text
        self._lines = _split(text)
        ends = (len(line) + 1 for line in text.split("\n"))
        self._starts = [0, *accumulate(ends)]
        self._spare = Counter(self._lines) - Counter(_split(before))
        self._taken: set[int] = set()

    def take(self, fix: Fix) -> bool:
        """Whether a fix changes own lines alone; if so, they are its."""
        touched = {index for edit in fix.edits for index in self._touched(edit)} - self._taken
        needed = Counter(self._lines[index] for index in touched)
        if not needed <= self._spare:
            return False
        self._spare -= needed
        self._taken |= touched
        return True

    def _touched(self, edit: Edit | Move) -> Iterator[int]:
        """The lines that an edit changes or takes away, counted from 0."""
        first, last = (bisect_right(self._starts, at) - 1 for at in edit.span)
        if isinstance(edit, rules.Move):
            yield first
            return
        start, end = self._starts[first], self._starts[last + 1] - 1
        new = self._text[start : edit.span.start] + edit.text + self._text[edit.span.end : end]
        old, lines = self._lines[first : last + 1], _split(new)
        before = _common(old, lines)
        after = _common(old[before:][::-1], lines[before:][::-1])
        yield from range(first + before, last + 1 - after)


def _split(text: str) -> list[str]:
    """Lines without their ends: a line is the same whichever it has."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
