"""Rows out of the alphabet in tables that are kept by name."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rules import _sorting
from rules._columns import cell_at, is_filled
from rules._conventions import ENOUGH, ORDERLY
from rules._diagnostic import Severity
from rules._evidence import is_evidence
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Row
    from rules._sorting import Keyed, Misplaced

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(\d+)")
_LATIN = re.compile(r"[a-z]+")
_ARTICLES = frozenset(("a", "an", "the"))


class _Named(NamedTuple):
    """A row with its name as it is compared: lower case, no accents."""

    row: Row
    name: str


class _Steps(NamedTuple):
    """How many neighbours follow the alphabet, and how many begin with another word.

    `Week 1`, `Week 2` and so on are a series: no evidence of an alphabet.
    """

    kept: int
    total: int
    telling: int

    @property
    def orderly(self) -> bool:
        return self.telling >= ENOUGH and self.kept >= ORDERLY * self.total


@rule(Severity.WARNING, fixes="safe")
def alphabet_order(context: Context, _options: None) -> Iterator[Found]:
    """A row stands outside the alphabet in a table that is kept by name."""
    tables = [(listed, _names(listed)) for listed in context.tables if not listed.known.order]
    own = [_steps(listed, names) for listed, names in tables]
    overall = _Steps(*(sum(counts) for counts in zip((0, 0, 0), *own, strict=True)))
    for (listed, names), steps in zip(tables, own, strict=True):
        if _is_kept(steps, overall) and not _has_groups(listed, names):
            yield from _judge(listed, names)


def _is_kept(own: _Steps, overall: _Steps) -> bool:
    """By the table itself, or by the list where the table is short and goes along."""
    return own.orderly or (own.total < ENOUGH and own.kept == own.total and overall.orderly)


def _names(listed: ListTable) -> list[_Named]:
    """The rows whose name begins with a Latin letter; other ones have no place that all agree on.

    Where headings stand between the rows, nothing is compared.
    """
    if any(sum(map(is_filled, row.cells)) == 1 for row in listed.rows):
        return []
    found = [_Named(row, _plain(_name(listed, row))) for row in listed.rows]
    return [named for named in found if _LATIN.match(named.name)]


def _name(listed: ListTable, row: Row) -> str:
    if listed.columns.title is not None:
        return listed.title(row)
    first = cell_at(row, 0)
    return first.text if first else ""


def _plain(name: str) -> str:
    plain = name.casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.lstrip(" .:*_'\"“”‘’([{~#@!?-+").strip()


def _as_written(name: str) -> tuple[object, ...]:
    return (name,)


def _by_letters(name: str) -> tuple[object, ...]:
    return ("".join(_WORD.findall(name)),)


def _by_words(name: str) -> tuple[object, ...]:
    """Word by word, numbers by their value (the longer one is greater)."""
    parts = (part for word in _WORD.findall(name) for part in _NUMBER.split(word) if part)
    return tuple(
        (0, len(number := part.lstrip("0")), number) if part.isdecimal() else (1, 0, part)
        for part in parts
    )


def _without_article(name: str) -> tuple[object, ...]:
    words = _WORD.findall(name)
    return tuple(words[1:] if words[0] in _ARTICLES else words)


# Lists sort blanks, signs, numbers and articles in different ways: each of these is an alphabet.
_ALPHABETS = (_by_words, _by_letters, _as_written, _without_article)


def _steps(listed: ListTable, names: Sequence[_Named]) -> _Steps:
    """Neighbours among the rows that stood there before, in the alphabet that suits them best."""
    before = [named.name for named in names if is_evidence(listed, named.row)]
    return max(_follow(before, alphabet) for alphabet in _ALPHABETS)


def _has_groups(listed: ListTable, names: Sequence[_Named]) -> bool:
    """Whether the alphabet begins anew within the table: then no row alone is out of place."""
    before = [named for named in names if is_evidence(listed, named.row)]
    rows = [_sorting.Keyed(named.row, _by_words(named.name), 1) for named in before]
    return len(_sorting.longest(rows)) < ORDERLY * len(rows)


def _follow(names: Sequence[str], alphabet: Callable[[str], tuple[object, ...]]) -> _Steps:
    steps = list(pairwise(map(alphabet, names)))
    first = [_LATIN.match(name) for name in names]
    telling = sum(bool(a and b and a[0] != b[0]) for a, b in pairwise(first))
    return _Steps(sum(one <= other for one, other in steps), len(steps), telling)


def _judge(listed: ListTable, names: Sequence[_Named]) -> Iterator[Found]:
    """Speak of the rows that are out of place in every alphabet."""
    orders = [_keyed(listed, names, alphabet) for alphabet in _ALPHABETS]
    lines = set.intersection(*(_sorting.astray(listed, rows) for rows in orders))
    lines -= _pinned(listed, names, _sorting.astray(listed, orders[0]))
    for found in _sorting.misplaced(orders[0], lines):
        yield _found(listed, found)


def _keyed(
    listed: ListTable, names: Sequence[_Named], alphabet: Callable[[str], tuple[object, ...]]
) -> list[Keyed]:
    return [_sorting.keyed(listed, named.row, alphabet(named.name)) for named in names]


def _pinned(listed: ListTable, names: Sequence[_Named], astray: set[int]) -> set[int]:
    """The first rows of a whole list: what stands above the alphabet was put there on purpose."""
    pinned: set[int] = set()
    for named in names if listed.settled is None else ():
        if named.row.line not in astray:
            break
        pinned.add(named.row.line)
    return pinned


def _found(listed: ListTable, found: Misplaced) -> Found:
    cell = cell_at(found.row, listed.columns.title or 0)
    name, other = _name(listed, found.row), _name(listed, found.other)
    message = say(
        "This table goes by name: {name} belongs {place}.",
        name=quote(name),
        place=_sorting.place(found, other),
    )
    span = cell.span if cell else found.row.span
    return Found(listed, found.row, span, message, _sorting.move(found))
