"""The links that a pull request adds, and the check run that tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import rules
from bot import escape
from bot.links import claims, words
from bot.links.streaks import FAILED
from bot.links.verdict import Verdict
from bot.posts import Annotation, CheckRun
from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.links.verdict import Found
    from bot.pulls import ChangedFile
    from rules import Mention, Text

NAME = "listwright/links"
MOST = 200  # links of one pull request
_ANNOTATED = 50


@dataclass(frozen=True, slots=True)
class Added:
    """A new link and where it stands first."""

    path: str
    mention: Mention


def may_add(files: Sequence[ChangedFile]) -> bool:
    """Whether a pull request may bring links at all, as its patches tell; cheap."""
    lines = (line for file in files for line in (file.patch or "+://").split("\n"))
    return any(line.startswith("+") and "://" in line for line in lines)


def links(file: tuple[str, str, str]) -> list[Added]:
    """The web links that a file (its path, and its text before and after) has now and had not.

    Pure, and done in a process of its own.
    """
    path, before, after = file
    try:
        old = {mention.url for mention in rules.mentions(rules.parse(before))}
        new = rules.mentions(rules.parse(after))
    except rules.DocumentError:
        return []  # of it the other check run tells
    first = {mention.url: mention for mention in reversed(new)}
    return [
        Added(path, mention)
        for url, mention in first.items()
        if url not in old and url.lower().startswith(("http://", "https://"))
    ]


def report(added: Sequence[Added], found: Mapping[str, Found]) -> CheckRun:
    """The check run: green or neutral, never red, as what fails today may work tomorrow."""
    dead = [one for one in added if _verdict(one, found) in FAILED]
    moved = [one for one in added if _verdict(one, found) is Verdict.MOVED]
    unsure = [one for one in added if _verdict(one, found) in _UNSURE]
    again = list(_again(added, found))
    lines = [*_told(dead, found), *_led_on(moved, found), *again]
    parts = [say("{lines:\n}", lines=lines)] if lines else []
    parts += [_rest(len(unsure))] if unsure else []
    return CheckRun(
        NAME,
        "neutral" if dead or again else "success",
        _title(len(added), len(dead), len(again)),
        say("{parts:\n\n}", parts=parts) if parts else say("All of them answer."),
        annotations=[_annotation(one, found) for one in dead[:_ANNOTATED]],
    )


_UNSURE = frozenset({None, Verdict.UNKNOWN, Verdict.BLOCKED})


def _verdict(one: Added, found: Mapping[str, Found]) -> Verdict | None:
    known = found.get(one.mention.url)
    return known.verdict if known else None


def _title(number: int, dead: int, again: int) -> Text:
    if dead:
        return words.title(dead)
    if again == 1:
        return say("1 link wants another look")
    if again:
        return say("{number} links want another look", number=again)
    if number == 1:
        return say("1 new link, and it answers")
    return say("{number} new links, none looks dead", number=number)


def _told(dead: Sequence[Added], found: Mapping[str, Found]) -> Iterator[Text]:
    for one in dead:
        known = found[one.mention.url]
        yield say(
            "- line {line}, {link}: {status}. Is it right?",
            line=one.mention.line,
            link=words.short(one.mention.url),
            status=words.status(known.verdict, known.status),
        )


def _led_on(moved: Sequence[Added], found: Mapping[str, Found]) -> Iterator[Text]:
    for one in moved:
        yield say(
            "- line {line}, {link} leads on for good to {to}",
            line=one.mention.line,
            link=words.short(one.mention.url),
            to=words.short(found[one.mention.url].to),
        )


def _again(added: Sequence[Added], found: Mapping[str, Found]) -> Iterator[Text]:
    for one in added:
        claim = claims.told(one.mention, found.get(one.mention.url), escape.plain)
        if claim:
            yield say("- line {line}: {claim}", line=one.mention.line, claim=claim)


def _rest(number: int) -> Text:
    if number == 1:
        return say("1 link could not be told in the time there is; that says nothing against it.")
    return say(
        "{number} links could not be told in the time there is; that says nothing against them.",
        number=number,
    )


def _annotation(one: Added, found: Mapping[str, Found]) -> Annotation:
    known, line = found[one.mention.url], one.mention.line
    message = say(
        "{link} looks dead: {status}.",
        link=one.mention.url,
        status=words.status(known.verdict, known.status),
    )
    return Annotation(one.path, line, line, "notice", message)
