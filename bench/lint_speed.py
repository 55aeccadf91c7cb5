"""Rows a second of reading and judging a list, beside mistletoe's reading alone.

The list is made here; both are measured in the same run, by turns, and the medians are compared,
for machines are noisy. A ratio above 1 says that judging takes so many times as long.

    python bench/lint_speed.py [ROWS]
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

import mistletoe
from cases import HEADER, contents, section

import rules

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS, SECTIONS, ROUNDS = 5_000, 20, 3
_WORDS = "lantern pebble willow harbour meadow copper thistle gravel beacon orchard".split()


def _row(number: int, place: int, rows: int) -> str:
    months = 12 * 2025 + 11 - place * 200 // rows
    year, month = divmod(months, 12)
    words = [_WORDS[number // 10**digit % 10] for digit in range(4)]
    link = f"https://arxiv.org/abs/{year % 100:02d}{month + 1:02d}.{number % 8_000:05d}"
    code = f"[link](https://github.com/{words[0]}/{words[1]}-{number})" if number % 3 == 0 else "-"
    title = f"On {words[0]} and {words[1]}, or how every {words[2]} met {words[3]} {number}"
    date = f"{year}.{month + 1:02d}"
    return f"| {date} | **{title}** | arXiv'{year % 100:02d} | [link]({link}) | {code} |\n"


def document(rows: int) -> str:
    """A list with contents and sections, newest first."""
    each = rows // SECTIONS
    names = [f"Part {number}" for number in range(SECTIONS)]
    tables = [
        HEADER + "".join(_row(part * each + place, place, each) for place in range(each))
        for part in range(SECTIONS)
    ]
    bodies = "".join(section(name, table) for name, table in zip(names, tables, strict=True))
    return f"# A list\n\n{contents(names)}{bodies}"


def judge(text: str) -> object:
    parsed = rules.parse(text)
    return rules.lint(parsed, conventions=rules.infer(parsed))


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    text = document(rows)
    said = rules.lint(rules.parse(text))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(judge, text))
        theirs.append(_seconds(mistletoe.Document, text))
    our, their = statistics.median(ours), statistics.median(theirs)
    print(f"{rows:,} rows, {len(text):,} characters, {len(said)} remarks, median of {ROUNDS}")
    print(f"parse + infer + lint   {our:7.2f} s  {rows / our:9,.0f} rows a second")
    print(f"mistletoe's Document   {their:7.2f} s  {rows / their:9,.0f} rows a second")
    print(f"ratio                  {our / their:7.2f}")


if __name__ == "__main__":
    main()
