"""What is known of a paper, written as the list at hand writes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping  # noqa: TC003  pydantic reads the types of what bot makes of it
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rules import _links, _papers, _safe_text, _venue_forms
from rules._cell_forms import PREPRINT, Facts, link_form
from rules._columns import cell_at, is_filled
from rules._dates import parse_date
from rules._row_facts import nickname, repository, writes_zeros

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules._context import ListTable
    from rules._venue_forms import Venue, YearForm

_PREPRINTS = {"arxiv": "arXiv", "openreview": "OpenReview"}
_YEAR = re.compile(r"(?P<before>.*?)[ ,'’(]*(?P<year>(?:19|20)\d\d)\)?(?P<after>\W.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of a paper; what is not is empty.

    Attributes:
        title: its title, as plain text.
        link: the address of the paper.
        code: the address of its code.
        venue: such as `ACL 2025`, in any form.
        date: such as `2025-05-14`, `2025-05` or `2025`, in any form that lists write.
        authors: their names.
        extra: other facts, by the heading of their column.
    """

    title: str = ""
    link: str = ""
    code: str = ""
    venue: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


def facts_of(paper: Paper, listed: ListTable, tables: Iterable[ListTable]) -> Facts:
    """A paper's facts as Markdown, in the list's own forms."""
    title = _safe_text.plain(paper.title)
    link = _plainer(_safe_text.address(paper.link), listed)
    code = _plainer(_safe_text.address(paper.code), listed)
    values = {
        "title": title[:-1] if title.endswith(".") and not title.endswith("..") else title,
        "name": nickname(title),
        "link": link,
        PREPRINT: link_form(link),
        "code": code,
        "repo": repository(code),
        "venue": _venue(paper, [*_venues([listed])] or [*_venues(tables)]),
        "date": _date(paper.date),
        "authors": ", ".join(filter(None, map(_safe_text.plain, paper.authors))),
    }
    return Facts({name: value for name, value in values.items() if value}, writes_zeros(listed))


def restyled(facts: Facts, listed: ListTable, tables: Iterable[ListTable]) -> Facts:
    """The facts of a row for another table: its venue as the venues there."""
    paper = Paper(venue=facts.values.get("venue", ""), date=facts.values.get("date", ""))
    venue = paper.venue and _venue(paper, [*_venues([listed])] or [*_venues(tables)])
    return Facts({**facts.values, "venue": venue}, writes_zeros(listed))


def _date(text: str) -> str:
    return text.strip() if parse_date(text) else ""


def _plainer(url: str, listed: ListTable) -> str:
    """An address without what could be better about it, unless the list's links are so."""
    meant = listed.known.accepted | listed.conventions.accepted | {"pdf"}
    for kind in _links.KINDS:
        blemish = _links.blemish(kind, url) if kind not in meant else None
        url = blemish.better if blemish else url
    return url


def _venues(tables: Iterable[ListTable]) -> Iterable[Venue]:
    for listed in tables:
        for row in listed.rows:
            cell = cell_at(row, listed.columns.venue)
            if cell and is_filled(cell):
                yield _venue_forms.read(cell.text)


def _venue(paper: Paper, usual: list[Venue]) -> str:
    """A venue as the others are written: its capitals, and how its year stands there."""
    text = _safe_text.line(paper.venue) or _preprint(paper.link, usual)
    venue = _venue_forms.read(text)
    name = _as_written(venue.name, usual)
    date = parse_date(paper.date)
    year = venue.year or (str(date.year) if date and name.casefold() in _PREPRINTS else "")
    form = _form(name, usual)
    if venue.form is None:
        return _safe_text.plain(_with_year_within(text, form))
    found = venue._replace(name=name, year=year)
    return _safe_text.plain(found.written(form) if year and form else found.name)


def _preprint(link: str, usual: Iterable[Venue]) -> str:
    """The site that shows a paper, where rows of the list name it as a venue."""
    site = _papers.identify(link).partition(":")[0]
    named = {venue.name.casefold() for venue in usual}
    return site if site in _PREPRINTS and site in named else ""


def _as_written(name: str, usual: Iterable[Venue]) -> str:
    same = Counter(v.name for v in usual if v.name.casefold() == name.casefold())
    return same.most_common(1)[0][0] if same else _PREPRINTS.get(name.casefold(), name)


def _form(name: str, usual: Iterable[Venue]) -> YearForm | None:
    """How the year of this venue stands there, else that of the others; None for no year."""
    forms = [(venue.name, venue.form) for venue in usual if venue.form]
    own = Counter(form for other, form in forms if other == name)
    form = (own or Counter(form for _, form in forms if form.digits)).most_common(1)
    if not form:
        return _venue_forms.YearForm(" ", 4)
    return form[0][0] if form[0][0].digits else None


def _with_year_within(text: str, form: YearForm | None) -> str:
    """A venue such as `ACL 2024 Findings`, with its year as the others have theirs."""
    match = _YEAR.fullmatch(text)
    if not match or not form or not match["before"]:
        return text
    venue = _venue_forms.Venue(match["before"], match["year"], form)
    return venue.written(form) + (match["after"] or "")
