"""How long judging takes, beside yardsticks in the same run: medians and ratios, for machines vary.

Two lists: an ordinary one of 20,000 rows, written by the generator beside the project where there
is one, else by this file; and the longest that is read, with something wrong in every row, as the
server judges it after a change (where it has a time limit).

    python bench/lint_speed.py [ROWS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import mistletoe
from cases import HEADER, contents, numbered, row, section
from cases_of_rows import defective

import rules
from bot.judge import SECONDS, Change, judge_change

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS, LONGEST, SECTIONS, ROUNDS = 20_000, 50_000, 40, 3
GENERATOR = Path(__file__).parents[2] / "shared/bench/lists/gen_list.py"
_WORDS = "lantern pebble willow harbour meadow copper thistle gravel beacon orchard".split()


def ordinary(rows: int) -> tuple[str, str]:
    """A list with contents and sections, newest first, and where it comes from."""
    if GENERATOR.exists():
        command = [sys.executable, str(GENERATOR), "--rows", str(rows), "--sections", str(SECTIONS)]
        made = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
        return made.stdout, f"from {GENERATOR.name}"
    each = rows // SECTIONS
    names = [f"Part {number}" for number in range(SECTIONS)]
    tables = (
        HEADER + "".join(_row(part * each + place, place / each) for place in range(each))
        for part in range(SECTIONS)
    )
    return contents(names) + "".join(map(section, names, tables)), "of our own"


def _row(number: int, age: float) -> str:
    year, month = divmod(12 * 2025 + 11 - int(age * 72), 12)
    words = [_WORDS[number // 10**digit % 10] for digit in range(4)]
    title = f"**On {words[0]} and {words[1]}, or how every {words[2]} met {words[3]} {number}**"
    code = f"[link](https://github.com/{words[0]}/{words[1]}-{number})" if number % 3 == 0 else "-"
    good = row(title, number, f"{year}.{month + 1:02d}", code)
    return good.replace("/2501.", f"/{year % 100:02d}{month + 1:02d}.").replace(
        "'25", f"'{year % 100:02d}"
    )


def lint(text: str) -> object:
    document = rules.parse(text)
    return rules.lint(document, conventions=rules.infer(document))


def split(text: str) -> object:
    return [line.split("|") for line in text.split("\n")]


def judge(text: str) -> object:
    before = text.replace("arXiv", "arxiv", 7)[: len(text) * 9 // 10]
    return judge_change(Change("README.md", text, before))


def compare(text: str, ours: Callable[[str], object], name: str) -> float:
    """Print the medians of our work and the yardsticks, taken by turns; return ours."""
    works = {name: ours, "mistletoe's Document": mistletoe.Document, "lines split on |": split}
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for each, work in works.items():
            times[each].append(_seconds(work, text))
    medians = {each: statistics.median(taken) for each, taken in times.items()}
    for each, seconds in medians.items():
        print(f"  {each:22} {seconds:7.3f} s   {medians[name] / seconds:7.1f} times")
    return medians[name]


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    text, source = ordinary(rows)
    print(f"{rows:,} rows {source}, median of {ROUNDS}; how many times as long ours takes:")
    mine = compare(text, lint, "parse, infer, lint")
    print(f"  {rows / mine:,.0f} rows a second\n")
    print(f"{LONGEST:,} rows, each defective, after a change:")
    mine = compare(numbered(LONGEST, defective), judge, "judge_change")
    print(f"  {mine / SECONDS:.0%} of the {SECONDS:.0f} seconds that the server gives it here")


if __name__ == "__main__":
    main()
