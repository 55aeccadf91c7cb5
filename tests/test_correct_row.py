"""The edit of a row whose facts change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import Correction, Paper
from tests import lists
from tests.papers import SECTION, TOP, read

TOOLS = ("A list", "Tools")
LIST = TOP + lists.good(20)
STAR = "[![s](https://img.shields.io/github/stars/a/b{0})](https://github.com/a/b{0})"


def corrected(
    text: str, line: int, changes: Paper, to: tuple[str, ...] | None = None
) -> Correction:
    """The correction of the row in a line, checked: no other line changes."""
    document, conventions = read(text)
    (row,) = [row for table in document.tables for row in table.rows if row.line == line]
    found = rules.correct(document, conventions, row, changes, to)
    assert found is not None
    after = rules.apply(text, found.edits).splitlines()
    lines = text.splitlines()
    assert found.before == lines[line - 1].strip()
    if found.edits:
        assert after.pop(found.at - 1).strip() == found.after
        assert after == [*lines[: line - 1], *lines[line:]]
    return found


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        (Paper(code="https://github.com/a/b"), {"code": "[link](https://github.com/a/b)"}),
        (Paper(venue="accepted"), {"venue": "accepted"}),
        (Paper(venue="ACL 2025"), {"venue": "ACL'25"}),
        (Paper(venue="arxiv"), {"venue": "arXiv'25"}),
        (Paper(title="A new | name."), {"title": "A new \\| name"}),
        (
            Paper(link="https://arxiv.org/pdf/2503.77777v2"),
            {"paper": "[link](https://arxiv.org/abs/2503.77777)"},
        ),
    ],
)
def test_a_fact_changes_in_its_cell_alone(changes: Paper, cell: dict[str, str]) -> None:
    text = (
        TOP + lists.table(lists.row(n, venue="ICLR'25") for n in range(9))
        if "arXiv'25" in (cell.get("venue", ""))
        else LIST
    )
    found = corrected(text, 10, changes)
    before = {} if text == LIST else {"venue": "ICLR'25"}
    assert found.after == lists.row(3, **(before | cell)).strip()
    assert (found.at, found.missing, found.section) == (10, (), SECTION)


def test_a_wrong_code_link_is_replaced_with_its_badge() -> None:
    rows = (f"| A long title {n} of rivers | {STAR.format(n)} (soon) |" for n in range(9))
    text = TOP + "| Title | Code |\n| - | - |\n" + "\n".join(rows)
    found = corrected(text, 9, Paper(code="https://github.com/c/d"))
    assert found.after == (
        "| A long title 2 of rivers | [![s](https://img.shields.io/github/stars/c/d)]"
        "(https://github.com/c/d) (soon) |"
    )


def test_code_comes_into_every_cell_that_has_it_in_other_rows() -> None:
    title, paper = "[A long title {0} of rivers]({1})", "https://arxiv.org/abs/2501.0000{0}"
    with_code = f"| {STAR}<br>{title} | [Code](https://github.com/a/b{{0}}) [Paper]({{1}}) |"
    rows = [with_code.format(n, paper.format(n)) for n in range(8)]
    rows.append(f"| {title} | [Paper]({{1}}) |".format(9, paper.format(9)))
    text = TOP + "| Title | Links |\n| - | - |\n" + "\n".join(rows)
    found = corrected(text, 15, Paper(code="https://github.com/a/b9"))
    assert found.after == with_code.format(9, paper.format(9))


def test_a_new_date_brings_the_row_to_its_place() -> None:
    found = corrected(LIST, 10, Paper(date="2025-05-20"))
    assert found.after == lists.row(3, time="2025.05").strip()
    assert found.at == 8
    assert len(found.edits) == 2
    stays = corrected(LIST, 10, Paper(date="2025-02-20"))
    assert stays.at == 10


def test_a_new_value_under_a_heading() -> None:
    rows = (f"| A long title {n} of rivers | `sand` | - |" for n in range(9))
    text = TOP + "| Title | Data | Code |\n| - | - | - |\n" + "\n".join(rows)
    found = corrected(text, 9, Paper(extra={"Data": "clay"}))
    assert found.after == "| A long title 2 of rivers | `clay` | - |"


def test_what_the_table_has_no_place_for_is_named() -> None:
    text = TOP + "| Title | Code |\n| - | - |\n| A long title of rivers | - |\n"
    found = corrected(text, 7, Paper(venue="ACL 2025", extra={"Data": "clay"}))
    assert (found.missing, found.edits, found.after) == (("venue", "data"), (), found.before)


def test_nothing_new_is_no_correction() -> None:
    document, conventions = read(LIST)
    row = document.tables[0].rows[5]
    same = Paper(
        lists.title(5), lists.paper(5).replace("abs", "pdf"), "https://github.com/gardener/plot-5"
    )
    for changes in (Paper(), same, Paper(venue="arXiv 2025"), Paper(date="2025-01-20")):
        assert rules.correct(document, conventions, row, changes) is None
    assert rules.correct(document, conventions, row, same, SECTION) is None


def test_a_row_moves_to_another_section_and_takes_its_corrections_along() -> None:
    text = LIST + "\n## Tools\n\n" + lists.table(lists.rows(range(0, 40, 4)))
    document, _ = read(text)
    first = document.tables[1].rows[0].line
    found = corrected(text, 10, Paper(venue="ACL 2025"), TOOLS)
    assert (found.after, found.section) == (lists.row(3, venue="ACL'25").strip(), TOOLS)
    assert found.at == first  # behind the first row, as one line above it is gone
    back = corrected(text, first + 2, Paper(), SECTION)
    assert (back.after, back.section, back.at) == (lists.rows([8])[0], SECTION, 15)


def test_a_row_is_adapted_to_another_tables_columns() -> None:
    names = "| [**A long title {0} of rivers**](https://arxiv.org/pdf/2401.0000{0}) | ICLR 2024 | |"
    tools = "| Name | Where | Stars |\n| - | - | - |\n" + "\n".join(map(names.format, range(9)))
    text = LIST + "\n## Tools\n\n" + tools.replace("Name", "Title").replace("Where", "Venue")
    found = corrected(text, 10, Paper(), TOOLS)
    paper = lists.paper(3).replace("abs", "pdf")
    assert found.after == f"| [**{lists.title(3)}**]({paper}) | arXiv 2025 | |"


def test_a_section_without_a_table_is_named() -> None:
    found = corrected(LIST + "\n## Tools\n\nNone.\n", 10, Paper(), TOOLS)
    assert (found.missing, found.edits) == (("section",), ())


@lists.steady(40)
@given(
    st.integers(0, 19),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.fixed_dictionaries(
        {},
        optional={
            "title": st.text(min_size=1, max_size=40),
            "venue": st.sampled_from(["ACL 2025", "a|b", "\n"]),
            "date": st.sampled_from(["2025-01", "2024", "soon", "2022.12"]),
            "code": st.sampled_from(["https://github.com/a/b", "javascript:x", "https://x.org/|"]),
        },
    ),
)
def test_other_lines_stay_whatever_changes(
    place: int, end: str, closed: bool, facts: dict[str, str]
) -> None:
    text = LIST.replace("\n", end) if closed else LIST.replace("\n", end).rstrip()
    document, conventions = read(text)
    row = document.tables[0].rows[place]
    found = rules.correct(document, conventions, row, Paper(**facts))  # type: ignore[arg-type]
    if found and found.edits:
        after = rules.apply(text, found.edits).split(end)
        assert len(after) == len(text.split(end))
        after.remove(found.after)
        assert after == [line for line in text.split(end) if line != row.raw]
        assert len(rules.parse(found.after + end).text.split(end)) == 2
