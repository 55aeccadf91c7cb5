"""Every link of a repository's lists, and the places where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import rules
from bot import judge, lists, shelf
from bot.links.local import Local, address, is_local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.github import Client
    from bot.links.verdict import Found
    from bot.shelf import Shelf

_FILES = 20  # lists at most, README first
_WEB = re.compile(r"https?://", re.IGNORECASE)
_DATE = re.compile(r"\b((?:19|20)\d\d)[-./](0?[1-9]|1[0-2])(?:[-./](0?[1-9]|[12]\d|3[01]))?\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link stands.

    Attributes:
        path: the file; `line` and `column` count from 1.
        section: the headings above it, the outermost first.
        paper: the title of its row, "" outside of rows.
        day: the row's date as digits, a month's or a day's, "" without one.
    """

    path: str
    line: int
    column: int
    section: tuple[str, ...] = ()
    paper: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists' texts by path, and each link in them with its places, in their order.

    A link within the repository is named by its path from the root. `paths` are all files there.
    """

    texts: Mapping[str, str] = field(repr=False)
    links: Mapping[str, Sequence[Place]]
    paths: frozenset[str] = frozenset()

    @property
    def web(self) -> tuple[str, ...]:
        """The links that lead out of the repository."""
        return tuple(url for url in self.links if _WEB.match(url))

    async def local(self) -> dict[str, Found]:
        """What the others are, by the repository's own tree."""
        inner = [url for url in self.links if is_local(url)]
        return await Local(_Tree(self.paths, self.texts)).check(inner)


@dataclass(frozen=True, slots=True)
class _Tree:
    """Files and folders of a repository; only of its lists the text is known."""

    paths: frozenset[str]
    texts: Mapping[str, str]

    def exists(self, path: str) -> bool:
        name = path.rstrip("/")
        return name in {"", "."} or name in self.paths

    def text(self, path: str) -> str | None:
        return self.texts.get(path)


async def read(gh: Client, standing: Shelf) -> Lists:
    """The lists and their links, in two calls; a file that is no text, or no list, has none.

    Raises:
        TooSlowError: one of them took longer than its time limit.
    """
    paths = await shelf.paths(gh, standing)
    named = [p for p in lists.markdown(paths) if lists.chosen(p, standing.settings.files)]
    found = await shelf.texts_of(gh, standing, named[:_FILES])
    links: dict[str, list[Place]] = {}
    for path, text in found.items():
        for url, place in await judge.spare().run(path, _places, (path, text)):
            links.setdefault(url, []).append(place)
    return Lists(found, links, frozenset(_with_folders(paths)))


def _with_folders(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        while path:
            yield path
            path = path.rpartition("/")[0]  # noqa: PLW2901  from the inside out


def _places(file: tuple[str, str]) -> list[tuple[str, Place]]:
    """The links of a list and where they stand. Pure, and run in the judge's process."""
    path, text = file
    try:
        document = rules.parse(text)
    except rules.DocumentError:
        return []
    return list(_of(document, path)) if document.tables else []


def _of(document: rules.Document, path: str) -> Iterator[tuple[str, Place]]:
    for mention in rules.mentions(document):
        if _WEB.match(mention.url) or is_local(mention.url):
            row = document.line(mention.line) if mention.paper else ""
            place = (path, mention.line, mention.column, mention.section, mention.paper)
            yield address(mention.url, path), Place(*place, _day(row))


def _day(row: str) -> str:
    found = _DATE.search(row)
    return "".join(part.zfill(2) for part in found.groups() if part) if found else ""
