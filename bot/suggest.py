"""Fix -> suggestion: the lines that edits replace, and what stands there then. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

import rules
from bot import diff, escape
from rules import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules import Move, Remark

# A longer one would hide the change among rows that stay as they are.
_LINES = 30
BYTES = 50_000  # of a comment's 65,536: words stand beside it


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Replace the lines `first` to `last` (1-based, both included) by `lines`.

    `rows` are the lines of the rows that it mends.
    """

    first: int
    last: int
    lines: tuple[str, ...]
    rows: tuple[int, ...]

    @property
    def markdown(self) -> str:
        content = "".join(f"{line}\n" for line in self.lines)
        ticks = escape.fence(content)
        return f"{ticks}suggestion\n{content}{ticks}"

    def meets(self, lines: range) -> bool:
        """Whether it replaces one of these lines."""
        return self.first < lines.stop and lines.start <= self.last


def suggestions(
    text: str, remarks: Sequence[Remark], runs: Iterable[range], taken: Iterable[range] = ()
) -> dict[int, Suggestion]:
    """The suggestion for each line that carries one.

    Edits of several rows whose lines overlap become one suggestion, on the first of these rows:
    two of them could not both be committed.

    Args:
        text: the file at the head.
        remarks: what is said about it.
        runs: lines among which GitHub commits suggestions.
        taken: the lines of earlier suggestions that can still be pressed.

    Returns:
        Row's line -> suggestion; a row whose edits do not fit into one run has none.
    """
    runs, taken = list(runs), list(taken)
    groups: list[_Group] = []
    for remark in remarks:
        group, others = _joined(text, _Group.of(text, [remark]), groups)
        made = group.suggestion
        if made and _fits(made, runs) and not any(made.meets(lines) for lines in taken):
            groups = [*others, group]
    return {min(made.rows): made for group in groups if (made := group.suggestion)}


class _Group(NamedTuple):
    """Remarks that share a suggestion."""

    remarks: list[Remark]
    suggestion: Suggestion | None

    @classmethod
    def of(cls, text: str, remarks: list[Remark]) -> _Group:
        lines = [remark.line for remark in remarks]
        edits = [edit for remark in remarks for edit in remark.edits]
        return cls(remarks, suggestion(text, lines, edits))

    def overlaps(self, other: _Group) -> bool:
        one, two = self.suggestion, other.suggestion
        return bool(one and two and one.meets(range(two.first, two.last + 1)))


def _joined(text: str, group: _Group, others: list[_Group]) -> tuple[_Group, list[_Group]]:
    """A group with all those that it overlaps, and the rest."""
    near = [other for other in others if group.overlaps(other)]
    if near:
        remarks = [remark for each in (*near, group) for remark in each.remarks]
        group = _Group.of(text, sorted(remarks, key=lambda remark: remark.line))
    return group, [other for other in others if other not in near]


def _fits(made: Suggestion, runs: Iterable[range]) -> bool:
    return (
        made.last - made.first < _LINES
        and len(made.markdown.encode(errors="surrogatepass")) <= BYTES
        and not any("\r" in line for line in made.lines)  # a comment would end the line there
        and diff.fits(runs, made.first, made.last)
    )


def suggestion(text: str, rows: Sequence[int], edits: Sequence[Edit | Move]) -> Suggestion | None:
    """What edits make of the lines around some rows; None when they change nothing."""
    old, new = text.split("\n"), rules.apply(text, edits).split("\n")
    if old == new:
        return None
    before = _common(old, new)
    after = _common(old[before:][::-1], new[before:][::-1])
    first = min(before + 1, *rows)
    last = max(len(old) - after, *rows)
    lines = new[first - 1 : last + len(new) - len(old)]
    return Suggestion(first, last, tuple(li.removesuffix("\r") for li in lines), tuple(rows))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def corrected(text: str, remark: Remark) -> str | None:
    """A row by itself as its edits make it; None where it is to go, or to stay as it is."""
    start = _start(text, remark.line)
    end = text.find("\n", start)
    row = text[start : end if end >= 0 else None].removesuffix("\r")
    span = Span(start, start + len(row))
    inner = [e for e in remark.edits if isinstance(e, Edit) and _within(e.span, span)]
    made = rules.apply(
        row, [Edit(Span(e.span.start - start, e.span.end - start), e.text) for e in inner]
    )
    moved = any(not isinstance(edit, Edit) and edit.span == span for edit in remark.edits)
    return made if made.strip() and (moved or made != row) else None


def _start(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return at


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
