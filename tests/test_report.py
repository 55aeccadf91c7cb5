from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

import rules
from bot import report
from rules import Diagnostic, Document, Edit, Fix, Severity, Span

PATH = Path("lists/a.md")
TEXT = "# é\r\n\r\n| 编号 | wrong | c |\r\n"


def said(
    place: str, text: str = TEXT, *, safe: bool | None = True, message: str = "W."
) -> Diagnostic:
    start = text.index(place)
    span = Span(start, start + len(place))
    fix = None if safe is None else Fix((Edit(span, "x"),), safe)
    line = text.count("\n", 0, start) + 1
    return Diagnostic("a-rule", Severity.WARNING, message, span, line, "anchor", "row", fix)


def printed(found: list[Diagnostic], text: str = TEXT, width: int = 80) -> list[str]:
    return [line.plain for line in report.as_text(PATH, rules.parse(text), found, width)]


def document(text: str = TEXT) -> Document:
    return rules.parse(text)


# --- for programs


def test_a_diagnostic_is_a_flat_object_with_places_from_one() -> None:
    assert report.as_data(PATH, document(), [said("wrong")]) == [
        {
            "path": "lists/a.md",
            "line": 3,
            "column": 8,
            "end_column": 13,
            "rule": "a-rule",
            "severity": "warning",
            "message": "W.",
            "fix": "safe",
        }
    ]


@pytest.mark.parametrize(("safe", "fix"), [(True, "safe"), (False, "unsafe"), (None, None)])
def test_a_fix_is_safe_or_unsafe_or_none(safe: bool | None, fix: str | None) -> None:
    [made] = report.as_data(PATH, document(), [said("wrong", safe=safe)])
    assert made["fix"] == fix
    assert type(made["severity"]) is str


# --- for people


def test_a_file_without_anything_is_not_named() -> None:
    assert printed([]) == []


def test_each_diagnostic_shows_its_row_and_points_at_the_place() -> None:
    name, first, row, pointer, *rest = printed([said("wrong"), said("c |", safe=False)])
    assert name == "lists/a.md"
    assert first == "     3:8  warning  a-rule  W.  fixable"
    assert row == "      | 编号 | wrong | c |"
    assert pointer.rstrip() == pointer
    assert cell_len(row.partition("wrong")[0]) == pointer.index("^")
    assert pointer.count("^") == 5
    assert rest[0] == "    3:16  warning  a-rule  W."


def test_wide_letters_are_pointed_at_in_full() -> None:
    pointer = printed([said("编号")])[3]
    assert pointer == " " * 8 + "^^^^"


@pytest.mark.parametrize("place", ["start", "wrong", "end"])
@pytest.mark.parametrize("width", [30, 80])
def test_a_long_row_is_cut_around_the_place(place: str, width: int) -> None:
    text = "| start " + "a" * 200 + " | wrong | " + "b" * 200 + " end |\n"
    row, pointer = printed([said(place, text)], text, width)[2:4]
    assert len(row) <= width
    at = pointer.index("^")
    assert row[at : at + len(place)] == place
    assert pointer.count("^") == len(place)
    assert row.strip().startswith("…") is (place != "start")
    assert row.endswith("…") is (place != "end")


def test_a_place_of_no_width_is_pointed_at_too() -> None:
    empty = said("wrong")
    nothing = Diagnostic("r", empty.severity, "W.", Span(7, 7), 3, "anchor", "row")
    assert printed([nothing])[3].strip() == "^"


def test_tabs_and_what_steers_a_terminal_are_shown_as_blanks() -> None:
    text = "|\ta\x1b[31m\x9b2J | wrong |\n"
    made = printed([said("wrong", text, message="Not `\x1b[2J`.")], text)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for line in made for sign in line)
    assert made[2].index("wrong") == made[3].index("^")


def test_the_summary_counts_by_severity() -> None:
    levels = [Severity.NOTE, Severity.ERROR, Severity.NOTE]
    found = [Diagnostic("r", level, "W.", Span(0, 0), 1, "", "") for level in levels]
    assert report.summary(found) == "1 error, 2 notes"
    assert report.summary([]) == "Nothing to mend."
