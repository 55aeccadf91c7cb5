"""From a request and what is known of its papers to rows of the lists. Pure.

It is done in the process that judges: what stands in requests and lists is anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

import rules
from bot.draft import Draft, Drafted, Kind
from rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rules import Conventions, Diagnostic, Document, NewRow, Paper, Standing, Told

_MOST = 10  # papers of one request
_LONGEST = 20_000  # characters of a request that are read
_NEAR = 0.8  # how alike a misspelt heading is to its name, of 1
_SUREST = ("named", "listed", "likely")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper of a request.

    Attributes:
        paper: all that is known of it.
        told: what the request itself says of it, and so what may correct its row.
        identities: those of its links.
        obstacle: why it gets no row, whatever is known of it.
    """

    paper: Paper
    told: Paper
    identities: tuple[str, ...]
    obstacle: Kind | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the lists that it may be about.

    Attributes:
        lists: path -> text.
        configs: path -> what its owners want to hear of.
        title: the issue's.
        body: the issue's, with what was added to it.
        papers: those that it is about.
        sections: the headings that the request or a maintainer names, the surest first.
        decided: whether a maintainer named the section, so that no other will do.
        reports: whether it says that something is wrong or has changed.
        about: names of the facts that this is about.
    """

    lists: Mapping[str, str]
    configs: Mapping[str, rules.Config]
    title: str
    body: str
    papers: tuple[Wanted, ...]
    sections: tuple[str, ...] = ()
    decided: bool = False
    reports: bool = False
    about: tuple[str, ...] = ()


class _List(NamedTuple):
    path: str
    document: Document
    known: Conventions
    config: rules.Config


class _Place(NamedTuple):
    list: _List
    section: tuple[str, ...]


@dataclass
class _Shelf:
    """The lists as they are with the rows so far."""

    texts: dict[str, str]
    configs: Mapping[str, rules.Config]
    changed: set[str] = field(default_factory=set)

    def lists(self) -> Iterator[_List]:
        for path, text in self.texts.items():
            try:
                document = rules.parse(text)
            except rules.DocumentError:
                continue  # of it the check run tells
            if document.tables:
                yield _List(path, document, rules.infer(document), self.configs[path])

    def change(self, at: _List, edits: Iterable[rules.Edit]) -> None:
        self.texts[at.path] = rules.apply(at.document.text, list(edits))
        self.changed.add(at.path)


def told(request: tuple[str, str, Mapping[str, str]]) -> Told | None:
    """What a request says; None where a text asks for nothing, or for more than anybody reads.

    Args:
        request: the issue's title and body, and the lists by path: a paper that is listed may be
            named by its title alone.
    """
    title, body, lists = request
    found = rules.told(title, body)
    if not found.reports and not rules.asks(title, body):
        return None
    if not found.papers:
        found = found._replace(papers=_of_listed(title, body, lists))
    return found if 0 < len(found.papers) <= _MOST else None


def _of_listed(title: str, body: str, lists: Mapping[str, str]) -> tuple[Paper, ...]:
    """What is said of the one paper of the lists that is named."""
    text = f"{title}\n{body[:_LONGEST]}"
    rows = [
        row
        for at in _Shelf(dict(lists), dict.fromkeys(lists, rules.Config())).lists()
        for row in rules.find_mentioned(at.document, at.known, text)
    ]
    names = {row.title for row in rows}
    if len(names) != 1:
        return ()
    return rules.told(title, f"Title: {names.pop()}\n\n{body}").papers


def draft(asked: Asked) -> Drafted:
    """Tell what comes of each paper, one after the other; nothing where there is no table."""
    shelf = _Shelf(dict(asked.lists), asked.configs)
    if not any(shelf.lists()):
        return Drafted()
    drafts = [_draft(asked, wanted, shelf) for wanted in asked.papers]
    titles = dict.fromkeys(
        table.section.title for at in shelf.lists() for table in at.document.tables
    )
    files = {path: shelf.texts[path] for path in sorted(shelf.changed)}
    return Drafted(tuple(drafts), files, tuple(filter(None, titles)))


def _draft(asked: Asked, wanted: Wanted, shelf: _Shelf) -> Draft:
    lists = list(shelf.lists())
    for at in lists:
        title = wanted.paper.title
        rows = rules.find_rows(at.document, at.known, wanted.identities, title)
        if rows:
            return _known(asked, wanted, shelf, at, rows)
    name = wanted.paper.title or wanted.paper.link or wanted.paper.code
    obstacle = wanted.obstacle or (None if wanted.paper.title else Kind.UNTITLED)
    if obstacle:
        return Draft(obstacle, name)
    place = _place(asked, wanted, lists)
    row = place and rules.write_row(
        place.list.document, place.list.known, place.section, wanted.paper, place.list.config
    )
    if not place or not row:
        return Draft(Kind.UNPLACED, name)
    shelf.change(place.list, [row.edit])
    return Draft(
        Kind.ROW,
        name,
        place.list.path,
        row.at,
        _title(row.section),
        row.place,
        row.line,
        missing=_missing(place, row),
        remarks=_remarks(said for said in row.said if said.rule != _EMPTY),
    )


_EMPTY = "empty-cell"  # what is missing is asked for
_ROLES = ("code", "venue", "paper", "date")


def _missing(place: _Place, row: NewRow) -> tuple[str, ...]:
    """What is missing, by the name of its fact where that is known, else by its heading."""
    known = (
        {headings[at]: role for role in _ROLES if (at := getattr(table.columns, role)) is not None}
        for (path, headings, _), table in place.list.known.tables.items()
        if path == row.section and set(row.missing) <= set(headings)
    )
    names = next(known, {})
    return tuple(names.get(heading, heading) for heading in row.missing)


def _known(
    asked: Asked, wanted: Wanted, shelf: _Shelf, at: _List, rows: Sequence[Standing]
) -> Draft:
    """What comes of a paper that stands in a list already."""
    row = rows[0]
    name = row.title or wanted.paper.title
    shown = Draft(Kind.LISTED, name, at.path, row.line, _title(row.section))
    made = rules.correct(
        at.document,
        at.known,
        row.row,
        _news(asked, wanted.told),
        _elsewhere(asked, at, rows),
        at.config,
    )
    if made and made.edits:
        shelf.change(at, made.edits)
        remarks = _remarks(made.said)
        return replace(
            shown, kind=Kind.CORRECTION, row=made.after, before=made.before, remarks=remarks
        )
    return replace(shown, kind=Kind.VAGUE, wrong=asked.about) if asked.reports else shown


# What may have come after its row was written; anything else changes only where it is said wrong.
_LATER = frozenset({"code", "venue"})


def _news(asked: Asked, told: Paper) -> Paper:
    """The facts of a request that may change a row."""
    kept = _LATER | (set(asked.about) if asked.reports else set())
    return rules.Paper(**{name: getattr(told, name) for name in kept & _FACTS})


_FACTS = frozenset({"title", "link", "code", "venue", "date", "authors"})


def _elsewhere(asked: Asked, at: _List, rows: Sequence[Standing]) -> tuple[str, ...] | None:
    """The section that a row is to move to; None where nobody says so, or it stands there."""
    if not asked.reports or "section" not in asked.about:
        return None
    to = _named(asked, at)
    return to if to and all(to != row.section for row in rows) else None


def _named(asked: Asked, at: _List) -> tuple[str, ...] | None:
    return next(filter(None, (_section(at, heading) for heading in asked.sections)), None)


def _place(asked: Asked, wanted: Wanted, lists: Sequence[_List]) -> _Place | None:
    """Where a new row goes: under the heading that is named, else where such papers stand."""
    for at in lists:
        section = _named(asked, at)
        if section:
            return _Place(at, section)
    if asked.decided:
        return None
    alone = len(asked.papers) == 1
    texts = [(asked.title, asked.body)] if alone else []
    texts.append((wanted.paper.title, ""))
    for title, body in texts:
        guesses = [
            (_SUREST.index(guess.why), -guess.score, number, guess.path)
            for number, at in enumerate(lists)
            for guess in rules.classify(at.document, title, body)
        ]
        if guesses:
            _, _, number, path = min(guesses)
            return _Place(lists[number], path)
    return None


def _section(at: _List, heading: str) -> tuple[str, ...] | None:
    """The section with a table that a heading, or the end of a path such as `A > B`, means."""
    paths = list(dict.fromkeys(table.section.path for table in at.document.tables))
    names = {_plain(" > ".join(path[start:])): path for path in paths for start in range(len(path))}
    wanted = _plain(heading)
    near = [wanted] if wanted in names else get_close_matches(wanted, names, 1, _NEAR)
    return names[near[0]] if near else None


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())


def _title(section: Sequence[str]) -> str:
    return section[-1] if section else ""


def _remarks(said: Iterable[Diagnostic]) -> tuple[str, ...]:
    return tuple(one.message for one in said if one.severity is not Severity.NOTE)
