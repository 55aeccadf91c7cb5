"""The life of the issue about dead links over weeks, on a clock that is moved."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import judge
from bot.dispatch import run
from bot.links.desk import Desk
from bot.links.known import Known
from bot.links.streaks import Streak
from bot.links.verdict import Found, Verdict
from bot.outside import Outside
from bot.practice import people
from bot.watch import job
from tests.checked import ALIVE, DAY, DEAD, Checked, listed, site
from tests.offline import REPO, Wire, app_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bot.practice.github import OfflineGitHub
    from bot.responses import Response

ONE, TWO = site(1), site(2)


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Checked]:
    made = Checked(f"sqlite:///{tmp_path}/jobs.sqlite", ONE, TWO, site(3))
    yield made
    made.close()


async def died(world: Checked, *urls: str) -> None:
    """Links die, and enough time passes for it to be told."""
    for url in urls:
        world.says(url, DEAD)
    await world.days(10)


async def test_a_link_that_fails_once_and_recovers_is_never_told(world: Checked) -> None:
    await world.look()
    world.says(ONE, DEAD)
    while ONE not in world.web.asked:
        await world.days(0.5)
    world.says(ONE, ALIVE)
    await world.days(28)
    assert world.issues == []


async def test_a_link_that_dies_is_told_once_after_its_third_failure(world: Checked) -> None:
    await world.look()
    world.says(ONE, DEAD)
    while not world.issues:
        await world.days(0.5)
        assert world.web.asked.count(ONE) <= 3
    assert world.web.asked.count(ONE) == 3
    assert world.web.asked.count(TWO) == 1  # what did not fail is not asked between
    assert world.issue["title"] == "1 link looks dead"
    await world.days(28)
    assert world.issue["state"] == "open"


async def test_the_issue_names_row_link_status_and_copy(world: Checked) -> None:
    world.web.copies[ONE] = "https://web.archive.org/web/2024/https://site-1.example/page-1"
    await world.look()
    await died(world, ONE)
    body = world.issue["body"]
    assert "Each failed at least 3 times since " in body
    assert f"https://github.com/{REPO}/blob/main/README.md?plain=1#L7), Agents |" in body
    assert "site\\-1\\.example\\/page\\-1: page not found" in body
    assert f"[archived copy]({world.web.copies[ONE]})" in body
    assert "- [ ] Ignore site\\-1\\.example\\/page\\-1 until it changes" in body


async def test_it_is_closed_with_thanks_when_the_link_works_again(world: Checked) -> None:
    await world.look()
    await died(world, ONE)
    world.says(ONE, ALIVE)
    await world.days(7)
    assert (world.issue["state"], world.issue["state_reason"]) == ("closed", "completed")
    assert "Thank you" in world.issue["body"]


async def test_a_row_that_left_the_list_is_settled_too(world: Checked) -> None:
    await world.look()
    await died(world, ONE)
    world.github.move_base(REPO, {"README.md": listed(TWO).encode()})
    await world.days(7)
    assert world.issue["state"] == "closed"


async def test_closed_as_not_planned_nothing_is_ever_told_again(world: Checked) -> None:
    await world.look()
    await died(world, ONE)
    people.close_issue(world.github, REPO, 1, "not_planned")
    await died(world, TWO)
    assert world.issue["state"] == "closed"
    assert world.issue["state_reason"] == "not_planned"


async def test_closed_as_completed_only_a_newly_dead_link_opens_it_again(world: Checked) -> None:
    await world.look()
    await died(world, ONE)
    people.close_issue(world.github, REPO, 1)
    await world.days(21)
    assert world.issue["state"] == "closed"
    await died(world, TWO)
    assert world.issue["state"] == "open"
    assert world.issue["title"] == "2 links look dead"


async def test_a_link_that_revived_and_died_again_is_news(world: Checked) -> None:
    await world.look()
    await died(world, ONE)
    people.close_issue(world.github, REPO, 1)
    world.says(ONE, ALIVE)
    await world.days(7)
    await died(world, ONE)
    assert world.issue["state"] == "open"


async def test_nothing_is_written_while_nothing_changes(world: Checked) -> None:
    await world.look()
    await died(world, ONE)
    before = len(world.github.requests)
    await world.days(21)
    wrote = [r for r in world.github.requests[before:] if r.method in {"POST", "PATCH"}]
    assert [r.path for r in wrote if "issues" in r.path] == []


async def test_blocked_and_unknown_neither_count_nor_recover(world: Checked) -> None:
    await world.look()
    world.says(TWO, Found(Verdict.BLOCKED, "403"))
    await world.days(28)
    assert world.issues == []
    await died(world, ONE)
    world.says(ONE, Found(Verdict.UNKNOWN, "not asked"))
    await world.days(28)
    assert world.issue["state"] == "open"


async def test_thirty_six_weeks_leave_one_issue(world: Checked) -> None:
    await world.look()
    for week in range(36):
        for number, url in enumerate((ONE, TWO, site(3)), 2):
            world.says(url, DEAD if week % (3 * number) >= 2 * number else ALIVE)
        await world.days(7)
    assert len(world.issues) == 1


async def test_a_lost_database_closes_nothing_and_opens_nothing(
    world: Checked, tmp_path: Path
) -> None:
    await world.look()
    await died(world, ONE)
    fresh = Checked(f"sqlite:///{tmp_path}/new.sqlite", ONE)
    fresh.github.repositories = world.github.repositories
    fresh.clock.now = world.clock.now
    fresh.web.answers = world.web.answers
    await fresh.look()
    for _ in range(28):
        await fresh.days(1)
        assert (world.issue["state"], world.issue["title"]) == ("open", "1 link looks dead")
    fresh.close()


async def test_a_repository_without_issues_is_left_alone(world: Checked) -> None:
    world.github.repositories[REPO].has_issues = False
    await world.look()
    await died(world, ONE)
    assert world.issues == []


async def test_an_archived_repository_is_not_asked_of(world: Checked) -> None:
    world.github.repositories[REPO].archived = True
    await world.look()
    await died(world, ONE)
    assert world.web.asked == []


class Racing(Wire):
    """Two at once open an issue: neither has seen the other's."""

    def __init__(self, github: OfflineGitHub) -> None:
        super().__init__(github)
        self._both = asyncio.Barrier(2)

    async def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Response:
        if method == "POST" and url.endswith("/issues"):
            await self._both.wait()
        return await super().__call__(method, url, headers, body)


async def test_two_checks_that_race_leave_one_issue(world: Checked) -> None:
    await world.look()
    watched = await world.memory.watched(1000)
    assert watched
    world.clock.now += 10 * DAY
    long_ago = world.clock.now - 9 * DAY
    twice = Streak(2, long_ago, long_ago + DAY, Verdict.DEAD, "404")
    await world.memory.remember(1000, Known({ONE: twice}))
    world.says(ONE, DEAD)
    desk = Desk(world.memory, world.web.ask, world.web.copy, world.clock)
    racing = app_of(Racing(world.github), outside=Outside(desk=desk))
    await asyncio.gather(*(run(job(replace(watched, turn=turn)), racing) for turn in (1, 2)))
    assert len(world.issues) == 2
    told = [issue for issue in world.issues if issue["state"] == "open"]
    assert len(told) == 1
    await world.days(28)
    assert [issue for issue in world.issues if issue["state"] == "open"] == told


async def test_links_within_the_repository_are_held_against_its_files(tmp_path: Path) -> None:
    text = (
        listed(ONE) + "\nSee [the guide](docs/guide.md), [this](docs/gone.md), [that](#nowhere).\n"
    )
    files = {"README.md": text, "docs/guide.md": "# A guide\n"}
    world = Checked(f"sqlite:///{tmp_path}/inner.sqlite", **files)
    await world.look()
    await world.days(10)
    world.close()
    body = world.issue["body"]
    assert world.issue["title"] == "2 links look dead"
    assert "docs\\/gone\\.md: no such file" in body
    assert "nowhere: no such heading" in body
    assert "guide" not in body
    assert world.web.asked.count(ONE) >= 1
    assert not any("docs" in url for url in world.web.asked)
