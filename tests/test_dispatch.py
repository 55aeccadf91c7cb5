from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest
from structlog.testing import capture_logs

from bot import handlers
from bot.dispatch import AT_ONCE, QUIET, QUIET_AT_ONCE, run
from bot.events import Job
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.github import Client

JOB = Job("lint", "guid", "pull", "1#2", 42, {"title": "from the payload"})


@dataclass
class App:
    """Hands out one client, and knows when it was given back."""

    client: Client = field(default_factory=lambda: cast("Client", object()))
    open: int = 0

    @asynccontextmanager
    async def installation(self, job: Job) -> AsyncIterator[Client]:
        assert job.installation in {42, 43}
        self.open += 1
        try:
            yield self.client
        finally:
            self.open -= 1


@dataclass
class Handler:
    """A handler that waits for its gate, and then may fail."""

    error: Exception | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[tuple[Job, object]] = field(default_factory=list)
    EVENTS: Mapping[str, frozenset[str]] = field(default_factory=dict)
    QUEUE: str = "pull"

    def trim(self, payload: Mapping[str, Any]) -> dict[str, Any] | None:
        return dict(payload)

    async def handle(self, job: Job, gh: Client) -> None:
        self.seen.append((job, gh))
        await self.gate.wait()
        if self.error:
            raise self.error


async def test_a_job_goes_to_its_handler_with_its_installations_client() -> None:
    app, lint, label = App(), Handler(), Handler()
    lint.gate.set()
    with capture_logs() as logs:
        await run(JOB, app, {"lint": lint, "label": label})
    assert lint.seen == [(JOB, app.client)]
    assert label.seen == []
    assert app.open == 0
    [line] = logs
    assert (line["event"], line["delivery"], line["handler"]) == ("job done", "guid", "lint")
    assert line["key"] == "1#2"
    assert line["duration"] >= 0


async def test_a_failure_is_logged_without_its_text_and_kept_for_the_engine() -> None:
    app, lint = App(), Handler(error=ValueError("token ghs_123 of from the payload"))
    lint.gate.set()
    with capture_logs() as logs, pytest.raises(ValueError, match="ghs_123"):
        await run(JOB, app, {"lint": lint})
    assert app.open == 0
    [line] = logs
    assert (line["event"], line["error"], line["log_level"]) == (
        "job failed",
        "ValueError",
        "error",
    )
    assert "handle" in line["trace"][-1]
    assert "ghs_123" not in str(line)
    assert "payload" not in str(line)


async def test_a_job_that_must_wait_is_no_failure() -> None:
    lint = Handler(error=TryLater(30))
    lint.gate.set()
    with capture_logs() as logs, pytest.raises(TryLater):
        await run(JOB, App(), {"lint": lint})
    assert [(line["event"], line["log_level"]) for line in logs] == [("job waits", "info")]


async def test_one_installation_never_has_more_than_four_jobs_at_once() -> None:
    app, lint = App(), Handler()
    other = Job("lint", "guid", "pull", "9#9", 43, {})
    async with asyncio.TaskGroup() as tasks:
        for _ in range(AT_ONCE + 3):
            tasks.create_task(run(JOB, app, {"lint": lint}))
        tasks.create_task(run(other, app, {"lint": lint}))
        for _ in range(50):  # turns enough for all of them, were there room
            await asyncio.sleep(0)
        assert [job.installation for job, _ in lint.seen].count(42) == AT_ONCE == 4
        assert app.open == AT_ONCE + 1
        lint.gate.set()
    assert len(lint.seen) == AT_ONCE + 4


async def test_work_that_nobody_waits_for_leaves_room_for_reviews() -> None:
    app, quiet, lint = App(), Handler(), Handler()
    known = {"recheck_pull_request": quiet, "lint": lint}
    again = Job("recheck_pull_request", "guid", "pull", "1#3", 42, {})
    async with asyncio.TaskGroup() as tasks:
        for _ in range(AT_ONCE + 3):
            tasks.create_task(run(again, app, known))
        tasks.create_task(run(JOB, app, known))
        for _ in range(50):
            await asyncio.sleep(0)
        assert (len(quiet.seen), len(lint.seen)) == (QUIET_AT_ONCE, 1)
        quiet.gate.set()
        lint.gate.set()
    assert len(quiet.seen) == AT_ONCE + 3


def test_what_counts_as_quiet_is_there() -> None:
    assert set(handlers.load()) >= QUIET
