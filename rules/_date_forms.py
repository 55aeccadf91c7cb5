"""The forms in which dates are written, and a date written in another of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rules._dates import parse_date

if TYPE_CHECKING:
    from rules._dates import PartialDate

_NUMBER = re.compile(r"\d+")
_LONGEST_PART = 2
# Digits and what stands between them in dates.
_NUMERIC = re.compile(r"[\d\s./,:;\-–—年月日]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"\d\d?")
_LETTERS = re.compile(r"[A-Za-z]+")
_SHORT = 3
MONTH_NAMES = """January February March April May June July August September October November
    December""".split()


class Form(NamedTuple):
    """How a column writes its dates: `precision` is 1 for years, 2 for months, 3 for days."""

    style: str
    precision: int


def form(date: PartialDate) -> Form:
    return Form(date.style, date.precision)


def padded(text: str) -> bool | None:
    """Whether a date writes a zero before single digits; None when it has none to tell."""
    parts = [part for part in _NUMBER.findall(text) if len(part) <= _LONGEST_PART]
    if any(len(part) == 1 for part in parts):
        return False
    return True if any(part.startswith("0") for part in parts) else None


def write(date: PartialDate, wanted: Form, *, zeros: bool) -> str | None:
    """A date in another form; None when that would lose or invent something, or needs words."""
    if date.precision != wanted.precision or "Month" in wanted.style:
        return None
    width = 2 if zeros or "MMDD" in wanted.style or wanted.style == "YY.MM" else 1
    text = wanted.style.replace("YYYY", f"{date.year}").replace("YY", f"{date.year % 100:02d}")
    if wanted.style == "YYYY年MM月" and date.day:
        text += f"{date.day:0{width}d}日"
    return text.replace("MM", f"{date.month:0{width}d}").replace("DD", f"{date.day:0{width}d}")


def shape(text: str, date: PartialDate) -> str:
    """A date's form such as `YYYY-MM-DD` or `D Month YYYY`, with the signs that it has."""
    if "Month" not in date.style:
        return date.style + ("DD日" if date.style.endswith("月") and date.day else "")
    words = _LETTERS.sub(lambda m: "Month" if len(m[0]) > _SHORT else "Mon", text.strip())
    return _DAY.sub("D", _YEAR.sub("YYYY", words))


def like(date: PartialDate, shape: str, *, zeros: bool) -> str | None:
    """A date in a form that `shape` tells; None where the form says more than is known."""
    day, month = "D" in shape, "M" in shape
    if (day and not date.day) or (month and not date.month):
        return None
    cut = date._replace(day=date.day if day else 0, month=date.month if month else 0)
    if "Mon" in shape:
        named = shape.replace("YYYY", f"{cut.year}").replace("D", f"{cut.day}")
        month_name = MONTH_NAMES[cut.month - 1]
        return named.replace("Month", month_name).replace("Mon", month_name[:_SHORT])
    return write(cut, Form(shape.removesuffix("DD日"), cut.precision), zeros=zeros)


def is_numeric(text: str) -> bool:
    """Whether a text is digits and signs with one year: a date, or one gone wrong, but no range."""
    numeric = _NUMERIC.fullmatch(text) and _NUMBER.search(text)
    return bool(numeric) and len(_YEAR.findall(text)) <= 1


def guess(text: str) -> PartialDate | None:
    """The date that odd signs between the numbers hide, such as `2025..05` or `2025,05`."""
    return parse_date("-".join(_NUMBER.findall(text)))


def is_sure(text: str, date: PartialDate) -> bool:
    """Whether a written date can be read in one way only.

    `2024.1` may be October cut short by a spreadsheet, `24.05` may be a day in May.
    """
    return date.style != "YY.MM" and not text.endswith(".1")
