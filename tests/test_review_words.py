from __future__ import annotations

from tests import lists
from tests.changed import COUNT, GOOD, changed, empty, file, planned

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
