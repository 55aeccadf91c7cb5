"""Which repositories are asked to be checked, and how often, however many replicas look."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot import judge
from bot.handlers import check_links, load
from bot.links.known import Repository
from bot.links.memory import Memory
from bot.practice import branch
from bot.store import Store
from bot.watch import HANDLER, QUEUE, Watching
from tests.checked import DAY, HOUR, Checked, listed, site
from tests.clock import Clock
from tests.engine import Diary, engine, until_finished
from tests.offline import REPO
from tests.world import CONFIG

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

ONE = site(1)


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Checked]:
    made = Checked(f"sqlite:///{tmp_path}/jobs.sqlite", ONE)
    yield made
    made.close()


@dataclass
class Given:
    """An app that was given so many repositories."""

    number: int
    listings: int = field(default=0)

    async def repositories(self) -> AsyncIterator[Repository]:
        self.listings += 1
        for n in range(1, self.number + 1):
            yield Repository(n, f"ann/list-{n}", 7)


def test_the_job_is_the_handlers() -> None:
    assert load()[HANDLER].QUEUE == QUEUE
    assert check_links.EVERY


async def test_however_many_replicas_look_each_repository_is_checked_once(
    database_url: str,
) -> None:
    diary, clock, app = Diary(), Clock(), Given(20)
    diary.gate.set()
    async with engine(database_url, diary.run) as jobs:
        store = Store(database_url)
        replicas = [Memory(store) for _ in range(3)]
        looking = [Watching(memory, app, jobs, clock) for memory in replicas]
        await asyncio.gather(*(one.look() for one in looking))
        await asyncio.gather(*(one.look() for one in looking))
        await until_finished(database_url)
        assert sorted(job.key for job in diary.begun) == sorted(f"{n}@links" for n in range(1, 21))
        clock.now += DAY  # nobody said when they are due again, so they are tried again
        await asyncio.gather(*(one.look() for one in looking))
        await until_finished(database_url)
        assert len(diary.begun) == 40
        for memory in replicas:
            memory.close()
        store.close()


async def test_repositories_are_listed_at_the_start_and_every_few_hours(world: Checked) -> None:
    app = Given(1)
    watching = Watching(world.memory, app, world, world.clock)
    for _ in range(10):
        await watching.look()
        world.clock.now += HOUR
    assert app.listings == 3


async def test_a_new_repository_is_known_after_the_next_listing(world: Checked) -> None:
    await world.look()
    world.github.add_repository("ann/new", {"README.md": listed(site(9)).encode()})
    await world.days(8)
    assert site(9) in world.web.asked


@pytest.mark.parametrize(("schedule", "checks"), [("daily", 28), ("weekly", 4), ("monthly", 1)])
async def test_all_links_are_asked_as_often_as_configured(
    tmp_path: Path, schedule: str, checks: int
) -> None:
    said = {CONFIG: f"links:\n  schedule: {schedule}\n"}
    world = Checked(f"sqlite:///{tmp_path}/jobs.sqlite", ONE, **said)
    await world.look()
    assert world.web.asked == []  # installing is no reason to ask
    await world.days(28)
    assert world.web.asked.count(ONE) == checks
    world.close()


async def test_a_push_that_changes_the_schedule_is_obeyed_at_once(world: Checked) -> None:
    await world.look()
    branch.push(world.github, REPO, {CONFIG: b"links:\n  schedule: daily\n  hour: 9\n"})
    await world.answer()
    await world.days(2)
    assert world.web.asked.count(ONE) == 2
    branch.push(world.github, REPO, {CONFIG: b"links:\n  schedule: off\n"})
    await world.answer()
    await world.days(21)
    assert world.web.asked.count(ONE) == 2


async def test_a_repository_that_the_app_lost_is_left_alone(world: Checked) -> None:
    await world.look()
    world.github.repositories.clear()
    await world.days(14)
    assert world.web.asked == []
