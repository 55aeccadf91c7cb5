"""The one comment that answers a request: the row as it would stand, and what is still unknown.

Pure. It is written anew as the request changes, so what is asked is asked once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot import cut, escape
from bot.intake.draft import Draft, Kind
from bot.voice import name_of
from rules import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.commits import Refused
    from bot.intake.draft import Drafted
    from bot.proposal import Opened
    from rules import Text

_MARK = re.compile(r"<!-- listwright request(?:: #(\d+))? -->\s*\Z")
_TICKED = re.compile(r"(?m)^- \[[xX]\] ")
_ROOM = 50_000  # bytes of a comment's 65,536
_SECTIONS = 30  # named where one is to be chosen
_CUT = 200  # characters of what others wrote


@dataclass(frozen=True, slots=True)
class Place:
    """Where people see the list: `url` is the repository's, `tip` the commit that was read."""

    url: str
    branch: str
    tip: str

    def line(self, path: str, line: int) -> str:
        return f"{self.url}/blob/{self.tip}/{quote(path)}?plain=1#L{line}"

    def edit(self, path: str) -> str:
        """GitHub's page where a person changes the file."""
        return f"{self.url}/edit/{quote(self.branch)}/{quote(path)}"


def is_preview(body: str) -> bool:
    """Whether a comment of ours answers a request."""
    return bool(_MARK.search(body))


def pull_of(body: str) -> int | None:
    """The pull request that our comment says has the row; None as long as there is none."""
    found = _MARK.search(body)
    return int(found[1]) if found and found[1] else None


def is_ticked(body: str) -> bool:
    """Whether somebody ticked the box of our comment."""
    return bool(_TICKED.search(body))


def compose(drafted: Drafted, place: Place, trouble: Sequence[Text] = ()) -> Text:
    """The comment as long as nothing is opened; `trouble` is what could not be looked up."""
    box = [_box(drafted)] if drafted.proposed else []
    return _whole([*_told(drafted, place, trouble), *_where(drafted), *box])


def opened(drafted: Drafted, place: Place, pull: Opened) -> Text:
    """The comment once a pull request has it."""
    closing = say("#{number} has it ready for the maintainers.", number=pull.number)
    return _whole([*_told(drafted, place, ()), closing], pull.number)


def refused(drafted: Drafted, place: Place, why: Refused) -> Text:
    """The comment where no pull request could be opened: whoever may write does it by hand."""
    paths = list(dict.fromkeys(draft.path for draft in drafted.proposed))
    links = [say("[edit {path}]({url})", path=escape.plain(p), url=place.edit(p)) for p in paths]
    closing = say(
        "{why} The row above is ready to be pasted: {links:, }.", why=why.words, links=links
    )
    return _whole([*_told(drafted, place, ()), closing])


def _whole(parts: Sequence[Text], pull: int | None = None) -> Text:
    kept, left = cut.whole(list(parts[:-1]), _ROOM - len(parts[-1].encode()))
    more = [say("And {number} more.", number=left)] if left else []
    mark = f"<!-- listwright request: #{pull} -->" if pull else "<!-- listwright request -->"
    return say("{parts:\n\n}\n\n{mark}", parts=[*kept, *more, parts[-1]], mark=mark)


def _told(drafted: Drafted, place: Place, trouble: Sequence[Text]) -> list[Text]:
    rows = drafted.of(Kind.ROW)
    if trouble:  # what is unknown now is not to be asked for
        drafted = drafted.without(Kind.UNTITLED)
    opening: list[Text] = []
    if len(rows) == 1:
        opening.append(_opening(rows[0]))
    elif rows:
        opening.append(say("Thanks! I would put {number} rows here:", number=len(rows)))
    alone = len(rows) == 1
    shown = [
        part
        for draft in drafted.drafts
        if draft.kind in _SHOW
        for part in _SHOW[draft.kind](draft, place, alone)
    ]
    return [*opening, *shown, *trouble]


def _opening(draft: Draft) -> Text:
    if not draft.section:
        return say("Thanks! I would put it here, {place}:", place=draft.place)
    section = escape.plain(draft.section)
    return say(
        "Thanks! I would put it here, {place} in **{section}**:", place=draft.place, section=section
    )


def _row(draft: Draft, _place: Place, alone: bool) -> list[Text]:
    where: list[Text] = []
    if not alone:
        section = escape.plain(draft.section)
        where = [say("{place} in **{section}**:", place=draft.place, section=section)]
    return [*where, _fenced(draft.row), *_asked(draft), *_remarks(draft)]


def _correction(draft: Draft, place: Place, _alone: bool) -> list[Text]:
    told = say("{listed} With what you say it becomes:", listed=_listed_at(draft, place))
    return [told, _fenced(draft.row), *_remarks(draft)]


def _listed(draft: Draft, place: Place, _alone: bool) -> list[Text]:
    return [
        say(
            "{listed} Is something wrong with its row? Reply with what would be right.",
            listed=_listed_at(draft, place),
        )
    ]


_FACTS: Mapping[str, Text] = {
    "code": say("the code link"),
    "link": say("the paper link"),
    "title": say("the title"),
    "authors": say("the authors"),
    "venue": say("the venue"),
    "date": say("the date"),
    "section": say("the section"),
}


def _vague(draft: Draft, place: Place, _alone: bool) -> list[Text]:
    named = [_FACTS[name] for name in draft.wrong if name in _FACTS]
    if not named:
        return [
            say(
                "{listed} Reply with what would be right, and I prepare the edit for the "
                "maintainers.",
                listed=_listed_at(draft, place),
            )
        ]
    return [
        say(
            "{listed} You report {facts: and }. Reply with what would be right, and I prepare the "
            "edit for the maintainers.",
            listed=_listed_at(draft, place),
            facts=named,
        )
    ]


def _unfit(draft: Draft, place: Place, _alone: bool) -> list[Text]:
    named = [_FACTS.get(name) or escape.plain(name) for name in draft.wrong]
    return [
        say(
            "{listed} Its table has no column for {facts: and }, so I leave the row as it is.",
            listed=_listed_at(draft, place),
            facts=named,
        )
    ]


def _unfound(draft: Draft, _place: Place, _alone: bool) -> list[Text]:
    name = escape.code(draft.name[:_CUT])
    return [say("I find no row of {name} here. Reply with its title as it is listed.", name=name)]


def _listed_at(draft: Draft, place: Place) -> Text:
    values = {
        "name": name_of(draft.name),
        "line": draft.line,
        "address": place.line(draft.path, draft.line),
    }
    if not draft.section:
        return say("{name} is listed at [line {line}]({address}).", **values)
    return say(
        "{name} is listed at [line {line}]({address}), in **{section}**.",
        **values,
        section=escape.plain(draft.section),
    )


def _untitled(draft: Draft, _place: Place, _alone: bool) -> list[Text]:
    name = escape.code(draft.name[:_CUT])
    return [say("Thanks! What is the title of {name}? Reply with it.", name=name)]


def _absent(draft: Draft, _place: Place, _alone: bool) -> list[Text]:
    name = escape.code(draft.name[:_CUT])
    return [say("arXiv has no paper at {name}. Is the link right?", name=name)]


def _withdrawn(draft: Draft, _place: Place, _alone: bool) -> list[Text]:
    return [
        say(
            "arXiv says that {name} was withdrawn by its authors, so I prepare no row for it.",
            name=name_of(draft.name),
        )
    ]


_SHOW = {
    Kind.ROW: _row,
    Kind.CORRECTION: _correction,
    Kind.LISTED: _listed,
    Kind.VAGUE: _vague,
    Kind.UNFIT: _unfit,
    Kind.UNFOUND: _unfound,
    Kind.UNTITLED: _untitled,
    Kind.ABSENT: _absent,
    Kind.WITHDRAWN: _withdrawn,
}

_ASKED: Mapping[str, Text] = {
    "code": say("Is there code? Reply with the link."),
    "paper": say("Where can the paper be read? Reply with the link."),
    "venue": say("Where was it published? Reply with the venue."),
    "date": say("When did it appear first? Reply with the date."),
    "authors": say("Who wrote it? Reply with the authors."),
}


def _asked(draft: Draft) -> list[Text]:
    """What is unknown, asked for by name."""
    asked = [_ASKED[name] for name in draft.missing if name in _ASKED]
    others = [escape.plain(name) for name in draft.missing if name not in _ASKED]
    if others:
        asked.append(say("Reply with what belongs under {headings: and }.", headings=others))
    return [say("{sentences: }", sentences=asked)] if asked else []


def _remarks(draft: Draft) -> list[Text]:
    return [say("Needs your eye: {remark}", remark=remark) for remark in draft.remarks]


def _fenced(row: str) -> Text:
    ticks = escape.fence(row)
    return say("{ticks}\n{row}\n{ticks}", ticks=ticks, row=row)


def _where(drafted: Drafted) -> list[Text]:
    """The question where papers belong that no section is sure for."""
    unplaced = [name_of(draft.name) for draft in drafted.of(Kind.UNPLACED)]
    if not unplaced:
        return []
    if drafted.of(Kind.ROW):  # which begins with thanks
        question = say(
            "Which section is right for {names: and }? Reply with its heading, or "
            "`/listwright add SECTION`.",
            names=unplaced,
        )
    else:
        question = say(
            "Thanks! Which section is right for {names: and }? Reply with its heading, or "
            "`/listwright add SECTION`.",
            names=unplaced,
        )
    shown = [escape.plain(title) for title in drafted.sections[:_SECTIONS]]
    return [question, *([say("Sections here: {titles: · }.", titles=shown)] if shown else [])]


def _box(drafted: Drafted) -> Text:
    kinds = [draft.kind for draft in drafted.proposed]
    if kinds == [Kind.ROW]:
        box = say("- [ ] Maintainers: open a pull request with this row")
    elif kinds == [Kind.CORRECTION]:
        box = say("- [ ] Maintainers: open a pull request with this edit")
    else:
        box = say("- [ ] Maintainers: open a pull request with all of this")
    return say("A preview; the maintainers decide.\n\n{box}", box=box)
