"""Links and cells of older rows that a change drops or overwrites."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rules import _papers
from rules._columns import addresses, cell_at, is_blank, is_filled
from rules._diagnostic import Severity
from rules._pairs import edited
from rules._registry import Found, rule
from rules._words import distance, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Cell, Row, Span
    from rules._pairs import Pair

# Where a column loses more cells than these at once, that is meant.
_FEW, _PART = 3, 0.3

_Linking = dict[str, list[tuple["ListTable", "Row"]]]


@rule(Severity.WARNING, silences=("missing-code-link", "empty-cell"))
def lost_link(context: Context, _options: None) -> Iterator[Found]:
    """A change takes a link or a cell from a row that was there before."""
    pairs = list(edited(context))
    if not pairs:
        return
    before, now = _linking(context.before), _linking(context.tables)
    losses = [(pair, column) for pair in pairs for column in _lost_cells(pair, before, now)]
    often = Counter((pair.listed.table.line, column) for pair, column in losses)
    for pair, column in losses:
        if often[pair.listed.table.line, column] <= max(_FEW, _PART * len(pair.before.rows)):
            yield _lost(pair, column)
    for pair in pairs:
        yield from _overwritten(pair, before, now)


def _linking(tables: Sequence[ListTable]) -> _Linking:
    """What is linked -> the rows that link it."""
    found: _Linking = defaultdict(list)
    for listed in tables:
        for row in listed.rows:
            for name in _links(row):
                found[name].append((listed, row))
    return found


def _links(row: Row) -> set[str]:
    return {name for cell in row.cells for name in _names(cell)}


def _names(cell: Cell | None) -> set[str]:
    return {name for url in addresses(cell) if (name := _papers.identify(url))} if cell else set()


def _lost_cells(pair: Pair, before: _Linking, linking: _Linking) -> Iterator[int]:
    """The columns whose cell said something, and now says nothing."""
    for column, old in enumerate(pair.old.cells):
        now = cell_at(pair.row, column)
        if is_filled(old) and (now is None or not is_filled(now)):
            lost = [_is_lost(pair, name, before, linking) for name in _names(old)]
            if (any(lost) and _is_unreplaced(pair, old)) if lost else _is_erased(pair, old, now):
                yield column


def _is_erased(pair: Pair, old: Cell, now: Cell | None) -> bool:
    """Whether a cell without links was emptied, not marked, and its words went nowhere else."""
    return now is not None and is_blank(now) and _says(old) not in map(_says, pair.row.cells)


def _says(cell: Cell) -> str:
    return _papers.normal_title(cell.text)


def _is_unreplaced(pair: Pair, old: Cell) -> bool:
    """Whether a cell's links did not move within their row, and no new one came instead."""
    now = _links(pair.row)
    return now <= _links(pair.old) - _names(old)


def _is_lost(pair: Pair, name: str, before: _Linking, linking: _Linking) -> bool:
    """Whether a link is gone, not moved, nor left to the row that it belongs to."""
    fewer = len(linking.get(name, ())) < len(before[name])
    return fewer and not any(_is_another(pair, *entry) for entry in linking.get(name, ()))


def _is_another(pair: Pair, listed: ListTable, row: Row) -> bool:
    """Whether a row is about another paper than the edited one was."""
    paper = pair.before.papers.get(pair.old.line)
    if paper and paper == listed.papers.get(row.line):
        return False
    return not _papers.same_title(pair.listed.title(pair.row), listed.title(row))


def _lost(pair: Pair, column: int) -> Found:
    old, now = pair.old.cells[column], cell_at(pair.row, column)
    heading, span = pair.before.heading(column), now.span if now else pair.row.span
    links = addresses(old)
    had = f"linked {quote(links[0])}" if links else f"said {quote(old.raw)}"
    message = f"Before this change {heading} {had} here, and now nothing. Is that meant?"
    roles = pair.listed.columns
    explains = column in (roles.title, roles.paper, roles.code)
    return Found(pair.listed, pair.row, span, message, explains=explains)


def _overwritten(pair: Pair, before: _Linking, linking: _Linking) -> Iterator[Found]:
    """Links that were replaced by another row's."""
    for column in {pair.listed.columns.paper, pair.listed.columns.code} - {None}:
        old, now = cell_at(pair.old, column), cell_at(pair.row, column)
        if old is None or now is None:
            continue
        gone = [url for url in addresses(old) if _papers.identify(url) not in linking]
        for name in _names(now) - _links(pair.old) if gone else ():
            owner = _owner(pair, name, before, linking)
            if owner:
                yield _taken(pair, now.span, gone[0], owner)


def _owner(
    pair: Pair, name: str, before: _Linking, linking: _Linking
) -> tuple[ListTable, Row] | None:
    """Another row that links this, and did before the change."""
    then = {row.raw for _, row in before.get(name, ())}
    rows = (entry for entry in linking[name] if entry[1].raw in then)
    return next((entry for entry in rows if _is_another(pair, *entry)), None)


def _taken(pair: Pair, span: Span, gone: str, owner: tuple[ListTable, Row]) -> Found:
    listed, row = owner
    where = distance(pair.row.line, row.line)
    message = (
        f"This is the link of {quote(listed.title(row))} ({where}). "
        f"Before this change {quote(gone)} stood here."
    )
    return Found(pair.listed, pair.row, span, message, explains=False)
