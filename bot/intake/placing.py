"""Where the row of a request goes: under the heading that is named, else where such papers stand.

Pure.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.intake.drafting import Asked, Wanted
    from bot.intake.sheets import Sheet

_NEAR = 0.8  # how alike a misspelt heading is to its name, of 1
_ABOVE = 30  # lines in which a heading is looked for
_SIGNS = re.compile(r"^[\s#*_>+-]+|(?i:\s(?:section|category))?[\s#*_:：]*$")
_SUREST = ("named", "listed", "likely")


class Place(NamedTuple):
    """A section of a list."""

    sheet: Sheet
    section: tuple[str, ...]


def find(asked: Asked, wanted: Wanted, sheets: Sequence[Sheet]) -> Place | None:
    """Where a new row goes; None where no section is sure enough."""
    several = len(asked.papers) > 1
    own = _beside(asked, wanted, sheets) if several and not asked.decided else None
    found = own or _named(asked, sheets)
    if found or asked.decided:
        return found
    texts = [] if several else [(asked.title, asked.body)]
    return _guessed([*texts, (wanted.paper.title, "")], sheets, _SUREST)


def _named(asked: Asked, sheets: Sequence[Sheet]) -> Place | None:
    for sheet in sheets:
        section = named(asked, sheet)
        if section:
            return Place(sheet, section)
    return None


def named(asked: Asked, sheet: Sheet) -> tuple[str, ...] | None:
    """The section of a list that a request or a maintainer names."""
    return next(filter(None, (_section(sheet, heading) for heading in asked.sections)), None)


def _guessed(
    texts: Sequence[tuple[str, str]], sheets: Sequence[Sheet], reasons: Sequence[str]
) -> Place | None:
    """The surest guess for the first text that has one."""
    for title, body in texts:
        guesses = [
            (_SUREST.index(guess.why), -guess.score, number, guess.path)
            for number, sheet in enumerate(sheets)
            for guess in rules.classify(sheet.document, title, body)
            if guess.why in reasons
        ]
        if guesses:
            _, _, number, path = min(guesses)
            return Place(sheets[number], path)
    return None


def _beside(asked: Asked, wanted: Wanted, sheets: Sequence[Sheet]) -> Place | None:
    """The section that the line of one paper of several names, else the nearest line above it."""
    text, own = asked.body, _names(wanted)
    at = min((text.find(name) for name in own if name in text), default=-1)
    if at < 0:
        return None
    others = [name for each in asked.papers for name in _names(each) if name not in own]
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at) % (len(text) + 1)
    nexts = [found for name in others if (found := text.find(name, at, end)) >= 0]
    earlier = [found + len(name) for name in others if (found := text.rfind(name, start, at)) >= 0]
    between = text[max(earlier, default=start) : min(nexts, default=end)]
    return _guessed([("", between)], sheets, ("named",)) or _above(text[:start], sheets)


def _above(text: str, sheets: Sequence[Sheet]) -> Place | None:
    """The section whose heading is the last line of a text that is one."""
    for line in reversed(text.splitlines()[-_ABOVE:]):
        for sheet in sheets:
            section = _section(sheet, _SIGNS.sub("", line))
            if section:
                return Place(sheet, section)
    return None


def _names(wanted: Wanted) -> list[str]:
    """How a request writes of a paper."""
    return list(filter(None, (wanted.told.link, wanted.told.title, wanted.told.code)))


def _section(sheet: Sheet, heading: str) -> tuple[str, ...] | None:
    """The section with a table that a heading, or the end of a path such as `A > B`, means."""
    paths = list(dict.fromkeys(table.section.path for table in sheet.document.tables))
    names = {_plain(" > ".join(path[start:])): path for path in paths for start in range(len(path))}
    wanted = _plain(heading)
    near = [wanted] if wanted in names else get_close_matches(wanted, names, 1, _NEAR)
    return names[near[0]] if near else None


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())
