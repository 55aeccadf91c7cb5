"""Where a new row goes: by the table's order, else where its newest rows stand."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from rules import _alphabet, _papers, _sorting
from rules._columns import cell_at
from rules._conventions import Order, dates
from rules._dates import parse_date
from rules._diagnostic import Edit
from rules._document import Span
from rules._row_facts import numbers
from rules._say import Line, Text, say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules._context import Context, ListTable
    from rules._document import Row
    from rules._sorting import Keyed

_MONTH = 2
# A direction that so many more neighbours take than the other one is where new rows come in.
_CLEARLY = 2


class Newcomer(NamedTuple):
    """What tells a row's place: its date and title as written, and its own line if it has one."""

    date: str
    title: str
    line: int = 0


class Place(NamedTuple):
    """Between which rows of the table; `group`: the date of the rows that it stands on top of."""

    after: Row | None
    before: Row | None
    group: str = ""


def place(context: Context, listed: ListTable, new: Newcomer) -> Place:
    """The place of a new row in a table."""
    rows = [row for row in listed.rows if row.line != new.line]
    return (
        _by_date(listed, new, rows)
        or _by_name(context, listed, new, rows)
        or _between(rows, 0 if _is_newest_first(context, listed) else len(rows))
    )


def _between(rows: Sequence[Row], index: int) -> Place:
    return Place(
        rows[index - 1] if index else None,
        rows[index] if index < len(rows) else None,
    )


def _by_date(listed: ListTable, new: Newcomer, rows: Sequence[Row]) -> Place | None:
    order = listed.known.order or _trend(listed)
    date = parse_date(new.date)
    if order is None or date is None or date.precision < order.precision:
        return None
    keyed = [found for found in _sorting.dated(listed, order) if found.row.line != new.line]
    sign = -1 if order.descending else 1
    finer = tuple(sign * part for part in date.key(date.precision))
    found = _fit(rows, keyed, (finer[: order.precision], finer), last=not order.descending)
    return found and found._replace(group=_group(listed, found, new.date))


def keeps_order(listed: ListTable, new: Newcomer) -> bool:
    """Whether a row with a new date may stay between its neighbours."""
    order, date = listed.known.order or _trend(listed), parse_date(new.date)
    if order is None or date is None or date.precision < order.precision:
        return True
    key = tuple((-part if order.descending else part) for part in date.key(order.precision))
    keyed = [found for found in _sorting.dated(listed, order) if found.row.line != new.line]
    above = [found.key for found in keyed if found.row.line < new.line][-1:]
    below = [found.key for found in keyed if found.row.line > new.line][:1]
    return all(it <= key for it in above) and all(key <= it for it in below)


def _group(listed: ListTable, found: Place, date: str) -> str:
    """The date of the new row where it comes on top of others with the same."""
    below, above = (cell_at(row, listed.columns.date) if row else None for row in found[1::-1])
    return date if below and below.text == date != (above and above.text) else ""


def _trend(listed: ListTable) -> Order | None:
    """The direction of most rows, where they keep no order strictly."""
    months = [date.key(_MONTH) for _, date in dates(listed.table, listed.columns) if date.month]
    descending = _direction(months)
    return None if descending is None else Order(descending, _MONTH, 0, 0)


def _direction(keys: Sequence[tuple[int, ...]]) -> bool | None:
    """Whether most neighbours go down; None where they do not agree."""
    down = sum(a > b for a, b in pairwise(keys))
    up = sum(a < b for a, b in pairwise(keys))
    return down > up if max(down, up) > _CLEARLY * min(down, up) else None


def _by_name(
    context: Context, listed: ListTable, new: Newcomer, rows: Sequence[Row]
) -> Place | None:
    names = next((names for it, names in _alphabet.by_name(context) if it is listed), [])
    name = _alphabet.plain(new.title)
    if not names or not name:
        return None
    alphabet = _alphabet.best(listed, names)
    found = [named for named in names if named.row.line != new.line]
    keyed = [_sorting.Keyed(named.row, alphabet(named.name), 1) for named in found]
    return _fit(rows, keyed, (alphabet(name), ()), last=True)


def _fit(
    rows: Sequence[Row],
    keyed: Sequence[Keyed],
    key: tuple[tuple[object, ...], tuple[object, ...]],
    *,
    last: bool,
) -> Place | None:
    """Of the places that keep the order, the one with the fewest rows on its wrong side.

    Args:
        rows: the table's rows.
        keyed: those that can be compared.
        key: what the new row is sorted by, roughly and finely.
        last: of equal places the last, not the first.
    """
    if not keyed:
        return None
    kept = _sorting.longest(keyed)
    rough = [(row.key, place in kept and row.weight > 0) for place, row in enumerate(keyed)]
    costs = zip(
        _wrong([(it, counts) for it, counts in rough], key[0]),
        _wrong([(row.finer, row.weight > 0) for row in keyed], key[1]),
        strict=True,
    )
    ranked = [(cost, -at if last else at) for at, cost in enumerate(costs)]
    at = abs(min(ranked)[1])
    neighbour = keyed[at - 1] if last and at else keyed[min(at, len(keyed) - 1)]
    below = (last and at > 0) or at == len(keyed)
    return _between(rows, rows.index(neighbour.row) + below)


def _wrong(keys: Sequence[tuple[tuple[object, ...], bool]], key: tuple[object, ...]) -> list[int]:
    """For each place between the rows, how many of them would stand on its wrong side."""
    smaller = [counts and it < key for it, counts in keys]
    greater = [counts and it > key for it, counts in keys]
    return [
        above + below
        for above, below in zip(
            accumulate(greater, initial=0),
            (sum(smaller) - passed for passed in accumulate(smaller, initial=0)),
            strict=True,
        )
    ]


def _is_newest_first(context: Context, listed: ListTable) -> bool:
    """Whether new rows come in at the top: told by numbers, else by the papers' ids."""
    for column in range(len(listed.table.headings)):
        found = numbers(listed, column)
        if found:
            return found[0] > found[-1]
    own = _direction(_months(listed))
    if own is None:
        own = _direction([month for each in context.tables for month in _months(each)])
    return bool(own)


def _months(listed: ListTable) -> list[tuple[int, int]]:
    found = (_papers.arxiv_month(listed.papers.get(row.line, "")) for row in listed.rows)
    return [month for month in found if month != (0, 0)]


def insertion(listed: ListTable, place: Place, line: str) -> Edit:
    """The edit that inserts a line behind the row before it."""
    document = listed.table.header.document
    above = place.after or listed.table.delimiter
    end = document.line_span(above.line).end
    return Edit(Span(end, end), document.newline + line)


def words(listed: ListTable, place: Place) -> Text:
    """A place for people."""
    if place.group:
        return say("at the top of {date}", date=place.group)
    if place.after is None:
        return say("at the top") if place.before else say("as its first row")
    if place.before is None:
        return say("at the end")
    title = listed.title(place.after)
    if not title:
        return say("after line {line}", line=Line(place.after.line))
    return say("after {title} (line {line})", title=quote(title), line=Line(place.after.line))
