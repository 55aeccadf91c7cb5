from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests import lists

if TYPE_CHECKING:
    from bot.voice import Voice
from tests.alive import HOSTILE, alive
from tests.changed import COUNT, GOOD, PLAIN, WELCOME, added, bodies, changed, file, planned


@pytest.mark.parametrize("voice", [PLAIN, WELCOME])
@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_comes_alive_in_a_review(title: str, voice: Voice) -> None:
    rows = {
        "r5": lists.row(5, title=title, code=""),
        "r6": lists.row(6, title=title, paper=f"[{title}](https://www.arxiv.org/abs/2412.90006)"),
        "r9": lists.row(8, title=title),
        "r20": lists.row(30, title=title),
        "r21": f"| 2020.01 | {title} |",
        "r22": lists.row(22, title=title) + f" {title} |",
    }
    made = planned(file(GOOD, changed(**rows)), voice=voice)
    assert made.comments
    for body in bodies(made):
        assert alive(body) == []
    for comment in made.comments:
        assert re.search(r"\n\n<!-- listwright: [0-9a-f ]+ -->\Z", comment.body)
        assert len(comment.body) < 65_536


@pytest.mark.parametrize("voice", [PLAIN, WELCOME])
@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_comes_alive_where_its_paper_is_thanked_for(title: str, voice: Voice) -> None:
    made = planned(added(lists.row(COUNT, title=title, code="")), voice=voice)
    assert ("for adding " in made.body) is (not title.startswith("<!--"))  # which no reader sees
    assert alive(made.body) == []
    assert len(made.body) < 500


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_comes_alive_in_a_row_to_copy(title: str) -> None:
    rows = lists.rows(n for n in range(COUNT) if n != 40)
    before = lists.table(rows)
    rows.insert(5, lists.row(40, title=title, code=""))
    [comment] = planned(file(before, lists.table(rows)), voice=WELCOME).comments
    assert "The row to copy:" in comment.body
    assert alive(comment.body) == []


@pytest.mark.parametrize("heading", [text for text in HOSTILE if "|" not in text])
def test_no_heading_comes_alive_in_a_review(heading: str) -> None:
    header = (
        lists.HEADER.replace("Code", heading).replace("Time", heading).replace("Venue", heading)
    )
    rows = lists.rows(range(30))
    before = lists.table(rows, header)
    rows[4], rows[6] = lists.row(4, code=""), lists.row(6).removesuffix("- |")
    rows[8] = lists.row(8).replace("- |", "")
    made = planned(file(before, lists.table(rows, header)))
    assert made.comments
    assert [body for body in bodies(made) if alive(body)] == []
