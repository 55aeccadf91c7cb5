"""arXiv's Atom feed, read with suspicion: its papers, and what it says is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException, ElementTree

import rules
from bot import arxiv_told

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from bot.arxiv_told import Venue

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_ID = re.compile(r"https?://arxiv\.org/abs/(?P<id>.+?)(?:v(?P<version>\d+))?")
_ERROR = "arxiv.org/api/errors"
_VERSION = re.compile(r"v\d+$")
_CLASS = re.compile(r"\.[a-z]{2}(?=/)")
_SHAPE = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}")


class FeedError(ValueError):
    """What came is no feed of arXiv's; the text says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as arXiv knows it.

    Attributes:
        id: arXiv's own, without version.
        version: the newest.
        first: the day of the first version.
        updated: the day of the newest.
        code: addresses of code in the comment and the abstract.
        venue: where comment or journal_ref say that it was accepted; None in doubt.
    """

    id: str
    version: int
    title: str
    authors: tuple[str, ...]
    first: date
    updated: date
    abstract: str
    comment: str
    journal_ref: str
    doi: str
    withdrawn: bool
    code: tuple[str, ...]
    venue: Venue | None


@dataclass(frozen=True, slots=True)
class Feed:
    """What an answer holds.

    Attributes:
        entries: by key.
        whole: whether it shows as many entries as it says there are; one without any is in doubt.
        refused: arXiv's words about a request that it could not read; else empty.
    """

    entries: dict[str, Entry]
    whole: bool
    refused: str = ""


def key(name: str) -> str:
    """One name for all forms of an id; empty for what cannot be one."""
    plain = _CLASS.sub("", _VERSION.sub("", name.strip().lower()))
    return plain if _SHAPE.fullmatch(plain) and not rules.arxiv_mistake(plain) else ""


def read(body: bytes) -> Feed:
    """The feed in an answer.

    Raises:
        FeedError: it is no Atom, holds entities, or its dates are none.
    """
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise FeedError(f"no XML that can be read: {error}") from error
    if root.tag != f"{_ATOM}feed":
        raise FeedError("no Atom feed")
    shown = root.findall(f"{_ATOM}entry")
    refused = [_text(e, f"{_ATOM}summary") for e in shown if _ERROR in _text(e, f"{_ATOM}id")]
    # An id that nobody has may come as an entry without anything in it.
    entries = [entry for entry in map(_entry, shown) if entry]
    whole = bool(shown) and _text(root, _TOTAL) == str(len(shown))
    return Feed({key(entry.id): entry for entry in entries}, whole, " ".join(refused))


def _entry(element: Element) -> Entry | None:
    name = _ID.fullmatch(_text(element, f"{_ATOM}id"))
    title, published = (_text(element, f"{_ATOM}{tag}") for tag in ("title", "published"))
    if not name or not title or not published:
        return None
    abstract = _text(element, f"{_ATOM}summary")
    comment, journal_ref, doi = (
        _text(element, f"{_ARXIV}{tag}") for tag in ("comment", "journal_ref", "doi")
    )
    return Entry(
        id=name["id"],
        version=int(name["version"] or 1),
        title=title,
        authors=tuple(_text(a, f"{_ATOM}name") for a in element.findall(f"{_ATOM}author")),
        first=_day(published),
        updated=_day(_text(element, f"{_ATOM}updated") or published),
        abstract=abstract,
        comment=comment,
        journal_ref=journal_ref,
        doi=doi,
        withdrawn=arxiv_told.is_withdrawn(title, comment, abstract),
        code=arxiv_told.code_links(comment, abstract),
        venue=arxiv_told.venue(comment, journal_ref),
    )


def _text(element: Element, tag: str) -> str:
    """In one line: the feed breaks its lines anywhere."""
    return " ".join((element.findtext(tag) or "").split())


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise FeedError(f"{text!r} is no date") from error
