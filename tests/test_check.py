from __future__ import annotations

from dataclasses import replace

import pytest

from bot import check
from bot.config import Configuration
from bot.inherit import Inherited
from bot.posts import CheckRun, ReviewComment
from tests import lists
from tests.changed import (
    COUNT,
    GOOD,
    changed,
    checked,
    empty,
    file,
    planned,
    rows_of,
)

PLAIN = Inherited(Configuration(), ())
HEAD = "# A list\n\n## Agents & more\n\n"


# --- green


def test_a_clean_change_is_green_and_says_what_was_read() -> None:
    made = checked(file(HEAD + GOOD, HEAD + changed(r7=lists.row(7, venue="ICLR'25"))))
    assert (made.name, made.conclusion) == ("listwright", "success")
    assert made.title == "1 row edited, nothing to fix"
    assert made.summary == "1 row edited in **Agents \\& more**."
    assert made.annotations == []


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        (lists.good(20), lists.good(22), "2 rows added, nothing to fix"),
        (lists.good(22), lists.good(20), "2 rows removed, nothing to fix"),
        (GOOD, GOOD + "\nWords.\n", "No row touched, nothing to fix"),
        (None, lists.good(12), "12 rows added, nothing to fix"),
    ],
)
def test_the_title_counts_rows(before: str | None, after: str, title: str) -> None:
    assert checked(file(before, after)).title == title


def test_rows_are_told_by_section_over_all_files() -> None:
    one, other = "## One\n\n", "\n## Other\n\n"
    before = one + lists.good(20) + other + lists.table(lists.rows(range(20, 40)))
    after = one + lists.good(19) + other + lists.table(lists.rows(range(20, 42)))
    made = checked(file(before, after), file(lists.good(20), lists.good(21), "more.md"))
    assert made.title == "3 rows added, 1 row removed, nothing to fix"
    assert made.summary.startswith(
        "2 rows added in **Other**, 1 row added, 1 row removed in **One**."
    )


def test_a_check_that_had_nothing_to_do_is_green_and_says_why() -> None:
    for title in (check.WAITING, check.NO_LIST_TOUCHED):
        assert check.quiet(title) == CheckRun("listwright", "success", title, f"{title}.")


# --- rows to speak of


def test_rows_to_mend_are_neutral_in_a_table_of_their_own() -> None:
    double = f"| {lists.month(9)} | {lists.title(8)} | arXiv'24 | [link]({lists.paper(8)}) | - |"
    made = checked(file(GOOD, changed(r7=lists.row(7, code=""), r9=double)))
    assert (made.conclusion, made.title) == ("neutral", "2 rows could use a touch")
    head = "| line | what | fix |\n|---|---|---|\n| 10 | "
    assert made.summary.startswith(f"2 rows edited. Nothing here blocks merging.\n\n{head}")
    [first, second] = rows_of(made)
    assert (first[0], first[2]) == ("10", "suggested")
    assert (second[0], second[2]) == ("12", "yours")
    assert first[1].startswith("The Code cell is empty.")
    assert made.annotations == []


def test_a_row_that_another_ones_suggestion_mends_is_suggested_too() -> None:
    rows = lists.rows(n for n in range(COUNT) if n not in {9, 11})
    before = lists.table(rows)
    rows.insert(7, lists.row(9))
    rows.insert(9, lists.row(11))
    assert [row[2] for row in rows_of(checked(file(before, lists.table(rows))))] == [
        "suggested"
    ] * 2


def test_a_row_reads_as_one_line_whatever_rules_say_of_it() -> None:
    both = lists.row(7, code="", paper=f"[link]({lists.paper(7)}?utm_source=x)")
    [row] = rows_of(checked(file(GOOD, changed(r7=both))))
    assert "The Code cell is empty" in row[1]
    assert "utm_source" in row[1]


def test_of_several_files_each_line_names_its_own() -> None:
    made = checked(file(GOOD, empty(7)), file(GOOD, empty(9), "papers/a_b.md"))
    assert [row[0] for row in rows_of(made)] == ["README\\.md:10", "papers\\/a\\_b\\.md:12"]


@pytest.mark.parametrize(
    ("fail_on", "text", "conclusion"),
    [
        ("never", "error", "neutral"),
        ("error", "error", "failure"),
        ("error", "warning", "neutral"),
        ("warning", "warning", "failure"),
        ("warning", "error", "failure"),
        ("warning", "note", "success"),
        ("warning", "clean", "success"),
    ],
)
def test_the_check_fails_only_when_the_configuration_says_so(
    fail_on: str, text: str, conclusion: str
) -> None:
    texts = {
        "error": changed(r7=lists.row(7).removesuffix("- |")),
        "warning": empty(7),
        "note": changed(r7=lists.row(7, paper=f"[link]({lists.paper(7)}v2)")),
        "clean": GOOD,
    }
    made = checked(file(GOOD, texts[text]), config=Configuration(fail_on=fail_on))  # type: ignore[arg-type]  # one of its three words
    assert made.conclusion == conclusion
    asked = "asks to mend this before merging" in made.summary
    assert asked is (conclusion == "failure")
    assert ("Nothing here blocks" in made.summary) is (conclusion == "neutral")


def test_notes_are_one_collapsed_count() -> None:
    pinned = {f"r{n}": lists.row(n, paper=f"[link]({lists.paper(n)}v2)") for n in (7, 8)}
    made = checked(file(GOOD, changed(**pinned)))
    assert (made.conclusion, made.title) == ("success", "2 rows edited, nothing to fix")
    assert "<details><summary>2 smaller things, worth knowing</summary>\n\n- README" in made.summary
    assert "\n- README\\.md:11 " in made.summary
    assert made.annotations == []
    one = checked(file(GOOD, changed(r7=pinned["r7"])))
    assert "<summary>1 smaller thing, worth knowing</summary>" in one.summary


# --- what stands where


def test_only_what_is_not_commented_on_is_annotated() -> None:
    judged = file(GOOD, empty(7, 41))
    outside = replace(judged, hunks=(range(7, 14),))
    [note] = checked(outside).annotations
    assert (note.path, note.start_line, note.end_line, note.level) == (
        "README.md",
        44,
        44,
        "warning",
    )
    assert note.message.startswith("The Code cell is empty.")


def test_rows_beyond_the_review_are_annotated_and_nobody_calls_them_suggested() -> None:
    numbers = lists.without_code(12)
    made = checked(file(GOOD, empty(*numbers)))
    assert [note.start_line for note in made.annotations] == [n + 3 for n in numbers[5:]]
    assert [row[2] for row in rows_of(made)] == ["suggested"] * 5 + ["**Fix** above"] * 7
    assert made.title == "12 rows could use a touch"


def test_a_comment_that_github_refused_comes_back_as_an_annotation() -> None:
    made = planned(file(GOOD, empty(7, 9)))
    refused: tuple[ReviewComment, ...] = made.comments[1:]
    [note] = check.report(made, PLAIN, refused).annotations
    assert note.start_line == 12


def test_what_was_said_before_stays_in_the_table_and_is_not_annotated() -> None:
    judged = file(GOOD, empty(7))
    first = planned(judged)
    again = planned(judged, said=(first.body, *(c.body for c in first.comments)))
    made = check.report(again, PLAIN)
    assert (made.conclusion, made.title) == ("neutral", "1 row could use a touch")
    assert [row[::2] for row in rows_of(made)] == [["10", "suggested"]]
    assert made.annotations == []
