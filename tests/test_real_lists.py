"""Real lists beside the project: what is said of them was read row by row and is right."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import rules
from tests.real_lists import LISTS, PULLS, SEED, acceptance, change, lint, loud, read

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = sorted(LISTS.glob("*/README.md"))
# Contribution -> lines and rules of what it is told above a note.
TOLD = {
    "09d3ca7d": [(93, "column-values")],
    "22d1aa51": [(100, "table-shape")],
    "2ebb49e9": [(83, "column-count")],
    "2eee4821": [(398, "lost-link")],
    "338d2847": [(73, "table-shape")],
    "457f7f85": [(183, "column-count"), (183, "venue-format")],
    "4865c6fc": [(207, "date-mismatch")],
    "54ddb2fb": [(244, "link-syntax")],
    "5d2bf333": [(50, "duplicate-paper"), (50, "link-column")],
    "6a68756e": [(43, "link-column")],
    "6f8007a3": [(749, "link-column")],
    "81ca035f": [(421, "link-column")],
    "8351ca05": [(29, "date-mismatch")],
    "847caa0d": [(421, "link-column")],
    "93f784c9": [(14, "bookmarks"), (15, "bookmarks"), (16, "bookmarks")],
    "97babcbd": [(315, "column-values")],
    "99259a06": [(974, "column-values")],
    "a34f8f80": [(218, "alphabet-order")],
    "acba7896": [
        (32, "arxiv-id"),
        (32, "link-column"),
        *((line, "date-format") for line in range(38, 44)),
        (43, "duplicate-paper"),
    ],
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
    "f4490565": [(421, "link-column")],
}

pytestmark = acceptance


def name_of(path: Path) -> str:
    return path.name


def of_seed(number: int) -> Path:
    """The seed's pull request of this number."""
    pulls = {json.loads(read(p / "meta.json"))["pr"]: p for p in PULLS if SEED in p.parents}
    return pulls[number]


# --- the seed


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
