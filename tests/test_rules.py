"""What the five rules say beyond the examples on their pages."""

from __future__ import annotations

import pytest

import rules
from rules import Diagnostic, Severity
from tests import lists
from tests.lists import row, rows, table

GOOD = lists.good(20)


def change(before: str, after: str, tip: str | None = None) -> list[Diagnostic]:
    """What a change to a list is told."""
    old = rules.parse(before)
    known = rules.infer(old)
    latest = rules.parse(tip) if tip else None
    after_said = rules.lint(rules.parse(after), conventions=known, tip=latest)
    return rules.compare(rules.lint(old, conventions=known), after_said)


def added(*lines: str) -> list[Diagnostic]:
    """What adding rows at the end of a good list is told."""
    return change(GOOD, GOOD + "".join(f"{line}\n" for line in lines))


def told(said: list[Diagnostic]) -> list[tuple[int, str, str]]:
    return [(d.line, d.rule, d.severity.value) for d in said]


def lint(text: str) -> list[Diagnostic]:
    return rules.lint(rules.parse(text))


def mended(text: str, said: list[Diagnostic]) -> str:
    fixes = [d.fix for d in said if d.fix and d.fix.safe]
    return rules.apply(text, [edit for fix in fixes for edit in fix.edits])


# --- column-count


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


# --- date-order


def test_new_rows_go_where_their_date_belongs_and_old_rows_stay() -> None:
    numbers = [n for n in range(40) if n not in {5, 20}]
    before = table(rows(numbers))
    after = before + "".join(f"{line}\n" for line in rows([20, 5]))
    said = change(before, after)
    assert [d.rule for d in said] == ["date-order"] * 2
    assert mended(after, said) == table(rows(range(40)))


def test_many_new_rows_do_not_make_the_old_ones_wrong() -> None:
    before = table(rows(range(20, 40)))
    new = "".join(f"{line}\n" for line in rows(range(20)))
    said = change(before, before + new)
    assert {d.line for d in said if d.rule == "date-order"} == set(range(23, 43))


def test_a_row_whose_date_was_changed_is_judged_anew() -> None:
    after = GOOD.replace(row(8), row(8, time=lists.month(0), paper="[l](https://a.example)"))
    (said,) = change(GOOD, after)
    assert (said.line, said.rule) == (11, "date-order")


def test_old_rows_out_of_order_are_not_told_when_another_is_added() -> None:
    lines = rows(range(40))
    before = table([*lines[1:], lines[0]])
    assert (
        change(
            before, table([lists.row(0, title="Something new", paper="-"), *lines[1:], lines[0]])
        )
        == []
    )


def test_a_wrong_date_is_no_reason_to_move_a_row() -> None:
    early = row(2, time=lists.month(25))
    assert [d.rule for d in change(GOOD, GOOD.replace(row(2), early))] == []


def test_a_date_written_in_another_way_is_no_reason_to_move_a_row() -> None:
    assert added(row(20, time="2025-06")) == []


def test_a_list_in_no_order_takes_rows_anywhere() -> None:
    lines = [row(n * 7 % 20) for n in range(20)]
    assert change(table(lines), table([*lines, row(20)])) == []


def test_oldest_first_is_an_order_too() -> None:
    lines = rows(range(20))[::-1]
    old = row(21)
    assert change(table(lines), table([old, *lines])) == []
    (said,) = change(table(lines), table([*lines, old]))
    assert said.message.startswith("This table goes oldest first: `2023.09` belongs before ")
    assert mended(table([*lines, old]), [said]) == table([old, *lines])


def test_a_new_table_follows_the_order_of_the_list() -> None:
    text = f"## A\n\n{GOOD}"
    said = change(text, f"{text}\n## B\n\n{table([row(31), row(30)])}")
    assert [d.rule for d in said] == ["date-order"]


def test_a_row_in_a_list_item_is_told_but_not_torn_out() -> None:
    quoted = "".join(f"> {line}\n" for line in GOOD.splitlines())
    (said,) = change(
        quoted, f"{quoted}> {row(0, title='Another one', paper='[l](https://a.example)')}\n"
    )
    assert said.rule == "date-order"
    assert said.fix is None


# --- duplicate-paper


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


def test_a_typing_error_in_one_long_word_does_not_hide_a_title() -> None:
    title = lists.title(19).replace("Counting", "Countting")
    (said,) = added(row(19, title=title, paper="[l](https://openreview.net/forum?id=abcDEF123)"))
    assert "nearly the same title" in said.message


def test_one_link_under_two_quite_different_titles_is_no_duplicate() -> None:
    said = added(row(19, title="Sorting Clouds by Hand at Dawn"))
    assert [d for d in said if d.rule == "duplicate-paper"] == []


def test_the_new_row_is_told_even_where_it_stands_above_the_old_one() -> None:
    before = lists.table(rows(range(1, 20)))
    new = row(15, venue="ICML'24")
    said = change(before, before.replace(row(14), f"{new}\n{row(14)}"))
    assert {d.line for d in said} == {16}
    assert "line" in said[0].message


def test_three_rows_of_one_paper_tell_two_of_them() -> None:
    said = added(row(19, venue="ICML'25"), row(19, venue="NeurIPS'25"))
    assert [d.line for d in said] == [23, 24]


def test_one_paper_under_two_data_sets_is_worth_a_note_at_most() -> None:
    header = "| Name | Title | Paper |\n|---|---|---|\n"
    lines = [f"| set {n} | {lists.title(n)} | [l]({lists.paper(n)}) |" for n in range(10)]
    lines.append(lines[-1].replace("set 9", "set 10"))
    assert told(lint(table(lines, header))) == [(13, "duplicate-paper", "note")]


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


# --- link-format


def test_a_reference_or_an_entity_is_told_but_not_rewritten() -> None:
    text = f"{GOOD}{row(20, paper='[link][ref]')}\n\n[ref]: https://www.arxiv.org/abs/2310.90020\n"
    (said,) = change(GOOD, text)
    assert (said.rule, said.fix) == ("link-format", None)


def test_a_badge_is_no_link_of_the_row() -> None:
    badge = "[![s](http://github.com/a/b/x.svg?utm_source=x)](https://github.com/a/b)"
    assert added(row(20, code=badge)) == []


def test_every_link_of_a_cell_is_looked_at() -> None:
    both = "[a](https://www.arxiv.org/abs/2310.90020), [b](https://a.example/?utm_source=x)"
    text = f"{GOOD}{row(20, paper=both)}\n"
    said = change(GOOD, text)
    assert [d.severity for d in said] == [Severity.WARNING] * 2
    plain = "[a](https://arxiv.org/abs/2310.90020), [b](https://a.example/)"
    assert mended(text, said) == f"{GOOD}{row(20, paper=plain)}\n"


def test_a_list_that_pins_all_its_versions_may_go_on() -> None:
    lines = [row(n, paper=f"[l]({lists.paper(n)}v1)") for n in range(21)]
    assert change(table(lines[:20]), table(lines)) == []


# --- missing-code-link


def test_code_known_from_another_row_is_offered_not_written() -> None:
    text = f"## A\n\n{table(rows(range(1, 20)))}\n## B\n\n{table([row(10)])}"
    said = [d for d in lint(text) if d.rule == "missing-code-link"]
    assert told(said) == [(29, "missing-code-link", "note")]
    assert "`https://github.com/gardener/plot-10`" in said[0].message
    assert said[0].fix
    assert not said[0].fix.safe


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
