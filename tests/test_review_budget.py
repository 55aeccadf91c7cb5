"""Nothing that is posted is longer than GitHub takes, and what was left out is counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import check, cut, judge, review
from bot.comment_life import Said, mark_of
from bot.config import Configuration, Problem
from bot.inherit import Inherited
from bot.review import File
from rules import Changes, Diagnostic, Edit, Fix, Remark, Severity, Span, say
from tests import lists
from tests.changed import PLAIN, WELCOME, checked, planned
from tests.lists import steady

if TYPE_CHECKING:
    from bot.voice import Voice

EVERYWHERE = (range(1, 10_000),)
_FENCED = re.compile(r"(?ms)^(`{3,})[a-z]*\n.*?^\1$")


class Long(NamedTuple):
    """A row, and what is said about it; `words` are said over and over, `many` times."""

    size: int
    many: int
    words: str
    length: int
    edited: bool


long_rows = st.builds(
    Long,
    st.sampled_from([1, 900, 30_000, 49_900, 66_000]),
    st.sampled_from([1, 3, 40, 600]),
    st.sampled_from(["`@team`", "語 `x`", "Words and words."]),
    st.sampled_from([1, 30, 5_000]),
    st.booleans(),
)


def judged(rows: list[Long], letter: str, path: str, sections: int) -> File:
    lines = [letter * (min(row.size, 900) if letter == "`" else row.size) for row in rows]
    remarks, start = [], 0
    for number, (row, line) in enumerate(zip(rows, lines, strict=True), 1):
        edit = Edit(Span(start, start + 1), "``" if row.edited else "y")
        words = row.words * (row.length if row.many <= 40 else 1)
        said = tuple(
            Diagnostic(
                f"rule-{n % 30}",
                Severity.ERROR,
                say("{words} {n}", words=words, n=n),
                edit.span,
                number,
                f"{number} {n}",
                line,
                Fix((edit,)) if row.edited and n % 2 else None,
            )
            for n in range(row.many)
        )
        remarks.append(Remark(number, said, (edit,) if row.edited else ()))
        start += len(line) + 1
    added = tuple((f"{n} {letter * 40}", 1) for n in range(sections))
    changes = Changes(added=added, title=letter * 99)
    found = judge.Judgement(path, 99_999, changes, tuple(remarks), remarks[0].diagnostics)
    return File(found, "".join(f"{line}\n" for line in lines), EVERYWHERE, EVERYWHERE)


@steady(60)
@given(
    st.lists(long_rows, min_size=1, max_size=3),
    st.sampled_from(["x", "語", "`", "é"]),
    st.sampled_from(["a.md", "語/" * 600 + "a.md"]),
    st.sampled_from([1, 400]),
    st.booleans(),
)
@example(
    rows=[Long(49_900, 2_000, "Words and words.", 1, edited=True)],
    letter="x",
    path="a.md",
    sections=1,
    new=False,
)
def test_no_text_is_longer_than_github_takes(
    rows: list[Long], letter: str, path: str, sections: int, new: bool
) -> None:
    file = judged(rows, letter, path, sections)
    voice = WELCOME if new else PLAIN
    made = review.plan([file], Said(), Configuration(), voice)
    for comment in made.comments:
        assert cut.size(comment.body) <= 65_536
        assert mark_of(comment.body).fingerprints
        assert not re.search(r"(?<![`\w])@team", comment.body)
        assert "\n\n<sub>" in _FENCED.sub("", comment.body)  # each fence is closed
    problems = tuple(Problem(n, 1, f"`x{n}` {'y' * 90}") for n in range(1, 400)) if new else ()
    report = check.report(made, Inherited(Configuration(), problems))
    assert cut.size(report.summary) <= 65_535
    assert cut.text(report.summary) == report.summary
    assert len(cut.title(report.title)) <= 255


def test_what_a_comment_cannot_hold_is_counted() -> None:
    row = lists.row(7)
    said = tuple(
        Diagnostic(
            "rule", Severity.ERROR, f"{'Words. ' * 100}{n}", Span(0, 1), 1, f"{n}", row, None
        )
        for n in range(150)
    )
    found = judge.Judgement("a.md", 100, remarks=(Remark(1, said, ()),))
    [comment] = planned(File(found, f"{row}\n", EVERYWHERE, EVERYWHERE)).comments
    told = comment.body.count("Words. " * 100)
    assert 80 < told < 150
    assert f"\n\nand {150 - told} more\n\n<sub>" in comment.body
    assert len(mark_of(comment.body).fingerprints) == 150


@pytest.mark.parametrize("voice", [PLAIN, WELCOME])
def test_a_row_that_is_too_long_for_a_button_is_shown_as_far_as_it_goes(voice: Voice) -> None:
    row = f"| {'語' * 20_000} |"
    said = Diagnostic("rule", Severity.ERROR, "Words.", Span(0, 1), 1, "", row, None)
    found = judge.Judgement("a.md", 100, remarks=(Remark(1, (said,), (Edit(Span(1, 1), "X"),)),))
    [comment] = planned(File(found, f"{row}\n", EVERYWHERE, EVERYWHERE), voice=voice).comments
    begins = "The row is too long to be shown whole. Corrected, it begins:"
    assert f"\n\n{begins}\n\n```\n|X {'語' * 3_332}…\n```\n\n<sub>" in comment.body
    assert "suggestion" not in comment.body


def test_sections_and_notes_that_do_not_fit_are_counted() -> None:
    sections = tuple((f"Section {n} of many", 1) for n in range(1_000))
    said = Diagnostic("rule", Severity.NOTE, "Words. " * 20, Span(0, 1), 1, "", "row", None)
    found = judge.Judgement("a.md", 100, Changes(added=sections), (), (said,) * 500)
    made = checked(File(found, "row\n", EVERYWHERE, EVERYWHERE))
    told = made.summary.count("row added in")
    assert f", and {1_000 - told} more." in made.summary
    assert made.title == "1000 rows added, nothing to fix"
    notes = made.summary.count("Words. " * 20)
    assert "500 smaller things" in made.summary
    assert f"\n- and {500 - notes} more\n" in made.summary
