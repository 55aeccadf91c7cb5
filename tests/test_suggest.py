from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import rules
from bot import diff
from bot.suggest import Suggestion, corrected, suggestions
from rules import Diagnostic, Edit, Move, Remark, Severity, Span
from tests import lists
from tests.alive import HOSTILE, alive
from tests.lists import steady

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

EVERYWHERE = [range(1, 1000)]


def remark(line: int, *edits: Edit | Move) -> Remark:
    said = Diagnostic("rule", Severity.ERROR, "Words.", Span(0, 0), line, "anchor", "row")
    return Remark(line, (said,), edits)


def line_of(text: str, line: int) -> Span:
    """A line's span without its line end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    start = sum(len(each) + len(newline) for each in lines[: line - 1])
    return Span(start, start + len(lines[line - 1]))


def remarks_of(text: str) -> list[Remark]:
    known = rules.infer(rules.parse(lists.good(20)))
    return rules.compose(rules.lint(rules.parse(text), None, known))


def committed(text: str, made: Iterable[Suggestion]) -> str:
    """The text after pressing the button of each: GitHub keeps the file's line ends."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    for each in sorted(made, key=lambda s: s.first, reverse=True):
        lines[each.first - 1 : each.last] = each.lines
    return newline.join(lines)


# --- whatever is edited, the button does just that


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Remark]]:
    """A text of unlike lines, and up to six rows of it edited, moved or removed."""
    count = draw(st.integers(3, 14))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    lines = [f"| {n} | x{'`' * (n % 4)}\x0c\u2028 |" for n in range(1, count + 1)]
    text = draw(st.sampled_from(["", "\ufeff"])) + newline.join(lines)
    text += draw(st.sampled_from(["", newline]))
    rows = draw(st.lists(st.integers(1, count), unique=True, max_size=6).map(sorted))
    remarks = [remark(row, *draw(edits_of(text, row, count, newline))) for row in rows]
    targets = [edit.to for each in remarks for edit in each.edits if isinstance(edit, Move)]
    assume(len(targets) == len(set(targets)))  # one of them alone would be moved there
    return text, remarks


@st.composite
def edits_of(
    draw: st.DrawFn, text: str, row: int, count: int, newline: str
) -> tuple[Edit | Move, ...]:
    start, end = line_of(text, row)
    kind = draw(st.sampled_from(["edit", "move", "move and edit", "remove", "nothing"]))
    if kind == "remove" and row < count:
        return (Edit(Span(start, end + len(newline)), ""),)
    target = draw(st.integers(1, count + 1).filter(lambda line: line not in {row, row + 1}))
    to = line_of(text, target).start if target <= count else len(text)
    move = Move(Span(start, end), to)
    at = start + draw(st.integers(2, 4))
    edit = Edit(Span(at, at + 1), draw(st.sampled_from(["", "Z", "@team -->", "````", "é"])))
    kinds: dict[str, tuple[Edit | Move, ...]] = {"edit": (edit,), "move": (move,)}
    return {**kinds, "move and edit": (move, edit)}.get(kind, ())


@steady(600)
@given(edited())
def test_committing_all_suggestions_makes_what_the_edits_make(
    case: tuple[str, list[Remark]],
) -> None:
    text, remarks = case
    made = suggestions(text, remarks, EVERYWHERE)
    mended = {row for each in made.values() for row in each.rows}
    edits = [edit for remark in remarks if remark.line in mended for edit in remark.edits]
    assert committed(text, made.values()) == rules.apply(text, edits)
    for each in remarks:  # whoever changes anything by itself has its suggestion
        assert each.line in mended or rules.apply(text, each.edits) == text or len(remarks) > 1


@steady(300)
@given(edited(), st.lists(st.integers(1, 15), min_size=2, max_size=6, unique=True).map(sorted))
def test_each_suggestion_stays_in_one_hunk_and_overlaps_no_other(
    case: tuple[str, list[Remark]], bounds: list[int]
) -> None:
    text, remarks = case
    hunks = [range(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    made = suggestions(text, remarks, hunks)
    for line, each in made.items():
        assert each.first <= line <= each.last
        assert line == min(each.rows)
        assert diff.fits(hunks, each.first, each.last)
    taken = [n for each in made.values() for n in range(each.first, each.last + 1)]
    assert len(taken) == len(set(taken))


# --- what the rules propose


def broken(numbers: Iterable[int], **cells: str) -> str:
    wrong = set(numbers)
    good = lists.rows(range(20))
    return lists.table(lists.row(n, **cells) if n in wrong else good[n] for n in range(20))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("ending", [True, False])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_row_is_mended_and_nothing_else(newline: str, ending: bool, bom: str) -> None:
    text = bom + broken([4, 17], code="").replace("\n", newline)
    text = text if ending else text.removesuffix(newline)
    made = suggestions(text, remarks_of(text), EVERYWHERE)
    assert {line: (s.first, s.last) for line, s in made.items()} == {7: (7, 7), 20: (20, 20)}
    assert made[7].lines == (lists.row(4),)
    mended = committed(text, made.values())
    assert mended == text.replace("|  |", "| - |")
    assert remarks_of(mended) == []


@pytest.mark.parametrize("ending", ["", "\n"])
@pytest.mark.parametrize("place", [5, 19])
def test_a_row_that_was_pasted_twice_is_taken_out_alone(place: int, ending: str) -> None:
    good = lists.rows(range(20))
    text = lists.HEADER + "\n".join([*good[: place + 1], good[place], *good[place + 1 :]]) + ending
    [made] = suggestions(text, remarks_of(text), EVERYWHERE).values()
    assert made.lines == ()
    assert made.markdown == "```suggestion\n```"
    assert made.first == made.last == place + 4
    assert committed(text, [made]) == lists.HEADER + "\n".join(good) + ending


def test_rows_that_move_past_each_other_share_one_suggestion_on_the_first() -> None:
    rows = lists.rows(range(20))
    for source, target in ((9, 4), (11, 6)):
        rows.insert(target, rows.pop(source))
    text = lists.table(rows)
    remarks = remarks_of(text)
    made = suggestions(text, remarks, EVERYWHERE)
    assert len(remarks) == 2
    assert [s.rows for s in made.values()] == [tuple(remark.line for remark in remarks)]
    assert committed(text, made.values()) == lists.good(20)


def test_a_row_that_passes_several_others_takes_them_all_into_its_suggestion() -> None:
    text = "".join(f"line {n}\n" for n in range(1, 10))
    mend = [remark(n, Edit(line_of(text, n), f"mended {n}")) for n in (2, 4)]
    move = remark(6, Move(line_of(text, 6), 0))
    [made] = suggestions(text, [*mend, move], EVERYWHERE).values()
    assert (made.first, made.last, made.rows) == (1, 6, (2, 4, 6))
    assert made.lines == ("line 6", "line 1", "mended 2", "line 3", "mended 4", "line 5")


def test_a_move_that_leaves_the_hunk_has_none_and_takes_none_away() -> None:
    text = "".join(f"line {n}\n" for n in range(1, 10))
    mend = remark(4, Edit(line_of(text, 4), "mended"))
    move = remark(6, Move(line_of(text, 6), 0))
    assert set(suggestions(text, [mend, move], [range(3, 9)])) == {4}
    assert set(suggestions(text, [mend, move], [range(1, 9)])) == {4}
    assert set(suggestions(text, [mend], [range(1, 4), range(5, 9)])) == set()


def test_a_suggestion_is_thirty_lines_at_most() -> None:
    text = "".join(f"line {n}\n" for n in range(1, 41))
    for source, has_one in ((30, True), (31, False)):
        move = remark(source, Move(line_of(text, source), 0))
        assert bool(suggestions(text, [move], EVERYWHERE)) is has_one


@pytest.mark.parametrize("row", ["x" * 70_000, "a\rb"])
def test_what_a_comment_cannot_carry_is_not_suggested(row: str) -> None:
    text = f"one\n{row}\n"
    assert suggestions(text, [remark(2, Edit(Span(4, 5), "Z"))], EVERYWHERE) == {}


def test_a_suggestion_reaches_from_its_row_to_all_that_it_changes() -> None:
    text = "".join(f"line {n}\n" for n in range(1, 10))
    for row, first, last in ((2, 2, 4), (6, 4, 6)):
        [made] = suggestions(text, [remark(row, Edit(line_of(text, 4), "x"))], EVERYWHERE).values()
        assert (made.first, made.last) == (first, last)
        assert committed(text, [made]) == text.replace("line 4", "x")


def test_lines_that_look_like_a_fence_stay_inside() -> None:
    text = "one\n```\n@team\n`````\n"
    [made] = suggestions(text, [remark(1, Edit(line_of(text, 4), "```"))], EVERYWHERE).values()
    assert alive(made.markdown) == []
    assert made.lines == ("one", "```", "@team", "```")


def test_edits_that_change_nothing_are_no_suggestion() -> None:
    assert suggestions("one\n", [remark(1), remark(1, Edit(Span(0, 3), "one"))], EVERYWHERE) == {}


@pytest.mark.parametrize("content", HOSTILE)
def test_what_a_suggestion_holds_comes_alive_nowhere(content: str) -> None:
    text = f"| {content} |\n"
    [made] = suggestions(text, [remark(1, Edit(Span(0, 0), "x "))], EVERYWHERE).values()
    assert alive(f"Words.\n\n{made.markdown}\n\n<sub>x</sub>") == []
    assert made.lines == (f"x | {content} |",)


# --- where GitHub would not commit them


@steady(200)
@given(edited(), st.sets(st.integers(1, 15)))
def test_a_suggestion_keeps_away_from_lines_that_others_hold(
    case: tuple[str, list[Remark]], lines: set[int]
) -> None:
    text, remarks = case
    taken = [range(n, n + 1) for n in lines]
    made = suggestions(text, remarks, EVERYWHERE, taken)
    for each in made.values():
        assert not lines.intersection(range(each.first, each.last + 1))
    assert (suggestions(text, remarks, EVERYWHERE) == made) or lines


@steady(300)
@given(edited(), st.randoms(use_true_random=False))
def test_suggestions_may_be_pressed_in_any_order(
    case: tuple[str, list[Remark]], chance: Random
) -> None:
    text, remarks = case
    made = list(suggestions(text, remarks, EVERYWHERE).values())
    whole = committed(text, made)
    chance.shuffle(made)
    shifted = {each.first: 0 for each in made}
    for each in made:  # a committed one moves the lines of those below it
        by = shifted[each.first]
        here = replace(each, first=each.first + by, last=each.last + by)
        text = committed(text, [here])
        for first in shifted:
            if first > each.first:
                shifted[first] += len(each.lines) - (each.last - each.first + 1)
    assert text == whole


def test_a_suggestion_does_not_reach_over_a_deleted_line() -> None:
    before = "".join(f"line {n}\n" for n in range(1, 10))
    after = before.replace("line 3\n", "").replace("line 7\n", "new\n")
    patch = "\n".join(list(unified_diff(before.split("\n"), after.split("\n"), lineterm=""))[2:])
    runs = diff.unbroken(patch)
    expected = {(4, 3): True, (4, 2): False, (6, 5): False, (7, 6): True, (5, 3): True}
    for (row, to), pressed in expected.items():
        move = Move(line_of(after, row), line_of(after, to).start)
        assert bool(suggestions(after, [remark(row, move)], runs)) is pressed


def test_only_what_is_too_long_in_bytes_is_left_out() -> None:
    for letter, count, fits in (("x", 49_900, True), ("語", 16_600, True), ("語", 16_700, False)):
        text = f"{letter * count}\n"
        made = suggestions(text, [remark(1, Edit(Span(0, 0), "Z"))], EVERYWHERE)
        assert bool(made) is fits


# --- a row by itself


def test_a_row_is_corrected_by_its_own_edits_wherever_it_moves() -> None:
    text = "one\r\ntwo\r\nthree\r\n"
    start, end = line_of(text, 2)
    move, edit = Move(Span(start, end), 0), Edit(Span(start, start + 1), "T")
    assert corrected(text, remark(2, edit)) == "Two"
    assert corrected(text, remark(2, move, edit)) == "Two"
    assert corrected(text, remark(2, move)) == "two"
    assert corrected(text, remark(2)) is None
    assert corrected(text, remark(2, Edit(Span(start, end + 2), ""))) is None
    assert corrected(text, remark(2, Edit(Span(0, 1), "O"))) is None
    assert corrected("one\ntwo", remark(2, Edit(Span(4, 5), "T"))) == "Two"
