"""Judged changes for the tests of what is said about them."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING

from bot import check, judge, review
from bot.comment_life import Said
from bot.config import Configuration
from bot.inherit import Inherited
from bot.voice import Voice
from tests import lists

if TYPE_CHECKING:
    from bot.posts import CheckRun
    from bot.review import File, Plan

WHY = "https://listwright.example/rules/{}"
TREE = "https://listwright.example/list/blob/0123abc"
COUNT = 60
GOOD = lists.good(COUNT)
PLAIN = Voice(WHY.format)
GUIDE = "https://listwright.example/list/blob/main/CONTRIBUTING.md"
WELCOME = Voice(WHY.format, tree=TREE, guide=GUIDE, newcomer=True)


def file(before: str | None, after: str, path: str = "README.md") -> File:
    """A change to a list, judged, with the hunks that GitHub would show of it."""
    found = judge.judge_change(judge.Change(path, after, before))
    old, new = (before or "").split("\n"), after.split("\n")
    patch = "\n".join(list(unified_diff(old, new, lineterm=""))[2:])
    return review.File.of(found, after, patch)


def changed(**numbers: str) -> str:
    """The good list with these rows (`r5="..."`) in the others' places."""
    rows = lists.rows(range(COUNT))
    for name, row in numbers.items():
        rows[int(name[1:])] = row
    return lists.table(rows)


def empty(*numbers: int) -> str:
    return changed(**{f"r{n}": lists.row(n, code="") for n in numbers})


def added(*rows: str) -> File:
    """Rows at the end of the good list."""
    return file(GOOD, GOOD + "".join(f"{row}\n" for row in rows))


def line(number: int) -> int:
    return number + 3


def planned(
    *files: File,
    said: tuple[str, ...] = (),
    config: Configuration | None = None,
    voice: Voice = PLAIN,
) -> Plan:
    return review.plan(files, Said.of(said), config or Configuration(), voice)


def bodies(made: Plan) -> tuple[str, ...]:
    return (made.body, *(comment.body for comment in made.comments))


def lines(made: Plan) -> list[int]:
    return [comment.line for comment in made.comments]


def checked(*files: File, config: Configuration | None = None, voice: Voice = PLAIN) -> CheckRun:
    config = config or Configuration()
    return check.report(planned(*files, config=config, voice=voice), Inherited(config, ()))


def rows_of(made: CheckRun) -> list[list[str]]:
    """The cells of the rows of a check run's table."""
    found = [line for line in made.summary.splitlines() if line.startswith("| ")]
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in found
        if not line.startswith("| line")
    ]
