"""What two rows of one paper tell: facts that deny each other, and what one tells alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules import _papers
from rules._columns import addresses, cell_at, is_filled
from rules._dates import parse_date
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._document import Cell, Row
    from rules._say import Text
    from rules._twins import Entry

# The words and numbers of a venue; years by their last two digits, written together or not.
_PART = re.compile(r"[^\W\d_]+|(?:20)?(\d+)")


def differences(entry: Entry, other: Entry) -> Iterator[Text]:
    """Each fact that two rows of one paper tell differently, as both tell it."""
    for role, denied in (("date", _date), ("venue", _venue), ("code", _code)):
        column = getattr(entry.listed.columns, role)
        here = cell_at(entry.row, column)
        there = cell_at(other.row, getattr(other.listed.columns, role))
        told = denied(here, there) if here and there else None
        if told:
            yield say(
                "{heading} here {one}, there {other}",
                heading=entry.listed.heading(column),
                one=quote(told[0]),
                other=quote(told[1]),
            )


def tells_nothing_more(row: Row, other: Row) -> bool:
    """Whether another row tells all that this one does."""
    pairs = zip(row.cells, other.cells, strict=False)
    return len(row.cells) <= len(other.cells) and all(
        not is_filled(here) or _adds_nothing(here, there) for here, there in pairs
    )


def _adds_nothing(here: Cell, there: Cell) -> bool:
    """The same words, or links of which the other cell has all."""
    links = _identities(here)
    if links:
        return links <= _identities(there)
    return _papers.normal_title(here.text) == _papers.normal_title(there.text)


def _date(here: Cell, there: Cell) -> tuple[str, str] | None:
    """Dates of two months, or of two years where one of them tells no month."""
    one, other = parse_date(here.text), parse_date(there.text)
    if one is None or other is None:
        return None
    precision = min(one.precision, other.precision, 2)
    return (here.raw, there.raw) if one.key(precision) != other.key(precision) else None


def _venue(here: Cell, there: Cell) -> tuple[str, str] | None:
    """Venues of which neither only adds to the other, as `CVPR 2024 Oral` does to `CVPR 2024`."""
    one, other = _parts(here), _parts(there)
    return None if one <= other or other <= one else (here.raw, there.raw)


def _parts(cell: Cell) -> set[str]:
    return {match[1] or match[0] for match in _PART.finditer(cell.text.casefold())}


def _code(here: Cell, there: Cell) -> tuple[str, str] | None:
    """Links to code that have none in common."""
    one, other = _identities(here), _identities(there)
    if not one or not other or one & other:
        return None
    return addresses(here)[0], addresses(there)[0]


def _identities(cell: Cell) -> set[str]:
    return set(map(_papers.identify, addresses(cell))) - {""}
