"""Links and words of older rows that a change drops or overwrites."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rules import _papers
from rules._columns import addresses, cell_at, is_blank, is_filled
from rules._conventions import ENOUGH, MOST
from rules._diagnostic import Severity
from rules._habits import kinds
from rules._kinds import Kind
from rules._pairs import edited
from rules._registry import Found, rule
from rules._say import say
from rules._swapped import alike, compact
from rules._words import distance, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import Context, ListTable
    from rules._document import Cell, Row
    from rules._pairs import Pair

# Where one column loses more cells than these, somebody tidies up.
_FEW = 3

_Entry = tuple["ListTable", "Row"]
_Linking = dict[str, list[_Entry]]


@rule(Severity.WARNING, silences=("missing-code-link", "empty-cell"))
def lost_link(context: Context, _options: None) -> Iterator[Found]:
    """A change takes a link or a cell from a row that was there before."""
    pairs = list(edited(context))
    if not pairs:
        return
    before, now = _linking(context.before), _linking(context.tables)
    losses = [(pair, column) for pair in pairs for column in _lost_cells(pair, before, now)]
    often = Counter(pair.listed.heading(column) for pair, column in losses)
    for pair, column in losses:
        if not _is_meant(pair.listed, column, often[pair.listed.heading(column)]):
            yield _lost(pair, column)
    for pair in pairs:
        yield from _overwritten(pair, now)


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


def _names(cell: Cell) -> set[str]:
    return {name for url in addresses(cell) if (name := _papers.identify(url))}


def _is_meant(listed: ListTable, column: int, times: int) -> bool:
    """Whether so many cells of a column are lost at once that somebody tidies up."""
    left = any(is_filled(cell) for row in listed.rows if (cell := cell_at(row, column)))
    return times > _FEW or (times > 1 and not left)


# --- cells that said something, and now say nothing


def _lost_cells(pair: Pair, before: _Linking, now: _Linking) -> Iterator[int]:
    for column in range(len(pair.before.table.headings)):
        old, new = cell_at(pair.old, column), cell_at(pair.row, column)
        if old and is_filled(old) and (new is None or _says_nothing(new)):
            links = _is_gone(pair, old, column) and _is_lost(pair, _names(old), before, now)
            words = new and is_blank(new) and not _names(old) and _had_words(pair, old, column)
            if links or words:
                yield column


def _says_nothing(cell: Cell) -> bool:
    """Whether a cell is blank, marked, or links without any address."""
    return not is_filled(cell) or (bool(cell.links) and not any(link.url for link in cell.links))


def _is_gone(pair: Pair, old: Cell, column: int) -> bool:
    """Whether links left their row, no other one came, and they stood in their own column."""
    hidden = any(url in pair.row.raw for url in addresses(old))
    replaced = not _links(pair.row) <= _links(pair.old) - _names(old)
    misplaced = column == pair.before.columns.code and not _is_code(old)
    return not (hidden or replaced or misplaced)


def _is_code(cell: Cell) -> bool:
    """Whether a cell links code: no paper, no project's page, not only the host of code."""
    return Kind.CODE in kinds(cell) and any("/" in name for name in _names(cell))


def _is_lost(pair: Pair, names: set[str], before: _Linking, now: _Linking) -> bool:
    """Whether one of these did not go to another row, nor is left to the row it belongs to."""
    return any(
        len(now.get(name, ())) < len(before[name])
        and not any(_is_another(pair, *entry) for entry in now.get(name, ()))
        for name in names
    )


def _is_another(pair: Pair, listed: ListTable, row: Row) -> bool:
    """Whether a row is about another paper than the edited one was."""
    paper = pair.before.papers.get(pair.old.line)
    if paper and paper == listed.papers.get(row.line):
        return False
    return not _papers.same_title(pair.listed.title(pair.row), listed.title(row))


def _had_words(pair: Pair, old: Cell, column: int) -> bool:
    """Whether words went nowhere, from a column that nearly all rows fill with words.

    In a column of links words are only an answer, such as `coming soon`.
    """
    roles = pair.before.columns
    cells = [cell for row in pair.before.rows if (cell := cell_at(row, column))]
    usual = sum(map(is_filled, cells)) >= max(ENOUGH, MOST * len(cells))
    moved = any(_says(old) in _says(cell) for cell in pair.row.cells)
    return usual and not moved and column not in (roles.paper, roles.code)


def _says(cell: Cell) -> str:
    return _papers.normal_title(cell.text)


def _lost(pair: Pair, column: int) -> Found:
    old, now = pair.old.cells[column], cell_at(pair.row, column)
    heading, span = pair.before.heading(column), now.span if now else pair.row.span
    links = addresses(old)
    message = (
        say(
            "Before this change {heading} linked {address} here, and now nothing. Is that meant?",
            heading=heading,
            address=quote(links[0]),
        )
        if links
        else say(
            "Before this change {heading} said {text} here, and now nothing. Is that meant?",
            heading=heading,
            text=quote(old.raw),
        )
    )
    mark, roles = pair.listed.mark(column), pair.listed.columns
    if column == roles.code and now and not now.raw and mark and mark.text:
        message = say("{message} Then write {mark}.", message=message, mark=quote(mark.text))
    explains = column in (roles.title, roles.paper, roles.code)
    return Found(pair.listed, pair.row, span, message, explains=explains)


# --- repositories that became another row's


def _overwritten(pair: Pair, now: _Linking) -> Iterator[Found]:
    """A repository named after its row that gave way to one named after another row.

    Names and owners have to tell it: works are renamed, and move into each other's repository. Of
    papers that stand in two rows, shared-link speaks.
    """
    cell = cell_at(pair.row, pair.listed.columns.code)
    old, new = _repository(cell_at(pair.old, pair.before.columns.code)), _repository(cell)
    title = pair.listed.title(pair.row)
    if cell and _is_named(old, title) and not _is_named(new, title) and _are_strangers(old, new):
        for listed, row in now.get(new, ()):
            if _is_named(new, listed.title(row)):
                yield _taken(pair, cell, listed.title(row), row)
                return


def _repository(cell: Cell | None) -> str:
    """The one repository that a cell links; empty for none or several."""
    names = _names(cell) if cell else set()
    name = next(iter(names), "")
    return name if len(names) == 1 and name.startswith("repo:") else ""


def _is_named(repository: str, title: str) -> bool:
    """Whether a repository has its name from a title."""
    return alike(_name(repository), compact(title))


def _are_strangers(one: str, other: str) -> bool:
    """Whether two repositories have neither their owner nor their name in common."""
    owners = (one.partition("/")[0], other.partition("/")[0])
    return owners[0] != owners[1] and not alike(_name(one), _name(other))


def _name(repository: str) -> str:
    return compact(repository.rpartition("/")[2])


def _taken(pair: Pair, cell: Cell, title: str, row: Row) -> Found:
    gone = addresses(pair.old.cells[pair.before.columns.code or 0])[0]
    message = say(
        "This is the repository of {title} ({place}). Before this change {address} stood here. "
        "Is that meant?",
        title=quote(title),
        place=distance(pair.row.line, row.line),
        address=quote(gone),
    )
    return Found(pair.listed, pair.row, cell.span, message, explains=False)
