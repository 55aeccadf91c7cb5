"""The forms of venues: a name, and how its year stands behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

# The year with its marks: NeurIPS'24, ICML 2024, ICCV2025, CVPR '24, ACL-2023, WWW (2024).
_VENUE = re.compile(
    r"(?P<name>.*?[^\W\d_][^\w'’‘´`]{0,2}?)"
    r"(?P<before>[ ,:(\[-]{0,3}|[ -]?['’‘´`] ?)"
    r"(?P<year>(?:19|20)\d\d|(?<=['’‘´`])\d\d|(?<=['’‘´`] )\d\d)"
    r"(?P<after>[)\]]?)"
)
# Also glued to a name in capitals, with no form that could be told: WSDM24.
_ANY_YEAR = re.compile(r"(?:19|20)\d\d|['’‘´`]\s?\d\d(?!\d)|[A-Z]{3}[012]\d(?!\w)")


class YearForm(NamedTuple):
    """What stands around the year, and how many digits it has; no digits for no year."""

    before: str = ""
    digits: int = 0
    after: str = ""


class Venue(NamedTuple):
    """A venue; `form` is None when a year stands somewhere within, as in `CVPR 2024 Oral`."""

    name: str
    year: str
    form: YearForm | None

    def written(self, form: YearForm) -> str:
        """The venue with its year in another form."""
        year = self.year if len(self.year) >= form.digits else f"20{self.year}"
        return f"{self.name}{form.before}{year[-form.digits :]}{form.after}"


def read(text: str) -> Venue:
    match = _VENUE.fullmatch(text)
    if match:
        form = YearForm(match["before"], len(match["year"]), match["after"])
        return Venue(match["name"], match["year"], form)
    return Venue(text, "", None if _ANY_YEAR.search(text) else YearForm())
