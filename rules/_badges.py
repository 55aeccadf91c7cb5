"""Badges that count a repository's stars, and the repository that a row links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._document import Cell, Link, Row

_BADGE = re.compile(
    r"https?://(?:img\.shields\.io|badgen\.net|flat\.badgen\.net)/github/(?:stars|forks|watchers)"
    r"/(?P<repo>[\w.-]+/[\w.-]+?)(?:\.svg|\.json)?/?(?:[?#].*)?"
)

_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?(?:[/?#]|$)")


class Badge(NamedTuple):
    """A badge of one repository (`owner/name`) beside a link to another."""

    image: Link
    repository: str
    linked: str


def foreign_badges(row: Row) -> Iterator[Badge]:
    """The badges of a row that count another repository than the row links."""
    badges = [
        (image, match["repo"], cell)
        for cell in row.cells
        for image in cell.links
        if (match := _badge(image))
    ]
    linked = [name for cell in row.cells for _, name in _repositories(cell)] if badges else []
    names = {name.lower() for name in linked}
    only = linked[0] if len(names) == 1 else ""
    for image, name, cell in badges:
        beside = _around(image, cell) or only
        if beside and name.lower() not in names:
            yield Badge(image, name, beside)


def _repositories(cell: Cell) -> list[tuple[Link, str]]:
    return [(link, name) for link in cell.links if not link.image and (name := _name(link.url))]


def _badge(link: Link) -> re.Match[str] | None:
    return _BADGE.fullmatch(link.url) if link.image else None


def _name(url: str) -> str:
    match = _REPOSITORY.match(url)
    return match[1] if match else ""


def _around(image: Link, cell: Cell) -> str:
    """The repository whose link a badge is."""
    around = (
        name
        for link, name in _repositories(cell)
        if link.span.start <= image.span.start < link.span.end
    )
    return next(around, "")
