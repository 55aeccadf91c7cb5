"""What a configuration allows in the cells of a column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rules._diagnostic import Edit, Fix
from rules._document import Span
from rules._say import Text, say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._document import Cell

_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff]")
_STOPS = (".", "!", "?", "…", "。")


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the cells of one column must be; what is left out is free.

    `one_of` lists values (with their code ticks or without), `max_length` counts the characters
    that a reader sees, `pattern` is a regular expression for the whole text, and `final_period`
    says whether a text ends with a full stop.
    """

    one_of: tuple[str, ...] = ()
    max_length: int | None = None
    pattern: str | None = None
    final_period: bool | None = None


class Broken(NamedTuple):
    """What a cell should be, and the fix where there is only one."""

    message: Text
    fix: Fix | None = None


def configured(cell: Cell, constraint: Constraint) -> Iterator[Broken]:
    """What a filled cell breaks of a constraint.

    Raises:
        re.error: `pattern` is no regular expression; a configuration is checked before.
    """
    text = cell.text.strip()
    if constraint.one_of and not {cell.raw, text} & set(constraint.one_of):
        yield _no_value(cell, constraint.one_of)
    if constraint.max_length is not None and len(text) > constraint.max_length:
        message = say(
            "{text} has {number} characters where {most} are allowed. "
            "Can it be said in fewer words?",
            text=quote(text),
            number=len(text),
            most=constraint.max_length,
        )
        yield Broken(message)
    if constraint.pattern is not None and not re.fullmatch(constraint.pattern, text):
        pattern = quote(constraint.pattern)
        yield Broken(say("{text} does not match {pattern}.", text=quote(text), pattern=pattern))
    if constraint.final_period is not None:
        yield from _final_period(cell, wanted=constraint.final_period)


def _no_value(cell: Cell, values: tuple[str, ...]) -> Broken:
    """A value that is not allowed; one that differs in case or ticks alone can be mended."""
    same = [value for value in values if plain(value) == plain(cell.raw)]
    if len(same) == 1:
        fix = Fix((Edit(cell.span, same[0]),))
        better, written = quote(same[0]), quote(cell.raw)
        return Broken(
            say("Write {better} instead of {written}.", better=better, written=written), fix
        )
    message = say(
        "{written} is none of the values allowed here: {allowed:, }.",
        written=quote(cell.raw),
        allowed=[quote(value) for value in values],
    )
    return Broken(message)


def plain(value: str) -> str:
    """A value for comparing: without case, code ticks and invisible characters."""
    return " ".join(_UNSEEN.sub("", value).strip(" `").casefold().split())


def unseen(value: str) -> bool:
    """Whether a value holds characters that nobody sees."""
    return bool(_UNSEEN.search(value))


def _final_period(cell: Cell, *, wanted: bool) -> Iterator[Broken]:
    raw = cell.raw
    if wanted and not cell.text.endswith(_STOPS):
        # Behind a link or emphasis as well, a full stop at the very end is right.
        fix = Fix((Edit(Span(cell.span.end, cell.span.end), "."),))
        yield Broken(say("End {text} with a full stop.", text=quote(cell.text)), fix)
    elif not wanted and cell.text.endswith(".") and not cell.text.endswith(".."):
        at = cell.span.start + raw.rindex(".")
        drop = Fix((Edit(Span(at, at + 1), ""),)) if raw.endswith(".") else None
        message = say("Leave the full stop off the end of {text}.", text=quote(cell.text))
        yield Broken(message, drop)
