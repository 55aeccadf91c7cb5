"""Whether what a row says of its paper can be true, beside what arXiv knows of it.

Lists call papers by nicknames, keep titles that were changed later, and date papers by their
conference: only what none of this explains is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from rules._date_forms import is_sure
from rules._dates import parse_date

if TYPE_CHECKING:
    from rules._dates import PartialDate

_LONGEST = 1_000
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+\*?|.)")
_LATEX = re.compile(r"[{}$^_]")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    """a an and are as at be by can do does for from how in into is it its of on or than that the
    their to towards toward via we what when with without using""".split()
)
# Words that half of all papers have.
_USUAL = frozenset(
    """large language model models learning deep neural network networks llm llms based training
    data reasoning multimodal vision survey efficient agents agent generation method approach
    framework benchmark evaluation""".split()
)
_ENOUGH_WORDS = 4
_SAME, _OTHER = 80, 60
_LONG_WORD, _ALIKE = 5, 80
_PREPRINT = re.compile(r"(?:arxiv|corr|preprint)\b.*|[-–—/\s]*", re.IGNORECASE)
# Days by which the day of sending in may seem later than it was.
_SLACK = timedelta(days=3)


class Agreement(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


class Claim(NamedTuple):
    """What becomes of a row's title and of its date."""

    title: Agreement
    date: Agreement


def check_claim(title: str, when: str, *, true_title: str, first: date, venue: str = "") -> Claim:
    """Hold a row against its paper.

    Args:
        title: the row's title, as text.
        when: its date cell, as text; empty where it has none.
        true_title: the paper's title as arXiv has it.
        first: the day of its first version.
        venue: its venue cell, as text; a paper may have been at a venue before it was at arXiv.
    """
    return Claim(_title(title, true_title), _date(when, first, venue))


def _title(claimed: str, true: str) -> Agreement:
    """Two titles without a single telling word in common are of two papers."""
    here, there = _plain(claimed), _plain(true)
    if not here or not there:
        return Agreement.UNSURE
    if _are_one(here, there):
        return Agreement.RIGHT
    mine, theirs = _telling(here), _telling(there)
    if min(len(mine), len(theirs)) < _ENOUGH_WORDS or not (here + there).isascii():
        return Agreement.UNSURE
    rare = {word for word in mine - _USUAL if any(_alike(word, it) for it in theirs - _USUAL)}
    alike = fuzz.token_set_ratio(" ".join(mine), " ".join(theirs)) >= _OTHER
    return Agreement.UNSURE if rare or alike else Agreement.WRONG


def _are_one(here: str, there: str) -> bool:
    """Whether titles are the same but for a nickname, a subtitle, or a light retitling."""
    short, long = sorted((here, there), key=len)
    return (
        f" {short} " in f" {long} "
        or short.replace(" ", "") in long.replace(" ", "")
        or fuzz.token_set_ratio(here, there) >= _SAME
        or _is_nickname(short, long)
    )


def _is_nickname(short: str, long: str) -> bool:
    """Whether one word takes its letters from the beginnings of the words, such as CoT."""
    letters = iter(word[0] for word in long.split())
    return " " not in short and len(short) > 1 and all(letter in letters for letter in short)


def _plain(title: str) -> str:
    """Words in lower case, without LaTeX and accents."""
    text = _LATEX.sub("", _COMMAND.sub("", title[:_LONGEST]))
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.casefold()))


def _telling(title: str) -> set[str]:
    return {word for word in title.split() if word not in _SMALL and len(word) > 1}


def _alike(one: str, other: str) -> bool:
    """Whether two words may be forms of one."""
    if one == other:
        return True
    return min(len(one), len(other)) >= _LONG_WORD and fuzz.ratio(one, other) >= _ALIKE


def _date(claimed: str, first: date, venue: str) -> Agreement:
    """A date before the paper was there is wrong; a later one may be the conference's."""
    told = parse_date(claimed)
    if told is None or not is_sure(claimed.strip(), told):
        return Agreement.UNSURE
    if _last_day(told) + _SLACK >= first:
        return Agreement.RIGHT
    return Agreement.WRONG if _PREPRINT.fullmatch(venue.strip()) else Agreement.UNSURE


def _last_day(told: PartialDate) -> date:
    """The last day that a date can mean; of a day that its year does not have, the month's."""
    month = told.month or 12
    end = date(told.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return end.replace(day=min(told.day, end.day)) if told.day else end
