"""Rows that two changes both add: one paper, in two pull requests at once. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules import Row

_WORD = re.compile(r"[^\W_]+")
_WORDS, _LETTERS = 4, 20  # of a title that tells a paper without its link
_ROWS = 500  # new rows at most, of each change
_SHORTEST = 4  # letters of a cell that could be a title
_ANY_TABLE = "| | |\n|---|---|"


@dataclass(frozen=True, slots=True)
class Mine:
    """A file of the pull request: its text now, and what stands on the base branch."""

    path: str
    after: str
    before: str


@dataclass(frozen=True, slots=True)
class Theirs:
    """A file as another pull request changes it."""

    number: int
    path: str
    patch: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A row of ours whose paper another pull request adds too.

    `anchor` names the paper however lines move.
    """

    path: str
    line: int
    title: str
    anchor: str
    number: int


class _New(NamedTuple):
    """A new row: what it links, and its title (or each cell that could be one)."""

    line: int
    links: frozenset[str]
    titles: tuple[str, ...]

    @property
    def papers(self) -> frozenset[str]:
        return frozenset(n for n in self.links if not n.startswith(("url:", "repo:")))


def twins(asked: tuple[Sequence[Mine], Sequence[Theirs]]) -> list[Twin]:
    """Our rows that others add too, each with the first of `asked[1]` that has it."""
    mine, theirs = asked
    found = []
    for file in mine:
        others = [(t.number, row) for t in theirs if t.path == file.path for row in _added(t.patch)]
        for row in _own(file) if others else ():
            number = next((n for n, other in others if _one_paper(row, other)), None)
            if number is not None:
                title = row.titles[0] if row.titles else ""
                anchor = min(row.papers, default=_plain(title))
                found.append(Twin(file.path, row.line, title, anchor, number))
    return found


def _own(file: Mine) -> Iterator[_New]:
    """The rows of a file that are new, and whose paper does not stand there already."""
    try:
        document, before = rules.parse(file.after), rules.parse(file.before)
    except rules.DocumentError:
        return
    old = {row.raw.strip() for table in before.tables for row in table.rows}
    known = rules.infer(document).tables.values()
    new = [
        (row, conventions.columns.title)
        for table, conventions in zip(document.tables, known, strict=True)
        for row in table.rows
        if row.raw.strip() not in old
    ]
    text = file.before.casefold()
    for row, column in new[:_ROWS]:
        title = row.cells[column].text if column is not None and column < len(row.cells) else ""
        read = _New(row.line, _links(row), (title,) if _plain(title) else ())
        if not _stands(read, text):
            yield read


def _added(patch: str) -> list[_New]:
    """The rows that a patch adds. What it only edits stands in the list, so never among ours."""
    rows = [line[1:].strip() for line in patch.split("\n") if line.startswith("+")]
    table = "\n".join([_ANY_TABLE, *[row for row in rows if row.startswith("|")][:_ROWS]])
    try:
        document = rules.parse(table)
    except rules.DocumentError:
        return []
    return [
        _New(0, _links(row), tuple(cell.text for cell in row.cells if _could_be_title(cell.text)))
        for each in document.tables
        for row in each.rows
    ]


def _could_be_title(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _SHORTEST


def _links(row: Row) -> frozenset[str]:
    links = (link for cell in row.cells for link in cell.links if link.url and not link.image)
    return frozenset(filter(None, (rules.identify(link.url) for link in links)))


def _stands(row: _New, text: str) -> bool:
    """Whether what a row is about is there already; `text` is in lower case."""
    names = (name.partition(":")[2] for name in row.papers or row.links)
    long = (title.casefold() for title in row.titles if _is_long(title))
    return any(words.casefold() in text for words in (*names, *long))


def _one_paper(row: _New, other: _New) -> bool:
    """Whether two rows certainly mean one paper: by link and title, or by a long title."""
    if row.papers & other.papers:
        pairs = [(one, two) for one in row.titles for two in other.titles]
        return not row.titles or any(rules.same_title(one, two) for one, two in pairs)
    same = {_plain(title) for title in row.titles} & {_plain(title) for title in other.titles}
    if row.links & other.links:
        return bool(same)
    if _kinds(row) & _kinds(other):
        return False  # two ids of one kind are two papers, whatever they are called
    return any(_is_long(title) for title in same)


def _kinds(row: _New) -> set[str]:
    return {paper.partition(":")[0] for paper in row.papers}


def _is_long(title: str) -> bool:
    plain = _plain(title)
    return len(plain) >= _LETTERS and len(plain.split()) >= _WORDS


def _plain(title: str) -> str:
    return " ".join(_WORD.findall(title.casefold()))
