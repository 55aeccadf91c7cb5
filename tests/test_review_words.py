from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.config import Configuration
from tests import lists
from tests.changed import (
    COUNT,
    GOOD,
    GUIDE,
    PLAIN,
    TREE,
    WELCOME,
    added,
    changed,
    checked,
    empty,
    file,
    line,
    planned,
    rows_of,
)

if TYPE_CHECKING:
    from bot.review import File

# --- the words around


def test_the_review_says_how_many_rows_and_who_mends_them() -> None:
    twice = f"| {lists.month(9)} | {lists.title(8)} | arXiv'24 | [link]({lists.paper(8)}) | - |"
    by_hand = changed(r9=twice)
    both = changed(r9=twice, r21=lists.row(21, code=""), r31=lists.row(31, code=""))
    said = [planned(file(GOOD, text)).body for text in (by_hand, empty(6, 7, 8), both)]
    assert said == [
        "Thank you! One row needs your eye.",
        "Thank you! 3 rows need a small touch: **Commit suggestion** below does it.",
        "Thank you! 3 rows need a small touch: **Commit suggestion** mends 2 of them.",
    ]


def test_rows_that_share_a_suggestion_are_mended_by_it() -> None:
    rows = lists.rows(n for n in range(COUNT) if n not in {9, 11})
    before = lists.table(rows)
    rows.insert(7, lists.row(9))
    rows.insert(9, lists.row(11))
    made = planned(file(before, lists.table(rows)))
    assert made.body == "Thank you! 2 rows need a small touch: **Commit suggestion** below does it."
    assert ["```suggestion" in comment.body for comment in made.comments] == [True, False]
    assert [row.mended for row in made.rows] == [True, True]
    above = ["The suggestion above mends it too." in comment.body for comment in made.comments]
    assert above == [False, True]


# --- whom they speak to


NEW = lists.row(COUNT, title="RouterDC: Query-Based Routes", code="")


def test_the_paper_is_named_where_exactly_one_row_was_added() -> None:
    one = planned(added(NEW)).body
    two = planned(added(NEW, lists.row(COUNT + 1))).body
    edited = planned(file(GOOD, empty(7))).body
    assert one == (
        "Thank you for adding RouterDC! "
        "One row needs a small touch: **Commit suggestion** below does it."
    )
    assert (two[:11], edited[:11]) == ("Thank you! ", "Thank you! ")
    long = planned(added(lists.row(COUNT, title=f"A {'very ' * 20}long: title", code=""))).body
    assert long.startswith(f"Thank you for adding A{' very' * 11}…! One row")


def test_a_row_added_in_each_of_two_files_is_named_in_neither() -> None:
    other = file(GOOD, GOOD + lists.row(COUNT, code="") + "\n", "b.md")
    assert planned(added(NEW), other).body.startswith("Thank you! 2 rows")


def test_newcomers_are_welcomed_and_the_lists_own_advice_is_linked() -> None:
    welcome = planned(added(NEW), voice=WELCOME).body
    assert welcome == (
        "Welcome, and thank you for adding RouterDC! One row needs a small touch: "
        f"**Commit suggestion** below does it. How this list is kept: [CONTRIBUTING]({GUIDE})."
    )
    both = planned(file(GOOD, empty(7)), voice=WELCOME).body
    assert both.startswith("Welcome, and thank you! One row")
    regular = planned(added(NEW), voice=replace(WELCOME, newcomer=False)).body
    assert regular.startswith("Thank you for adding")
    assert GUIDE in regular


def moved_far() -> File:
    """A new row that belongs where the diff does not reach, without its code cell."""
    rows = lists.rows(n for n in range(COUNT) if n != 40)
    before = lists.table(rows)
    rows.insert(5, lists.row(40, code=""))
    return file(before, lists.table(rows))


def test_newcomers_get_the_corrected_row_where_no_button_can_be() -> None:
    [comment] = planned(moved_far(), voice=WELCOME).comments
    assert f"\n\nThe row to copy:\n\n```\n{lists.row(40)}\n```\n\n<sub>" in comment.body
    assert "```suggestion" not in comment.body


def test_regulars_get_the_short_form() -> None:
    [comment] = planned(moved_far()).comments
    assert "```" not in comment.body


def test_where_a_button_is_the_row_stands_once() -> None:
    for voice in (PLAIN, WELCOME):
        [comment] = planned(added(NEW), voice=voice).comments
        assert comment.body.count("| RouterDC") == 1


def test_what_is_left_to_the_author_stands_beside_the_suggestion() -> None:
    row = lists.row(7, code="", time="2020.01")  # earlier than its arXiv id allows
    [comment] = planned(file(GOOD, changed(r7=row))).comments
    mends, suggestion, eye, why, _ = comment.body.split("\n\n")
    assert mends.startswith("The Code cell is empty.")
    assert suggestion.startswith("```suggestion\n")
    assert eye.startswith("Needs your eye: ")
    assert "2411.90007" in eye
    assert "Needs your eye" not in why
    [row_said] = rows_of(checked(file(GOOD, changed(r7=row))))
    assert row_said[2] == "suggested / yours"


def test_a_duplicate_offers_both_ways_and_links_the_older_row() -> None:
    double = lists.row(8, venue="ICLR'25")
    [comment] = planned(added(double), voice=WELCOME).comments
    place = f"[{line(8)}]({TREE}/README.md?plain=1#L{line(8)})"
    assert f"already stands in line {place} (same title, same arXiv id). " in comment.body
    assert "Update that row instead, or remove this one." in comment.body
    plain = planned(added(double)).comments[0].body
    assert f"already stands in line {line(8)} (same" in plain


def test_a_copy_that_the_suggestion_takes_out_is_told_so() -> None:
    rows = lists.rows(range(COUNT))
    rows.insert(9, rows[8])
    [comment] = planned(file(GOOD, lists.table(rows))).comments
    words, gone, suggestion, _, _ = comment.body.split("\n\n")
    assert words.endswith(
        "already stands one line above (same title, same arXiv id). Pasted twice?"
    )
    assert (gone, suggestion) == ("The suggestion takes this row out.", "```suggestion\n```")


def test_with_fix_off_it_is_only_said_what_is_wrong() -> None:
    off = Configuration(fix="off")
    made = planned(added(NEW), config=off, voice=WELCOME)
    assert "```" not in made.comments[0].body
    assert "One row needs your eye." in made.body


# --- when they are too many


def test_what_reformats_or_takes_back_is_told_in_the_check_run_alone() -> None:
    old = GOOD + "| 2019.01 |  | arXiv'19 |\n"  # nothing in it tells which row it is
    wide = planned(file(old, old.replace(" | ", "  |  ")))
    assert (wide.body, wide.comments, len(wide.rows)) == ("", (), 1)
    one = planned(file(old, old.replace("2019.01 |", "2019.01   |")))
    assert (one.body, one.comments, len(one.rows)) == ("", (), 1)
    assert len(planned(file(GOOD, old)).comments) == 1
    back = planned(file(GOOD, empty(7)), voice=replace(PLAIN, revert=True))
    assert (back.body, back.comments, len(back.rows)) == ("", (), 1)
