"""Lists written for the tests: every paper here is invented."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADER = "| Time | Title | Venue | Paper | Code |\n| ---- | ----- | ----- | ----- | ---- |\n"
NEWEST = 12 * 2025 + 5  # June 2025, in months
FIVE_DIGITS = 2015  # from when arXiv's ids have five digits after the dot

_WORDS = "lantern pebble willow harbour meadow copper thistle gravel beacon orchard".split()


def month(number: int) -> str:
    """`2025.06` for the number 0, `2025.05` for 1: older and older."""
    year, index = divmod(NEWEST - number, 12)
    return f"{year}.{index + 1:02d}"


def title(number: int) -> str:
    """A title of its own for each number: no two differ by the spelling of one word alone."""
    first, second = _WORDS[number % 10], _WORDS[number // 10 % 10]
    return f"Counting every {first} and {second} beside river {number}"


def paper(number: int) -> str:
    """An arXiv link of the same month as the row's; no such id was ever given."""
    year, index = divmod(NEWEST - number, 12)
    serial = 90_000 + number if year >= FIVE_DIGITS else 9_000 + number
    return f"https://arxiv.org/abs/{year % 100:02d}{index + 1:02d}.{serial}"


def row(number: int, **cells: str) -> str:
    """A good row without its line end; `cells` replace its time, title, venue, paper or code."""
    year = month(number)[2:4]
    good = {
        "time": month(number),
        "title": title(number),
        "venue": f"arXiv'{year}",
        "paper": f"[link]({paper(number)})",
        "code": "-",
    }
    return "| " + " | ".join((good | cells).values()) + " |"


def code(number: int) -> str:
    return f"[link](https://github.com/gardener/plot-{number})"


def rows(numbers: Iterable[int]) -> list[str]:
    """Good rows, newest first when the numbers grow; one in five links its code."""
    return [row(n, code=code(n)) if n % 5 == 0 else row(n) for n in numbers]


def without_code(count: int) -> list[int]:
    """The numbers of the first so many among these rows that link no code."""
    return [number for number in range(2 * count) if number % 5][:count]


def table(lines: Iterable[str], header: str = HEADER) -> str:
    """A table of these rows."""
    return header + "".join(f"{line}\n" for line in lines)


def good(count: int) -> str:
    """A table of so many good rows, newest first, in which nothing is to be said."""
    return table(rows(range(count)))


def steady(examples: int) -> settings:
    """Settings of a property test: so many examples, and what tests/conftest.py says of all.

    EXAMPLES=50 asks for fifty times as many, to search for what is still hidden.
    """
    return settings(max_examples=examples * int(os.environ.get("EXAMPLES", "1")))
