"""One link under several titles."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rules import _papers
from rules._columns import cell_at
from rules._diagnostic import Severity
from rules._registry import Found, rule
from rules._say import say
from rules._words import distance, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Cell, Link, Row
    from rules._say import Text

# A column of titles, rather than of names that may well share one paper.
_TITLES = re.compile(
    r"title|paper|publication|article|study|标题|题目|论文|文章|文献|タイトル|제목|titel|titre|título",
    re.IGNORECASE,
)
_WORDS, _LETTERS = 4, 20
# Words that any two titles may share.
_COMMON = frozenset("a an and at by for from in into is it of on or the to toward via with".split())
# Translated titles cannot be compared.
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# More titles than this under one link: a collection, such as a workshop's page.
_MANY = 5
# How many other rows are named.
_SHOWN = 2
# A whole book or volume, whose chapters may share its DOI.
_BOOK = re.compile(r"doi:10\.\d+/(?:97[89][\d-]{10,}|\d+)")
# An address that can be of one paper: its last part is long, or has a number.
_SPECIFIC = re.compile(r"url:[^/]+/(?:.*/)?[^/]*(?:\d{3}|[^/]{12})[^/]*")


class _Entry(NamedTuple):
    listed: ListTable
    row: Row
    link: Link
    paper: str
    title: str


@rule(Severity.ERROR)
def shared_link(context: Context, _options: None) -> Iterator[Found]:
    """One link stands under two different titles."""
    groups: dict[str, list[_Entry]] = defaultdict(list)
    for entry in _entries(context):
        groups[entry.paper].append(entry)
    for group in groups.values():
        kinds: dict[str, list[_Entry]] = defaultdict(list)
        for entry in group:
            kinds[_papers.normal_title(entry.title)].append(entry)
        for same in kinds.values() if 1 < len(kinds) <= _MANY else ():
            rivals = [_first(others) for others in kinds.values() if _disagree(same[0], others[0])]
            told = sorted(chain.from_iterable(rivals), key=lambda other: other.row.line)
            for entry in same:
                yield from _judge(entry, told)


def _first(entries: Sequence[_Entry]) -> list[_Entry]:
    """The first rows with one title, of older and of new ones: there may be thousands."""
    new = [entry for entry in entries if entry.listed.is_new(entry.row)]
    old = [entry for entry in entries if not entry.listed.is_new(entry.row)]
    return [*old[:_SHOWN], *new[:_SHOWN]]


def _entries(context: Context) -> Iterator[_Entry]:
    for listed in context.tables:
        column = listed.columns.title
        if column is not None and _TITLES.search(listed.table.headings[column]):
            for row in listed.rows:
                entry = _entry(listed, row)
                if entry and _is_title(entry.title):
                    yield entry


def _entry(listed: ListTable, row: Row) -> _Entry | None:
    """A row with the one paper that its paper cell links; None when there is none, or several."""
    cell = cell_at(row, listed.columns.paper)
    found = {_papers.identify(link.url): link for link in _linked(cell)} if cell else {}
    papers = [name for name in found if _papers.is_paper(name)] or list(found)
    if len(papers) != 1 or not _is_of_one_paper(papers[0]):
        return None
    return _Entry(listed, row, found[papers[0]], papers[0], listed.title(row))


def _linked(cell: Cell) -> list[Link]:
    return [link for link in cell.links if link.url and not link.image]


def _is_of_one_paper(paper: str) -> bool:
    """Whether an identity can stand for one paper: no site, no repository, no book."""
    if _papers.is_paper(paper):
        return not _BOOK.fullmatch(paper)
    return bool(_SPECIFIC.fullmatch(paper))


def _is_title(title: str) -> bool:
    title = _papers.normal_title(title)
    if _CJK.search(title):
        return len(title) >= _LETTERS // 2
    return len(title) >= _LETTERS and len(title.split()) >= _WORDS


def _judge(entry: _Entry, rivals: Sequence[_Entry]) -> Iterator[Found]:
    others = [other for other in rivals if _is_told(entry, other)]
    if not others:
        return
    places = [_place(entry, other) for other in others[:_SHOWN]]
    alike = all(_are_alike(entry, other) for other in others)
    question = say("One paper under two titles?") if alike else say("Which title is it of?")
    message = say(
        "This link also stands {places: and }. {question}", places=places, question=question
    )
    certain = _papers.is_paper(entry.paper) and not alike
    severity = Severity.ERROR if certain else Severity.WARNING
    yield Found(entry.listed, entry.row, entry.link.target, message, None, severity)


def _place(entry: _Entry, other: _Entry) -> Text:
    return say(
        "{place} under {title}",
        place=distance(entry.row.line, other.row.line),
        title=quote(other.title),
    )


def _is_told(entry: _Entry, other: _Entry) -> bool:
    """Of a row that was there before, speak only when the other one was there too."""
    return entry.listed.is_new(entry.row) or not other.listed.is_new(other.row)


def _disagree(one: _Entry, other: _Entry) -> bool:
    translated = bool(_CJK.search(one.title)) != bool(_CJK.search(other.title))
    return not translated and not _papers.same_title(one.title, other.title)


def _are_alike(one: _Entry, other: _Entry) -> bool:
    """Whether half of the shorter title's own words stand in the other: perhaps a later title."""
    here, there = _words(one.title), _words(other.title)
    return 2 * len(here & there) >= min(len(here), len(there))


def _words(title: str) -> set[str]:
    """The words that tell titles apart, without plurals."""
    return {word.removesuffix("s") for word in _papers.normal_title(title).split()} - _COMMON
