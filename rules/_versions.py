"""Versions of one list, line by line: what a side did to it, and where two sides meet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rules import _conventions, _pairs
from rules._context import Context
from rules._document import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules._conventions import Conventions
    from rules._document import Document, Row, Table


class Line(NamedTuple):
    text: str
    end: str


class Region(NamedTuple):
    """Lines between two that all three versions have; some side changed something there."""

    base: range
    tip: range
    head: range


@dataclass(frozen=True)
class Version:
    """A list's text; lines are counted from 0 here."""

    document: Document

    @cached_property
    def lines(self) -> list[Line]:
        return split(self.document.text)

    @cached_property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]

    @cached_property
    def rows(self) -> dict[int, tuple[Table, Row]]:
        return {row.line - 1: (t, row) for t in self.document.tables for row in t.rows}

    @cached_property
    def conventions(self) -> Conventions:
        return _conventions.infer(self.document)

    @cached_property
    def tables(self) -> Mapping[_conventions.TableKey, Table]:
        return dict(_conventions.keys(self.document))

    def table(self, line: int) -> Table | None:
        return self.rows[line][0] if line in self.rows else None

    def part(self, lines: range) -> list[str]:
        return self.texts[lines.start : lines.stop]

    def name(self, line: int) -> tuple[tuple[str, ...], str]:
        """A row by its section and text."""
        table, _ = self.rows[line]
        return table.section.path, self.texts[line].strip()


def version(text: str) -> Version:
    return Version(parse(text))


def split(text: str) -> list[Line]:
    """Lines with their ends, whatever these are; the last line's end may be missing."""
    *whole, last = text.split("\n")
    found = [Line(line[:-1], "\r\n") if line.endswith("\r") else Line(line, "\n") for line in whole]
    return [*found, Line(last, "")] if last else found


class Side:
    """What became of the base's lines in another version: each is a line number -> another.

    `same` stand where they stood, `moved` are rows that stand elsewhere in their section, `edited`
    rows that say something else now; what is in none of them is gone.
    """

    def __init__(self, base: Version, other: Version) -> None:
        self.base, self.other = base, other
        self.same = _matching(base.texts, other.texts)
        context = Context(other.document, base.conventions)
        self.edited = {
            pair.old.line - 1: pair.row.line - 1
            for pair in _pairs.edited(context)
            if pair.old.line - 1 not in self.same
        }
        self.moved = self._moved()

    def _moved(self) -> dict[int, int]:
        taken = {*self.same.values(), *self.edited.values()}
        places = defaultdict(list)
        for line in reversed(self.other.rows):
            if line not in taken:
                places[self.other.name(line)].append(line)
        return {
            line: places[name].pop()
            for line in self.base.rows
            if line not in self.same and line not in self.edited
            if places[name := self.base.name(line)]
        }

    def unchanged(self, line: int) -> int | None:
        """Where a line of the base stands now, as it was."""
        return self.same.get(line, self.moved.get(line))

    @cached_property
    def known(self) -> frozenset[int]:
        """The lines of this version that come from the base."""
        return frozenset((*self.same.values(), *self.edited.values(), *self.moved.values()))

    @cached_property
    def arrived(self) -> frozenset[int]:
        """The rows that are new in this version."""
        return frozenset(line for line in self.other.rows if line not in self.known)

    def gaps(self, base: range, other: range) -> Iterator[tuple[range, range]]:
        """The parts of a region that this side changed: lines of the base and lines now."""
        at, there = base.start, other.start
        for line in (*base, base.stop):
            to = other.stop if line == base.stop else self.same.get(line)
            if to is None:
                continue
            if at < line or there < to:
                yield range(at, line), range(there, to)
            at, there = line + 1, to + 1


def _matching(one: list[str], other: list[str]) -> dict[int, int]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def regions(tip: Side, head: Side) -> Iterator[Region]:
    """Where one of the sides, or both, changed something: a three-way comparison of lines."""
    at = (0, 0, 0)
    for line in (*sorted(tip.same.keys() & head.same.keys()), len(tip.base.lines)):
        to = (
            line,
            tip.same.get(line, len(tip.other.lines)),
            head.same.get(line, len(head.other.lines)),
        )
        if at < to and any(start < stop for start, stop in zip(at, to, strict=True)):
            yield Region(*map(range, at, to))
        at = (to[0] + 1, to[1] + 1, to[2] + 1)
