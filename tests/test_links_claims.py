"""What rows say of their papers, held against what arXiv told of the same links."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from bot import escape
from bot.links import claims
from bot.links.verdict import Found, Paper, Verdict
from tests import lists

OTHER = "Attention Is All You Need for Translation Between Languages"
MINE, ELSE = lists.paper(3), "https://arxiv.org/abs/2401.00001"
FIRST = date(2025, 3, 9)  # in the month that the fourth row tells


def told(text: str, title: str = OTHER, first: date = FIRST) -> list[tuple[int, str]]:
    """What is told of a list, had arXiv this paper for each link; with its lines."""
    found = Found(Verdict.ALIVE, "known", paper=Paper(title, first))
    said = [(each.line, claims.told(each, found)) for each in rules.mentions(rules.parse(text))]
    return [(line, str(claim)) for line, claim in said if claim]


def with_row(row: str) -> str:
    """A list without other papers at arXiv."""
    papers = [f"[link](https://site.example/{n})" for n in range(12)]
    others = [lists.row(n, paper=paper, code=lists.code(n)) for n, paper in enumerate(papers)]
    return lists.table([row, *others])


def test_a_link_to_another_paper_is_asked_about() -> None:
    row = lists.row(3)
    claim = (
        f"arXiv {MINE.rpartition('/')[2]} is *{OTHER}*, not *{lists.title(3)}*. Is the link right?"
    )
    assert told(with_row(row)) == [(3, claim)]
    assert told(with_row(row), lists.title(3).upper()) == []


def test_a_date_before_the_paper_was_there_is_asked_about() -> None:
    claim = "The row says 2025.03, arXiv has it first on 2025-06-26. Which is right?"
    assert told(with_row(lists.row(3)), lists.title(3), date(2025, 6, 26)) == [(3, claim)]


@pytest.mark.parametrize("venue", ["NeurIPS 2024", "ICML'25"])
def test_a_paper_may_have_been_at_a_venue_before(venue: str) -> None:
    row = with_row(lists.row(3, venue=venue))
    assert told(row, lists.title(3), date(2025, 6, 26)) == []


def test_the_day_of_another_paper_says_nothing() -> None:
    [(_, claim)] = told(with_row(lists.row(3)), OTHER, date(2025, 6, 26))
    assert claim.startswith("arXiv")


@pytest.mark.parametrize(
    "cells",
    [
        {"paper": f"[a]({MINE}) [b]({ELSE})"},
        {"paper": "[a](https://site.example/3)", "code": f"[link]({ELSE})"},
        {"paper": "[a](https://site.example/3)", "venue": f"[as told here]({ELSE})"},
        {"paper": f"![chart]({ELSE})"},
        {"title": "CoT"},
        {"title": "", "time": "2019.01"},  # a project, perhaps, with a day of its own
    ],
)
def test_of_what_is_not_surely_the_rows_own_paper_nothing_is_said(cells: dict[str, str]) -> None:
    assert told(with_row(lists.row(3, **cells))) == []


def test_a_paper_is_told_once_where_its_row_links_it_twice() -> None:
    both = f"[abs]({MINE}) [pdf]({MINE.replace('abs', 'pdf')})"
    titled = f"[{lists.title(3)}]({MINE})"
    for row in (lists.row(3, paper=both), lists.row(3, title=titled), lists.row(3, code=both)):
        assert len(told(with_row(row))) == 1


def test_a_title_that_is_the_link_counts() -> None:
    rows = [f"| [{lists.title(n)}]({lists.paper(n)}) | {lists.month(n)} |" for n in range(12)]
    table = lists.table(rows, "| Paper | Date |\n|---|---|\n")
    assert [line for line, _ in told(table)] == list(range(3, 15))


def test_a_paper_elsewhere_leaves_that_at_arxiv_to_the_title() -> None:
    titled = lists.row(3, title=f"[{lists.title(3)}]({MINE})", paper="[a](https://site.example/3)")
    assert [line for line, _ in told(with_row(titled))] == [3]


def test_of_two_papers_that_of_the_papers_column_is_the_rows_own() -> None:
    [(_, claim)] = told(with_row(lists.row(3, title=f"[{lists.title(3)}]({ELSE})")))
    assert claim.startswith(f"arXiv {MINE.rpartition('/')[2]} is")


def test_links_outside_of_tables_state_nothing() -> None:
    assert told(f"- 2020 [{lists.title(3)}]({MINE})\n") == []


def test_without_word_from_arxiv_nothing_is_said() -> None:
    [own] = [it for it in rules.mentions(rules.parse(with_row(lists.row(3)))) if it.stated]
    assert claims.told(own, None) is None
    assert claims.told(own, Found(Verdict.UNKNOWN, "down")) is None


def test_titles_are_shown_as_asked_and_never_endless() -> None:
    [own] = [it for it in rules.mentions(rules.parse(with_row(lists.row(3)))) if it.stated]
    long = Found(Verdict.ALIVE, "known", paper=Paper("@ann's <b> " + OTHER * 20, FIRST))
    claim = claims.told(own, long, escape.plain)
    assert claim is not None
    assert "\\@\u200bann\\'s \\<b\\> Attention" in claim
    assert len(claim) < 400


@given(st.text(max_size=80), st.text(max_size=80), st.dates())
def test_any_row_is_held_against_any_paper(title: str, true: str, first: date) -> None:
    text = with_row(lists.row(3, title=title.replace("\n", " ")))
    assert len(told(text, true, first)) <= 1
