from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import Edit, Move, Severity, Span, apply
from rules._diagnostic import disjoint, whole_line
from tests.lists import steady

TEXT = "one\ntwo\nthree\nfour\n"
spans = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda p: Span(p[0], p[0] + p[1]))
edits = st.builds(Edit, spans, st.sampled_from(["", "x", "yy", "\n", "|"]))
texts = st.text("ab\n", min_size=38, max_size=45)


def line(text: str, content: str) -> Span:
    start = text.index(content)
    return Span(start, start + len(content))


def undisturbed(one: Edit, other: Edit) -> bool:
    """The plain meaning of disjoint, for edits alone."""
    apart = one.span.end <= other.span.start or other.span.end <= one.span.start
    return one.span != other.span and apart


# --- edits


@steady(400)
@given(texts, st.lists(edits, max_size=8))
def test_disjoint_edits_do_what_replacing_from_the_end_backwards_does(
    text: str, given_edits: list[Edit]
) -> None:
    chosen: list[Edit] = []
    for edit in given_edits:
        if all(undisturbed(edit, other) for other in chosen):
            chosen.append(edit)
    expected = text
    for edit in sorted(chosen, key=lambda e: e.span, reverse=True):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    assert disjoint(given_edits) == chosen
    assert apply(text, given_edits) == expected


@steady(200)
@given(texts, st.lists(edits, max_size=8))
def test_choosing_twice_chooses_the_same(text: str, given_edits: list[Edit]) -> None:
    chosen = disjoint(given_edits)
    assert disjoint(chosen) == chosen
    assert apply(text, chosen) == apply(text, given_edits)


def test_of_two_edits_in_one_place_the_first_counts() -> None:
    first, second = Edit(Span(0, 3), "1"), Edit(Span(2, 5), "2")
    assert apply(TEXT, [first, second]) == "1\ntwo\nthree\nfour\n"
    assert apply(TEXT, [second, first]) == "on2wo\nthree\nfour\n"


def test_nothing_to_do_changes_nothing() -> None:
    assert apply("a\r\nb\x0c\u2028", []) == "a\r\nb\x0c\u2028"


# --- moves


def moved(text: str, moves: list[tuple[int, int]]) -> str:
    """Lines (from 0) put before other lines, one after the other, told with lists of lines."""
    lines = text.removesuffix("\n").split("\n")
    placed: dict[int, int] = {target: source for source, target in moves}
    gone = {source for source, _ in moves}
    result = []
    for number in range(len(lines) + 1):
        result += [lines[placed[number]]] if number in placed else []
        result += [lines[number]] if number < len(lines) and number not in gone else []
    return "\n".join(result) + ("\n" if text.endswith("\n") else "")


@st.composite
def texts_with_moves(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    count = draw(st.integers(1, 8))
    text = "\n".join(f"line {n}" for n in range(count)) + draw(st.sampled_from(["", "\n"]))
    sources = draw(st.lists(st.integers(0, count - 1), unique=True, max_size=4))
    targets = draw(st.permutations(range(count + 1)))
    return text, list(zip(sources, targets, strict=False))


def as_moves(text: str, moves: list[tuple[int, int]]) -> list[Move]:
    starts = [0, *(n + 1 for n, c in enumerate(text) if c == "\n")]
    ends = [at - 1 for at in starts[1:]] + [len(text)]
    starts += [len(text)] if not text.endswith("\n") else []
    return [Move(Span(starts[a], ends[a]), starts[b]) for a, b in moves]


@steady(400)
@given(texts_with_moves())
def test_moves_do_what_moving_lines_of_a_list_does(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, moves = case
    assert apply(text, as_moves(text, moves)) == moved(text, moves)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("three", "one", "three\none\ntwo\nfour\n"),
        ("one", "four", "two\nthree\none\nfour\n"),
        ("two", "two", TEXT),
    ],
)
def test_a_moved_line_stands_before_its_target(source: str, target: str, expected: str) -> None:
    assert apply(TEXT, [Move(line(TEXT, source), line(TEXT, target).start)]) == expected


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_move_to_the_end_or_from_there_keeps_the_line_ends(end: str) -> None:
    newline = end or "\n"
    text = newline.join(["a", "b", "c"]) + end
    assert apply(text, [Move(line(text, "a"), len(text))]) == newline.join(["b", "c", "a"]) + end
    assert apply(text, [Move(line(text, "c"), 0)]) == newline.join(["c", "a", "b"]) + end


def test_a_moved_line_takes_its_edits_along() -> None:
    around: list[Edit | Move] = [
        Edit(Span(0, 3), "1"),
        Edit(Span(8, 9), "T"),
        Edit(Span(13, 13), "!"),
        Move(Span(8, 13), 0),
    ]
    for order in permutations(around):
        assert apply(TEXT, order) == "Three!\n1\ntwo\nfour\n"


def test_a_line_that_is_taken_out_is_not_moved_as_well() -> None:
    out, move = Edit(whole_line(TEXT, Span(4, 7)), ""), Move(Span(4, 7), 0)
    assert apply(TEXT, [out, move]) == "one\nthree\nfour\n"
    assert apply(TEXT, [move, out]) == "two\none\nthree\nfour\n"


def test_two_lines_do_not_move_to_one_place_and_one_line_not_to_two() -> None:
    one, other, again = Move(Span(8, 13), 0), Move(Span(14, 18), 0), Move(Span(8, 13), 4)
    assert disjoint([one, other, again]) == [one]


def test_an_edit_across_the_place_that_a_line_moves_to_is_left_out() -> None:
    move, across = Move(Span(14, 18), 4), Edit(Span(2, 6), "-")
    assert disjoint([move, across]) == [move]
    assert disjoint([across, move]) == [across]


def test_a_line_goes_with_its_line_end_or_the_one_before_a_last_line() -> None:
    assert whole_line("a\r\nb", Span(0, 1)) == Span(0, 3)
    assert whole_line("a\r\nb", Span(3, 4)) == Span(1, 4)
    assert whole_line("a\nb", Span(2, 3)) == Span(1, 3)
    assert whole_line("a", Span(0, 1)) == Span(0, 1)


# --- severities


def test_severities_are_ranked_from_off_to_error() -> None:
    levels = sorted(Severity, key=lambda level: level.rank)
    assert levels == [Severity.OFF, Severity.NOTE, Severity.WARNING, Severity.ERROR]
