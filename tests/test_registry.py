from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import Config, Move, Severity
from tests import lists
from tests.lists import steady

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules import Diagnostic

# What goes wrong with a row; each is told and mended by itself, but for a fact that is missing.
DEFECTS: dict[str, Callable[[int], list[str]]] = {
    "good": lambda n: [lists.row(n)],
    "cell absent": lambda n: [lists.row(n).rpartition(" - |")[0]],
    "no end": lambda n: [lists.row(n).rpartition(" | - |")[0]],
    "cell too many": lambda n: [lists.row(n, venue="| arXiv'25")],
    "pipe in title": lambda n: [lists.row(n, title=f"Left | right of {n}")],
    "code empty": lambda n: [lists.row(n, code="")],
    "code blank": lambda n: [lists.row(n).removesuffix(" - |") + "|"],
    "another mark": lambda n: [lists.row(n, code="N/A")],
    "mirror": lambda n: [lists.row(n).replace("//arxiv", "//www.arxiv")],
    "tracked": lambda n: [lists.row(n).replace(str(90_000 + n), f"{90_000 + n}?utm_source=x")],
    "pinned": lambda n: [lists.row(n).replace(str(90_000 + n), f"{90_000 + n}v2")],
    "too new": lambda n: [lists.row(n, time=lists.month(0))],
    "too old": lambda n: [
        lists.row(n, time=lists.month(n + 30), paper="[link](https://a.example)")
    ],
    "pasted": lambda n: [lists.row(n), lists.row(n)],
    "pasted changed": lambda n: [lists.row(n), lists.row(n, venue="ICML'25")],
    "odd blanks": lambda n: [f"  |{lists.row(n)[1:]}\t"],
    "separators": lambda n: [lists.row(n, title=f"A title\u2028with\x0c line {n} \x85 separators")],
    "heading": lambda _: ["| _Older work_ |"],
}


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A list of up to two tables, good for the most part, with defects strewn in."""
    text, first = draw(st.sampled_from(["", "\ufeff", "# List\n\n"])), 1
    for name in draw(st.sampled_from([["A"], ["A", "B"]])):
        count = draw(st.integers(12, 30))
        places = st.dictionaries(st.integers(0, count - 1), st.sampled_from(sorted(DEFECTS)))
        bad = draw(places.filter(lambda found: len(found) <= 6))
        lines = [line for n in range(count) for line in DEFECTS[bad.get(n, "good")](first + n)]
        text += f"## {name}\n\n{lists.table(draw(st.permutations(lines[:3])) + lines[3:])}\n"
        first += count
    text = text.rstrip("\n") + draw(st.sampled_from(["", "\n", "\n\nThe end.\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def lint(text: str, config: Config | None = None) -> list[Diagnostic]:
    return rules.lint(rules.parse(text), config)


def safe(said: list[Diagnostic]) -> list[Diagnostic]:
    return [d for d in said if d.fix and d.fix.safe]


def lines_of(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


# --- whatever the list


@steady(60)
@given(damaged())
def test_nothing_that_can_be_mended_remains_after_mending(text: str) -> None:
    mended = rules.fix(text)
    assert safe(lint(mended)) == []
    assert rules.fix(mended) == mended


@steady(60)
@given(damaged())
def test_mending_leaves_every_other_line_as_it_is_and_in_its_order(text: str) -> None:
    named = safe(lint(text))
    mended = rules.apply(text, [edit for d in named if d.fix for edit in d.fix.edits])
    old, numbers = lines_of(text), {d.line for d in named}
    rest = iter(lines_of(mended))
    assert all(line in rest for n, line in enumerate(old, start=1) if n not in numbers)


@steady(60)
@given(damaged())
def test_moving_rows_keeps_every_line(text: str) -> None:
    moves = [edit for d in lint(text) if d.fix for edit in d.fix.edits if isinstance(edit, Move)]
    moved = rules.apply(text, moves)
    assert Counter(lines_of(moved)) == Counter(lines_of(text))
    assert moved.endswith("\n") == text.endswith("\n")
    assert moved.count("\r\n") == text.count("\r\n")


@steady(60)
@given(damaged())
def test_what_is_said_stands_in_its_row_and_is_not_new_to_itself(text: str) -> None:
    document = rules.parse(text)
    said = rules.lint(document)
    for d in said:
        start, end = document.line_span(d.line)
        assert start <= d.span.start <= d.span.end <= end
        assert d.row == text[start:end].strip("\ufeff \t")
    assert rules.compare(said, rules.lint(rules.parse(text))) == []


@steady(60)
@given(damaged())
def test_one_row_gets_one_remark_whose_edits_do_not_disturb_each_other(text: str) -> None:
    remarks = rules.compose(lint(text))
    assert len({remark.line for remark in remarks}) == len(remarks)
    edits = [edit for remark in remarks for edit in remark.edits]
    assert len(edits) == len(set(edits))


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 40, 200])
def test_nothing_is_said_of_a_good_list(count: int) -> None:
    assert lint(lists.good(count)) == []


# --- configuration


def test_a_rule_that_is_off_says_nothing() -> None:
    text = lists.table([*lists.rows(range(20)), DEFECTS["cell absent"](20)[0]])
    assert {d.rule for d in lint(text)} == {"column-count"}
    assert lint(text, Config({"column-count": Severity.OFF})) == []


def test_a_configured_severity_stands_above_what_the_rule_itself_says() -> None:
    text = lists.table([*lists.rows(range(20)), *DEFECTS["pinned"](20)])
    (said,) = lint(text)
    assert said.severity is Severity.NOTE
    (said,) = lint(text, Config({"link-format": Severity.ERROR}))
    assert said.severity is Severity.ERROR


def test_options_reach_their_rule() -> None:
    options = next(rule.options for rule in rules.all_rules() if rule.name == "link-format")
    assert options is not None
    text = lists.table([*lists.rows(range(20)), *DEFECTS["mirror"](20)])
    assert lint(text, Config(options={"link-format": options(mirror=Severity.OFF)})) == []


# --- one row, one cause


def test_a_row_that_is_too_short_is_not_asked_for_its_code_as_well() -> None:
    headings = "| Time | Title | Code | Venue | Paper |\n|---|---|---|---|---|\n"
    good = [
        f"| {lists.month(n)} | {lists.title(n)} | - | X | [link]({lists.paper(n)}) |"
        for n in range(10)
    ]
    short = f"| {lists.month(11)} | {lists.title(11)} | | X |"
    (said,) = lint(lists.table([*good, short], headings))
    assert said.rule == "column-count"


def test_what_is_silenced_by_a_rule_that_is_off_is_said() -> None:
    text = lists.table([*lists.rows(range(20)), lists.row(20, code="") + " more |"])
    assert [d.rule for d in lint(text)] == ["column-count"]
    assert [d.rule for d in lint(text, Config({"column-count": Severity.OFF}))] == [
        "missing-code-link"
    ]


# --- the rules themselves


def test_rules_come_by_name_and_tell_what_they_do() -> None:
    found = rules.all_rules()
    names = [rule.name for rule in found]
    assert names == sorted(names)
    assert {"column-count", "date-order", "duplicate-paper"} <= set(names)
    assert {"link-format", "missing-code-link"} <= set(names)
    for rule in found:
        assert rule.summary.endswith(".")
        assert rule.fixes in {"safe", "unsafe", "-"}
        assert set(rule.silences) <= set(names)


def test_explaining_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        rules.explain("no-such-rule")


def test_mending_only_what_is_certain_unless_asked_for_more() -> None:
    pdf = f"[link]({lists.paper(19).replace('abs', 'pdf')})"
    lines = [*lists.rows(range(20)), lists.row(19, paper=pdf)]
    text = lists.table(lines)
    assert rules.fix(text) == text
    assert rules.fix(text, unsafe=True) == lists.table(lines[:-1])


def test_mending_goes_on_until_nothing_is_left() -> None:
    lines = lists.rows(range(1, 30))
    late = lists.row(3, venue="| arXiv'25").replace("//arxiv", "//www.arxiv")
    assert rules.fix(lists.table([*lines[:2], *lines[3:], late])) == lists.table(lines)


def test_a_rule_asked_for_alone_keeps_silent_where_another_one_explains() -> None:
    rows = lists.rows(range(30))
    document = rules.parse(lists.table([*rows, rows[2]]))
    assert {d.rule for d in rules.lint(document)} == {"duplicate-paper"}
    assert "date-order" not in {d.rule for d in rules.lint(document, only={"date-order"})}
    alone = rules.parse(lists.table([*rows[3:], rows[2]]))
    assert {d.rule for d in rules.lint(alone, only={"date-order"})} == {"date-order"}


IGNORE = "<!-- listwright-ignore-next-row {} -->"


@pytest.mark.parametrize("names", ["missing-code-link", "date-order, missing-code-link"])
def test_a_comment_in_the_row_before_keeps_a_rule_silent(names: str) -> None:
    before = lists.row(3, code=f"- {IGNORE.format(names)}")
    text = lists.table([*lists.rows(range(3)), before, lists.row(4, code=""), lists.row(5)])
    assert lint(text + "".join(f"{line}\n" for line in lists.rows(range(6, 20)))) == []


def test_such_a_comment_stands_in_the_header_for_the_first_row() -> None:
    text = lists.table([lists.row(0, code=""), *lists.rows(range(1, 20))])
    header, rest = text.split("| Code |", 1)
    assert [d.rule for d in lint(text)] == ["missing-code-link"]
    assert lint(f"{header}| Code {IGNORE.format('missing-code-link')} |{rest}") == []


def test_such_a_comment_holds_for_the_rules_it_names_and_for_one_row() -> None:
    before = lists.row(3, code=f"- {IGNORE.format('date-order')}")
    blank = [lists.row(4, code=""), lists.row(5, code="")]
    said = lint(lists.table([*lists.rows(range(3)), before, *blank, *lists.rows(range(6, 20))]))
    assert [d.rule for d in said] == ["missing-code-link"] * 2
