"""The check run's buttons, and GitHub's own to run checks again, on the offline GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import judge
from bot.events import jobs_for
from tests.asking import AUTHOR, OWNER, STRANGER, broken, everything, newest, said
from tests.conversation import grant
from tests.offline import REPO
from tests.world import World, empty, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.events import Job


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


def press(world: World, identifier: str, user: str = OWNER) -> list[Job]:
    """Press a button of the newest check run."""
    run = world.github.check_runs(REPO)[-1]["id"]
    world.github.press(REPO, run, identifier, user=user)
    return newest(world)


@pytest.mark.parametrize("identifier", ["again", "rerequested"])
async def test_a_check_run_asked_for_again_is_there_again(identifier: str) -> None:
    world = await broken()
    assert await everything(world, *press(world, identifier)) == [
        "press_button",
        "lint_pull_request",
    ]
    assert world.checks == [("neutral", "1 row could use a touch")] * 2
    assert len(world.lines) == 1


async def test_what_is_judged_is_the_head_of_now() -> None:
    world = await broken()
    world.push({"README.md": empty(8)})
    await everything(world, *press(world, "again"))
    assert world.checks == [("neutral", "1 row could use a touch")]


@pytest.mark.parametrize("user", [OWNER, AUTHOR])
async def test_the_button_fix_commits_what_can_be_mended(user: str) -> None:
    world = grant(await broken())
    before = world.head
    assert await everything(world, *press(world, "fix", user)) == ["press_button"]
    assert world.head != before
    assert said(world) == []


async def test_why_nothing_was_committed_is_said_once_however_often_it_is_pressed() -> None:
    world = grant(await broken())
    world.github.repositories[REPO].pulls[1].editable = False
    before = world.head
    for user in (OWNER, AUTHOR, OWNER):
        await everything(world, *press(world, "fix", user))
    assert len(said(world)) == 1
    assert world.head == before


async def test_the_button_fix_is_not_for_everybody() -> None:
    world = grant(await broken())
    before = world.head
    await everything(world, *press(world, "fix", STRANGER))
    assert (world.head, said(world)) == (before, [])


async def test_a_button_that_is_not_ours_does_nothing() -> None:
    world = await broken()
    assert await everything(world, *press(world, "explode")) == ["press_button"]
    assert len(world.checks) == 1


@pytest.mark.parametrize(
    ("changes", "handlers"),
    [
        ({}, ["press_button", "lint_pull_request"]),
        ({"name": "listwright: another"}, []),
        ({"external_id": ""}, []),
        ({"external_id": None}, []),
        ({"external_id": "main"}, []),
        ({"external_id": "-3"}, []),
        ({"external_id": "9" * 9_000}, []),
        ({"app": {"id": 2}}, ["press_button"]),
        ({"app": None}, []),
    ],
)
async def test_only_check_runs_of_ours_are_answered(
    changes: dict[str, Any], handlers: list[str]
) -> None:
    world = await broken()
    press(world, "rerequested")
    payload = world.github.deliveries[-1].payload
    payload = payload | {"check_run": payload["check_run"] | changes}
    assert await everything(world, *jobs_for("check_run", "guid", payload)) == handlers


async def test_all_checks_again_means_each_pull_request_of_this_repository() -> None:
    world = World()
    for row in (7, 8):
        world.github.open_pull(REPO, encoded({"README.md": empty(row)}), fork=False)
    world.github.rerun(REPO, 1, user=OWNER)
    payload = world.github.deliveries[-1].payload
    elsewhere = {"number": 5, "base": {"repo": {"id": 1}}}
    here = payload["check_suite"]["pull_requests"]
    here += [here[0] | {"number": 2}, elsewhere]
    jobs = newest(world)
    done = await everything(world, *jobs)
    linted = ["lint_pull_request", "lint_pull_request"]
    assert done == ["rerun_suite", *linted, "compare_open_pulls"]
    numbers = [run["external_id"] for run in world.github.check_runs(REPO)]
    assert numbers == ["1", "2"]


async def test_of_a_fork_or_of_another_app_no_checks_are_run() -> None:
    world = await broken()
    world.github.rerun(REPO, 1, user=OWNER)
    assert newest(world) == []
    world.github.open_pull(REPO, encoded({"README.md": empty(8)}), fork=False)
    world.github.rerun(REPO, 2, user=OWNER)
    world.github.deliveries[-1].payload["check_suite"]["app"] = {"id": 2}
    assert await everything(world, *newest(world)) == ["rerun_suite"]
