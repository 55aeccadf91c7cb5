"""What breaks a link: Markdown that forms none, and addresses that cannot be right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rules._addresses import mistake
from rules._say import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._document import Cell, Link

# Past this a cell is no list entry; its links are not read either.
_MAX_BRACKETS, _MAX_MARKS = 60, 400

_ADDRESS = r"https?://(?:[^\s()<>\[\]{}（）]|\([^\s()<>\[\]]*\))+"
# Possessive: many pictures without an end could else be read in as many ways as there are.
_TEXT = r"(?P<text>(?:[^\[\]]|!?\[[^\[\]]*\](?:\([^()\s]*\))?)++)"
_ANY = re.compile(r"\]\(|https?[:：]")
_CODE_OR_COMMENT = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|<!--.*?-->")
_ESCAPED = re.compile(r"\\[\[\]()]")
# A footnote's number or a box to tick, not a link's text.
_NO_TEXT = re.compile(r"\s*(?:\d+|[xX]?)\s*")

# Of each: where `mark` stands there is no link; `at` is what to write otherwise, and how if sure.
_UNFORMED: tuple[tuple[re.Pattern[str], str | None, Text], ...] = tuple(
    (re.compile(pattern), better, message)
    for pattern, better, message in (
        (
            rf"\[{_TEXT}(?P<mark>\])(?P<at>\s+)\({_ADDRESS}\)",
            "",
            say("The blank between `]` and `(` breaks the link. Take it out."),
        ),
        (
            rf"(?P<mark>\])\({_ADDRESS}(?P<at>[}}）\]])(?=\s*(?:$|<br|!?\[))",
            ")",
            say("The address ends with another sign than `)`, so this is no link. Write `)`."),
        ),
        (
            rf"(?P<mark>\])\({_ADDRESS}(?<![.,;:])(?P<at>)(?=\s*(?:$|<br|!?\[))",
            ")",
            say("The address is not closed, so this is no link. Write `)` after it."),
        ),
        (
            rf"(?P<mark>\])(?P<at>\s*(?:\{{|（)(?P<url>{_ADDRESS})[)}}）])",
            r"(\g<url>)",
            say("Other brackets than `(` and `)` stand around the address, so this is no link."),
        ),
        (
            rf"\[{_TEXT}(?P<mark>\])(?P<at>\[(?P<url>{_ADDRESS})\])(?!\()",
            r"(\g<url>)",
            say("The address stands in square brackets, so this is no link. Write `(` and `)`."),
        ),
        (
            rf"(?<!\])(?P<at>\((?P<text>[^()\[\]]+)\)(?P<mark>\[)(?P<url>{_ADDRESS})\])(?!\()",
            r"[\g<text>](\g<url>)",
            say(
                "Square and round brackets are swapped, so this is no link. "
                "Write `[text](address)`."
            ),
        ),
        (
            rf"(?P<mark>\])\((?P<at>{_ADDRESS}\s+[^\s()\"'<>\[\]][^()\"'<>\[\]]*)\)",
            None,
            say("A blank inside the address breaks the link. Take it out, or write `%20`."),
        ),
        (
            rf"^!?\[[^\[\]]*\]\({_ADDRESS}\)(?P<at>(?P<mark>)[)\]}}]+)$",
            "",
            say("A bracket too many stands after the link. Take it out."),
        ),
    )
)
_UNCLOSED_TEXT = re.compile(rf"(?P<open>\[+)[^\[\]()]*[^\[\]()\s](?P<at>)\({_ADDRESS}\)")


class Break(NamedTuple):
    """A broken place, in characters from the cell's start, and what belongs there if it is sure."""

    start: int
    end: int
    message: Text
    better: str | None


def breaks(cell: Cell) -> Iterator[Break]:
    """What breaks the links of a cell."""
    raw = cell.raw
    marks = raw.count("`") + raw.count("<")
    if not _ANY.search(raw) or raw.count("[") > _MAX_BRACKETS or marks > _MAX_MARKS:
        return
    links = [link for link in cell.links if not link.bare]
    if [link.span for link in links] != [cell.span]:  # else all of the cell is one link
        plain = _CODE_OR_COMMENT.sub(lambda m: ("x" if m[1] else " ") * len(m[0]), raw)
        plain = _ESCAPED.sub("xx", plain)
        yield from _unformed(plain, [_within(cell, link.span) for link in links])
        yield from _unclosed_texts(plain)
    for link in links:
        found = mistake(link.url)
        if found:
            yield _in_target(cell, link, *found)


def _within(cell: Cell, span: tuple[int, int]) -> tuple[int, int]:
    return span[0] - cell.span.start, span[1] - cell.span.start


def _in_target(cell: Cell, link: Link, message: Text, better: str | None) -> Break:
    start, end = _within(cell, link.target)
    literal = cell.raw[start:end].replace("\\\\", "\\") == link.url.replace("\\\\", "\\")
    return Break(start, end, message, better if literal else None)


def _unformed(plain: str, formed: list[tuple[int, int]]) -> Iterator[Break]:
    """Places where no link was formed; the first pattern that fits a place explains it."""
    taken = {at for start, end in formed for at in range(start, end)}
    for pattern, better, message in _UNFORMED:
        for match in pattern.finditer(plain):
            if match.start("mark") not in taken and not _is_meant(match):
                taken.add(match.start("mark"))
                written = None if better is None else match.expand(better)
                yield Break(*match.span("at"), message, written)


def _unclosed_texts(plain: str) -> Iterator[Break]:
    if plain.count("[") > plain.count("]"):
        for match in _UNCLOSED_TEXT.finditer(plain):
            message = say("The text is not closed, so this is no link. Write `]` before `(`.")
            yield Break(*match.span("at"), message, "]" * len(match["open"]))


def _is_meant(match: re.Match[str]) -> bool:
    """Whether this may be right: a footnote's number, a box, a bracket that closes another one."""
    if match["at"] == "]" and match.string.count("]") <= match.string.count("["):
        return True
    return "text" in match.groupdict() and bool(_NO_TEXT.fullmatch(match["text"]))
