from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.comment_life import Said
from bot.config import Configuration
from bot.review import File, plan
from bot.voice import Voice
from rules import Diagnostic, Remark, Severity, Span
from tests import lists
from tests.changed import COUNT, GOOD, changed, empty, file, line, lines, planned

# --- one row


def test_a_clean_change_says_nothing() -> None:
    made = planned(file(GOOD, changed(r7=lists.row(7, venue="ICLR'25"))))
    assert (made.body, made.comments, made.rows) == ("", (), ())


def test_a_row_is_one_comment_with_its_suggestion_and_its_why() -> None:
    made = planned(file(GOOD, empty(7)))
    assert (
        made.body == "Thank you! One row needs a small touch: **Commit suggestion** below does it."
    )
    [comment] = made.comments
    assert (comment.path, comment.line, comment.start_line) == ("README.md", line(7), None)
    words, suggestion, why, mark = comment.body.split("\n\n")
    assert words.startswith("The Code cell is empty. No code yet? Write `-`, as ")
    assert suggestion == f"```suggestion\n{lists.row(7)}\n```"
    assert why == (
        "<sub>[Why](https://listwright.example/rules/missing-code-link) · Not right? "
        "Reply `/listwright ignore` and say why.</sub>"
    )
    assert re.fullmatch("<!-- listwright: [0-9a-f]{16} -->", mark)


def test_what_several_rules_say_of_a_row_is_one_comment_with_one_suggestion() -> None:
    both = lists.row(7, code="", paper=f"[link]({lists.paper(7)}?utm_source=x)")
    made = planned(file(GOOD, changed(r7=both)))
    [comment] = made.comments
    assert comment.body.count("```suggestion") == 1
    assert f"```suggestion\n{lists.row(7)}\n```" in comment.body
    pages = "[link-format](https://listwright.example/rules/link-format) · [missing-code-link]("
    assert f"<sub>Why: {pages}" in comment.body
    assert "The Code cell is empty" in comment.body
    assert "utm_source" in comment.body
    assert len(re.findall("[0-9a-f]{16}", comment.body.rpartition("<!--")[2])) == 2


def test_where_pages_have_no_address_the_rule_is_named_instead() -> None:
    made = plan([file(GOOD, empty(7))], Said(), Configuration(), Voice(lambda _rule: None))
    assert "\n\n<sub>Why: `missing-code-link` · Not right? " in made.comments[0].body


def test_a_suggestion_over_several_lines_hangs_on_the_last_of_them() -> None:
    rows = lists.rows(range(COUNT))
    rows.insert(6, rows.pop(10))
    made = planned(file(GOOD, lists.table(rows)))
    [comment] = made.comments
    assert comment.start_line is not None
    assert comment.start_line < comment.line
    assert comment.body.count("\n| 20") == comment.line - comment.start_line + 1


def test_the_words_of_a_rule_stand_once_though_it_says_them_twice() -> None:
    judged = file(GOOD, empty(7))
    [remark] = judged.judgement.remarks
    double = Remark(remark.line, remark.diagnostics * 2, remark.edits)
    twice = File(
        type(judged.judgement)("README.md", rows=COUNT, remarks=(double,)),
        judged.text,
        judged.hunks,
        judged.runs,
    )
    [comment] = planned(twice).comments
    assert comment.body.count("Code cell is empty") == 1
    assert comment.body.count("[Why](") == 1
    assert len(re.findall("[0-9a-f]{16}", comment.body)) == 1


def test_a_remark_without_a_fix_is_a_comment_without_a_suggestion() -> None:
    said = Diagnostic("rule", Severity.ERROR, "Look here.", Span(0, 1), 5, "anchor", "row")
    judged = file(GOOD, empty(2))
    by_hand = type(judged.judgement)("a.md", rows=COUNT, remarks=(Remark(5, (said,), ()),))
    [comment] = planned(replace(judged, judgement=by_hand)).comments
    assert (comment.line, comment.start_line) == (5, None)
    assert "suggestion" not in comment.body


# --- how much is said


def test_ten_rows_are_all_commented_on() -> None:
    numbers = lists.without_code(10)
    made = planned(file(GOOD, empty(*numbers)))
    assert lines(made) == [line(n) for n in numbers]
    assert "more" not in made.body


def test_of_more_rows_five_are_commented_on_and_the_rest_is_counted() -> None:
    numbers = lists.without_code(12)
    made = planned(file(GOOD, empty(*numbers)))
    assert lines(made) == [line(n) for n in numbers[:5]]
    assert made.body.endswith("below does it. 7 more stand in the check run.")
    assert len(made.rows) == 12
    assert [row.mended for row in made.rows] == [True] * 5 + [False] * 7


@pytest.mark.parametrize(
    ("most", "rows", "comments", "more"),
    [
        (0, 3, 0, ""),
        (2, 2, 2, ""),
        (2, 3, 2, " 1 more stands in the check run."),
        (5, 6, 5, " 1 more stands in the check run."),
        (12, 12, 12, ""),
    ],
)
def test_the_configuration_says_how_many_rows_are_commented_on(
    most: int, rows: int, comments: int, more: str
) -> None:
    judged = file(GOOD, empty(*lists.without_code(rows)))
    made = planned(judged, config=Configuration(max_comments=most))
    assert len(made.comments) == comments
    assert made.body.endswith(more)
    assert bool(made.body) is bool(comments)
    assert len(made.rows) == rows


def test_of_a_change_to_more_than_thirty_in_a_hundred_rows_only_the_check_run_tells() -> None:
    blank = {f"r{n}": lists.row(n, code="") for n in (1, 2)}
    venues = {f"r{n}": lists.row(n, venue="NeurIPS'24") for n in lists.without_code(18)[2:]}
    much = planned(file(GOOD, changed(**blank, **venues, r41=lists.row(41, venue="ICLR'24"))))
    enough = planned(file(GOOD, changed(**blank, **venues)))
    assert (much.body, much.comments, len(much.rows)) == ("", (), 2)
    assert lines(enough) == [line(1), line(2)]


def test_a_short_list_is_commented_on_however_much_of_it_changed() -> None:
    before = lists.good(10)
    rows = lists.rows(range(10))
    rows[1:5] = [lists.row(n, code="") for n in range(1, 5)]
    assert len(planned(file(before, lists.table(rows))).comments) == 4


def test_notes_are_never_commented_on() -> None:
    made = planned(file(GOOD, changed(r7=lists.row(7, paper=f"[link]({lists.paper(7)}v2)"))))
    assert (made.body, made.comments, made.rows) == ("", (), ())
    assert [note.rule for note in made.files[0].judgement.notes] == ["link-format"]


def test_a_row_outside_the_diff_is_kept_for_the_check_run() -> None:
    judged = file(GOOD, empty(7, 41))
    outside = replace(judged, hunks=(range(line(7) - 3, line(7) + 4),))
    made = planned(outside)
    assert lines(made) == [line(7)]
    assert [(row.remark.line, row.inline) for row in made.rows] == [
        (line(7), True),
        (line(41), False),
    ]


def test_two_files_are_one_review() -> None:
    made = planned(file(GOOD, empty(7)), file(GOOD, empty(9), "papers/más.md"))
    assert [(c.path, c.line) for c in made.comments] == [
        ("README.md", line(7)),
        ("papers/más.md", line(9)),
    ]
    assert made.body.startswith("Thank you! 2 rows need a small touch")


def test_each_file_gets_its_own_suggestions() -> None:
    other = lists.row(7, venue="ICLR'24")
    tracked = other.replace(lists.paper(7), f"{lists.paper(7)}?utm_source=x")
    made = planned(file(GOOD, empty(7)), file(GOOD, changed(r7=tracked), "b.md"))
    suggested = [comment.body.split("```")[1] for comment in made.comments]
    assert suggested == [f"suggestion\n{lists.row(7)}\n", f"suggestion\n{other}\n"]
