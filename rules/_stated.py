"""What rows say of their papers, and at which of their links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rules import _papers
from rules._columns import cell_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._columns import Columns
    from rules._document import Cell, Link, Row


class Stated(NamedTuple):
    """A row's title, date and venue, as text; empty where it has none."""

    title: str
    date: str
    venue: str


def stated(row: Row, columns: Columns, title: str) -> tuple[int, Stated] | None:
    """What a row of this title says of its paper at arXiv, with the offset of the link there.

    A row may link other papers besides: only its paper's cell counts, or else its title's, and of
    a cell with several papers nothing is known. A row without a title may be about a project, whose
    day is another.
    """
    for column in (columns.paper, columns.title):
        links = list(_arxiv(cell_at(row, column)))
        if links:
            alone = len({_id(link) for link in links}) == 1
            known = Stated(title, _text(row, columns.date), _text(row, columns.venue))
            return (links[0].target.start, known) if title and alone else None
    return None


def _arxiv(cell: Cell | None) -> Iterator[Link]:
    return (link for link in (cell.links if cell else ()) if not link.image and _id(link))


def _id(link: Link) -> str:
    """The paper that a link leads to, if it is at arXiv; most are not, and that is told cheaply."""
    name = _papers.identify(link.url) if "arxiv" in link.url.lower() else ""
    return name if name.startswith("arxiv:") else ""


def _text(row: Row, column: int | None) -> str:
    cell = cell_at(row, column)
    return cell.text.strip() if cell else ""
