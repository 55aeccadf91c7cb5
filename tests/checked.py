"""A repository whose links are checked on a clock that the tests move."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.dispatch import run
from bot.events import jobs_for
from bot.links.desk import Desk
from bot.links.memory import Memory
from bot.links.verdict import Found, Verdict
from bot.outside import Outside
from bot.practice.github import OfflineGitHub
from bot.store import Store
from bot.watch import Watching
from tests import lists
from tests.clock import Clock
from tests.offline import REPO, Wire, app_of
from tests.world import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.events import Job
    from bot.github import Client, GitHubApp

HOUR = 3600.0
DAY = 24 * HOUR
ALIVE = Found(Verdict.ALIVE, "200")
DEAD = Found(Verdict.DEAD, "404")


def site(number: int, host: str = "") -> str:
    """A link that only the tests answer."""
    return f"https://{host or f'site-{number}.example'}/page-{number}"


def listed(*urls: str) -> str:
    """A list whose rows link this as their code."""
    rows = [lists.row(n, code=f"[link]({url})") for n, url in enumerate(urls)]
    return HEAD + lists.table(rows)


@dataclass
class Web:
    """What links answer; `asked` counts how often each was."""

    answers: dict[str, Found] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)

    async def ask(
        self, _gh: Client, urls: Sequence[str], told: Callable[[str, Found], None]
    ) -> dict[str, Found]:
        found = {}
        for url in urls:
            await asyncio.sleep(0)
            self.asked.append(url)
            found[url] = self.answers.get(url, ALIVE)
            told(url, found[url])
        return found

    async def copy(self, url: str, _day: str) -> str:
        return self.copies.get(url, "")


class Weeks:
    """An app in whose world time passes: what is due is done."""

    def __init__(self, url: str, connect: Callable[[Outside], GitHubApp], clock: Clock) -> None:
        """`url`: the database."""
        self.clock = clock
        self.store = Store(url)
        self.store.prepare()
        self.memory = Memory(self.store)
        self.web = Web()
        desk = Desk(self.memory, self.web.ask, self.web.copy, clock)
        self.app = connect(Outside(desk=desk))
        self.jobs: list[Job] = []
        self.done: list[Job] = []
        self.watching = Watching(self.memory, self.app, self, clock)

    def close(self) -> None:
        self.memory.close()
        self.store.close()

    async def enqueue(self, jobs: Sequence[Job]) -> None:
        """As the engine does: nothing is stored twice."""
        known = {(job.delivery, job.handler) for job in [*self.jobs, *self.done]}
        self.jobs += [job for job in jobs if (job.delivery, job.handler) not in known]

    async def look(self) -> None:
        """One look at what is due, and all that follows."""
        await self.watching.look()
        await self.work()

    async def work(self) -> None:
        while self.jobs:
            job = self.jobs.pop(0)
            self.done.append(job)
            await self.enqueue(list(await run(job, self.app)))

    async def days(self, number: float) -> None:
        """Time passes, and the server looks twice a day."""
        for _ in range(round(number * 2)):
            self.clock.now += DAY / 2
            await self.look()

    def says(self, url: str, found: Found) -> None:
        self.web.answers[url] = replace(found, at=self.clock.now)


class Checked(Weeks):
    """The same on the offline GitHub, whose deliveries are answered."""

    def __init__(self, url: str, *urls: str, **files: str) -> None:
        """`url`: the database; `urls`: what the list links."""
        clock = Clock()
        self.github = OfflineGitHub(clock)
        texts = {"README.md": listed(*urls), **files}
        self.github.add_repository(REPO, {path: text.encode() for path, text in texts.items()})
        wire = Wire(self.github)
        super().__init__(url, lambda outside: app_of(wire, outside=outside), clock)
        self._answered = 0

    async def answer(self) -> None:
        """Answer the deliveries that came meanwhile."""
        fresh = self.github.deliveries[self._answered :]
        self._answered = len(self.github.deliveries)
        for delivery in fresh:
            await self.enqueue(jobs_for(delivery.event, delivery.guid, delivery.payload))
        await self.work()

    @property
    def issues(self) -> list[dict[str, Any]]:
        return self.github.repositories[REPO].issues

    @property
    def issue(self) -> dict[str, Any]:
        [issue] = self.issues
        return issue
