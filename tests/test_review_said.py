from __future__ import annotations

from tests import lists
from tests.changed import GOOD, bodies, changed, empty, file, line, lines, planned

# --- what was said before


def test_what_was_said_before_is_not_said_again() -> None:
    judged = file(GOOD, empty(7, 9))
    first = planned(judged)
    again = planned(judged, said=bodies(first))
    assert (again.body, again.comments) == ("", ())
    assert [(row.said, row.mended) for row in again.rows] == [(True, True), (True, True)]


def test_it_is_known_again_after_lines_moved_and_beside_something_new() -> None:
    first = planned(file(GOOD, empty(7)))
    head = "# A list\n\nWith words before it.\n\n"
    moved = planned(file(head + GOOD, head + empty(7, 21)), said=bodies(first))
    assert lines(moved) == [line(21) + 4]
    assert moved.body.startswith("Thank you! One row needs a small touch")


def test_the_same_in_another_file_or_of_another_row_is_new() -> None:
    said = bodies(planned(file(GOOD, empty(7))))
    assert len(planned(file(GOOD, empty(7), "other.md"), said=said).comments) == 1
    assert lines(planned(file(GOOD, empty(8)), said=said)) == [line(8)]


def test_of_a_row_half_of_which_was_said_only_the_other_half_is_said() -> None:
    first = planned(file(GOOD, empty(7)))
    both = lists.row(7, code="", paper=f"[link]({lists.paper(7)}?utm_source=x)")
    judged = file(GOOD, changed(r7=both))
    second = planned(judged, said=bodies(first))
    [comment] = second.comments
    assert "Code cell" not in comment.body
    assert "utm_source" in comment.body
    assert comment.body.count("[Why](") == 1
    assert f"\n{lists.row(7)}\n" in comment.body
    assert planned(judged, said=(*bodies(first), *bodies(second))).comments == ()
    assert planned(judged, said=bodies(second)).comments == ()


def test_a_row_that_imitates_our_mark_silences_nothing() -> None:
    mark = planned(file(GOOD, empty(7))).comments[0].body.rpartition("\n")[2]
    liar = lists.row(31, code="", title=f"An honest title {mark}")
    first = planned(file(GOOD, changed(r31=liar)))
    assert mark in first.comments[0].body
    second = planned(file(GOOD, changed(r7=lists.row(7, code=""), r31=liar)), said=bodies(first))
    assert lines(second) == [line(7)]
