from __future__ import annotations

import pytest

import rules
from rules._columns import MARKS, Columns, cell_at, columns, is_blank, is_filled, is_mark
from tests import lists

PAPER, CODE = "[p](https://arxiv.org/abs/2405.90001)", "[c](https://github.com/a/b)"
TITLE = "A title that is long enough"


def roles(header: str, *lines: str) -> Columns:
    """What the columns of a table with these rows are for."""
    delimiter = "|---" * (header.count("|") - 1) + "|"
    (table,) = rules.parse("\n".join([header, delimiter, *lines, ""])).tables
    return columns(table)


# --- roles


def test_a_table_in_the_usual_form_tells_all_its_columns() -> None:
    (table,) = rules.parse(lists.good(10)).tables
    assert columns(table) == Columns(date=0, title=1, venue=2, paper=3, code=4)


@pytest.mark.parametrize(
    "header",
    [
        "| **DATE** | Paper Title | Venue | *Link* | `Code` |",
        "| 发布时间 | 论文标题 | 会议 | 论文链接 | 代码 |",
        "| Year | Name | Publication | URL | GitHub |",
    ],
)
def test_headings_may_be_dressed_up_or_in_another_language(header: str) -> None:
    row = f"| 2025.05 | {TITLE} | ICML | {PAPER} | {CODE} |"
    assert roles(header, row) == Columns(0, 1, 2, 3, 4)


def test_a_column_named_paper_holds_titles_or_links_as_its_cells_say() -> None:
    assert roles("| Paper | Link |", f"| {TITLE} | {PAPER} |").title == 0
    assert roles("| Title | Paper |", f"| {TITLE} | {PAPER} |").paper == 1


def test_a_title_that_is_the_link_is_title_and_paper_at_once() -> None:
    linked = f"[{TITLE}](https://arxiv.org/abs/2405.90001)"
    found = roles("| Title | Date | Code |", f"| {linked} | 2025-05-01 | {CODE} |")
    assert (found.title, found.paper, found.code) == (0, 0, 2)


def test_cells_deny_what_a_heading_claims() -> None:
    lines = [f"| soon | {TITLE} | none |"] * 3
    found = roles("| Date | Title | Code |", *lines, f"| later | {TITLE} | maybe |")
    assert found.date is None
    assert found.code is None


def test_cells_tell_a_column_that_no_heading_names_when_there_are_enough() -> None:
    line = f"| 2025-05 | {TITLE} | {PAPER} | {CODE} |"
    few, many = (roles("| | Title | | |", *[line] * count) for count in (7, 8))
    assert (few.date, few.paper, few.code) == (None, None, None)
    assert (many.date, many.paper, many.code) == (0, 2, 3)


def test_cells_insist_when_nine_in_ten_agree() -> None:
    dated, other = f"| 2025-05 | {TITLE} |", f"| soon | {TITLE} |"
    assert roles("| | Title |", *[dated] * 9, other).date == 0
    assert roles("| | Title |", *[dated] * 8, other).date is None


def test_a_column_that_calls_itself_title_may_hold_short_ones() -> None:
    assert roles("| No. | Title |", "| 1 | Ladders |").title == 1
    assert roles("| No. | Papers |", "| 1 | Ladders |").title is None


def test_a_column_of_papers_hosted_beside_code_is_no_code_column() -> None:
    both = f"{PAPER} {CODE}"
    assert roles("| Title | Resources |", *[f"| {TITLE} | {both} |"] * 10).code is None


def test_a_table_of_something_else_has_no_roles() -> None:
    assert roles("| Key | Value |", *["| colour | blue |"] * 10) == Columns()
    assert roles("| Key | Value |") == Columns()


# --- what a cell holds


@pytest.mark.parametrize("source", ["", " ", "[]()", "[ ]()"])
def test_an_empty_cell_is_blank(source: str) -> None:
    cell = only_cell(source)
    assert is_blank(cell)
    assert not is_mark(cell)
    assert not is_filled(cell)


@pytest.mark.parametrize("source", [*sorted(MARKS), "N/A", "**-**", "`None`", "[-]()", "[N/A]"])
def test_a_mark_says_that_there_is_nothing(source: str) -> None:
    cell = only_cell(source)
    assert is_mark(cell)
    assert not is_filled(cell)


@pytest.mark.parametrize(
    "source", ["soon", "coming in May", "[-](https://a.example)", "-1", "[code]()", CODE]
)
def test_words_and_links_are_an_answer(source: str) -> None:
    cell = only_cell(source)
    assert is_filled(cell)


def test_a_cell_beyond_the_row_is_none() -> None:
    (table,) = rules.parse("| a | b |\n|---|---|\n| x |\n").tables
    assert cell_at(table.rows[0], 0)
    assert cell_at(table.rows[0], 1) is None
    assert cell_at(table.rows[0], None) is None


def only_cell(source: str) -> rules._document.Cell:
    return rules.parse(f"| a | b |\n|---|---|\n| {source} | x |\n").tables[0].rows[0].cells[0]
