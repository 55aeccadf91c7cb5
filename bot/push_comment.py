"""The one comment on a pushed commit: rows that are certainly wrong, and how they would be right.

Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import rules
from bot import config, escape, review
from bot.suggest import suggestion
from rules import Severity, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.review import File, Row
    from rules import Diagnostic, Remark, Text

_SHOWN = 5  # rows, where there are more than `max_comments`
_LONGEST = 2_000  # characters of a corrected row
_MOST = 60_000  # characters of a comment's 65,536


def compose(
    files: Sequence[File],
    rows: Sequence[Row],
    most: int,
    blob: str,
    page_of: Callable[[str], str | None],
) -> Text | None:
    """The comment; None where nothing is certainly wrong, or so much changed that a list of it
    would help nobody.

    Args:
        files: the judged files.
        rows: what could use a touch.
        most: rows at most; where there are more, the first five are shown.
        blob: where people see the files of the commit.
        page_of: a rule's name -> the address of its page, if it has one.
    """
    texts = {file.path: file.text for file in files}
    wrong = [(row, remark) for row in rows if (remark := _certain(row))]
    if not wrong or not most or review.touches_much(files):
        return None
    several = len(files) > 1
    shown: list[Text] = []
    for row, remark in wrong[: most if len(wrong) <= most else _SHOWN]:
        place = _place(row, blob, several=several)
        told = _told(place, remark, texts[row.path], page_of)
        if sum(map(len, shown)) + len(told) < _MOST:
            shown.append(told)
    return stacked([_opening(len(wrong)), *shown, *_closing(len(wrong) - len(shown))])


def _certain(row: Row) -> Remark | None:
    """What is certainly wrong with a row."""
    errors = [d for d in row.remark.diagnostics if d.severity is Severity.ERROR]
    return rules.compose(errors)[0] if errors else None


def _opening(number: int) -> Text:
    if number == 1:
        return say("Thank you for looking after this list! One row of this push needs a touch:")
    return say(
        "Thank you for looking after this list! {number} rows of this push need a touch:",
        number=number,
    )


def _closing(left: int) -> Iterable[Text]:
    if left:
        yield say("{number} more in the check run.", number=left)
    yield say(
        "<sub>Rather no comments on pushes? `pushes: check` in `{file}` leaves it at the check "
        "run.</sub>",
        file=config.PATH,
    )


def _place(row: Row, blob: str, *, several: bool) -> Text:
    address = f"{blob}/{quote(row.path)}?plain=1#L{row.remark.line}"
    line = row.remark.line
    if not several:
        return say("[line {line}]({address})", line=line, address=address)
    return say(
        "[{path}, line {line}]({address})",
        path=escape.plain(row.path),
        line=line,
        address=address,
    )


def _told(place: Text, remark: Remark, text: str, page_of: Callable[[str], str | None]) -> Text:
    told = list(dict.fromkeys(_message(d, page_of) for d in remark.diagnostics))
    messages = say("{sentences: }", sentences=told)
    row = _corrected(text, remark)
    if row is None:
        return say("- {place}: {message}", place=place, message=messages)
    ticks = escape.fence(row)
    return say(
        "- {place}: {message}\n\n  {ticks}\n  {row}\n  {ticks}",
        place=place,
        message=messages,
        ticks=ticks,
        row=row,
    )


def _message(diagnostic: Diagnostic, page_of: Callable[[str], str | None]) -> str:
    page = page_of(diagnostic.rule)
    if page is None:
        return diagnostic.message
    return say("{message} ([why]({page}))", message=diagnostic.message, page=page)


def _corrected(text: str, remark: Remark) -> str | None:
    """The row as it would be right, where one line in the same place is all there is to it."""
    made = suggestion(text, [remark.line], remark.edits)
    if made is None or made.first != made.last or len(made.lines) != 1:
        return None
    return made.lines[0] if len(made.lines[0]) <= _LONGEST else None


def stacked(parts: Sequence[Text]) -> Text:
    """Paragraphs, one under the other."""
    return say("{parts:\n\n}", parts=parts)
