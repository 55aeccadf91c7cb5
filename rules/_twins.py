"""Rows that mean one paper: by their links, and by titles where links do not say otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from rules import _papers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Row

# A title must be this long and this alike to tell a paper without its link.
_WORDS, _LETTERS = 4, 20
_LONG_TITLE = 6
# Two spellings of one word: `generation` and `genaration`, not `I` and `II`.
_LONG_WORD, _ALIKE = 6, 85
_NUMBER = re.compile(r"\d")
# How many neighbours in alphabetical order a title is compared with, from the front and the back.
_WINDOW = 3


class Entry(NamedTuple):
    """A row with what it says about its paper; the title is normalised."""

    listed: ListTable
    row: Row
    paper: str
    title: str

    @property
    def section(self) -> tuple[str, ...]:
        return self.listed.table.section.path

    @property
    def age(self) -> tuple[bool, int]:
        """Sorts rows that stood there before, then by line."""
        return self.listed.is_new(self.row), self.row.line


Pair = tuple[Entry, Entry]


def entries(context: Context) -> list[Entry]:
    """Every row of every table, in order of line."""
    return [
        Entry(listed, row, listed.papers.get(row.line, ""), _papers.normal_title(listed.title(row)))
        for listed in context.tables
        for row in listed.rows
    ]


def twins(found: Sequence[Entry]) -> list[list[Entry]]:
    """Groups of two or more rows of one paper, oldest first."""
    leader = {entry.row.line: entry.row.line for entry in found}
    for one, other in (*_linked_alike(found), *_titled_alike(found)):
        leader[_leading(leader, other.row.line)] = _leading(leader, one.row.line)
    groups: dict[int, list[Entry]] = defaultdict(list)
    for entry in found:
        groups[_leading(leader, entry.row.line)].append(entry)
    return [sorted(group, key=lambda e: e.age) for group in groups.values() if len(group) > 1]


def _leading(leader: dict[int, int], line: int) -> int:
    while leader[line] != line:
        leader[line] = leader[leader[line]]
        line = leader[line]
    return line


def has_another_name(entry: Entry, other: Entry) -> bool:
    """Whether a column of names, such as a model's or data set's, tells them apart."""
    return any(
        here.text.strip() != there.text.strip()
        for column, (here, there) in enumerate(zip(entry.row.cells, other.row.cells, strict=False))
        if column in entry.listed.names
    )


def _linked_alike(found: Sequence[Entry]) -> Iterator[Pair]:
    """Pairs of rows with one link whose titles may be one."""
    by_paper: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        for other in by_paper[entry.paper][-_WINDOW:] if entry.paper else ():
            if _papers.same_title(entry.title, other.title):
                yield other, entry
        by_paper[entry.paper].append(entry)


def _titled_alike(found: Sequence[Entry]) -> Iterator[Pair]:
    """Pairs of rows in one section with one long title, unless their links name two papers."""
    long = [e for e in found if len(e.title) >= _LETTERS and len(e.title.split()) >= _WORDS]
    for order in (
        sorted(long, key=lambda e: (e.section, e.title)),
        sorted(long, key=lambda e: (e.section, e.title[::-1])),
    ):
        for place, entry in enumerate(order):
            for other in order[place + 1 : place + 1 + _WINDOW]:
                if _one_title(entry, other) and not _two_papers(entry, other):
                    yield entry, other


def _one_title(one: Entry, other: Entry) -> bool:
    """Whether two titles differ in nothing or in the spelling of one long word."""
    if one.section != other.section:
        return False
    if one.title.replace(" ", "") == other.title.replace(" ", ""):
        return True
    here, there = one.title.split(), other.title.split()
    differing = [pair for pair in zip(here, there, strict=False) if pair[0] != pair[1]]
    if len(here) != len(there) or len(differing) != 1 or _NUMBER.search("".join(differing[0])):
        return False
    return min(map(len, differing[0])) >= _LONG_WORD and fuzz.ratio(*differing[0]) >= _ALIKE


def _two_papers(here: Entry, there: Entry) -> bool:
    """Whether the links speak against one paper: two ids of one kind, or two addresses of none.

    Two sites may each show a paper; then its title must be long and the same to the letter.
    """
    one, other = here.paper, there.paper
    kinds = {one.partition(":")[0], other.partition(":")[0]}
    if one == other:
        return False
    if kinds == {"url"} and _site(one) != _site(other) and here.title == there.title:
        return len(here.title.split()) < _LONG_TITLE
    return len(kinds) == 1 or not (_papers.is_paper(one) or _papers.is_paper(other))


def _site(paper: str) -> str:
    return paper.removeprefix("url:").partition("/")[0]
