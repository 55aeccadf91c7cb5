"""New people in a list's own section of contributors, in the form that it has. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rules
from bot.contributors import entries, places
from bot.contributors.entries import LOGIN, SELF_MADE, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules import Document

__all__ = ["Added", "Person", "add", "person"]

_LOGIN = re.compile(LOGIN)
_MOST = 2**63
_NAMED = re.compile(r"\bcontributors?\b|\u8d21\u732e\u8005|\u8ca2\u737b\u8005", re.IGNORECASE)
# Advice for contributors is no list of them.
_ADVICE = re.compile(
    r"\b(?:guid\w*|how to|become|covenant|conduct|agreement|licen[cs]e)\b|^(?:for|to) "
    r"|\u6307\u5357|\u5982\u4f55|\u6210\u4e3a|\u987b\u77e5",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\backnowledge?ments?\b|\b(?:special )?thanks\b|\bcredits\b"
    r"|\u81f4\u8c22|\u81f4\u8b1d|\u9e23\u8c22|\u611f\u8c22",
    re.IGNORECASE,
)
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]*>(.{1,300}?)</h\1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    level: int
    title: str


def person(login: str, number: int) -> Person | None:
    """A person of GitHub's; None where that cannot be one, such as an app's account."""
    fits = _LOGIN.fullmatch(login) and 0 < number < _MOST
    return Person(login, number) if fits else None


@dataclass(frozen=True, slots=True)
class Added:
    """A list with new people in it; whoever was there already is not among them."""

    text: str
    people: tuple[Person, ...]


def add(people: Sequence[Person], text: str) -> Added | None:
    """Add people to a list's section of contributors.

    None where there is no such section, where it renews itself, or where nobody in it shows how
    entries are written.
    """
    try:
        document = rules.parse(text)
    except rules.DocumentError:
        return None
    for start, end in _sections(document):
        body = text[start:end]
        if SELF_MADE.search(body):
            return None
        if entries.read(body):
            made = _added(people, body)
            return made and Added(text[:start] + made.text + text[end:], made.people)
    return None


def _added(people: Iterable[Person], body: str) -> Added | None:
    new = []
    for each in people:
        logins, numbers = entries.shown(body)
        if each.login.lower() in logins or each.id in numbers:
            continue
        made = places.insert(body, each)
        if made is None:
            return None
        body = made
        new.append(each)
    return Added(body, tuple(new))


def _sections(document: Document) -> Iterator[tuple[int, int]]:
    """Where what stands under a fitting heading begins and ends.

    Where contributors have a heading, thanks to others are not looked at.
    """
    headings = sorted(_headings(document), key=lambda heading: heading.line)
    named = [h for h in headings if _NAMED.search(h.title) and not _ADVICE.search(h.title)]
    for heading in named or [h for h in headings if _THANKS.search(h.title)]:
        later = (h for h in headings if h.line > heading.line and h.level <= heading.level)
        following = next(later, None)
        end = document.starts[following.line - 1] if following else len(document.text)
        yield document.line_span(heading.line).end, end


def _headings(document: Document) -> Iterator[_Heading]:
    for section in document.sections:
        yield _Heading(section.line, section.level, section.title)
    for first, html in document.html:
        for found in _HTML_HEADING.finditer(html):
            line = first + html.count("\n", 0, found.end())
            yield _Heading(line, int(found[1]), _TAG.sub("", found[2]).strip())
