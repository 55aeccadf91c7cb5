"""Beside the engine: sees which repositories are due for a check of their links, and asks for it.

However many replicas look, each moment that is due becomes one job: the engine refuses a second one
of the same id.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import gidgethub
import structlog

from bot.events import Job
from bot.links.streaks import DAY
from bot.retry import TryLater
from bot.store import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.links.known import Repository, Watched
    from bot.links.memory import Memory

told = structlog.get_logger(__name__)

HANDLER = "check_links"
QUEUE = "links"


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often, in seconds."""

    look: float = 30  # for what is due
    list: float = 4 * 3600  # the repositories that the app was given
    again: float = 300  # until they are listed after that failed


class Engine(Protocol):
    """What stores jobs (`bot.jobs.Jobs`)."""

    async def enqueue(self, jobs: Sequence[Job]) -> None: ...


class App(Protocol):
    """What knows the repositories that the app was given (`bot.github.GitHubApp`)."""

    def repositories(self) -> AsyncIterator[Repository]: ...


class Watching:
    """One replica's part of it."""

    def __init__(
        self,
        memory: Memory,
        app: App,
        engine: Engine,
        clock: Callable[[], float],
        rounds: Rounds | None = None,
    ) -> None:
        """`clock`: seconds since 1970."""
        self._memory = memory
        self._app = app
        self._engine = engine
        self._clock = clock
        self._rounds = rounds or Rounds()
        self._next_listing = clock()

    async def run(self) -> None:
        """Look until cancelled; what cannot be done now is done at a later look."""
        while True:
            try:
                await self.look()
            except (StoreUnavailable, TryLater, gidgethub.GitHubException) as error:
                told.warning("the link check waits", reason=type(error).__name__)
            await asyncio.sleep(self._rounds.look)

    async def look(self) -> None:
        """Ask for the checks that are due, and at times learn which repositories there are."""
        await self.ask()
        if self._clock() >= self._next_listing:
            self._next_listing = self._clock() + self._rounds.again
            present = [repository async for repository in self._app.repositories()]
            await self._memory.watch(present, self._clock())
            self._next_listing = self._clock() + self._rounds.list
            await self.ask()

    async def ask(self) -> None:
        """A job for each repository that is due.

        It says itself when it is due next. Until then it counts as due a day later, so that one
        that failed is tried again; stored first, since what is asked for twice is done once.
        """
        for one in await self._memory.due(self._clock()):
            await self._engine.enqueue([job(one)])
            await self._memory.postpone(one, self._clock() + DAY)


def job(one: Watched) -> Job:
    """The job for a repository at the moment when it was due."""
    repository = one.repository
    data = {
        "repository": {"id": repository.id, "full_name": repository.full_name},
        "ref": "links",
    }
    return Job(
        HANDLER,
        f"links-{repository.id}-{one.turn}-{one.due}",
        QUEUE,
        f"{repository.id}@links",
        repository.installation,
        data,
        every=True,
    )
