"""Badges that count a repository's stars, and the repository that a row links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._document import Link, Row

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
    links = [link for cell in row.cells for link in cell.links]
    badges = [(link, match["repo"]) for link in links if (match := _badge(link))]
    linked = _repositories(links) if badges else []
    names = {name.lower() for _, name in linked}
    for image, name in badges:
        beside = _beside(image, linked)
        if beside and name.lower() not in names:
            yield Badge(image, name, beside)


def _repositories(links: Sequence[Link]) -> list[tuple[Link, str]]:
    return [(link, name) for link in links if not link.image and (name := _name(link.url))]


def _badge(link: Link) -> re.Match[str] | None:
    return _BADGE.fullmatch(link.url) if link.image else None


def _name(url: str) -> str:
    match = _REPOSITORY.match(url)
    return match[1] if match else ""


def _beside(image: Link, linked: Sequence[tuple[Link, str]]) -> str:
    """The repository that a badge belongs to: the one whose link it is, else the only one."""
    for link, name in linked:
        if link.span.start <= image.span.start < link.span.end:
            return name
    return linked[0][1] if len({name.lower() for _, name in linked}) == 1 else ""
