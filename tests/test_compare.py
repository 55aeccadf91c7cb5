from __future__ import annotations

from dataclasses import replace
from typing import Any

import rules
from rules import Diagnostic, Edit, Fix, Move, Severity, Span, compare, compose
from tests import lists

LIST = lists.good(20)
BAD = lists.row(20, code="N/A")


def said(rule: str = "r", line: int = 1, row: str = "| row |", **more: Any) -> Diagnostic:
    span = Span(line, line + 1)
    plain = Diagnostic(rule, Severity.WARNING, "words", span, line, "paper", row)
    return replace(plain, **more)


def change(before: str, after: str) -> list[Diagnostic]:
    known = rules.infer(rules.parse(before))
    old, new = (rules.lint(rules.parse(text), conventions=known) for text in (before, after))
    return compare(old, new)


# --- what a change brought


def test_what_was_there_before_is_not_told_wherever_its_line_went() -> None:
    assert compare([said(line=5)], [said(line=90)]) == []
    assert compare([said(line=5, row="| row |")], [said(line=5, row="| edited |")]) == []


def test_another_rule_and_another_row_are_new() -> None:
    before = [said("a", anchor="x")]
    new = [said("b", anchor="x"), said("a", anchor="y")]
    assert compare(before, [*before, *new]) == sorted(new, key=lambda d: d.rule)


def test_the_same_once_more_is_new_and_the_row_that_is_new_is_the_one_told() -> None:
    old = said(line=9, row="| old |")
    new = said(line=4, row="| new |")
    assert compare([old], [new, old]) == [new]
    assert compare([replace(old, line=8)], [replace(old, line=8), new]) == [new]


def test_what_is_gone_is_not_told() -> None:
    assert compare([said()], []) == []


def test_a_change_that_only_moves_or_reformats_old_faults_is_told_nothing() -> None:
    before = lists.table([*lists.rows(range(20)), BAD])
    assert change(before, "Words above.\n\n" + before) == []
    assert change(before, before.replace("\n", "\r\n")) == []
    assert change(before, before.replace("| N/A |", "|  N/A  |")) == []


def test_only_the_new_row_of_a_change_is_told() -> None:
    before = lists.table([*lists.rows(range(20)), BAD])
    after = before + lists.row(21, code="") + "\n"
    assert [d.line for d in change(before, after)] == [24]


def test_mending_a_fault_and_making_another_tells_the_new_one() -> None:
    before = lists.table([*lists.rows(range(20)), BAD])
    after = before.replace("N/A", "-") + lists.row(21, code="null") + "\n"
    (told,) = change(before, after)
    assert "instead of `null`" in told.message


def test_what_a_list_did_before_counts_not_what_the_change_makes_of_it() -> None:
    flood = "".join(lists.row(n, code="N/A") + "\n" for n in range(20, 60))
    assert len(change(LIST, LIST + flood)) == 40


# --- how it is told


def test_all_that_is_said_of_a_row_is_one_remark_worst_first() -> None:
    quiet = said("a", 3, severity=Severity.NOTE)
    loud = said("z", 3, severity=Severity.ERROR)
    remarks = compose([quiet, said("m", 8), loud])
    assert [(remark.line, remark.severity) for remark in remarks] == [
        (3, Severity.ERROR),
        (8, Severity.WARNING),
    ]
    assert remarks[0].diagnostics == (loud, quiet)


def test_a_remark_suggests_what_is_safe_and_fits_together() -> None:
    first = Edit(Span(0, 4), "x")
    across, apart, guess = Edit(Span(2, 6), "y"), Edit(Span(7, 8), "z"), Edit(Span(9, 9), "?")
    (remark,) = compose(
        [
            said("a", fix=Fix((across, apart))),
            said("b", fix=Fix((first,)), severity=Severity.ERROR),
            said("c", fix=Fix((guess,), safe=False)),
        ]
    )
    assert remark.edits == (first, apart)


def test_a_row_in_the_wrong_place_with_a_wrong_cell_moves_and_is_mended() -> None:
    late = lists.row(
        3, title="Another title of the same month", code="N/A", paper="[l](https://a.example)"
    )
    text = LIST + late + "\n"
    (remark,) = compose(change(LIST, text))
    assert {d.rule for d in remark.diagnostics} == {"date-order", "missing-code-link"}
    assert any(isinstance(edit, Move) for edit in remark.edits)
    mended = rules.apply(text, remark.edits).splitlines()
    assert mended[6] == late.replace("N/A", "-")


def test_nothing_said_is_no_remark() -> None:
    assert compose([]) == []
