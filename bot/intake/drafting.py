"""From a request and what is known of its papers to rows of the lists. Pure.

It is done in the process that judges: what stands in requests and lists is anybody's.
"""

from __future__ import annotations

import gc
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import rules
from bot.intake import listed, placing, sheets
from bot.intake.draft import Draft, Drafted, Kind
from rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.intake.placing import Place
    from bot.intake.sheets import Sheet
    from rules import Diagnostic, NewRow, Paper, Standing, Told

_MOST = 10  # papers of one request
_LONGEST = 20_000  # characters of a request that are read
_EMPTY = "empty-cell"  # what is missing is asked for
_ROLES = ("code", "venue", "paper", "date")


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
        corrects: whether it is about rows that are there, and asks for no others.
        entry: what it calls such a row by its title, where a form asks for that.
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
    corrects: bool = False
    entry: str = ""

    def rows(self, sheet: Sheet, wanted: Wanted, *, now: bool = False) -> tuple[Standing, ...]:
        """Where a paper stands in a list as it is, or as it has become."""
        title, nicknames = wanted.paper.title, self.corrects
        return sheet.rows(wanted.identities, title, nicknames=nicknames, now=now)


def foreign(repo: str, text: str) -> str:
    """A text without addresses of the list's own repository and of pictures uploaded to GitHub.

    People point at rows with the one and show what is wrong with the other; neither is a paper's.
    """
    own = rf"https?://github\.com/(?:{re.escape(repo)}|user-attachments)(?![\w.-])[^\s<>()\[\]]*"
    return re.sub(own, "", text, flags=re.IGNORECASE)


def told(request: tuple[str, str, Mapping[str, str]]) -> Told | None:
    """What a request says; None where a text asks for nothing, or for more than anybody reads.

    Args:
        request: the issue's title and body, and the lists by path: a paper that is listed may be
            named by its title alone.
    """
    title, body, lists = request
    found, asks = rules.told(title, body), rules.asks(title, body)
    if not found.reports and not asks:
        return None
    found = found._replace(corrects=found.corrects or not asks)
    if not found.papers:
        found = found._replace(papers=_of_listed(title, body, lists, nicknames=found.reports))
    return found if 0 < len(found.papers) <= _MOST else None


def _of_listed(
    title: str, body: str, lists: Mapping[str, str], *, nicknames: bool
) -> tuple[Paper, ...]:
    """What is said of the one paper of the lists that is named."""
    text = f"{title}\n{body[:_LONGEST]}"
    rows = [
        row
        for at in sheets.read(lists, {})
        for row in rules.find_mentioned(at.document, at.known, text, nicknames=nicknames)
    ]
    names = {row.title for row in rows}
    if len(names) != 1:
        return ()
    return rules.told(title, f"Title: {names.pop()}.\n\n{body}").papers


def draft(asked: Asked) -> Drafted:
    """Tell what comes of each paper, one after the other; nothing where there is no table."""
    gc.disable()  # a long list is millions of objects, and none of them is garbage
    try:
        return _draft(asked)
    finally:
        gc.enable()


def _draft(asked: Asked) -> Drafted:
    shelf = sheets.read(asked.lists, asked.configs)
    if not shelf:
        return Drafted()
    drafts = [draft for wanted in _once(asked.papers) for draft in _drafts(asked, wanted, shelf)]
    titles = dict.fromkeys(table.section.title for at in shelf for table in at.document.tables)
    files = {at.path: at.now.text for at in sorted(shelf, key=lambda at: at.path) if at.changed}
    return Drafted(_judged(drafts, shelf), files, tuple(filter(None, titles)))


def _once(papers: Sequence[Wanted]) -> list[Wanted]:
    """The papers without those that are named again, with another link."""
    first: dict[str, Wanted] = {}
    for number, wanted in enumerate(papers):
        first.setdefault(" ".join(wanted.paper.title.casefold().split()) or str(number), wanted)
    return list(first.values())


def _drafts(asked: Asked, wanted: Wanted, shelf: Sequence[Sheet]) -> tuple[Draft, ...]:
    found = [
        draft
        for at in shelf
        if (rows := asked.rows(at, wanted))
        for draft in listed.drafts(asked, wanted, at, rows)
    ]
    if found:
        return tuple(_telling(found))
    return tuple(_new(asked, wanted, shelf))


def _telling(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """What changes in all lists; else what is said of the first of them."""
    return [draft for draft in drafts if draft.kind is Kind.CORRECTION] or drafts[:1]


def _new(asked: Asked, wanted: Wanted, shelf: Sequence[Sheet]) -> Iterator[Draft]:
    """A row for a paper that stands nowhere yet, or why there is none."""
    name = wanted.paper.title or wanted.paper.link or wanted.paper.code
    obstacle = wanted.obstacle or (None if wanted.paper.title else Kind.UNTITLED)
    if asked.corrects:
        called = asked.entry or wanted.told.link
        yield from [Draft(Kind.UNFOUND, called)] if called else []
        return
    place = None if obstacle else placing.find(asked, wanted, shelf)
    row = place and _written(place, wanted.paper)
    if not place or not row:
        yield Draft(obstacle or Kind.UNPLACED, name)
        return
    place.sheet.change([row.edit])
    yield Draft(
        Kind.ROW,
        name,
        place.sheet.path,
        row.at,
        row.section[-1] if row.section else "",
        row.place,
        row.line,
        missing=_missing(place, row),
    )


def _written(place: Place, paper: Paper) -> NewRow | None:
    at = place.sheet
    return rules.write_row(at.now, at.known, place.section, paper, at.config, judged=False)


def _missing(place: Place, row: NewRow) -> tuple[str, ...]:
    """What is missing, by the name of its fact where that is known, else by its heading."""
    known = (
        {headings[at]: role for role in _ROLES if (at := getattr(table.columns, role)) is not None}
        for (path, headings, _), table in place.sheet.known.tables.items()
        if path == row.section and set(row.missing) <= set(headings)
    )
    names = next(known, {})
    return tuple(names.get(heading, heading) for heading in row.missing)


def _judged(drafts: Sequence[Draft], shelf: Sequence[Sheet]) -> tuple[Draft, ...]:
    """The drafts with what the rules newly say of their rows, asked once for each list."""
    said = {
        at.path: at.said({it.row.strip() for it in drafts if it.row and it.path == at.path})
        for at in shelf
    }
    return tuple(replace(it, remarks=_remarks(it, said.get(it.path, ()))) for it in drafts)


def _remarks(draft: Draft, said: Sequence[Diagnostic]) -> tuple[str, ...]:
    asked_for = _EMPTY if draft.kind is Kind.ROW else ""
    return tuple(
        one.message
        for one in said
        if one.row == draft.row.strip()
        and one.severity is not Severity.NOTE
        and one.rule != asked_for
    )
