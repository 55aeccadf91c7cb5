from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot import check, cut, judge
from bot.review import File
from tests import lists
from tests.alive import HOSTILE, alive
from tests.changed import (
    COUNT,
    GOOD,
    PLAIN,
    WELCOME,
    changed,
    checked,
    empty,
    file,
    rows_of,
)

if TYPE_CHECKING:
    from bot.voice import Voice


@pytest.mark.parametrize("voice", [PLAIN, WELCOME])
@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_path_or_section_comes_alive_in_a_check_run(title: str, voice: Voice) -> None:
    rows = {
        "r5": lists.row(5, title=title, code=""),
        "r9": lists.row(8, title=title),
        "r20": lists.row(30, title=title),
        "r21": f"| 2020.01 | {title} |",
        "r22": lists.row(22, title=title) + f" {title} |",
        "r23": lists.row(23, paper=f"[{title}](https://arxiv.org/abs/2310.90023v2)"),
    }
    head = f"## {title}\n\n"
    path = f"{title}.md".replace("/", "")
    files = (file(head + GOOD, head + changed(**rows), path), file(GOOD, empty(3)))
    broken = File(judge.Judgement(path, problem="Words."), "", (), ())
    made = checked(*files, broken, voice=voice)
    assert len(rows_of(made)) >= 2
    assert all(len(row) == 3 for row in rows_of(made))
    for text in (made.summary, check.too_slow(path).summary):
        assert alive(text) == []
        assert "listwright: 0123" not in re.sub(r"`[^`]*`|\\.", "", text)


def test_a_table_that_is_too_long_ends_with_a_whole_row_and_counts_the_rest() -> None:
    title = "@team " * 9
    rows = [lists.row(n // 2, title=title) for n in range(1000)]
    made = checked(file(None, lists.table(rows)), voice=WELCOME)
    assert 60_000 < len(made.summary.encode()) <= 65_535
    assert cut.text(made.summary) == made.summary
    assert alive(made.summary) == []
    table, rest = made.summary.split("\n\n")[1:]
    assert table.endswith(" |")
    told = int(made.title.split()[0])
    assert rest == f"and {told - len(rows_of(made))} more"


def test_a_flood_of_rows_is_annotated_two_hundred_times_and_all_stands_in_the_table() -> None:
    flood = [lists.row(n, code="") for n in range(1000, 1250)]
    made = checked(file(GOOD, lists.table([*lists.rows(range(COUNT)), *flood])))
    assert len(made.annotations) == 200
    assert len(rows_of(made)) == 250
