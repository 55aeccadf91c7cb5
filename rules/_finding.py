"""Where a paper stands in a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rules import _papers
from rules._columns import addresses
from rules._context import Context
from rules._row_facts import nickname

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from rules._context import ListTable
    from rules._conventions import Conventions
    from rules._document import Document, Row

# A word that somebody made up: a capital or a digit within it.
_COINED = re.compile(r"\w[A-Z0-9]")
# So many words are a title and no nickname.
_WORDS = 4


class Standing(NamedTuple):
    """A row, with its section, its line and its title."""

    row: Row
    section: tuple[str, ...]
    line: int
    title: str


def find_rows(
    document: Document,
    conventions: Conventions,
    identities: Collection[str] = (),
    title: str = "",
) -> tuple[Standing, ...]:
    """The rows of a paper, in order of line.

    By the identity of a paper that a row links; else by that of its code or page; else by its
    title, the whole of it or, where it is long, with a nickname more or less.
    """
    context = Context(document, conventions)
    papers = {name for name in identities if _papers.is_paper(name)}
    name = _papers.normal_title(title)
    for wanted, test in (
        (papers, lambda _, row: _links(row) & papers),
        (identities, lambda _, row: _links(row) & set(identities)),
        (name, lambda listed, row: _papers.normal_title(listed.title(row)) == name),
        (len(name.split()) >= _WORDS, lambda listed, row: _contains(listed.title(row), name)),
    ):
        found = _rows(context, test) if wanted else ()
        if found:
            return found
    return ()


def find_mentioned(
    document: Document, conventions: Conventions, text: str, *, nicknames: bool = False
) -> tuple[Standing, ...]:
    """The rows whose title stands in a text, word by word; short titles are left to chance.

    Args:
        document: the list.
        conventions: what it does.
        text: what somebody wrote.
        nicknames: whether the name before a title's colon does, where it is no ordinary word.
    """
    words = f" {' '.join(_papers.WORD.findall(text.casefold()))} "

    def test(listed: ListTable, row: Row) -> bool:
        title = _papers.normal_title(listed.title(row))
        return len(title.split()) >= _WORDS and f" {title} " in words

    def called(listed: ListTable, row: Row) -> bool:
        name = nickname(listed.title(row))
        return bool(_COINED.search(name)) and bool(
            re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
        )

    context = Context(document, conventions)
    return _rows(context, test) or (_rows(context, called) if nicknames else ())


def _rows(context: Context, test: Callable[[ListTable, Row], object]) -> tuple[Standing, ...]:
    return tuple(
        Standing(row, listed.table.section.path, row.line, listed.title(row))
        for listed in context.tables
        for row in listed.rows
        if test(listed, row)
    )


def _links(row: Row) -> set[str]:
    return {_papers.identify(url) for cell in row.cells for url in addresses(cell)} - {""}


def _contains(title: str, wanted: str) -> bool:
    """Whether one title holds the other, word by word."""
    here = _papers.normal_title(title)
    short, long = sorted((here, wanted), key=len)
    return len(short.split()) >= _WORDS and f" {short} " in f" {long} "
