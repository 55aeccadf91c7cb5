"""Where a new entry goes among a list's contributors, and what stands between two of them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.contributors.entries import like, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.contributors.entries import Entry, Person

_WIDTH = 7  # cells in a row, as all-contributors makes them
_FAR = 3_000  # characters between two entries of one run, at most
_HAN = "\u548c\u53ca\u4e0e"  # "and"
_MARKER = r"(?:[-*+]|\d{1,9}[.)])(?=[ \t])"
_BLOCK = r"</?(?:td|tr|li|p|div|center|ul|ol|tbody)\b[^<>]*>"
# What may stand between two entries, up to the second one; all else is said of the first one.
_BETWEEN = re.compile(
    rf"(?:\s|{_BLOCK}|<br\s*/?>|&nbsp;|(?<=\s){_MARKER}|\band\b"
    rf"|[,;\u00b7\u2022|&\uff0c\u3001\uff1b{_HAN}])+|(?P<said>.)",
    re.IGNORECASE | re.DOTALL,
)
_AND = re.compile(rf"\band\b|&(?!nbsp)|[{_HAN}]", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}(?=[.)][ \t]*\Z)")
_OPENED = re.compile(r"<(td|li)\b[^<>]*>\s*\Z", re.IGNORECASE)
_CLOSED = re.compile(r"\s*(</[a-z]+>)", re.IGNORECASE)
_ROW = re.compile(r"([ \t]*)(<tr\b[^<>]*>)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two entries: something said of the first one, then what divides them."""

    said: str
    between: str

    @property
    def divides(self) -> bool:
        return not self.said.strip() or bool(re.match(r"\s*</|[ \t]*\r?\n", self.between))

    @property
    def new_row(self) -> bool:
        return "<tr" in self.between.lower()


def insert(body: str, person: Person) -> str | None:
    """A section's text with one more entry after the last one; None where its form is not clear."""
    entries = read(body)
    images = [entry for entry in entries if entry.kind == "image"]
    texts = [entry for entry in entries if entry.kind == "text"]
    for kind in (images, texts) if len(images) >= len(texts) else (texts, images):
        run, gaps = _last_run(body, kind)
        made = like(run, person) if run else None
        between = _between(body, run, gaps) if made else None
        if made and between is not None:
            return _put(body, run, gaps, between, made)
    return None


def _last_run(body: str, entries: Sequence[Entry]) -> tuple[list[Entry], list[_Gap]]:
    """The last entries that stand together, and what divides them."""
    run: list[Entry] = list(entries[-1:])
    gaps: list[_Gap] = []
    for before, after in reversed(list(pairwise(entries))):
        gap = _gap(body[before.end : after.start])
        if gap is None:
            break
        run.insert(0, before)
        gaps.insert(0, gap)
    return run, gaps


def _gap(text: str) -> _Gap | None:
    if len(text) > _FAR:
        return None
    at = max((found.end() for found in _BETWEEN.finditer(text) if found["said"]), default=0)
    gap = _Gap(text[:at], text[at:])
    return gap if gap.divides else None


def _between(body: str, run: Sequence[Entry], gaps: Sequence[_Gap]) -> str | None:
    """What stands before the new entry."""
    before = body[body.rfind("\n", 0, run[-1].start) + 1 : run[-1].start]
    if before.lstrip().startswith("|"):
        return None  # a cell more would break the row of a Markdown table
    alike = [gap for gap in gaps if not gap.new_row]
    between = alike[-1].between if alike else _alone(body, run[-1], before)
    if between is None or "<td" not in between.lower():
        return _counted(between)
    rows = [gap for gap in gaps if gap.new_row]
    if _full(gaps):
        return rows[-1].between if rows else _new_row(body, run[0], between)
    return between if alike or not rows else rows[-1].between


def _alone(body: str, entry: Entry, before: str) -> str | None:
    """The same where there is one entry, by what stands before it."""
    newline = "\r\n" if "\r\n" in body else "\n"
    opened = _OPENED.search(body[max(0, entry.start - _FAR) : entry.start])
    if opened:
        indent = before[: len(before) - len(before.lstrip())]
        return f"</{opened[1]}>{newline}{indent}{opened[0]}"
    if not before.strip() or re.fullmatch(rf"[ \t]*{_MARKER}[ \t]*", before):
        rest = _rest(body, entry)
        whole = entry.kind == "image" or before.strip() or not rest.strip()
        blanks = "" if rest.strip() else rest.rstrip("\r")
        return blanks + newline + before if whole else None
    return " " if entry.kind == "image" else None


def _counted(between: str | None) -> str | None:
    """Numbers of a list go on."""
    return between and _NUMBER.sub(lambda found: str(int(found[0]) + 1), between)


def _full(gaps: Iterable[_Gap]) -> bool:
    """Whether the last row has no room, by the first one or by custom."""
    rows = [1]
    for gap in gaps:
        rows = [*rows, 1] if gap.new_row else [*rows[:-1], rows[-1] + 1]
    return rows[-1] >= rows[0] if len(rows) > 1 else rows[0] == _WIDTH


def _new_row(body: str, first: Entry, between: str) -> str:
    """The end of a row and the beginning of another, like the first one."""
    rows = list(_ROW.finditer(body, 0, first.start))
    indent, opened = (rows[-1][1], rows[-1][2]) if rows else ("", "<tr>")
    closing, cell = re.split(r"(?=<td\b)", between, maxsplit=1, flags=re.IGNORECASE)
    space = closing[len(closing.rstrip()) :]
    line = f"\n{indent}" if "\n" in space else ""
    return f"{closing.rstrip()}{line}</tr>{line}{opened}{space}{cell}"


def _put(body: str, run: Sequence[Entry], gaps: Sequence[_Gap], between: str, made: str) -> str:
    last, rest = run[-1], _rest(body, run[-1])
    closed = _CLOSED.match(between)
    if closed:
        at = max(last.end, body.lower().find(closed[1].lower(), last.end))
    elif between.lstrip(" \t").startswith(("\r", "\n")) and rest.strip():
        at = last.end + len(rest.rstrip())
    else:
        at = last.end
    added = body[:at] + between + made + body[at:]
    if _AND.search(between):  # a, b and c
        comma = gaps[-2].between if len(gaps) > 1 else "\u3001" if between.strip() in _HAN else ", "
        return added[: last.start - len(between)] + comma + added[last.start :]
    return added


def _rest(body: str, entry: Entry) -> str:
    """What follows an entry on its line."""
    end = body.find("\n", entry.end)
    return body[entry.end : end if end >= 0 else len(body)]
