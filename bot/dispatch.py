"""A job -> its handler with a client: the only place where every error is caught."""

from __future__ import annotations

import asyncio
import time
import traceback
from contextlib import nullcontext
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import structlog

from bot import handlers
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from typing import Protocol

    from bot.events import Job
    from bot.github import Client
    from bot.handlers import Handler

    class App(Protocol):
        """What gives a job its client (`bot.github.GitHubApp`)."""

        def installation(self, job: Job) -> AbstractAsyncContextManager[Client]: ...


log = structlog.get_logger(__name__)

AT_ONCE = 4  # jobs of one installation: its rate limits are for all of them together
# Of these, work that nobody waits for: reviews must always find room.
QUIET = frozenset(
    "recheck_pull_request renew_check compare_open_pulls add_contributor"
    " label_issue label_pull_request follow_headings".split()
)
QUIET_AT_ONCE = 2
# It takes long and has little to do with GitHub: its queue alone says how much of it runs at once.
APART = "links"
# Each lives as long as a job holds it.
_slots: WeakValueDictionary[tuple[int | None, int], asyncio.Semaphore] = WeakValueDictionary()


async def run(job: Job, app: App, known: Mapping[str, Handler] | None = None) -> Sequence[Job]:
    """Do a job with its installation's client, and return the further jobs that it means.

    Args:
        job: what to do.
        app: gives the client.
        known: the handlers by name; all there are unless given.

    Raises:
        TryLater: the job wants to be run again.
        Exception: whatever the handler raised, after it was logged.
    """
    apart = job.queue == APART
    slot = nullcontext() if apart else _slot(job.installation, AT_ONCE)
    share = _slot(job.installation, QUIET_AT_ONCE) if job.handler in QUIET else nullcontext()
    told = log.bind(delivery=job.delivery, handler=job.handler, key=job.key, attempt=job.attempt)
    async with share, slot:
        began = time.monotonic()
        try:
            further = await _handle(job, app, known or handlers.load())
        except TryLater as later:
            told.info("job waits", seconds=round(later.seconds, 1))
            raise
        except Exception as error:
            told.error("job failed", **_where(error), duration=_since(began))
            raise
        told.info("job done", duration=_since(began))
        return further


def _slot(installation: int | None, at_once: int) -> asyncio.Semaphore:
    return _slots.setdefault((installation, at_once), asyncio.Semaphore(at_once))


async def _handle(job: Job, app: App, known: Mapping[str, Handler]) -> Sequence[Job]:
    async with app.installation(job) as gh:
        return await known[job.handler].handle(job, gh) or ()


def _where(error: Exception) -> dict[str, object]:
    """The kind and place of an error; its text may quote a payload, so it stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "status": getattr(error, "status_code", None),
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-5:]],
    }


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
