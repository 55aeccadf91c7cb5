"""Two sides' changes to one list, merged: row by row where everybody appends at one place."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rules import _merged, _versions
from rules._diagnostic import Edit, splice
from rules._document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules._document import Row, Table
    from rules._versions import Region


class Conflict(StrEnum):
    """Why a place was not merged."""

    TEXT = "text"  # both sides changed what is no row
    EDITED = "edited"  # both edited a row, each in its own way
    REMOVED = "removed"  # the tip removed a row that the head edited
    KEPT = "kept"  # the tip edited a row that the head removed
    TABLE = "table"  # the row's table has other columns in the tip, or is gone


class Clash(NamedTuple):
    """A place where both sides want something else; the line is the tip's for KEPT."""

    line: int
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge.

    Attributes:
        text: the merged list; None where something clashes.
        clashes: what people have to decide.
        known: rows of the head that were left out, as the tip got them meanwhile.
    """

    text: str | None
    clashes: tuple[Clash, ...] = ()
    known: tuple[_merged.Known, ...] = ()


def merge(base: str, tip: str, head: str) -> Merged:
    """Apply to `tip` what `head` changed since `base`; every other byte is the tip's.

    Raises:
        DocumentError: one of the texts is over the limits.
    """
    if tip in {base, head}:
        return Merged(head)
    return Merged(tip) if head == base else _Merge(base, tip, head).merged()


class _Merge:
    """The changes to make to the tip's lines; lines are counted from 0."""

    def __init__(self, base: str, tip: str, head: str) -> None:
        self.base, self.tip, self.head = map(_versions.version, (base, tip, head))
        self.theirs = _versions.Side(self.base, self.tip)
        self.ours = _versions.Side(self.base, self.head)
        self.clashes: list[Clash] = []
        self.gone: set[int] = set()
        self.replaced: dict[int, str] = {}
        self.inserted: defaultdict[int, list[int]] = defaultdict(list)
        self.placed: set[int] = set()
        # Lines of the head -> where the tip has them.
        self.twice = self._added_twice()
        self.standing = self.twice | {
            line: place
            for before, line in (*self.ours.same.items(), *self.ours.edited.items())
            if (place := self._place_of(before)) is not None
        }

    def _place_of(self, line: int) -> int | None:
        """Where the tip has a line of the base, edited or not."""
        found = self.theirs.unchanged(line)
        return self.theirs.edited.get(line) if found is None else found

    def _added_twice(self) -> dict[int, int]:
        """The rows that both sides added with one text."""
        added = defaultdict(list)
        for line in sorted(self.theirs.arrived, reverse=True):
            added[self.tip.name(line)].append(line)
        return {
            line: places.pop()
            for line in sorted(self.ours.arrived)
            if (places := added[self.head.name(line)])
        }

    def merged(self) -> Merged:
        for region in _versions.regions(self.theirs, self.ours):
            old, theirs, ours = (
                version.part(lines)
                for version, lines in zip((self.base, self.tip, self.head), region, strict=True)
            )
            if theirs == old:
                self.gone.update(region.tip)
                self._insert(region.tip.start, region.head)
            elif ours not in (old, theirs):
                self._join(region)
        if self.clashes:
            return Merged(None, tuple(sorted(set(self.clashes))))
        draft = _merged.Draft(
            tuple(self._pieces()), self.tip, self.ours.arrived, self.theirs.arrived, self.placed
        )
        text, known = draft.settled(ends=self.tip.document.text.endswith("\n"))
        return Merged(text, known=known)

    def _insert(self, place: int, lines: Iterable[int]) -> None:
        self.inserted[place] += [line for line in lines if line not in self.twice]

    def _join(self, region: Region) -> None:
        """Do to the tip's rows what the head did to the base's."""
        for old, new in self.ours.gaps(region.base, region.head):
            rows, text = self._rows_and_text(new)
            if self._changes_text(old) or not self._fits(text, region):
                told = next((line for line in text if self.head.texts[line].strip()), new.start)
                self._clash(min(told, len(self.head.lines) - 1), Conflict.TEXT)
            else:
                self._change_rows(old, rows)
                self._insert(region.tip.stop, text)

    def _rows_and_text(self, lines: range) -> tuple[range, range]:
        """New rows, and from the first line on that is none all that follows; no mere blanks."""
        first = next((line for line in lines if line not in self.head.rows), lines.stop)
        text = range(first, lines.stop)
        if not any(self.head.texts[line].strip() for line in text):
            text = range(lines.stop, lines.stop)
        return range(lines.start, first), text

    def _changes_text(self, old: range) -> bool:
        """Whether lines that are no rows went, and the tip did not let go of them as well."""
        return any(line not in self.base.rows and self._place_of(line) is not None for line in old)

    def _fits(self, text: range, region: Region) -> bool:
        """Whether added text may follow the region's rows: a new section, after a blank line."""
        if not text:
            return True
        follows = text.stop == region.head.stop and text.stop not in self.head.rows
        return follows and not self.head.texts[text.start].strip() and self._only_rows(region)

    def _only_rows(self, region: Region) -> bool:
        """Whether the tip changed nothing but rows."""
        theirs = self.theirs
        return all(line in self.base.rows or line in theirs.same for line in region.base) and all(
            line in self.tip.rows or line in theirs.known for line in region.tip
        )

    def _change_rows(self, old: range, rows: Sequence[int]) -> None:
        edited = self.ours.edited
        edits = {line: edited[line] for line in old if edited.get(line) in rows}
        for line in old:
            if line in edits:
                self._edit(line, edits[line])
            elif line in self.base.rows:
                self._remove(line)
        for line in rows:
            if line not in edits.values() and line not in self.twice:
                self._add(line)

    def _edit(self, old: int, new: int) -> None:
        place = self._place_of(old)
        if place is None:
            self._clash(new, Conflict.REMOVED)
        elif place == self.theirs.unchanged(old):
            self.replaced[place] = self.head.texts[new]
        else:
            rows = (self.base.rows[old][1], self.tip.rows[place][1], self.head.rows[new][1])
            both = _by_cells(*rows)
            if both is None:
                self._clash(new, Conflict.EDITED)
            else:
                self.replaced[place] = both

    def _remove(self, old: int) -> None:
        place, edited = self.theirs.unchanged(old), self.theirs.edited.get(old)
        if place is None and edited is not None:
            if self._edited_alike(old):  # the head moved it as well
                place = edited
            else:
                self._clash(edited, Conflict.KEPT)
        if place is not None:
            self.gone.add(place)

    def _edited_alike(self, old: int) -> bool:
        new = self.ours.edited.get(old)
        return new is not None and self.head.name(new) == self.tip.name(self.theirs.edited[old])

    def _add(self, line: int) -> None:
        place = self._place_for(line)
        moved = next((old for old, new in self.ours.moved.items() if new == line), None)
        if moved is not None and self._place_of(moved) is None:
            self._clash(line, Conflict.REMOVED)
        elif place is None:
            self._clash(line, Conflict.TABLE)
        else:
            self._insert(place, (line,))
            self.placed.add(line)

    def _place_for(self, line: int) -> int | None:
        """After the nearest row before it that is there, else before the next, else at the end."""
        table, _ = self.head.rows[line]
        rows = [row.line - 1 for row in table.rows]
        at = bisect_left(rows, line)
        before = self._first_standing(reversed(rows[:at]))
        after = self._first_standing(rows[at + 1 :])
        near = after if before is None else before
        there = self._same_table(table) if near is None else self.tip.table(near)
        # One with a renamed column is the same; where columns were swapped, no row stands there.
        if there is None or len(there.headings) != len(table.headings):
            return None
        if after is None:  # it was appended, and the tip's rows came first
            return there.rows[-1].line if there.rows else there.delimiter.line
        return after if before is None else before + 1

    def _first_standing(self, lines: Iterable[int]) -> int | None:
        return next((self.standing[line] for line in lines if line in self.standing), None)

    def _same_table(self, table: Table) -> Table | None:
        key = next(key for key, found in self.head.tables.items() if found is table)
        return self.tip.tables.get(key)

    def _clash(self, line: int, conflict: Conflict) -> None:
        self.clashes.append(Clash(line + 1, conflict))

    def _pieces(self) -> Iterator[_merged.Piece]:
        """The lines of the merged text, each with where it comes from."""
        newline = self.tip.document.newline
        own = newline == self.head.document.newline
        for place in range(len(self.tip.lines) + 1):
            for line in sorted(self.inserted.get(place, ())):
                text, end = self.head.lines[line]
                yield _merged.Piece(text, (own and end) or newline, None, line)
            if place < len(self.tip.lines) and place not in self.gone:
                text, end = self.tip.lines[place]
                yield _merged.Piece(self.replaced.get(place, text), end or newline, place, None)


def _by_cells(base: Row, tip: Row, head: Row) -> str | None:
    """The tip's line with the head's cells, where no cell was changed differently by both."""
    if not len(base.cells) == len(tip.cells) == len(head.cells):
        return None
    line = tip.document.line_span(tip.line)
    edits = []
    for old, theirs, ours in zip(base.cells, tip.cells, head.cells, strict=True):
        if ours.raw in {old.raw, theirs.raw}:
            continue
        if theirs.raw != old.raw:
            return None
        span = Span(theirs.span.start - line.start, theirs.span.end - line.start)
        edits.append(Edit(span, ours.raw))
    return splice(tip.document.text[slice(*line)], edits)
