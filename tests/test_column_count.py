from __future__ import annotations

import pytest

from tests import lists
from tests.lists import row, rows, table
from tests.told import GOOD, added, change, lint, mended, told


def test_a_missing_cell_is_told_although_one_other_row_leaves_its_code_empty() -> None:
    short = row(22).removesuffix(" - |")
    lines = [*rows(range(20)), row(20, code=""), short]
    assert (24, "column-count", "error") in told(lint(table(lines)))


def test_a_table_that_leaves_off_its_last_cells_does_so_on_purpose() -> None:
    lines = [
        row(n, code=lists.code(n)) if n % 2 else row(n).removesuffix(" - |") for n in range(20)
    ]
    assert lint(table(lines)) == []


def test_a_table_that_leaves_cells_empty_may_leave_them_off() -> None:
    lines = [row(n, code=lists.code(n) if n % 2 else "") for n in range(24)]
    assert lint(table([*lines, row(24).removesuffix(" - |")])) == []


def test_a_table_whose_rows_all_have_one_cell_more_is_left_alone() -> None:
    assert lint(table(f"{row(n)} [//]: # (seen) |" for n in range(20))) == []
    assert lint(table(f"{row(n)} more |" for n in range(20))) == []


def test_a_short_row_in_a_table_of_two_rows_is_told_where_other_tables_have_its_header() -> None:
    text = f"## A\n\n{GOOD}\n## B\n\n{table([row(30), row(31).removesuffix(' - |')])}"
    assert told(lint(text)) == [(31, "column-count", "error")]


def test_two_missing_cells_are_both_named_and_not_guessed() -> None:
    (said,) = added(row(20).rpartition(" | [link]")[0] + " |")
    assert said.message == "This row has 3 cells, the table 5: Paper and Code are absent."
    assert said.fix is None


def test_a_cell_missing_in_the_middle_is_not_filled_at_the_end() -> None:
    (said,) = added(row(20).replace(" arXiv'23 |", ""))
    assert "do not stand under their headings" in said.message
    assert said.fix is None


def test_a_date_that_slips_under_another_heading_tells_that_no_last_cell_is_left_off() -> None:
    header = "| Model | Size | Time | Paper | Notes |\n| - | - | - | - | - |\n"
    lines = [f"| M{n} | {n}B | {lists.month(n)} | [p]({lists.paper(n)}) | |" for n in range(12)]
    short = lines[5].replace(" 5B |", "")
    (said,) = lint(table([*lines[:5], short, *lines[6:]], header))
    assert said.message.endswith("Which one is absent?")


def test_a_code_link_that_slips_under_the_papers_heading_is_not_taken_for_the_paper() -> None:
    lines = [row(n, code=lists.code(n)) for n in range(12)]
    slipped = row(12, code=lists.code(12)).replace(f"[link]({lists.paper(12)}) | ", "")
    (said,) = lint(table([*lines, slipped]))
    assert said.message.endswith("Which one is absent?")
    assert said.fix is None


@pytest.mark.parametrize("end", [" |", "", " |  ", "\t"])
def test_a_completed_row_ends_as_it_did_before(end: str) -> None:
    start = row(20).removesuffix(" | - |")
    text = f"{GOOD}{start}{end}\nThe end.\n"
    assert mended(text, change(GOOD, text)) == f"{GOOD}{start} | - |\nThe end.\n"


def test_a_completed_row_without_outer_pipes_gets_none() -> None:
    start = row(20).removeprefix("| ").removesuffix(" | - |")
    text = f"{GOOD}{start}\n"
    assert mended(text, change(GOOD, text)) == f"{GOOD}{start} | -\n"


def test_what_a_long_row_drops_is_quoted_so_that_it_does_no_harm() -> None:
    (said,) = added(row(20) + " @team <!-- `x` --> [a](b) |")
    assert "`` @team <!-- `x` --> [a](b) ``" in said.message


def test_each_dropped_cell_is_named_and_a_picture_by_its_words() -> None:
    badge = "[![Project Page](https://img.shields.io/badge/page-blue)](https://a.example/page)"
    (said,) = added(f"{row(20)} more | {badge} |")
    assert said.message == (
        "This row has 7 cells, the table 5: GitHub drops `more` and `Project Page`. "
        "Are 2 too many, or is a `|` meant as text (`\\|`)?"
    )


def test_an_empty_cell_in_the_last_place_goes_with_the_pipe_before_it() -> None:
    text = f"{GOOD}{row(20, venue='| arXiv').removesuffix(' |')} | []()\n"
    assert (
        mended(text, change(GOOD, text)) == f"{GOOD}{row(20, venue='arXiv').removesuffix(' |')} \n"
    )
