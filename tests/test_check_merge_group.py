"""A merge queue is never held up by a check run that does not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import judge
from bot.practice import branch
from tests.busy import Busy, with_row
from tests.offline import REPO
from tests.world import CONFIG, GOOD, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


async def queued(world: Busy, files: dict[str, str | bytes | None]) -> list[tuple[str, str]]:
    world.github.open_pull(REPO, encoded(files))
    head = branch.queue(world.github, REPO, 1)
    await world.do(world.job())
    return world.checks_on(head)


GREEN = [("success", "Looked at in the pull request already")]


async def test_the_queues_commit_gets_a_green_check_run_of_our_name() -> None:
    world = Busy()
    assert await queued(world, {"README.md": with_row()}) == GREEN
    assert world.github.check_runs(REPO)[-1]["name"] == "listwright"
    assert world.github.reviews(REPO, 1) == []


@pytest.mark.parametrize("path", ["code.py", CONFIG])
async def test_also_where_the_pull_request_touches_no_list(path: str) -> None:
    assert await queued(Busy(), {path: "bots: true\n"}) == GREEN


async def test_also_where_only_the_configuration_tells_of_lists() -> None:
    world = Busy(**{"README.md": "# Words only\n"})
    assert await queued(world, {CONFIG: "files: [papers.md]\n"}) == GREEN


async def test_also_where_the_list_is_not_the_readme() -> None:
    world = Busy(**{"README.md": "# Words only\n"})
    assert await queued(world, {"papers.md": GOOD}) == GREEN


async def test_where_no_list_is_kept_nothing_is_posted() -> None:
    world = Busy(**{"README.md": "# Words only\n"})
    assert await queued(world, {"a.md": "more words\n"}) == []
