"""Links that stand in another column, or another row, than the one they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules import _papers
from rules._badges import foreign_badges
from rules._columns import addresses, is_filled
from rules._date_columns import misplaced
from rules._diagnostic import Edit, Fix, Severity
from rules._document import Span
from rules._habits import habits, has_both, kinds
from rules._kinds import Kind
from rules._registry import Found, rule
from rules._say import Line, say
from rules._swapped import compact, name_in_title, swapped
from rules._words import distance, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules._badges import Badge
    from rules._context import Context, ListTable
    from rules._date_columns import Misplaced
    from rules._document import Cell, Row
    from rules._habits import Habits
    from rules._say import Text


@dataclass(frozen=True, slots=True)
class _Place:
    """A row's paper and code, and what the other rows do: in the list, and in this table."""

    listed: ListTable
    row: Row
    list: Habits
    table: Habits

    @property
    def paper(self) -> Cell:
        return self.row.cells[self.listed.columns.paper or 0]

    @property
    def code(self) -> Cell:
        return self.row.cells[self.listed.columns.code or 0]

    @property
    def paper_heading(self) -> str:
        return self.listed.heading(self.listed.columns.paper or 0)

    @property
    def code_heading(self) -> str:
        return self.listed.heading(self.listed.columns.code or 0)

    @property
    def others(self) -> Text:
        return say(
            "in {number} other rows {heading} links code",
            number=self.list.code.kept,
            heading=self.code_heading,
        )

    @property
    def both(self) -> Text:
        return say("{one} and {other}", one=self.paper_heading, other=self.code_heading)

    def holds_code(self) -> bool:
        return self.list.code.is_sure(self.table.code)

    def wants_paper(self) -> bool:
        """Whether the paper is absent where nearly all rows have one."""
        usual = self.list.paper.is_filled and self.list.code.is_usual
        return usual and not is_filled(self.paper)

    def holds_papers(self) -> bool:
        return self.list.paper.is_sure(self.table.paper)


@rule(Severity.WARNING, fixes="unsafe", silences=("empty-cell", "missing-code-link"))
def link_column(context: Context, _options: None) -> Iterator[Found]:
    """A link stands in another column or row than its own, or beside another one's badge."""
    owners: dict[str, Row] = {}
    for listed in context.tables:
        for row in listed.rows:
            yield from (_foreign(listed, row, badge) for badge in foreign_badges(row))
            owners.setdefault(listed.papers.get(row.line, ""), row)
        for row, other in swapped(listed):
            yield from (_swapped(listed, row, other), _swapped(listed, other, row))
        yield from (_no_date(listed, found) for found in misplaced(listed))
    for place in _places_of(context):
        yield from _judge(place, owners)


def _places_of(context: Context) -> Iterator[_Place]:
    """The rows whose cells stand under their headings; an older one is held to what held before."""
    now, before = habits(context.tables), habits(context.before)
    known = before if before.code.is_usual else now
    for listed in (listed for listed in context.tables if has_both(listed.columns)):
        here = habits([listed], settled=listed.settled)
        for row in listed.rows:
            if len(row.cells) == len(listed.table.headings):
                yield _Place(listed, row, known if listed.is_new(row) else before, here)


def _judge(place: _Place, owners: Mapping[str, Row]) -> Iterator[Found]:
    papers, codes = kinds(place.paper), kinds(place.code)
    if papers == {Kind.CODE} and codes == {Kind.PAPER} and place.holds_code():
        message = say(
            "{both} link what belongs in the other one's place. Exchange them.", both=place.both
        )
        yield _told(place, place.code, message, _exchange(place.paper, place.code))
    elif codes and Kind.CODE not in codes:
        yield from _no_code(place, codes, owners)
    elif papers == {Kind.CODE} and place.holds_papers() and _is_repository(place.paper):
        yield from _no_paper(place)


def _told(place: _Place, cell: Cell, message: Text, fix: Fix | None = None) -> Found:
    return Found(place.listed, place.row, cell.span, message, fix, explains=False)


def _astray(place: _Place, cell: Cell, links: Text, other: str) -> Found:
    """A link that belongs into the other, empty cell: which explains why that one is empty."""
    message = say(
        "This cell links {what}, and {other} has no link. Does this one belong there?",
        what=links,
        other=other,
    )
    fix = _exchange(place.paper, place.code)
    return Found(place.listed, place.row, cell.span, message, fix)


def _no_code(place: _Place, codes: set[Kind], owners: Mapping[str, Row]) -> Iterator[Found]:
    """Speak of a code cell that links no code."""
    if place.wants_paper() and Kind.PAGE not in codes:
        yield _astray(place, place.code, say("no code"), place.paper_heading)
    elif place.holds_code():
        if _places(place.paper) & _places(place.code):
            message = say(
                "{both} link the same page here; {others}.", both=place.both, others=place.others
            )
            yield _blanked(place, message)
        elif codes == {Kind.PAPER}:
            message = say(
                "{heading} links {whose} here; {others}.",
                heading=place.code_heading,
                whose=_whose(place, owners),
                others=place.others,
            )
            yield _blanked(place, message)
        else:
            yield from _page(place, codes)


def _whose(place: _Place, owners: Mapping[str, Row]) -> Text:
    """`the paper of line 91`, where another row has the paper that a code cell links."""
    owner = next((owners[name] for name in _places(place.code) if name in owners), place.row)
    if owner is place.row:
        return say("a paper")
    if abs(owner.line - place.row.line) == 1:
        return say("the paper of {place}", place=distance(place.row.line, owner.line))
    return say("the paper of line {line}", line=Line(owner.line))


def _page(place: _Place, codes: set[Kind]) -> Iterator[Found]:
    """Speak of a site or a project's page in a code cell."""
    if codes == {Kind.SITE} and not _is_named_after(place.code, place.listed.title(place.row)):
        message = say(
            "{address} is a site, not a repository; {others}.",
            address=quote(addresses(place.code)[0]),
            others=place.others,
        )
        yield _told(place, place.code, message)
    elif codes <= {Kind.SITE, Kind.PAGE}:
        message = say("A project's page, not its repository; {others}.", others=place.others)
        yield _told(place, place.code, message)._replace(severity=Severity.NOTE)


def _no_paper(place: _Place) -> Iterator[Found]:
    """Speak of a paper cell that links a repository."""
    if not is_filled(place.code):
        yield _astray(place, place.paper, say("a repository"), place.code_heading)
    elif _places(place.paper) & _places(place.code):
        message = say("{both} link the same repository.", both=place.both)
        yield _told(place, place.paper, message)._replace(severity=Severity.NOTE)


def _places(cell: Cell) -> set[str]:
    return set(map(_papers.identify, addresses(cell)))


def _is_repository(cell: Cell) -> bool:
    """Whether a cell links repositories alone, and no file of theirs, such as a report."""
    return all(
        name.startswith("repo:") and "/blob/" not in url and "/raw/" not in url
        for url in addresses(cell)
        if (name := _papers.identify(url))
    )


def _is_named_after(cell: Cell, title: str) -> bool:
    """Whether a site has the name of the work, or its domain a word of the title: its own site."""
    name, words = name_in_title(title), _papers.normal_title(title).split()
    hosts = [_papers.host(url).split(".") for url in addresses(cell)]
    domains = {labels[-2] for labels in hosts if len(labels) > 1}
    return bool(domains & set(words)) or any(name == compact(it) for host in hosts for it in host)


def _exchange(one: Cell, other: Cell) -> Fix | None:
    if not one.raw or not other.raw:
        return None
    return Fix((Edit(one.span, other.raw), Edit(other.span, one.raw)), safe=False)


def _blanked(place: _Place, message: Text) -> Found:
    mark = place.listed.mark(place.listed.columns.code or 0)
    if not mark or not mark.text:
        return _told(place, place.code, message)
    message = say("{message} No code yet? Write {mark}.", message=message, mark=quote(mark.text))
    return _told(place, place.code, message, Fix((Edit(place.code.span, mark.text),), safe=False))


def _swapped(listed: ListTable, row: Row, other: Row) -> Found:
    column = listed.columns.code or 0
    here, there = row.cells[column], other.cells[column]
    message = say(
        "This repository is named after {title} ({place}), and that row's after this one. "
        "Exchange the two?",
        title=quote(listed.title(other)),
        place=distance(row.line, other.line),
    )
    return Found(listed, row, here.span, message, _exchange(here, there), explains=False)


def _no_date(listed: ListTable, found: Misplaced) -> Found:
    message = say(
        "{heading} has a date, or a mark for none, in {number} other rows, and a link here. "
        "Does it belong elsewhere?",
        heading=listed.heading(found.column),
        number=found.others,
    )
    return Found(listed, found.row, found.cell.span, message, explains=False)


def _foreign(listed: ListTable, row: Row, badge: Badge) -> Found:
    message = say(
        "The badge shows {badge}, the link leads to {link}. Which one is meant?",
        badge=quote(badge.repository),
        link=quote(badge.linked),
    )
    at = badge.image.target.start + badge.image.url.find(badge.repository)
    span = Span(at, at + len(badge.repository))
    literal = row.document.text[slice(*span)] == badge.repository
    fix = Fix((Edit(span, badge.linked),), safe=False) if literal else None
    place = span if literal else badge.image.span
    return Found(listed, row, place, message, fix, explains=False)
