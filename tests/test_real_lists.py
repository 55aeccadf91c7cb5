"""Real lists beside the project: what is said of them was read row by row and is right."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import rules
from rules import Diagnostic, Severity

LISTS = Path(__file__).parents[2] / "shared" / "lists"
SEED = next(LISTS.glob("*/SEED.md"), LISTS).parent
WHOLE = sorted(LISTS.glob("*/README.md"))
PULLS = sorted(LISTS.glob("*/pulls/*"))
# Contribution -> lines and rules of what it is told above a note.
TOLD = {
    "09d3ca7d": [(93, "column-values")],
    "22d1aa51": [(100, "table-shape")],
    "2ebb49e9": [(83, "column-count")],
    "338d2847": [(73, "table-shape")],
    "457f7f85": [(183, "column-count"), (183, "venue-format")],
    "4865c6fc": [(207, "date-mismatch")],
    "54ddb2fb": [(244, "link-syntax")],
    "5d2bf333": [(50, "duplicate-paper"), (50, "link-column")],
    "6a68756e": [(43, "link-column")],
    "6f8007a3": [(749, "link-column")],
    "8351ca05": [(29, "date-mismatch")],
    "93f784c9": [(14, "bookmarks"), (15, "bookmarks"), (16, "bookmarks")],
    "97babcbd": [(315, "column-values")],
    "99259a06": [(974, "column-values")],
    "a34f8f80": [(218, "alphabet-order")],
    "acba7896": [(32, "arxiv-id"), (32, "link-column"), (43, "duplicate-paper")],
    "b1fd984c": [(24, "link-format")],
    "c34e5630": [(41, "duplicate-paper")],
    "cdd52b8b": [
        (42, "shared-link"),
        (58, "link-syntax"),
        (61, "link-format"),
        (64, "shared-link"),
        (64, "link-syntax"),
    ],
    "da70b05c": [(46, "venue-format"), (89, "venue-format"), (90, "venue-format")],
    "df44ab30": [(82, "link-syntax")],
    "e7053efa": [(244, "empty-cell")],
}

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(not LISTS.is_dir(), reason="no real lists in ../shared/lists"),
]


def read(path: Path) -> str:
    return path.read_bytes().decode()


@cache
def lint(path: Path) -> list[Diagnostic]:
    return rules.lint(rules.parse(read(path)))


def loud(said: list[Diagnostic]) -> list[Diagnostic]:
    """Errors and warnings."""
    return [d for d in said if d.severity.rank > Severity.NOTE.rank]


@cache
def change(pull: Path) -> list[Diagnostic]:
    """What a contribution is told."""
    before, after = (rules.parse(read(pull / name)) for name in ("before.md", "after.md"))
    known = rules.infer(before)
    return rules.compare(
        rules.lint(before, conventions=known), rules.lint(after, conventions=known)
    )


def name_of(path: Path) -> str:
    return path.name


def of_seed(number: int) -> Path:
    """The seed's pull request of this number."""
    pulls = {json.loads(read(p / "meta.json"))["pr"]: p for p in PULLS if SEED in p.parents}
    return pulls[number]


def key(name: str) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = json.loads(read(SEED / name))
    return answers


# --- the seed


def test_the_seeds_certain_defects_are_told() -> None:
    said = lint(SEED / "SEED.md")
    assert {(d.line, d.rule, d.severity.value) for d in loud(said)} == {
        (26, "bookmarks", "warning"),
        (29, "date-mismatch", "error"),
        (43, "shared-link", "error"),
        (61, "link-format", "warning"),
        (64, "shared-link", "error"),
        (69, "shared-link", "error"),
        (79, "arxiv-id", "error"),
        (79, "link-column", "warning"),
        (93, "link-format", "warning"),
        (177, "link-column", "warning"),
        (178, "date-mismatch", "error"),
        (191, "link-column", "warning"),
        (192, "link-column", "warning"),
        (212, "link-column", "warning"),
        (222, "column-count", "error"),
        (222, "venue-format", "warning"),
    }
    notes = {(d.line, d.rule) for d in said if d.severity is Severity.NOTE}
    assert {(113, "link-format"), (136, "link-format")} <= notes
    slashes = {d["line"] for d in key("SEED.defects.json") if d["kind"] == "trailing_slash"}
    assert {(line, "link-format") for line in slashes} <= notes


def test_papers_in_two_sections_of_the_seed_are_only_counted() -> None:
    kinds = {"duplicate_other_section"}
    expected = {d["line"] for d in key("SEED.defects.json") if d["kind"] in kinds}
    found = [d for d in lint(SEED / "SEED.md") if d.rule == "duplicate-paper"]
    assert {d.severity for d in found} == {Severity.NOTE}
    assert {d.line for d in found} <= expected


def test_the_seeds_traps_are_left_alone() -> None:
    """A trap is its reason, not its line: a line with a certain defect may be told of that."""
    certain = {d["line"] for d in key("SEED.defects.json") if d["certain"]}
    traps = {trap["line"] for trap in key("SEED.traps.json")} - certain
    told = {d.line for d in loud(lint(SEED / "SEED.md"))}
    assert traps & told == set()


def test_the_seeds_short_row_is_mended_and_nothing_else_of_its_line() -> None:
    text = read(SEED / "SEED.md")
    (short,) = [d for d in lint(SEED / "SEED.md") if d.rule == "column-count"]
    assert short.fix
    mended = rules.apply(text, short.fix.edits)
    old, new = text.split("\n"), mended.split("\n")
    assert [n for n, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b] == [222]
    assert new[221] == old[221] + " - |"


# --- whole lists


def test_of_whole_lists_only_what_was_read_and_right_is_told() -> None:
    told = Counter(d.rule for path in WHOLE for d in loud(lint(path)))
    assert told == {
        "alphabet-order": 9,
        "arxiv-id": 2,
        "bookmarks": 2,
        "column-count": 10,
        "column-values": 6,
        "date-mismatch": 5,
        "date-order": 4,
        "duplicate-paper": 35,
        "empty-cell": 1,
        "link-column": 11,
        "link-format": 19,
        "link-syntax": 5,
        "shared-link": 5,
        "venue-format": 6,
    }


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.parent.name)
def test_mending_a_whole_list_leaves_nothing_to_mend(path: Path) -> None:
    mended = rules.fix(read(path))
    assert [d for d in rules.lint(rules.parse(mended)) if d.fix and d.fix.safe] == []


# --- contributions


@pytest.mark.parametrize("pull", PULLS, ids=name_of)
def test_a_contribution_is_told_what_it_brought_and_no_more(pull: Path) -> None:
    assert [(d.line, d.rule) for d in loud(change(pull))] == TOLD.get(pull.name, [])


@pytest.mark.parametrize("pull", PULLS, ids=name_of)
def test_all_that_is_told_of_a_contribution_stands_on_its_own_lines(pull: Path) -> None:
    before, after = (read(pull / name).split("\n") for name in ("before.md", "after.md"))
    # A renamed heading leaves contents behind that were not touched.
    told = {after[d.line - 1] for d in change(pull) if d.rule != "bookmarks"}
    assert all(before.count(line) < after.count(line) for line in told)


def test_the_seeds_first_pull_request_is_told_what_its_row_lacks() -> None:
    said, venue = change(of_seed(1))
    assert venue.rule == "venue-format"
    assert said.message == (
        "This row has 4 cells, the table 5: Code is absent. "
        "No code yet? Write `-`, as 50 rows here do."
    )


def test_the_seeds_fifth_pull_request_is_told_that_its_paper_is_there() -> None:
    (said,) = change(of_seed(5))
    assert "already stands in line 52 (same title, same arXiv id)" in said.message


@pytest.mark.parametrize("number", [2, 3, 4, 6, 8])
def test_a_good_pull_request_to_the_seed_is_told_nothing(number: int) -> None:
    assert loud(change(of_seed(number))) == []
