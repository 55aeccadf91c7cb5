from __future__ import annotations

import pytest

import rules
from tests import lists
from tests.lists import row, rows, table
from tests.told import GOOD, change, lint, mended, told


def test_code_known_from_another_row_is_offered_not_written() -> None:
    text = f"## A\n\n{table(rows(range(1, 20)))}\n## B\n\n{table([row(10)])}"
    said = [d for d in lint(text) if d.rule == "missing-code-link"]
    assert told(said) == [(29, "missing-code-link", "note")]
    assert "`https://github.com/gardener/plot-10`" in said[0].message
    assert said[0].fix
    assert not said[0].fix.safe


def test_code_is_offered_as_the_other_row_has_it_and_not_where_the_titles_differ() -> None:
    badge = "[![Stars](https://img.shields.io/github/stars/a/b)](https://github.com/a/b)"
    above = f"## A\n\n{table([*rows(range(1, 20)), row(20, code=badge)])}\n## B\n\n"
    text = above + table([row(20)])
    (said,) = [d for d in lint(text) if d.rule == "missing-code-link"]
    assert said.fix
    assert rules.apply(text, said.fix.edits) == above + table([row(20, code=badge)])
    other = above + table([row(20, title="Rivers that nobody ever counted at all")])
    assert [d for d in lint(other) if d.rule == "missing-code-link"] == []


def test_a_list_without_a_mark_of_its_own_is_not_given_one() -> None:
    marks = ["-", "N/A", "", "none"]
    lines = [row(n, code=lists.code(n) if n % 2 else marks[n // 2 % 4]) for n in range(24)]
    assert lint(table(lines)) == []


def test_a_list_that_leaves_such_cells_empty_may_go_on() -> None:
    lines = [row(n, code=lists.code(n) if n % 2 else "") for n in range(24)]
    assert lint(table(lines)) == []


@pytest.mark.parametrize("blank", ["||", "| |", "|   |", "| []() |"])
def test_a_mark_is_written_with_a_blank_on_each_side(blank: str) -> None:
    text = f"{GOOD}{row(20).removesuffix('| - |')}{blank}\n"
    assert mended(text, change(GOOD, text)) == f"{GOOD}{row(20)}\n"
