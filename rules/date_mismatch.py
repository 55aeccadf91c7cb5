"""Dates that a paper's arXiv id denies, and preprint venues of another year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules import _arxiv_claims, _papers
from rules._date_forms import Form, form, padded, write
from rules._diagnostic import Severity
from rules._months import MONTHS
from rules._registry import Found, rule
from rules._say import say
from rules._words import distance, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._arxiv_claims import ArxivId, Claim, Trust
    from rules._context import Context, ListTable
    from rules._say import Text

# Rows above and below in which a date may have been copied.
_NEAR = 10
_MONTH, _DAY = 2, 3
_LEAP = (2, 29)
_WHICH = {
    1: say("Which year is right?"),
    _MONTH: say("Which month is right?"),
    _DAY: say("Which day is right?"),
}
_DECEMBER = 12
# Preprint venues whose year is the date's, and their share.
_ENOUGH, _MOST = 8, 0.9


@rule(Severity.ERROR, silences=("date-order", "date-format"))
def date_mismatch(context: Context, _options: None) -> Iterator[Found]:
    """A date is earlier than the paper's arXiv id, or a preprint venue has another year."""
    claims = {listed.table.line: _arxiv_claims.claims(listed) for listed in context.tables}
    trust = _arxiv_claims.trust(context, claims)
    venues_agree = _venues_agree([claim for found in claims.values() for claim in found])
    doubtful = _doubtful(context)
    for listed in context.tables:
        found = claims[listed.table.line]
        for place, claim in enumerate(found):
            if listed.papers.get(claim.row.line) in doubtful:
                continue
            if claim.too_early:
                yield from _too_early(listed, found, place, trust[listed.table.line])
            elif venues_agree and not claim.venue_agrees:
                yield from _other_year(listed, claim)


def _doubtful(context: Context) -> set[str]:
    """The papers that stand under two titles: there the link is in question, not the date."""
    titles: dict[str, str] = {}
    doubtful = set()
    for listed in context.tables:
        for row in listed.rows:
            paper = listed.papers.get(row.line, "")
            title = titles.setdefault(paper, listed.title(row))
            if not _papers.same_title(title, listed.title(row)):
                doubtful.add(paper)
    return doubtful


def _venues_agree(claims: Sequence[Claim]) -> bool:
    """Whether this list's preprint venues tell the year of their rows' dates."""
    told = [claim.venue_agrees for claim in claims if claim.preprint is not None]
    return sum(told) >= max(_ENOUGH, _MOST * len(told))


def _too_early(
    listed: ListTable, claims: Sequence[Claim], place: int, trust: Trust
) -> Iterator[Found]:
    """An error where dates are those of the preprints, a doubt where they may be of venues."""
    claim = claims[place]
    certain = trust.faithful or claim.preprint is not None
    if claim.arxiv is None or trust.strays or not (certain or claim.too_early > 1):
        return
    month = MONTHS[claim.arxiv.month - 1]
    what = say(
        "The date says {date}, but arXiv {id} can only be from {month} {year} or later "
        "(ids begin with year and month)",
        date=quote(claim.cell.text),
        id=claim.arxiv.name,
        month=month,
        year=claim.arxiv.year,
    )
    question = _question(claim, claim.arxiv)
    copied = _copied(listed, claims, place)
    message = (
        say("{what}; {copied}. {question}", what=what, copied=copied, question=question)
        if copied
        else say("{what}. {question}", what=what, question=question)
    )
    if _in_place(listed, claims, place, claim.arxiv):
        message = say(
            "{message} In {month} the row already stands in its place.",
            message=message,
            month=month,
        )
    severity = Severity.ERROR if certain else Severity.WARNING
    yield Found(listed, claim.row, claim.cell.span, message, None, severity)


def _copied(listed: ListTable, claims: Sequence[Claim], place: int) -> Text | None:
    """Where the day seems to come from: the one row near by that has the same."""
    here = claims[place]
    near = claims[max(0, place - _NEAR) : place + _NEAR + 1]
    same = [claim for claim in near if claim.date == here.date and claim is not here]
    if here.date.precision < _DAY or len(same) != 1 or same[0].too_early:
        return None
    other = same[0].row
    return say(
        "it is also the date of {title}, {place}",
        title=quote(listed.title(other)),
        place=distance(here.row.line, other.line),
    )


def _question(claim: Claim, arxiv: ArxivId) -> Text:
    """The date that was meant where only a year or a month can be wrong, else which it is."""
    date = claim.date
    if date.precision == _DAY and (date.month != arxiv.month or date.key(_DAY)[1:] == _LEAP):
        return _WHICH[_DAY]
    meant = date._replace(year=arxiv.year)
    if date.precision == _MONTH:
        meant = meant._replace(month=arxiv.month)
    zeros = padded(claim.cell.text) is not False
    text = write(meant, Form(*form(date)), zeros=zeros)
    return say("Is it {date}?", date=quote(text)) if text else _WHICH[date.precision]


def _in_place(listed: ListTable, claims: Sequence[Claim], place: int, arxiv: ArxivId) -> bool:
    """Whether the row stands where the id's month has its place: then only the date is wrong."""
    order = listed.known.order
    if order is None:
        return False
    precision = min(order.precision, _MONTH)
    here = (arxiv.year, arxiv.month)[:precision]
    above = [claim.date.key(precision) for claim in claims[:place][-1:]]
    below = [claim.date.key(precision) for claim in claims[place + 1 :][:1]]
    row = [*above, here, *below]
    return row == sorted(row, reverse=order.descending)


def _other_year(listed: ListTable, claim: Claim) -> Iterator[Found]:
    """A preprint venue of another year than the date and the id, which agree."""
    if claim.venue is None or claim.arxiv is None or claim.arxiv.year != claim.date.year:
        return
    year = claim.date.year
    right = f"{claim.venue.text[:-2]}{year % 100:02d}"
    message = say(
        "The venue says {venue}, but the date {date} and arXiv {id} are of {year}. Write {better}?",
        venue=quote(claim.venue.text),
        date=quote(claim.cell.text),
        id=claim.arxiv.name,
        year=year,
        better=quote(right),
    )
    late = claim.arxiv.month == _DECEMBER and claim.preprint == year + 1
    severity = Severity.WARNING if late else Severity.ERROR
    yield Found(listed, claim.row, claim.venue.span, message, severity=severity, explains=False)
