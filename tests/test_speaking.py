"""What people see on GitHub: whom it is said to, with which links and buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import judge
from tests import lists
from tests.world import COUNT, GOOD, HEAD, World, changed, empty, line

if TYPE_CHECKING:
    from collections.abc import Iterator

NEW = lists.row(COUNT, title="RouterDC: Query-Based Routes", code="") + "\n"
URL = "https://github.com/ann/list"


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


def inserted() -> str:
    """The good list with a row that belongs far below where it stands."""
    rows = lists.rows(range(COUNT))
    rows.insert(5, lists.row(30, title="A Row of Its Own", paper="[link](https://x.example/own/1)"))
    return HEAD + lists.table(rows)


@pytest.mark.parametrize(
    ("association", "welcome"),
    [
        ("FIRST_TIME_CONTRIBUTOR", True),
        ("FIRST_TIMER", True),
        ("NONE", True),
        ("CONTRIBUTOR", False),
        ("MEMBER", False),
        ("OWNER", False),
    ],
)
async def test_those_who_are_new_here_are_welcomed_and_shown_the_row(
    association: str, welcome: bool
) -> None:
    world = World()
    job = world.open({"README.md": inserted()})
    world.github.repositories["ann/list"].pulls[1].association = association
    await world.do(job)
    body = world.reviews[0]["body"]
    assert body.startswith("Welcome, and thank you for adding" if welcome else "Thank you for add")
    [comment] = world.github.review_comments("ann/list", 1)
    assert ("The row to copy:\n\n```\n| " in comment["body"]) is welcome


@pytest.mark.parametrize("path", ["CONTRIBUTING.md", ".github/CONTRIBUTING.md", None])
async def test_the_lists_own_advice_is_linked_where_there_is_some(path: str | None) -> None:
    world = World(**({path: "Be kind.\n"} if path else {}))
    await world.do(world.open({"README.md": GOOD + NEW}))
    body = world.reviews[0]["body"]
    advice = f" How this list is kept: [CONTRIBUTING]({URL}/blob/main/{path})."
    assert body.endswith(advice if path else "below does it.")
    assert ("CONTRIBUTING" in body) is (path is not None)


async def test_other_rows_are_linked_at_the_head_in_comments_and_in_the_check() -> None:
    world = World()
    await world.do(world.open({"README.md": GOOD + lists.row(8, venue="ICLR'25") + "\n"}))
    page = f"{URL}/blob/{world.head}/README.md?plain=1"
    link = f"in line [{line(8)}]({page}#L{line(8)})"
    [comment] = world.github.review_comments("ann/list", 1)
    assert link in comment["body"]
    assert link in world.summary
    assert f"| [{line(COUNT)}]({page}#L{line(COUNT)}) | " in world.summary


async def test_a_check_has_buttons_and_knows_its_pull_request() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}))
    await world.do(world.push({"README.md": GOOD + lists.row(8, venue="ICLR'25") + "\n"}))
    await world.do(world.push({"README.md": GOOD + lists.row(COUNT) + "\n"}))
    runs = world.github.check_runs("ann/list")
    pressed = [[button["identifier"] for button in run["actions"]] for run in runs]
    assert pressed == [["fix", "again"], ["again"], ["again"]]
    assert [run["external_id"] for run in runs] == ["1", "1", "1"]
    assert [button["label"] for button in runs[0]["actions"]] == ["Fix", "Look again"]


async def test_with_fix_off_nothing_offers_to_mend() -> None:
    world = World(**{".github/listwright.yml": "fix: off\n"})
    await world.do(world.open({"README.md": empty(7)}))
    [run] = world.github.check_runs("ann/list")
    assert [button["identifier"] for button in run["actions"]] == ["again"]
    [comment] = world.github.review_comments("ann/list", 1)
    assert "```" not in comment["body"]
    assert run["output"]["summary"].endswith(" | yours |")


async def test_a_pull_request_that_takes_back_another_is_told_in_the_check_alone() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    commits = world.github.repositories["ann/list"].store.commits
    message = 'Revert "Tidy up"\n\nThis reverts commit 0123abc.'
    commits[world.head] = replace(commits[world.head], message=message)
    await world.do(job)
    assert world.reviews == []
    assert world.checks == [("neutral", "1 row could use a touch")]


async def test_an_older_suggestion_that_can_be_pressed_is_not_overlapped() -> None:
    """A row comes above one that has its suggestion, and belongs below it."""
    rows = lists.rows(n for n in range(COUNT) if n not in {8, 9})
    world = World(**{"README.md": HEAD + lists.table(rows)})
    rows.insert(8, lists.row(8, code=""))
    await world.do(world.open({"README.md": HEAD + lists.table(rows)}))
    rows.insert(8, lists.row(9))
    await world.do(world.push({"README.md": HEAD + lists.table(rows)}))
    first, second = world.github.review_comments("ann/list", 1)
    assert "```suggestion" in first["body"]
    assert "belongs after" in second["body"]
    assert "```suggestion" not in second["body"]


async def test_a_row_that_would_move_over_a_deleted_line_gets_no_button() -> None:
    rows = lists.rows(n for n in range(COUNT) if n != 9)
    world = World(**{"README.md": HEAD + lists.table(rows)})
    rows[8] = lists.row(8, venue="ICLR'25")
    rows.insert(7, lists.row(9))
    await world.do(world.open({"README.md": HEAD + lists.table(rows)}))
    [comment] = world.github.review_comments("ann/list", 1)
    assert "belongs after" in comment["body"]
    assert "```suggestion" not in comment["body"]


async def test_rows_are_counted_by_what_became_of_them() -> None:
    world = World(**{"README.md": changed(r30=lists.row(30, code=""), r31=lists.row(31, code=""))})
    rows = lists.rows(range(COUNT))
    rows[30], rows[31] = lists.row(30, code=""), lists.row(31, code="")
    rows[7] = lists.row(7, venue="ICLR'25")
    rows = [rows[1], rows[0], *rows[2:20], *rows[21:], lists.row(COUNT), lists.row(COUNT + 1)]
    rows[12] = lists.row(12, code="")
    await world.do(world.open({"README.md": HEAD + lists.table(rows)}))
    assert world.summary.startswith(
        "2 rows added in **Agents**, 2 rows edited in **Agents**, 1 row moved in **Agents**, "
        "1 row removed in **Agents**. Nothing here blocks merging.\n\n| line |"
    )
    assert world.summary.endswith("\n\nOlder rows: 2 could use a touch too; not judged here.")
