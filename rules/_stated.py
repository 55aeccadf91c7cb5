"""What rows say of their papers, and at which of their links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rules import _papers
from rules._columns import cell_at
from rules._context import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._columns import Columns
    from rules._document import Cell, Link, Row


class Stated(NamedTuple):
    """A row's title, date and venue, as text; empty where it has none."""

    title: str
    date: str
    venue: str


def stated(row: Row, columns: Columns) -> tuple[int, Stated] | None:
    """What a row says of its paper at arXiv, with the offset of the one link that leads there.

    A row may link other papers besides: only its paper's cell counts, or else its title's, and of
    a cell with several papers nothing is known.
    """
    for column in (columns.paper, columns.title):
        links = list(_arxiv(cell_at(row, column)))
        if links:
            known = Stated(
                title_of(row, columns), _text(row, columns.date), _text(row, columns.venue)
            )
            one = len({_papers.identify(link.url) for link in links}) == 1
            return (links[0].target.start, known) if one else None
    return None


def _arxiv(cell: Cell | None) -> Iterator[Link]:
    for link in cell.links if cell else ():
        # Asked first, as it is cheap.
        if (
            "arxiv" in link.url.lower()
            and not link.image
            and _papers.identify(link.url).startswith("arxiv:")
        ):
            yield link


def _text(row: Row, column: int | None) -> str:
    cell = cell_at(row, column)
    return cell.text.strip() if cell else ""
