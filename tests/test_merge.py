from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import Conflict
from tests import lists

if TYPE_CHECKING:
    from collections.abc import Iterable

TOP = "# A list\n\n## Agents\n\n"
BELOW = "\n## Tools\n\nNothing yet.\n"
EVEN = range(0, 40, 2)
OTHERS = st.sets(st.sampled_from(range(-5, 46))).map(lambda found: found - set(EVEN))
FREE = [lists.row(number * 7 % 24) for number in range(12)]  # in no order
NEW = [lists.row(number) for number in range(30, 40)]


def agents(numbers: Iterable[int]) -> str:
    return listed(*lists.rows(sorted(numbers)))


def listed(*rows: str, below: str = BELOW) -> str:
    return TOP + lists.table(rows) + below


BASE = agents(EVEN)


def merged(base: str, tip: str, head: str) -> str:
    found = rules.merge(base, tip, head)
    assert found.clashes == ()
    assert found.text is not None
    return found.text


def clashes(base: str, tip: str, head: str) -> list[tuple[int, Conflict]]:
    found = rules.merge(base, tip, head)
    assert found.text is None
    return [(clash.line, clash.conflict) for clash in found.clashes]


@lists.steady(60)
@given(OTHERS, OTHERS)
def test_rows_that_both_sides_added_stand_once_each_and_in_order(
    theirs: set[int], ours: set[int]
) -> None:
    tip, head = agents({*EVEN, *theirs}), agents({*EVEN, *ours})
    assert merged(BASE, tip, head) == agents({*EVEN, *theirs, *ours})


@st.composite
def changes(draw: st.DrawFn, *, shuffled: bool = False) -> str:
    """The list after some rows were added, removed and edited."""
    added, removed, edited = draw(OTHERS), draw(st.sets(st.sampled_from(EVEN))), draw(OTHERS)
    numbers = sorted({*EVEN, *added} - removed)
    rows = [lists.row(n, venue="ICLR'26") if n + 1 in edited else lists.row(n) for n in numbers]
    return listed(*(draw(st.permutations(rows)) if shuffled else rows))


@lists.steady(40)
@given(changes(shuffled=True), changes(shuffled=True))
def test_a_merge_with_what_did_not_change_is_the_other_side(one: str, other: str) -> None:
    assert merged(one, one, other) == other
    assert merged(one, other, one) == other
    assert merged(one, other, other) == other


@lists.steady(60)
@given(changes(), changes())
def test_merging_once_more_changes_nothing(tip: str, head: str) -> None:
    once = rules.merge(BASE, tip, head).text
    if once is not None:
        assert merged(BASE, tip, once) == once


@lists.steady(60)
@given(OTHERS, OTHERS, st.sampled_from(["\r\n", "\n"]), st.booleans())
def test_every_other_byte_is_the_tips(
    theirs: set[int], ours: set[int], end: str, closed: bool
) -> None:
    def written(numbers: Iterable[int]) -> str:
        text = "\ufeff" + agents(numbers).replace("\n", end) + "  Thanks!\t "
        return text + end if closed else text

    head = agents({*EVEN, *ours}) + "  Thanks!\t "  # an editor that knows no line ends but its own
    got = rules.merge(written(EVEN), written({*EVEN, *theirs}), "\ufeff" + head)
    if theirs and ours:
        assert got.text == written({*EVEN, *theirs, *ours})


def test_what_everybody_appends_stands_behind_what_came_first() -> None:
    base, tip, head = (listed(*FREE, *new, below="") for new in ([], NEW[:2], NEW[2:4]))
    assert merged(base, tip, head) == listed(*FREE, *NEW[:4], below="")
    without_end = merged(base.rstrip(), tip.rstrip(), head.rstrip())
    assert without_end == listed(*FREE, *NEW[:4], below="").rstrip()


def test_rows_added_at_the_top_stay_above_the_row_that_was_there() -> None:
    base, tip, head = (listed(*new, *FREE) for new in ([], NEW[:2], NEW[2:4]))
    assert merged(base, tip, head) == listed(*NEW[:4], *FREE)


def test_a_row_behind_another_ones_stays_behind_it() -> None:
    base, tip, head = (listed(*FREE[:6], *new, *FREE[6:]) for new in ([], NEW[:2], NEW[2:4]))
    both = [*FREE[:6], *NEW[2:4], *NEW[:2], *FREE[6:]]
    assert merged(base, tip, head) == listed(*both)


def test_a_row_that_both_added_is_there_once_wherever_they_put_it() -> None:
    tip = listed(*FREE[:6], NEW[0], *FREE[6:])
    head = listed(NEW[0], *FREE[:3], NEW[1], *FREE[3:])
    found = rules.merge(listed(*FREE), tip, head)
    assert found.text == listed(*FREE[:3], NEW[1], *FREE[3:6], NEW[0], *FREE[6:])
    assert found.known == ()  # nothing is left out


def test_a_row_goes_where_the_lists_own_order_has_it() -> None:
    top = lists.rows([0])[0]
    head = BASE.replace(top, f"{lists.row(13)}\n{top}")
    tip = BASE.replace(top, f"{lists.row(-1)}\n{top}")
    assert merged(BASE, tip, head) == agents({*EVEN, -1, 13})


def test_many_rows_for_one_place_get_there() -> None:
    rows = lists.rows(EVEN)
    papers = [lists.paper(13).replace("9001", f"9{n}01") for n in range(8)]
    new = [lists.row(13, title=f"{paper[-5:]} lamps", paper=f"[link]({paper})") for paper in papers]
    head, tip = listed(*new, *rows), listed(lists.row(-1), *rows)
    got = merged(BASE, tip, head)
    assert sorted(got.splitlines()) == sorted(listed(*new, lists.row(-1), *rows).splitlines())
    months = [line.split(" | ")[0] for line in got.splitlines() if line.startswith("| 20")]
    assert months == sorted(months, reverse=True)


def test_in_a_list_kept_by_name_a_row_goes_where_the_alphabet_has_it() -> None:
    def names(*found: str) -> str:
        return "| Name | Link |\n| - | - |\n" + "".join(
            f"| {name} | [site](https://{name.lower()}.example) |\n" for name in found
        )

    base = "Ash Beech Cedar Elm Fir Gorse Hazel Ivy Larch Maple Oak Pine Rowan".split()
    tip, head = names("Alder", *base), names("Juniper", *base)
    assert merged(names(*base), tip, head) == names(*sorted(["Alder", "Juniper", *base]))


def test_a_row_merged_meanwhile_from_elsewhere_is_told_and_not_added_twice() -> None:
    tip = listed(*FREE, NEW[0])
    other = lists.row(30, paper=f"[pdf]({lists.paper(30).replace('abs', 'pdf')})", code="soon")
    found = rules.merge(listed(*FREE), tip, listed(*FREE[:4], other, *FREE[4:], NEW[1]))
    assert found.text == listed(*FREE, *NEW[:2])
    assert [(row.line, row.title, row.section) for row in found.known] == [
        (11, lists.title(30), "Agents")
    ]


def test_the_same_paper_in_another_section_is_added() -> None:
    tools = "\n## Tools\n\n" + lists.table([lists.row(50), NEW[0]])
    base, tip, head = (
        listed(*FREE, *ours, below=tools.replace(f"{NEW[0]}\n", theirs))
        for ours, theirs in (((), ""), ((), f"{NEW[0]}\n"), ((NEW[0],), ""))
    )
    assert merged(base, tip, head) == listed(*FREE, NEW[0], below=tools)


def with_change(place: int, *rows: str) -> str:
    return listed(*FREE[:place], *rows, *FREE[place + 1 :])


def test_an_edited_row_replaces_the_old_one_beside_a_row_that_was_added() -> None:
    edited = FREE[3].replace("- |", lists.code(3) + " |")
    tip = with_change(3, FREE[3], NEW[0])
    assert merged(listed(*FREE), tip, with_change(3, edited)) == with_change(3, edited, NEW[0])


def test_an_edit_follows_a_row_that_the_tip_moved() -> None:
    edited = FREE[3].replace("- |", lists.code(3) + " |")
    tip = listed(*FREE[:3], *FREE[4:9], FREE[3], *FREE[9:])
    expected = listed(*FREE[:3], *FREE[4:9], edited, *FREE[9:])
    assert merged(listed(*FREE), tip, with_change(3, edited)) == expected


def test_two_edits_of_one_row_in_different_cells_are_one_row() -> None:
    number = 3 * 7
    tip = with_change(3, lists.row(number, venue="ICLR'26"))
    head = with_change(3, lists.row(number, code=lists.code(3)))
    both = lists.row(number, venue="ICLR'26", code=lists.code(3))
    assert merged(listed(*FREE), tip, head) == with_change(3, both)


def test_the_same_edit_on_both_sides_is_one() -> None:
    edited = lists.row(21, venue="ICLR'26")
    tip, head = with_change(3, edited, NEW[0]), with_change(3, edited, NEW[1])
    assert merged(listed(*FREE), tip, head) == with_change(3, edited, NEW[1], NEW[0])


def test_a_removed_row_is_removed_beside_a_row_that_was_added() -> None:
    tip = with_change(3, FREE[3], NEW[0])
    assert merged(listed(*FREE), tip, with_change(3)) == with_change(3, NEW[0])


def test_a_moved_row_is_moved_beside_a_row_that_was_added() -> None:
    tip = with_change(3, FREE[3], NEW[0])
    head = listed(*FREE[:3], *FREE[4:], FREE[3])
    expected = listed(*FREE[:3], NEW[0], *FREE[4:], FREE[3])
    assert merged(listed(*FREE), tip, head) == expected


def test_one_row_edited_in_two_ways_is_named_by_its_line() -> None:
    tip = with_change(3, lists.row(21, venue="ICLR'26"))
    head = with_change(3, lists.row(21, venue="ICML'26"))
    assert clashes(listed(*FREE), tip, head) == [(10, Conflict.EDITED)]


def test_a_row_removed_on_one_side_and_edited_on_the_other_is_named() -> None:
    edited = with_change(3, lists.row(21, venue="ICLR'26"))
    assert clashes(listed(*FREE), with_change(3), edited) == [(10, Conflict.REMOVED)]
    assert clashes(listed(*FREE), edited, with_change(3)) == [(10, Conflict.KEPT)]


def test_text_that_both_sides_changed_is_named_by_its_line() -> None:
    base = listed(*FREE)
    tip, head = (base.replace("Nothing", word) for word in ("Little", "Much"))
    assert clashes(base, tip, head) == [(22, Conflict.TEXT)]


@pytest.mark.parametrize("first", ["tip", "head"])
def test_a_section_that_one_side_added_does_not_hinder_the_rows_of_the_other(first: str) -> None:
    section = "\n## Tools\n\n" + lists.table([lists.row(50)])
    base, rows = listed(*FREE, below=""), listed(*FREE, *NEW[:2], below="")
    versions = (base + section, rows) if first == "tip" else (rows, base + section)
    assert merged(base, *versions) == rows + section


def test_two_sections_at_one_place_are_left_to_people() -> None:
    base = listed(*FREE, below="")
    one, other = (base + f"\n## {name}\n\n" + lists.table(NEW[:1]) for name in ("Art", "Bees"))
    assert clashes(base, one, other) == [(20, Conflict.TEXT)]


def test_a_row_for_a_table_with_other_columns_now_is_left_to_people() -> None:
    wider = [f"{row} x |" for row in FREE]
    header = lists.HEADER.replace(" |\n", " | Stars |\n", 1).replace("- |\n", "- | - |\n")
    tip = TOP + lists.table(wider, header) + BELOW
    head = listed(*FREE, NEW[0])
    assert clashes(listed(*FREE), tip, head) == [(19, Conflict.TABLE)]
    assert clashes(listed(*FREE), head, tip) == [(5, Conflict.TEXT)]


RENAMED = "| Code |", "| Repository |"


def test_a_row_fits_into_a_table_whose_column_was_renamed() -> None:
    tip = listed(*FREE, *NEW[:2]).replace(*RENAMED)
    head = listed(*FREE, NEW[0], NEW[2])
    assert merged(listed(*FREE), tip, head) == listed(*FREE, *NEW[:3]).replace(*RENAMED)


def test_a_row_is_not_for_a_table_whose_header_has_a_column_more() -> None:
    wider = "| Code |\n| ---- ", "| Code | Stars |\n| ---- | ---- "
    tip = listed(*FREE, NEW[1]).replace(*wider)
    both = listed(*FREE, NEW[1], NEW[0])
    assert clashes(listed(*FREE), tip, listed(*FREE, NEW[0])) == [(19, Conflict.TABLE)]
    assert clashes(listed(*FREE), tip, both) == [(20, Conflict.TABLE)]


def test_an_edit_that_also_moved_the_row_is_one_with_the_same_edit() -> None:
    edited = lists.row(21, venue="ICLR'26")
    tip = with_change(3, edited, NEW[0])
    head = listed(*FREE[:3], *FREE[4:], edited)
    expected = listed(*FREE[:3], NEW[0], *FREE[4:], edited)
    assert merged(listed(*FREE), tip, head) == expected


def test_a_row_that_one_side_moved_and_the_other_removed_is_named() -> None:
    tip = listed(*FREE[:3], *FREE[4:], NEW[0])
    head = listed(*FREE[:3], *FREE[4:], FREE[3])
    assert clashes(listed(*FREE), tip, head) == [(18, Conflict.REMOVED)]


def test_only_rows_for_which_a_place_was_found_are_sorted() -> None:
    rows = lists.rows(EVEN)
    astray = [*rows[:9], lists.row(1), *rows[9:]]
    tip, head = listed(lists.row(-1), *rows), listed(lists.row(13), *astray)
    expected = [lists.row(-1), *astray[:7], lists.row(13), *astray[7:]]
    assert merged(BASE, tip, head) == listed(*expected)


def test_one_paper_under_two_names_of_a_model_stands_twice() -> None:
    def models(*names: str) -> str:
        rows = [f"| {name} | {lists.title(3)} | [link]({lists.paper(3)}) |\n" for name in names]
        return "| Model | Title | Paper |\n| - | - | - |\n" + "".join(rows)

    base, tip, head = models("A-1", "A-2"), models("A-1", "A-2", "A-3"), models("A-1", "A-2", "A-4")
    assert merged(base, tip, head) == models("A-1", "A-2", "A-3", "A-4")
