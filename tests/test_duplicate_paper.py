from __future__ import annotations

import pytest

from rules import Severity
from tests import lists
from tests.lists import row, rows, table
from tests.told import GOOD, added, change, lint, mended, told


@pytest.mark.parametrize(
    "link",
    [
        "https://www.alphaxiv.org/abs/{}",
        "https://arxiv.org/html/{}",
        "https://doi.org/10.48550/arXiv.{}",
        "https://huggingface.co/papers/{}",
    ],
)
def test_a_paper_is_known_by_its_link_in_any_form(link: str) -> None:
    paper = link.format(lists.paper(19).rpartition("/")[2])
    (said,) = added(row(19, paper=f"[l]({paper})"))
    assert (said.rule, said.severity) == ("duplicate-paper", Severity.ERROR)
    assert "(same title, same arXiv id)" in said.message


def test_a_paper_is_known_by_its_title_where_the_links_do_not_deny_it() -> None:
    (said,) = added(row(19, paper="[l](https://openreview.net/forum?id=abcDEF123)"))
    assert "one line above (same title)" in said.message


@pytest.mark.parametrize(("site", "copies"), [("other.example", 1), ("a.example", 0)])
def test_a_long_title_is_one_paper_on_two_sites_but_not_on_one(site: str, copies: int) -> None:
    before = GOOD.replace(lists.paper(19), "https://a.example/19")
    after = before + row(19, paper=f"[l](https://{site}/another)") + "\n"
    assert [d.rule for d in change(before, after)] == ["duplicate-paper"] * copies


def test_a_typing_error_in_one_long_word_does_not_hide_a_title() -> None:
    title = lists.title(19).replace("Counting", "Countting")
    (said,) = added(row(19, title=title, paper="[l](https://openreview.net/forum?id=abcDEF123)"))
    assert "nearly the same title" in said.message


def test_one_link_under_two_quite_different_titles_is_no_duplicate() -> None:
    said = added(row(19, title="Sorting Clouds by Hand at Dawn"))
    assert [d for d in said if d.rule == "duplicate-paper"] == []


def test_a_copy_that_is_also_out_of_order_is_told_as_a_copy_alone() -> None:
    assert [d.rule for d in added(row(3, venue="ICML'24"))] == ["duplicate-paper"]


def test_the_new_row_is_told_even_where_it_stands_above_the_old_one() -> None:
    before = lists.table(rows(range(1, 20)))
    new = row(15, venue="ICML'24")
    said = change(before, before.replace(row(14), f"{new}\n{row(14)}"))
    assert {d.line for d in said} == {16}
    assert "line" in said[0].message


def test_a_title_alone_tells_nothing_across_sections_nor_when_it_is_short() -> None:
    openreview = "[l](https://openreview.net/forum?id=abcDEF123)"
    other = table([row(19, paper=openreview)])
    assert lint(f"## A\n\n{GOOD}\n## B\n\n{other}") == []
    short = [row(20, title="Gemma"), row(20, title="Gemma", paper=openreview)]
    assert added(*short) == []


def test_rows_of_two_sections_are_told_which_facts_differ() -> None:
    theirs, ours = row(15), row(15, code="[c](https://github.com/else/where)", venue="ICML")
    text = f"## A\n\n{GOOD}\n## B\n\n{table([ours])}"
    (said,) = [d for d in lint(text) if d.rule == "duplicate-paper"]
    assert said.severity is Severity.WARNING
    assert "Venue here `ICML`, there `arXiv'24`; Code here `https://github" in said.message
    assert f"/else/where`, there `{lists.code(15)[7:-1]}`. Which is right?" in said.message
    dash = text.replace(ours, theirs)
    assert [d.severity for d in lint(dash) if d.rule == "duplicate-paper"] == [Severity.NOTE]


@pytest.mark.parametrize(
    "cells",
    [
        {"venue": "ArXiv 2024"},
        {"venue": "arXiv'24 Oral"},
        {"time": "2024"},
        {"code": f"{lists.code(15)} [page](https://a.example/)"},
    ],
)
def test_rows_of_two_sections_that_only_tell_more_or_less_agree(cells: dict[str, str]) -> None:
    text = f"## A\n\n{GOOD}\n## B\n\n{table([row(15, **cells)])}"
    assert [d.severity for d in lint(text) if d.rule == "duplicate-paper"] == [Severity.NOTE]


def test_a_row_that_alone_tells_something_is_not_taken_out() -> None:
    pdf = f"[pdf]({lists.paper(19).replace('abs', 'pdf')})"
    (same,) = added(row(19, paper=pdf))
    assert same.fix
    assert not same.fix.safe
    for richer in (row(19, venue="ICML'24"), row(19, code=lists.code(19))):
        (said,) = [d for d in added(richer) if d.rule == "duplicate-paper"]
        assert said.fix is None


def test_what_is_no_paper_is_not_called_one() -> None:
    text = "".join(f"## {name}\n\n{table([row(1, paper='[l](https://a.example/b)')])}\n"
                   for name in "AB")  # fmt: skip
    (said,) = [d for d in lint(text) if d.rule == "duplicate-paper"]
    assert said.message == "This entry also stands in line 5, under `A`."


def test_three_rows_of_one_paper_tell_two_of_them() -> None:
    said = added(row(19, venue="ICML'25"), row(19, venue="NeurIPS'25"))
    assert [d.line for d in said] == [23, 24]


def test_one_paper_under_two_data_sets_is_worth_a_note_at_most() -> None:
    header = "| Name | Title | Paper |\n|---|---|---|\n"
    lines = [f"| set {n} | {lists.title(n)} | [l]({lists.paper(n)}) |" for n in range(10)]
    lines.append(lines[-1].replace("set 9", "set 10"))
    assert told(lint(table(lines, header))) == [(13, "duplicate-paper", "note")]


def test_a_column_of_stars_does_not_tell_two_rows_of_one_paper_apart() -> None:
    header = "| Time | Title | Paper | Stars |\n| - | - | - | - |\n"
    lines = [
        f"| {lists.month(n)} | {lists.title(n)} | [link]({lists.paper(n)}) | {'⭐' * (n % 3 + 1)} |"
        for n in (*range(9), 8)
    ]
    lines[-1] = lines[-1].replace("⭐" * 3, "⭐")
    (said,) = lint(table(lines, header))
    assert (said.line, said.rule, said.severity.value) == (12, "duplicate-paper", "error")


def test_a_paper_that_others_added_meanwhile_is_told() -> None:
    new = row(20)
    (said,) = change(GOOD, f"{GOOD}{new}\n", tip=f"{row_at_top()}{GOOD}{new}\n")
    assert said.message == (
        f"`{lists.title(20)}` was added to this section meanwhile. "
        "Update that row instead, or remove this one."
    )
    assert said.fix
    assert not said.fix.safe


def row_at_top() -> str:
    return "Words that were added meanwhile.\n\n"


def test_a_paper_that_stood_there_already_was_not_added_meanwhile() -> None:
    said = change(GOOD, f"{GOOD}{row(20)}\n", tip=f"{GOOD}{row(21)}\n")
    assert said == []


def test_a_copy_at_the_end_of_a_file_goes_with_the_line_end_before_it() -> None:
    text = GOOD + row(19)
    assert mended(text, change(GOOD, text)) == GOOD.removesuffix("\n")


def test_the_title_is_the_place_that_is_shown() -> None:
    copy = row(19, venue="ICML'23")
    text = f"{GOOD}{copy}\n"
    (said,) = change(GOOD, text)
    assert text[slice(*said.span)] == lists.title(19)
