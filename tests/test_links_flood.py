"""However many checks of links are due, reviews find room."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from bot import dispatch, judge
from bot.links.known import Repository, Watched
from bot.watch import HANDLER, job
from tests.engine import engine, until, until_finished
from tests.engine import job as review

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.events import Job
    from bot.github import Client

CHECKS, REVIEWS = 60, 8


@dataclass
class Waiting:
    """A handler that waits at a gate; knows how many jobs are there at once."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: int = 0
    running: int = 0
    peak: int = 0
    EVENTS: Mapping[str, frozenset[str]] = field(default_factory=dict)
    QUEUE: str = "pull"

    def trim(self, payload: Mapping[str, Any]) -> dict[str, Any] | None:
        return dict(payload)

    async def handle(self, _job: Job, _gh: Client) -> None:
        self.begun += 1
        self.running += 1
        self.peak = max(self.peak, self.running)
        await self.gate.wait()
        self.running -= 1


class App:
    @asynccontextmanager
    async def installation(self, _job: Job) -> AsyncIterator[Client]:
        yield cast("Client", None)


async def test_reviews_are_done_while_a_flood_of_checks_waits(database_url: str) -> None:
    checks, reviews = Waiting(), Waiting()
    reviews.gate.set()
    run = partial(dispatch.run, app=App(), known={HANDLER: checks, "lint": reviews})
    due = [Watched(Repository(n, f"ann/list-{n}", 7), 100, 0, 0) for n in range(1, CHECKS + 1)]
    async with engine(database_url, run) as jobs:
        await jobs.enqueue([job(one) for one in due])
        await until(lambda: checks.running == 2)
        await jobs.enqueue([review(f"push {n}", f"1#{n}") for n in range(REVIEWS)])
        await until(lambda: reviews.begun == REVIEWS)
        assert (checks.begun, checks.running) == (2, 2)  # all of them wait on, two at once
        checks.gate.set()
        await until_finished(database_url)
    assert (checks.begun, checks.peak) == (CHECKS, 2)


async def test_checks_do_not_take_the_places_of_an_installations_jobs() -> None:
    checks, reviews = Waiting(), Waiting()
    known = {HANDLER: checks, "lint": reviews}
    one = Watched(Repository(1, "ann/list", 7), 100, 0, 0)
    async with asyncio.TaskGroup() as tasks:
        for _ in range(CHECKS):
            tasks.create_task(dispatch.run(job(one), App(), known))
        for number in range(REVIEWS):
            tasks.create_task(dispatch.run(review(f"push {number}"), App(), known))
        for _ in range(50):  # turns enough for all of them
            await asyncio.sleep(0)
        assert reviews.running == dispatch.AT_ONCE
        checks.gate.set()
        reviews.gate.set()


def test_lists_are_read_by_another_process_than_the_one_that_judges_reviews() -> None:
    assert judge.spare() is not judge.shared()
    judge.stop()
