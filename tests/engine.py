"""A real engine for tests, and a diary of the jobs that it ran."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.events import Job
from bot.jobs import Jobs
from bot.listing import listing
from bot.upkeep import Pace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

PACE = Pace(poll=0.02, beat=0.1, silence=5, takeovers=1, drain=1)
NO_WORK = replace(PACE, poll=60)  # stores jobs and leaves them alone
DEADLINE = 20.0  # seconds; nothing here takes long unless it is broken


def job(
    delivery: str, key: str = "1#1", handler: str = "lint", *, every: bool = False, **data: Any
) -> Job:
    return Job(handler, delivery, "pull", key, 7, data, every=every)


@asynccontextmanager
async def engine(
    url: str, run: Callable[[Job], Awaitable[Sequence[Job]]], pace: Pace = PACE
) -> AsyncIterator[Jobs]:
    jobs = Jobs(url, run, pace)
    await jobs.start()
    try:
        yield jobs
    finally:
        await jobs.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not condition():  # noqa: ASYNC110  the store tells nobody when it changes
            await asyncio.sleep(0.01)


def states(url: str) -> dict[str, str]:
    return {entry.id: entry.status for entry in listing(url, limit=10_000)}


async def until_finished(url: str) -> None:
    """Until no job waits, runs, or is delayed."""
    await until(lambda: not {"ENQUEUED", "PENDING", "DELAYED"} & set(states(url).values()))


@dataclass
class Diary:
    """Jobs that wait at a gate; knows which ran, and how many at once."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: list[Job] = field(default_factory=list)
    running: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    peaks: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def run(self, job: Job) -> tuple[Job, ...]:
        self.begun.append(job)
        self.running[job.key] += 1
        self.peaks[job.key] = max(self.peaks[job.key], self.running[job.key])
        await self.gate.wait()
        await asyncio.sleep(0)
        self.running[job.key] -= 1
        return ()

    @property
    def deliveries(self) -> list[str]:
        return [job.delivery for job in self.begun]
