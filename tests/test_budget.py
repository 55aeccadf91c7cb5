from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import judge
from bot.budget import WriteBudget
from bot.dispatch import run
from bot.events import Job, jobs_for
from bot.jobs import MAX_CONTINUATIONS
from bot.practice.github import OfflineGitHub
from bot.retry import TryLater
from tests.clock import Clock
from tests.offline import REPO, Wire, app_of, job_for
from tests.world import GOOD, empty, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.responses import Response


@pytest.fixture
def clock() -> Clock:
    return Clock()


def seconds_to_wait(budget: WriteBudget, number: int = 1) -> float:
    """How long somebody who wants to write is sent away; 0 where it can be done now."""
    try:
        budget.require(number)
    except TryLater as later:
        return later.seconds
    return 0.0


def test_sixty_writes_a_minute_are_made_and_the_next_when_the_first_is_a_minute_old(
    clock: Clock,
) -> None:
    budget = WriteBudget(clock)
    for _ in range(60):
        budget.spend()
        clock.now += 0.5
    with pytest.raises(TryLater) as refused:
        budget.spend()
    assert refused.value.seconds == pytest.approx(31)
    clock.now += refused.value.seconds
    budget.spend()


def test_no_more_than_450_writes_are_made_in_an_hour(clock: Clock) -> None:
    budget = WriteBudget(clock)
    for _ in range(450):
        budget.spend()
        clock.now += 2
    assert seconds_to_wait(budget) == pytest.approx(3600 - 900 + 1)
    clock.now += 3600 - 900 + 1
    budget.spend()


def test_writes_that_belong_together_wait_until_all_of_them_can_be_made(clock: Clock) -> None:
    budget = WriteBudget(clock)
    for _ in range(58):
        budget.spend()
        clock.now += 0.5
    assert seconds_to_wait(budget, 2) == 0
    assert seconds_to_wait(budget, 3) == pytest.approx(32)


def test_those_who_wait_are_not_all_sent_to_the_same_moment(clock: Clock) -> None:
    budget = WriteBudget(clock)
    for _ in range(60):
        budget.spend()
        clock.now += 0.5
    waits = [seconds_to_wait(budget, 2) for _ in range(90)]
    assert waits == sorted(waits)
    # Thirty pairs a minute, as each minute takes no more.
    assert all(later - earlier > 59 for earlier, later in zip(waits, waits[30:], strict=False))
    for wait in waits:  # and whoever comes when told writes at once
        clock.now = max(clock.now, 1_800_000_030.0 + wait)
        budget.spend()
        budget.spend()


async def test_each_installation_has_a_budget_of_its_own(clock: Clock) -> None:
    github = OfflineGitHub(clock)
    github.add_repository(REPO, {"README.md": GOOD.encode()})
    app = app_of(Wire(github))
    async with app.installation(job_for(github)) as gh:
        for _ in range(60):
            await gh.post(f"/repos/{REPO}/check-runs", data=a_check(github))
    async with app.installation(job_for(github)) as again:
        with pytest.raises(TryLater):
            again.require_writes(1)
        await again.getitem(f"/repos/{REPO}/collaborators/ann/permission")  # reads go on
    async with app.installation(job_for(github, installation=8)) as other:
        other.require_writes(60)


def a_check(github: OfflineGitHub) -> dict[str, object]:
    output = {"title": "t", "summary": "s"}
    return {"name": "x", "head_sha": github.repositories[REPO].tip, "output": output}


async def test_a_flood_of_pull_requests_is_answered_in_full_below_the_limits(
    clock: Clock,
) -> None:
    github = OfflineGitHub(clock)
    github.add_repository(REPO, {"README.md": GOOD.encode()})
    for number in range(100):
        github.open_pull(REPO, encoded({"README.md": empty(1 + number % 4)}))
    wire = Timed(github, clock)
    app = app_of(wire)
    due = [(clock.now, job) for job in flood(github)]
    tries: dict[str, int] = {}
    try:
        while due:
            moment, job = due.pop(0)
            clock.now = max(clock.now, moment)
            tries[job.key] = tries.get(job.key, 0) + 1
            try:
                await run(job, app)
            except TryLater as later:
                due.append((clock.now + later.seconds, job))
                due.sort(key=lambda one: one[0])
    finally:
        judge.stop()
    for number in range(1, 101):
        assert len(github.reviews(REPO, number)) == 1
        assert len(github.check_runs(REPO, github.repositories[REPO].pulls[number].head)) == 1
    assert len(wire.written) == 200
    assert max(tries.values()) <= 3 < MAX_CONTINUATIONS  # not one is given up
    for moment in wire.written:
        assert sum(moment <= other < moment + 60 for other in wire.written) <= 60


def flood(github: OfflineGitHub) -> list[Job]:
    return [
        job
        for delivery in github.deliveries
        for job in jobs_for(delivery.event, delivery.guid, delivery.payload)
    ]


class Timed(Wire):
    """A wire on which each request takes some time; notes when something was written."""

    def __init__(self, github: OfflineGitHub, clock: Clock) -> None:
        super().__init__(github)
        self.clock = clock
        self.written: list[float] = []

    async def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Response:
        self.clock.now += 0.1
        if method != "GET" and not url.endswith(("access_tokens", "graphql")):
            self.written.append(self.clock.now)
        return await super().__call__(method, url, headers, body)
