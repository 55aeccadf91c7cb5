"""Titles with a slip in their emphasis, their brackets or their last sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rules._columns import cell_at, is_filled
from rules._diagnostic import Edit, Fix, Severity
from rules._document import Span
from rules._evidence import habits, is_heading
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._context import Context, ListTable
    from rules._document import Cell, Row
    from rules._evidence import Habit

_MOST = 0.95
_MARKS = ("***", "**", "__", "*", "_", "`")
# Signs that a title may hold for reasons of their own: escapes, code, formulas, addresses.
_OWN = re.compile(r"\\.|`[^`]*`|\$[^$]*\$|\]\([^()\s]*\)|https?://[^\s()]*|<[^<>]*>")
_UNEVEN = re.compile(r"(?<![*\w])(?P<open>\*\*)(?=[^\s*])[^*]+(?<=[^\s*])(?P<close>\*)(?![*\w])")
# What ends with a full stop without ending a sentence.
_ABBREVIATED = re.compile(
    r"(?:\.\.|\b(?:\w|al|etc|inc|ltd|co|corp|vs|vol|no|ver|jr|sr|ed|eds|dr|st|u\.s))\.$",
    re.IGNORECASE,
)
# A bracket with what stands before it: a smiley's eyes, or the number of an enumeration.
_BRACKET = re.compile(r"(?P<eyes>[:;=]-?)?(?P<number>(?:^|(?<=\s))\w{1,3})?(?P<sign>[()\[\]{}])")
_NARROW = str.maketrans("（）［］【】｛｝", "()[][]{}")
_PAIRS = {")": "(", "]": "[", "}": "{"}


class _Usual(NamedTuple):
    emphasis: Habit[str] | None
    stop: Habit[bool] | None


@rule(Severity.WARNING, fixes="safe")
def title_format(context: Context, _options: None) -> Iterator[Found]:
    """A title's emphasis or brackets do not close, or it is set unlike all others."""
    emphasis, stop = habits(context, _emphasis_of), habits(context, _stops)
    for listed in context.tables:
        usual = _Usual(emphasis.of(listed, _MOST), stop.of(listed, _MOST))
        for row in listed.rows:
            cell = _title(listed, row)
            found = _uneven(listed, row) or (_judge(listed, row, cell, usual) if cell else None)
            if found:
                yield found


def _title(listed: ListTable, row: Row) -> Cell | None:
    """A cell that holds a title alone, perhaps linked; a row of one cell is a heading."""
    cell = cell_at(row, listed.columns.title)
    if cell is None or not is_filled(cell) or is_heading(row, cell):
        return None
    return None if len(cell.links) > 1 or "<br" in cell.raw.lower() else cell


def _emphasis(raw: str) -> str:
    """The mark around a whole text, within or around a link."""
    link = re.fullmatch(r"([*_]*)\[(.*)\]\([^()]*\)([*_]*)", raw)
    text = f"{link[1]}{link[2]}{link[3]}" if link else raw
    for mark in _MARKS:
        size = len(mark)
        if text.startswith(mark) and text.endswith(mark) and mark not in text[size:-size]:
            return mark
    return ""


def _emphasis_of(listed: ListTable, row: Row) -> str | None:
    cell = _title(listed, row)
    return _emphasis(cell.raw) if cell else None


def _stops(listed: ListTable, row: Row) -> bool | None:
    cell = _title(listed, row)
    return _ends_with_stop(cell.text) if cell else None


def _ends_with_stop(text: str) -> bool:
    return text.endswith(".") and not _ABBREVIATED.search(text)


def _judge(listed: ListTable, row: Row, cell: Cell, usual: _Usual) -> Found | None:
    return (
        _open_emphasis(listed, row, cell, usual)
        or _unlike(listed, row, cell, usual)
        or _open_bracket(listed, row, cell)
        or _final_stop(listed, row, cell, usual)
    )


def _uneven(listed: ListTable, row: Row) -> Found | None:
    """Bold that one asterisk closes, beside whatever badges; the other way round it may be `A*`."""
    cell = cell_at(row, listed.columns.title)
    if cell is None:
        return None
    bare = _OWN.sub(lambda own: "~" * len(own[0]), cell.raw)
    match = _UNEVEN.search(bare) if bare.count("*") == len("***") else None
    if match is None:
        return None
    text = cell.raw[match.end("open") : match.start("close")]
    message = say(
        "One `*` closes the `**` before {text}, so asterisks show. Write `**`.", text=quote(text)
    )
    start, end = (cell.span.start + at for at in match.span("close"))
    return Found(listed, row, Span(start, end), message, Fix((Edit(Span(start, end), "**"),)))


def _open_emphasis(listed: ListTable, row: Row, cell: Cell, usual: _Usual) -> Found | None:
    """Two asterisks without a partner, or with a blank inside: both show as they are."""
    bare = _OWN.sub("", cell.raw)
    blank = all(text.startswith("**") and text.endswith("**") for text in (bare, cell.text))
    if "***" in bare or "**" not in cell.text or not (blank or bare.count("**") % 2):
        return None
    message = say(
        "The `**` of {title} does not pair up, so it shows as asterisks.", title=quote(cell.text)
    )
    core = cell.raw.removeprefix("**").removesuffix("**").strip()
    fix = None
    if usual.emphasis and usual.emphasis.value in ("", "**") and "*" not in core:
        mark = usual.emphasis.value
        fix = Fix((Edit(cell.span, f"{mark}{core}{mark}"),))
    return Found(listed, row, cell.span, message, fix)


def _unlike(listed: ListTable, row: Row, cell: Cell, usual: _Usual) -> Found | None:
    """A title without the emphasis of all others; one that has more is meant to stand out."""
    habit = usual.emphasis
    if habit is None or not habit.value or _emphasis(cell.raw):
        return None
    if not habit.unanimous or re.search(r"[*_`\[\]]", cell.raw):
        return None
    better = f"{habit.value}{cell.raw}{habit.value}"
    message = say(
        "The other {uses} titles stand in {mark}: write {better}.",
        uses=habit.uses,
        mark=quote(habit.value),
        better=quote(better),
    )
    return Found(listed, row, cell.span, message, Fix((Edit(cell.span, better),)))


def _open_bracket(listed: ListTable, row: Row, cell: Cell) -> Found | None:
    if "](" in cell.raw and not cell.links:
        return None  # a link that went wrong is told as such
    lone = _lone_bracket(_OWN.sub("", cell.text))
    if not lone or cell.text.endswith(("...", "…")):
        return None
    message = say("A `{sign}` in {title} has no partner.", sign=lone, title=quote(cell.text))
    return Found(listed, row, cell.span, message)


def _lone_bracket(text: str) -> str:
    """The first bracket without a partner; empty where intervals such as `[0, 1)` may stand."""
    opened: list[str] = []
    for match in _BRACKET.finditer(text.translate(_NARROW)):
        sign = match["sign"]
        if sign not in _PAIRS:
            opened += [] if match["eyes"] else [sign]
        elif opened:
            if opened.pop() != _PAIRS[sign]:
                return ""
        elif not (match["eyes"] or match["number"]):
            return sign
    return opened[0] if opened else ""


def _final_stop(listed: ListTable, row: Row, cell: Cell, usual: _Usual) -> Found | None:
    """A note where all other titles end without one: it is a trifle."""
    habit = usual.stop
    if habit is None or habit.value or not _ends_with_stop(cell.text):
        return None
    message = say(
        "{title} ends with a full stop, the other {uses} titles do not.",
        title=quote(cell.text),
        uses=habit.uses,
    )
    match = re.search(r"\.(?=[*_`\s]*(?:\]\([^()]*\)[*_`\s]*)?$)", cell.raw)
    at = cell.span.start + match.start() if match else 0
    fix = Fix((Edit(Span(at, at + 1), ""),)) if match else None
    return Found(listed, row, cell.span, message, fix, Severity.NOTE)
