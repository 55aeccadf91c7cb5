"""A repository in which much happens at once, for the tests of what follows from a push."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.dispatch import run
from bot.events import jobs_for
from bot.practice import branch
from bot.retry import TryLater
from tests import lists
from tests.offline import REPO
from tests.world import COUNT, HEAD, World, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events import Job

NEW = lists.row(-1, paper="[link](https://arxiv.org/abs/2507.00001)", code=lists.code(91))


class Busy(World):
    """A world whose deliveries are all answered, with whatever further jobs they mean."""

    def __init__(self, **files: str) -> None:
        super().__init__(**files)
        self.repository = self.github.repositories[REPO]
        self.done: list[Job] = []
        self._answered = 0

    def push_main(self, files: Mapping[str, str | bytes | None], **by: Any) -> str:
        return branch.push(self.github, REPO, encoded(files), **by)

    async def answer(self) -> list[Job]:
        """Answer the deliveries that came meanwhile; the jobs that were done."""
        fresh = self.github.deliveries[self._answered :]
        self._answered = len(self.github.deliveries)
        before = len(self.done)
        for delivery in fresh:
            await self._all(jobs_for(delivery.event, delivery.guid, delivery.payload))
        return self.done[before:]

    async def _all(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            further = await self._attempts(job)
            self.done.append(job)
            await self._all(further)

    async def _attempts(self, job: Job) -> Sequence[Job]:
        try:
            return await run(job, self.app)
        except TryLater:  # as the engine does: another attempt later
            return await self._attempts(replace(job, attempt=job.attempt + 1))

    @property
    def commit_comments(self) -> list[dict[str, Any]]:
        return self.repository.commit_comments

    def checks_on(self, sha: str) -> list[tuple[str, str]]:
        runs = self.github.check_runs(REPO, sha)
        return [(check["conclusion"], check["output"]["title"]) for check in runs]

    def said_on(self, number: int) -> list[str]:
        return [comment["body"] for comment in self.github.review_comments(REPO, number)]


def with_row(row: str = NEW) -> str:
    """The good list with a row at its top."""
    return HEAD + lists.table([row, *lists.rows(range(COUNT))])


def names(jobs: Sequence[Job]) -> list[str]:
    return [job.handler for job in jobs]
