"""Jobs that another job means: stored once, however often it is done (and see test_upkeep)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.retry import TryLater
from tests.engine import engine, job, states, until_finished

if TYPE_CHECKING:
    from bot.events import Job


async def test_what_a_job_means_further_is_done_once_after_it(database_url: str) -> None:
    begun = []

    async def run(job: Job) -> tuple[Job, ...]:
        begun.append((job.handler, job.key))
        if job.handler != "lint_pull_request":
            return ()
        return tuple(job.following("recheck_pull_request", place(number)) for number in (2, 3, 2))

    pushed = job("a", handler="lint_pull_request")
    async with engine(database_url, run) as jobs:
        await jobs.enqueue([pushed])
        await until_finished(database_url)
        await jobs.enqueue([pushed])  # a redelivery changes nothing
        await until_finished(database_url)
    assert begun[0] == ("lint_pull_request", "1#1")
    expected = [("recheck_pull_request", "1#2"), ("recheck_pull_request", "1#3")]
    assert sorted(begun[1:]) == expected
    assert set(states(database_url).values()) == {"SUCCESS"}


def place(number: int) -> dict[str, object]:
    return {"repository": {"id": 1, "full_name": "o/lists"}, "number": number}


async def test_what_waits_before_it_means_further_jobs_means_them_once(database_url: str) -> None:
    begun = []

    async def run(job: Job) -> tuple[Job, ...]:
        begun.append((job.handler, job.attempt))
        if job.handler != "lint_pull_request":
            return ()
        if job.attempt == 0:
            raise TryLater(0.1)
        return (job.following("recheck_pull_request", place(2)),)

    async with engine(database_url, run) as jobs:
        await jobs.enqueue([job("a", handler="lint_pull_request")])
        await until_finished(database_url)
    assert begun == [
        ("lint_pull_request", 0),
        ("lint_pull_request", 1),
        ("recheck_pull_request", 0),
    ]


def test_a_further_job_takes_turns_for_what_its_data_names() -> None:
    first = job("a", handler="lint_pull_request")
    further = first.following("recheck_pull_request", place(2))
    assert (further.delivery, further.key, further.installation) == ("a/1#2", "1#2", 7)
    branch = {"repository": {"id": 1, "full_name": "o/lists"}, "ref": "main"}
    assert first.following("recheck_pull_request", branch).key == "1@main"
