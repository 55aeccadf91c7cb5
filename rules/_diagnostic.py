"""What rules say: Diagnostic, Fix and Edit; and how edits change a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rules._document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How sure a rule is: an error is certainly wrong, a warning probably, a note worth knowing."""

    OFF = "off"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace a span (in characters of the whole text) by a text."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """Take a whole line, without its line end, to the start of another line (or the text's end)."""

    span: Span
    to: int


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend one diagnostic; a safe one may be applied without asking anybody."""

    edits: tuple[Edit | Move, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing a rule says about one place.

    `anchor` tells what it is about when lines move: the row's paper, else the row's text, else the
    section. `line` is 1-based; `row` is the row's source text.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    line: int
    anchor: str
    row: str
    fix: Fix | None = None


def apply(text: str, edits: Iterable[Edit | Move]) -> str:
    """The text after the edits, the same elsewhere; a moved line takes its edits along.

    Edits that touch what an earlier one of the list already changes are left out.
    """
    chosen = disjoint(edits)
    newline = "\r\n" if "\r\n" in text else "\n"
    added = "" if text.endswith("\n") else newline  # so that every line can be moved alike
    whole = text + added
    plain = sorted((edit for edit in chosen if isinstance(edit, Edit)), key=lambda e: e.span)
    starts = [edit.span.start for edit in plain]
    inner: set[Edit] = set()
    relocated: list[Edit] = []
    for move in (edit for edit in chosen if isinstance(edit, Move)):
        if move.span.start <= move.to <= whole_line(whole, move.span).end:
            continue  # the line stands there already
        near = plain[bisect_left(starts, move.span.start) : bisect_right(starts, move.span.end)]
        along = [edit for edit in near if _within(edit, move)]
        to = len(whole) if move.to == len(text) else move.to
        relocated += _relocate(whole, Move(move.span, to), along, newline)
        inner.update(along)
    result = splice(whole, [*relocated, *(edit for edit in plain if edit not in inner)])
    return result.removesuffix(added)


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Replace disjoint spans; insertions at one place keep their order."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def disjoint(edits: Iterable[Edit | Move]) -> list[Edit | Move]:
    """The edits that do not disturb an earlier one, in the given order."""
    taken = _Taken()
    return [edit for edit in edits if taken.take(edit)]


class _Taken:
    """The places that edits have claimed, kept sorted so that thousands of edits stay cheap."""

    def __init__(self) -> None:
        self._edits: list[Span] = []
        self._moves: list[Span] = []
        self._targets: list[int] = []

    def take(self, edit: Edit | Move) -> bool:
        free = self._move_fits(edit) if isinstance(edit, Move) else self._edit_fits(edit)
        if free:
            insort(self._moves if isinstance(edit, Move) else self._edits, edit.span)
            if isinstance(edit, Move):
                insort(self._targets, edit.to)
        return free

    def _edit_fits(self, edit: Edit) -> bool:
        crossed = _first_from(self._targets, edit.span.start + 1)
        if crossed is not None and crossed < edit.span.end:
            return False
        return not _touching(self._edits, edit.span) and all(
            _within(edit, Move(span, 0)) for span in _touching(self._moves, edit.span)
        )

    def _move_fits(self, move: Move) -> bool:
        if _first_from(self._targets, move.to) == move.to or _touching(self._moves, move.span):
            return False
        if any(span.start < move.to < span.end for span in _touching(self._edits, _at(move.to))):
            return False
        return all(_within(Edit(span, ""), move) for span in _touching(self._edits, move.span))


def _at(offset: int) -> Span:
    return Span(offset - 1, offset + 1)


def _first_from(sorted_offsets: list[int], offset: int) -> int | None:
    at = bisect_left(sorted_offsets, offset)
    return sorted_offsets[at] if at < len(sorted_offsets) else None


def _touching(spans: list[Span], span: Span) -> list[Span]:
    """Those of the sorted, disjoint spans that overlap a span or equal it."""
    found, at = [], bisect_right(spans, span)
    for index in range(at - 1, -1, -1):
        if spans[index].end < span.start:
            break
        found.append(spans[index])
    for index in range(at, len(spans)):
        if spans[index].start > span.end:
            break
        found.append(spans[index])
    return [other for other in found if other == span or _overlap(other, span)]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _within(edit: Edit, move: Move) -> bool:
    return move.span.start <= edit.span.start and edit.span.end <= move.span.end


def _relocate(text: str, move: Move, inner: Iterable[Edit], newline: str) -> list[Edit]:
    start, end = move.span
    local = [Edit(Span(e.span.start - start, e.span.end - start), e.text) for e in inner]
    line = splice(text[start:end], local)
    return [Edit(Span(move.to, move.to), line + newline), Edit(whole_line(text, move.span), "")]


def whole_line(text: str, span: Span) -> Span:
    """A line's span with its line end; for a last line without one, with the line end before it."""
    start, end = span
    following = text.find("\n", end)
    if following >= 0:
        return Span(start, following + 1)
    before = text.rfind("\n", 0, start)
    if before < 0:
        return span
    return Span(before - 1 if text[before - 1 : before] == "\r" else before, end)
