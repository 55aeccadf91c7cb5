"""Links in a column of dates, beyond the example on the page of link-column."""

from __future__ import annotations

import pytest

import rules
from tests.lists import paper, title

HEADER = "| Title | Paper | Update |\n| ----- | ----- | ------ |\n"
DATED = ["2025-06-01", "-", "2025-04-11", "-", "-", "2024-12-24", "-", "-"]
ASTRAY = "[code](https://github.com/gardener/lantern)"


def entries(*updates: str) -> str:
    """A list whose last column holds these."""
    lines = (f"| {title(n)} | [link]({paper(n)}) | {it} |\n" for n, it in enumerate(updates))
    return HEADER + "".join(lines)


def told(before: str, after: str) -> list[int]:
    """The lines that a change to a list is told link-column of."""
    old, new = rules.parse(before), rules.parse(after)
    known = rules.infer(old)
    said = rules.compare(rules.lint(old, conventions=known), rules.lint(new, conventions=known))
    return [d.line for d in said if d.rule == "link-column"]


def test_each_new_row_is_told_of_its_link() -> None:
    assert told(entries(*DATED), entries(*DATED, ASTRAY, ASTRAY)) == [11, 12]


def test_an_older_row_is_told_when_a_whole_list_is_judged_and_is_no_excuse_for_a_new_one() -> None:
    old = entries(ASTRAY, *DATED)
    assert [d.line for d in rules.lint(rules.parse(old))] == [3]
    assert told(old, entries(ASTRAY, *DATED, ASTRAY)) == [12]


def test_a_badge_that_links_a_repository_is_no_date_either() -> None:
    badge = "![Star](https://img.shields.io/github/stars/gardener/lantern.svg)<br>"
    assert told(entries(*DATED), entries(*DATED, badge + ASTRAY)) == [11]


@pytest.mark.parametrize(
    ("others", "new"),
    [
        pytest.param(DATED[:7], ASTRAY, id="seven rows are too few"),
        pytest.param(["-"] * 8 + DATED[:3], ASTRAY, id="two dates do not make a column of dates"),
        pytest.param([*DATED, ASTRAY, ASTRAY], ASTRAY, id="two older rows link something"),
        pytest.param([*DATED, "soon"], ASTRAY, id="the column holds words too"),
        pytest.param(DATED, "[soon](https://garden.example/news)", id="a page of which none knows"),
        pytest.param(DATED, "[2 June](https://github.com/gardener/log)", id="it tells a date"),
        pytest.param(DATED, "", id="an empty cell"),
    ],
)
def test_without_enough_to_go_by_nothing_is_said(others: list[str], new: str) -> None:
    assert told(entries(*others), entries(*others, new)) == []
