"""Dates in another format than their column's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rules import _date_forms, _papers
from rules._columns import cell_at, is_blank, is_mark
from rules._dates import parse_date
from rules._diagnostic import Edit, Fix, Severity
from rules._evidence import habits, is_evidence
from rules._registry import Found, rule
from rules._say import say
from rules._slips import slipped_date
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._context import Context, ListTable
    from rules._date_forms import Form
    from rules._dates import PartialDate
    from rules._document import Cell, Row
    from rules._evidence import Habit

# Fewer dates than make a form usual tell that zeros are written, if all of them agree.
_YOUNG = 4


class _Usual(NamedTuple):
    """A table's form, whether it writes zeros (None when that is not settled), and an example."""

    form: Habit[Form]
    zeros: Habit[bool] | None
    example: str


@rule(Severity.WARNING, fixes="safe", silences=("date-order",))
def date_format(context: Context, _options: None) -> Iterator[Found]:
    """A date is written in another format than its column's, or cannot be read."""
    forms = habits(context, _form)
    zeros = habits(context, _padded)
    examples = _examples(context)
    for listed in context.tables:
        yield from _misplaced(listed)
    for listed in (listed for listed in context.tables if listed.columns.date is not None):
        form = forms.of(listed)
        if form and form.value in examples:
            usual = _Usual(form, zeros.of(listed), examples[form.value])
            for row in listed.rows:
                yield from _judge(listed, row, usual)
        elif not form:
            yield from _young(listed, forms.all_of(listed, _YOUNG), zeros.all_of(listed, _YOUNG))


def _misplaced(listed: ListTable) -> Iterator[Found]:
    """Dates under another heading, in rows that have all their cells."""
    for row in listed.rows:
        if len(row.cells) == len(listed.table.headings):
            slip = slipped_date(listed, row)
            if slip:
                yield _slipped(listed, row, slip)


def _young(
    listed: ListTable, form: Habit[Form] | None, zeros: Habit[bool] | None
) -> Iterator[Found]:
    """Ask for a lost zero alone, where the few dates of a table have one form and all of them."""
    if form and zeros and zeros.value:
        usual = _Usual(form, zeros, "")
        for row in listed.rows:
            found = _date(listed, row)
            if found and _date_forms.form(found[1]) == form.value:
                yield from _judge(listed, row, usual)


def _date(listed: ListTable, row: Row) -> tuple[Cell, PartialDate] | None:
    cell = cell_at(row, listed.columns.date)
    date = parse_date(cell.text) if cell else None
    return (cell, date) if cell and date else None


def _form(listed: ListTable, row: Row) -> Form | None:
    """A row's form; a cell that has words instead of a date speaks against every form."""
    cell = cell_at(row, listed.columns.date)
    if cell is None or is_blank(cell) or is_mark(cell):
        return None
    date = parse_date(cell.text)
    return _date_forms.form(date) if date else _date_forms.Form("", 0)


def _padded(listed: ListTable, row: Row) -> bool | None:
    found = _date(listed, row)
    return _date_forms.padded(found[0].text) if found else None


def _examples(context: Context) -> dict[Form, str]:
    """The first date of each form, among the rows that stood there before."""
    found: dict[Form, str] = {}
    for listed in context.tables:
        for row in listed.rows:
            date = _date(listed, row) if is_evidence(listed, row) else None
            if date:
                found.setdefault(_date_forms.form(date[1]), date[0].text)
    return found


def _judge(listed: ListTable, row: Row, usual: _Usual) -> Iterator[Found]:
    cell = cell_at(row, listed.columns.date)
    if cell is None or is_blank(cell) or is_mark(cell) or cell.raw != cell.text:
        return  # ticks, tags and comments around a date are meant
    date = parse_date(cell.text)
    if date is None:
        if not _date_forms.is_numeric(cell.text):
            return  # words are an answer
        date = _date_forms.guess(cell.text)
        if date and date.precision != usual.form.value.precision:
            return  # perhaps a range
    elif _fits(cell, date, usual):
        return
    yield _found(listed, row, cell, date, usual)


def _fits(cell: Cell, date: PartialDate, usual: _Usual) -> bool:
    """Whether a date has the column's form, or tells less: what is not known cannot be written."""
    wanted = usual.form.value
    if date.precision < wanted.precision:
        return True
    zeros = _date_forms.padded(cell.text)
    paddings = usual.zeros is None or zeros is None or zeros == usual.zeros.value
    return _date_forms.form(date) == wanted and paddings


def _slipped(listed: ListTable, row: Row, cell: Cell) -> Found:
    here, there = listed.heading(row.cells.index(cell)), listed.heading(listed.columns.date or 0)
    message = say(
        "The date {date} stands under {here}, not under {there}.",
        date=quote(cell.text),
        here=here,
        there=there,
    )
    return Found(listed, row, cell.span, message)


def _found(
    listed: ListTable, row: Row, cell: Cell, date: PartialDate | None, usual: _Usual
) -> Found:
    zeros = usual.zeros is None or usual.zeros.value
    better = _date_forms.write(date, usual.form.value, zeros=zeros) if date else None
    written, uses = quote(cell.text), usual.form.uses
    if date is None and _outline(cell.text) == _outline(usual.example):
        message = say("{date} stands in no calendar. Which date is meant?", date=written)
        return Found(listed, row, cell.span, message)
    if better is None:
        message = say(
            "{date} is not written as the other {uses} dates are, such as {example}.",
            date=written,
            uses=uses,
            example=quote(usual.example),
        )
        return Found(listed, row, cell.span, message)
    month = _papers.arxiv_month(listed.papers.get(row.line, ""))
    sure = date is not None and (_date_forms.is_sure(cell.text, date) or date.key(2) == month)
    message = say(
        "Write {better} instead of {date}: the other {uses} dates have that form.",
        better=quote(better),
        date=written,
        uses=uses,
    )
    return Found(listed, row, cell.span, message, Fix((Edit(cell.span, better),), safe=sure))


def _outline(date: str) -> str:
    """How a date is written, whatever its numbers."""
    return re.sub(r"\d", "0", date)
