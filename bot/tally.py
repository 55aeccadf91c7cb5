"""How many rows a pull request added, edited, moved and removed, in words. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from bot import cut
from bot.voice import more, short
from rules import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules import Changes, Text

_KINDS: tuple[Kind, ...] = ("added", "edited", "moved", "removed")
_SECTIONS = 5_000  # bytes

Kind = Literal["added", "edited", "moved", "removed"]


def totals(changes: Sequence[Changes]) -> Text | None:
    """`1 row added, 2 rows edited`; None where no row was touched."""
    sums = {kind: sum(_by_section(changes, kind).values()) for kind in _KINDS}
    told = [rows(number, kind) for kind, number in sums.items() if number]
    return say("{rows:, }", rows=told) if told else None


def by_section(changes: Sequence[Changes]) -> Text | None:
    """`1 row added in **Agent Router**`; None where no row was touched."""
    told = [
        _in(section, rows(number, kind))
        for kind in _KINDS
        for section, number in _by_section(changes, kind).items()
    ]
    kept, left = cut.whole(told, _SECTIONS)
    return say("{rows:, }", rows=[*kept, *more(left)]) if told else None


def rows(number: int, kind: Kind | None = None) -> Text:
    """`1 row`, `3 rows`, `3 rows added`."""
    one = number == 1
    match kind:
        case "added":
            return say("1 row added") if one else say("{number} rows added", number=number)
        case "edited":
            return say("1 row edited") if one else say("{number} rows edited", number=number)
        case "moved":
            return say("1 row moved") if one else say("{number} rows moved", number=number)
        case "removed":
            return say("1 row removed") if one else say("{number} rows removed", number=number)
    return say("1 row") if one else say("{number} rows", number=number)


def _in(section: str, counted: Text) -> Text:
    if not section:
        return counted
    return say("{rows} in **{section}**", rows=counted, section=short(section))


def _by_section(changes: Sequence[Changes], kind: Kind) -> Counter[str]:
    counts: Counter[str] = Counter()
    for change in changes:
        counts.update(dict(getattr(change, kind)))
    return counts
