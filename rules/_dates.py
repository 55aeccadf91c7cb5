"""Dates as lists write them, with as much precision as they give."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_YEAR = r"(?P<y>(?:19|20)\d\d)"
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        ("YYYY-MM-DD", rf"{_YEAR}-(?P<m>\d\d?)-(?P<d>\d\d?)"),
        ("YYYY.MM.DD", rf"{_YEAR}\.(?P<m>\d\d?)\.(?P<d>\d\d?)"),
        ("YYYY/MM/DD", rf"{_YEAR}/(?P<m>\d\d?)/(?P<d>\d\d?)"),
        ("YYYY.MMDD", rf"{_YEAR}\.(?P<m>\d\d)(?P<d>\d\d)"),
        ("YYYY-MM", rf"{_YEAR}-(?P<m>\d\d?)"),
        ("YYYY.MM", rf"{_YEAR}\.(?P<m>\d\d?)"),
        ("YYYY/MM", rf"{_YEAR}/(?P<m>\d\d?)"),
        ("YYYY年MM月", rf"{_YEAR}年(?P<m>\d\d?)月(?:(?P<d>\d\d?)日)?"),
        ("MM/YYYY", rf"(?P<m>\d\d?)/{_YEAR}"),
        ("MM.YYYY", rf"(?P<m>\d\d?)\.{_YEAR}"),
        ("YYYY", _YEAR),
        ("YY.MM", r"(?P<yy>[0-4]\d)\.(?P<m>\d\d)"),
        ("D Month YYYY", rf"(?P<d>\d\d?) {_NAME},? {_YEAR}"),
        ("Month D, YYYY", rf"{_NAME} (?P<d>\d\d?),? {_YEAR}"),
        ("Month YYYY", rf"{_NAME},? {_YEAR}"),
        ("YYYY Month", rf"{_YEAR} {_NAME}"),
    )
)
# A list has few dates, but every rule asks for them.
REMEMBERED = 50_000
_LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PartialDate(NamedTuple):
    """A year, perhaps a month, perhaps a day; 0 stands for what is not said."""

    year: int
    month: int
    day: int
    style: str

    def key(self, precision: int) -> tuple[int, ...]:
        """What to compare at a precision: 1 for years, 2 for months, 3 for days."""
        return (self.year, self.month, self.day)[:precision]

    @property
    def precision(self) -> int:
        return 3 if self.day else 2 if self.month else 1


@lru_cache(REMEMBERED)
def parse_date(text: str) -> PartialDate | None:
    """The date that a whole cell holds, or None when it holds none or an impossible one."""
    text = text.strip()
    for style, shape in _SHAPES:
        match = shape.fullmatch(text)
        if match:
            return _date(style, match.groupdict())
    return None


def _date(style: str, parts: dict[str, str | None]) -> PartialDate | None:
    year = int(parts.get("y") or f"20{parts.get('yy')}")
    day = int(parts.get("d") or 0)
    name = parts.get("name")
    month = _MONTHS.get(name.lower(), -1) if name else int(parts.get("m") or 0)
    if not 0 <= month <= len(_LAST_DAY) or (month == 0 and parts.get("m")):
        return None
    if day > (_LAST_DAY[month - 1] if month else 0) or (day == 0 and parts.get("d")):
        return None
    return PartialDate(year, month, day, style)
