from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import Changes
from tests import lists
from tests.lists import steady

ROWS = lists.rows(range(20))


def compared(before: str, after: str) -> Changes:
    old, new = rules.parse(before), rules.parse(after)
    return rules.changes(old, new, rules.infer(old if old.tables else new))


def sections(**rows: list[str]) -> str:
    return "\n".join(f"## {name}\n\n{lists.table(found)}" for name, found in rows.items())


def one(rows: list[str]) -> Changes:
    return compared(lists.table(ROWS), lists.table(rows))


def test_rows_are_counted_by_section_in_the_order_of_the_list() -> None:
    before = sections(Zebra=ROWS[:8], Ant=ROWS[8:])
    after = sections(Zebra=[*ROWS[:8], lists.row(30)], Ant=[*ROWS[9:], lists.row(31)])
    found = compared(before, after)
    assert found == Changes(added=(("Zebra", 1), ("Ant", 1)), removed=(("Ant", 1),))
    assert found.touched == 2


def test_the_headings_above_what_is_touched_are_known() -> None:
    before = sections(Zebra=ROWS[:8], Ant=ROWS[8:], Bee=[lists.row(40)])
    after = sections(Zebra=ROWS[:7], Ant=[*ROWS[8:], lists.row(31)], Bee=[lists.row(40)])
    assert set(compared(before, after).sections) == {("Zebra",), ("Ant",)}
    assert compared(before, before).sections == ()


def test_the_title_of_the_one_row_that_was_added_is_known() -> None:
    assert one([*ROWS, lists.row(30, title="**A Name**: and more")]).title == "A Name: and more"
    assert one([*ROWS, lists.row(30), lists.row(31)]).title == ""
    assert one(ROWS).title == ""


@pytest.mark.parametrize(
    "row",
    [
        lists.row(7, title="Quite Another Title", venue="ICLR'25", time="2020.01"),  # its paper
        lists.row(7, paper="[link](https://arxiv.org/abs/2401.90999)", code="none"),  # its title
        "| 2020.01 | Quite Another Title | X | [link](https://arxiv.org/abs/2401.90999) | - |",
    ],
)
def test_a_row_that_keeps_its_paper_its_title_or_its_place_is_edited(row: str) -> None:
    assert one([*ROWS[:7], row, *ROWS[8:]]) == Changes(edited=(("", 1),))


def test_a_row_is_edited_though_it_went_elsewhere() -> None:
    rows = [*ROWS[:7], *ROWS[8:15], lists.row(7, venue="ICLR'25"), *ROWS[15:]]
    assert one(rows) == Changes(edited=(("", 1),))
    other = compared(
        sections(One=ROWS[:10], Two=ROWS[10:]),
        sections(One=ROWS[:9], Two=[*ROWS[10:], lists.row(9, venue="ICLR'25")]),
    )
    assert other == Changes(edited=(("Two", 1),))


def test_another_row_in_the_place_of_two_is_a_new_one() -> None:
    found = one([*ROWS[:7], lists.row(30), *ROWS[9:]])
    assert found == Changes(added=(("", 1),), removed=(("", 2),), title=lists.title(30))


def test_rows_around_what_came_and_went_have_not_moved() -> None:
    found = one([lists.row(30), *ROWS[2:10], lists.row(31), *ROWS[10:]])
    assert (found.moved, found.added, found.removed) == ((), (("", 2),), (("", 2),))


def test_a_row_that_stands_elsewhere_is_moved_and_the_others_are_not() -> None:
    assert one([*ROWS[1:], ROWS[0]]) == Changes(moved=(("", 1),))
    assert one([ROWS[19], *ROWS[:10], ROWS[12], ROWS[10], ROWS[11], *ROWS[13:19]]) == Changes(
        moved=(("", 2),)
    )
    other = compared(
        sections(One=ROWS[:10], Two=ROWS[10:]), sections(One=ROWS[1:10], Two=[*ROWS[10:], ROWS[0]])
    )
    assert other == Changes(moved=(("Two", 1),))


def test_a_section_that_stands_elsewhere_or_has_another_name_moved_no_row() -> None:
    before = sections(One=ROWS[:10], Two=ROWS[10:])
    assert compared(before, sections(Two=ROWS[10:], One=ROWS[:10])) == Changes()
    assert compared(before, sections(One=ROWS[:10], More=ROWS[10:])) == Changes()
    added = compared(before, sections(One=ROWS[:10], More=[*ROWS[10:], lists.row(30)]))
    assert added.added == (("More", 1),)


def test_a_copy_is_a_new_row_and_the_row_itself_stays() -> None:
    found = compared(
        sections(One=ROWS[:10], Two=ROWS[10:]), sections(One=ROWS[:10], Two=[*ROWS[10:], ROWS[0]])
    )
    assert found == Changes(added=(("Two", 1),), title=lists.title(0))
    assert one([*ROWS[:5], ROWS[4], *ROWS[5:]]) == Changes(added=(("", 1),), title=lists.title(4))


def test_other_blanks_between_cells_are_no_edit() -> None:
    wide = [row.replace(" | ", "   |  ") for row in ROWS]
    found = one(wide)
    assert (found.touched, found.reformatted) == (0, 20)
    assert one([*wide[:5], *ROWS[5:]]).reformatted == 5
    words = [row.replace("every ", "every") for row in ROWS]
    assert one(words) == Changes(edited=(("", 20),))


def test_a_new_list_has_new_rows_and_one_that_is_gone_lost_them() -> None:
    assert compared("", lists.good(20)) == Changes(added=(("", 20),))
    assert compared(lists.good(20), "Words.\n") == Changes(removed=(("", 20),))


def test_a_list_of_many_thousand_rows_is_compared_in_any_order() -> None:
    rows = [f"| 2020.01 | Name{n} of {n} | x | y{n} | - |" for n in range(6_000)]
    before = sections(One=rows, Two=[row.upper() for row in rows])
    after = sections(One=rows[::-1], Two=[row.upper() for row in rows[1:]])
    known = rules.infer(rules.parse(lists.good(20)))
    found = rules.changes(rules.parse(before), rules.parse(after), known)
    assert found == Changes(moved=(("One", 5_999),), removed=(("Two", 1),))


@steady(200)
@given(
    st.lists(st.integers(0, 11), max_size=9),
    st.lists(st.integers(0, 11), max_size=9),
    st.sets(st.integers(0, 11)),
)
def test_no_row_is_lost_in_counting(old: list[int], new: list[int], wide: set[int]) -> None:
    before = sections(One=ROWS[:12], Two=[lists.row(n) for n in old])
    rows = [lists.row(n).replace("| -", "|   -") if n in wide else lists.row(n) for n in new]
    found = compared(before, sections(One=ROWS[:12], Two=rows))
    grown = sum(n for _, n in found.added) - sum(n for _, n in found.removed)
    assert grown == len(new) - len(old)
    assert found.touched + found.reformatted <= len(new)
    assert bool(found.title) <= (sum(n for _, n in found.added) == 1)
    if sorted(old) == sorted(new) and not wide & set(new):
        assert (found.added, found.edited, found.removed) == ((), (), ())
