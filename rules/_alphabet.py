"""Tables that are kept by name: in which alphabet, and which of their rows have a place in it."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rules import _sorting
from rules._columns import cell_at, is_filled
from rules._conventions import ENOUGH, ORDERLY
from rules._evidence import is_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Row

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(\d+)")
_LATIN = re.compile(r"[a-z]+")
_ARTICLES = frozenset(("a", "an", "the"))


class Named(NamedTuple):
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


def by_name(context: Context) -> Iterator[tuple[ListTable, list[Named]]]:
    """The tables that are kept by name, with the rows that have one."""
    tables = [(listed, _names(listed)) for listed in context.tables if not listed.known.order]
    own = [_steps(listed, names) for listed, names in tables]
    overall = _Steps(*(sum(counts) for counts in zip((0, 0, 0), *own, strict=True)))
    for (listed, names), steps in zip(tables, own, strict=True):
        if _is_kept(steps, overall) and not _has_groups(listed, names):
            yield listed, names


def best(listed: ListTable, names: Sequence[Named]) -> Callable[[str], tuple[object, ...]]:
    """The alphabet that suits a table best."""
    before = [named.name for named in names if is_evidence(listed, named.row)]
    return max(ALPHABETS, key=lambda alphabet: _follow(before, alphabet))


def _is_kept(own: _Steps, overall: _Steps) -> bool:
    """By the table itself, or by the list where the table is short and goes along."""
    return own.orderly or (own.total < ENOUGH and own.kept == own.total and overall.orderly)


def _names(listed: ListTable) -> list[Named]:
    """The rows whose name begins with a Latin letter; other ones have no place that all agree on.

    Where headings stand between the rows, nothing is compared.
    """
    if any(sum(map(is_filled, row.cells)) == 1 for row in listed.rows):
        return []
    found = [Named(row, plain(name_of(listed, row))) for row in listed.rows]
    return [named for named in found if _LATIN.match(named.name)]


def name_of(listed: ListTable, row: Row) -> str:
    """What a row is sorted by: its title, else its first cell."""
    if listed.columns.title is not None:
        return listed.title(row)
    first = cell_at(row, 0)
    return first.text if first else ""


def plain(name: str) -> str:
    """A name as it is compared: lower case, no accents, no signs before it."""
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
ALPHABETS = (_by_words, _by_letters, _as_written, _without_article)


def _steps(listed: ListTable, names: Sequence[Named]) -> _Steps:
    """Neighbours among the rows that stood there before, in the alphabet that suits them best."""
    before = [named.name for named in names if is_evidence(listed, named.row)]
    return _follow(before, best(listed, names))


def _has_groups(listed: ListTable, names: Sequence[Named]) -> bool:
    """Whether the alphabet begins anew within the table: then no row alone is out of place."""
    before = [named for named in names if is_evidence(listed, named.row)]
    rows = [_sorting.Keyed(named.row, _by_words(named.name), 1) for named in before]
    return len(_sorting.longest(rows)) < ORDERLY * len(rows)


def _follow(names: Sequence[str], alphabet: Callable[[str], tuple[object, ...]]) -> _Steps:
    steps = list(pairwise(map(alphabet, names)))
    first = [_LATIN.match(name) for name in names]
    telling = sum(bool(a and b and a[0] != b[0]) for a, b in pairwise(first))
    return _Steps(sum(one <= other for one, other in steps), len(steps), telling)
