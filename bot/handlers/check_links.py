"""A repository's links are due: they are asked, and the one issue about dead links is renewed.

The job looks at the schedule by itself: one that comes too early only says when to come back.
Between two checks it asks again what fails and is not sure yet, a day after the last time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import shelf
from bot.links import archive, issue, moved, places, streaks
from bot.links.issue import Case
from bot.links.known import Known
from bot.links.schedule import next_due
from bot.links.streaks import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config_sections import Links
    from bot.events import Job
    from bot.github import Client
    from bot.links.desk import Desk
    from bot.links.known import Watched
    from bot.links.places import Lists
    from bot.links.streaks import Streak
    from bot.links.verdict import Found
    from bot.shelf import Shelf

EVENTS: Mapping[str, frozenset[str]] = {}  # `bot.watch` asks for it, and `dismiss_link`
QUEUE = "links"
EVERY = True

_WEEK = 7 * DAY  # until a repository that wants no check is looked at again


def trim(_payload: Mapping[str, Any]) -> None:
    """No delivery asks for it."""


async def handle(job: Job, gh: Client) -> None:
    """Check what is due and tell what came of it; then say when it is due again."""
    desk, repository = gh.outside.desk, job.data["repository"]
    watched = await desk.memory.watched(repository["id"]) if desk else None
    if desk is None or watched is None:
        return  # the app was taken from this repository meanwhile
    began = desk.clock()
    found = await shelf.read(gh, repository["full_name"])
    settings = found.settings.links if found and not found.archived else None
    due = next_due(settings, watched.checked, watched.repository.id) if settings else None
    if found is None or settings is None or due is None:
        await desk.memory.finish(watched, began + _WEEK, began)
        return
    known = await desk.memory.known(watched.repository.id)
    run = _Run(job, gh, desk, found, known, everything=due <= began and not job.data.get("tell"))
    left = await run.check() if run.wanted else run.suspects(known.streaks)
    checked = began if run.everything else watched.checked
    await desk.memory.finish(watched, _next(settings, watched, checked, left), checked)
    await desk.memory.forget(watched.repository.id)


@dataclass(frozen=True, slots=True)
class _Run:
    """One check; `everything` says that all links are asked, and not only what is not sure."""

    job: Job
    gh: Client
    desk: Desk
    standing: Shelf
    known: Known
    everything: bool

    @property
    def wanted(self) -> bool:
        """Whether there is anything to do."""
        return self.everything or bool(self.job.data.get("tell") or self._asked_again())

    async def check(self) -> Mapping[str, Streak]:
        """Ask, and tell what came of it; the links that fail and are not sure."""
        lists = await places.read(self.gh, self.standing)
        asked = await self._asked(lists)
        after = streaks.advance(self.known.streaks, asked, self.desk.clock())
        after = streaks.kept(after, lists.links)
        sure = streaks.confirmed(after, self._settings.confirm_after)
        after |= await archive.copies(self.desk.copy, sure, lists.links)
        await self._remember(after, self.known.issue)
        case = Case(self.standing, lists.links, after, asked, self.known.lost)
        number = await issue.settle(self.gh, case, self.known.issue)
        if number != self.known.issue:
            await self._remember(after, number)
        if self.everything and self._settings.fix == "pull_request":
            await moved.propose(self.gh, self.standing, lists, asked)
        return self.suspects(after)

    def suspects(self, now: Mapping[str, Streak]) -> Mapping[str, Streak]:
        return streaks.suspects(now, self._settings.confirm_after)

    @property
    def _settings(self) -> Links:
        return self.standing.settings.links

    async def _asked(self, lists: Lists) -> Mapping[str, Found]:
        repository, run = self.job.data["repository"]["id"], self.job.delivery
        again = () if self.job.data.get("tell") else self._asked_again()
        urls = [url for url in lists.web if self.everything or url in again]
        found = await self.desk.found(self.gh, repository, run, urls) if urls else {}
        inner = await lists.local()
        return found | {url: inner[url] for url in inner if self.everything or url in again}

    def _asked_again(self) -> set[str]:
        """The links that fail and are not sure, where a day has passed."""
        day_before = self.desk.clock() - DAY
        suspects = self.suspects(self.known.streaks).items()
        return {url for url, streak in suspects if streak.counted <= day_before}

    async def _remember(self, after: Mapping[str, Streak], number: int | None) -> None:
        """After a loss only a check of everything has something to remember."""
        if self.everything or not self.known.lost:
            repository = self.job.data["repository"]["id"]
            await self.desk.memory.remember(repository, Known(after, number))


def _next(settings: Links, watched: Watched, checked: float, left: Mapping[str, Streak]) -> float:
    """When to come back: as scheduled, or a day after the last failure of what is not sure."""
    scheduled = next_due(settings, checked, watched.repository.id)
    again = [streak.counted + DAY + 1 for streak in left.values()]
    return min([*([scheduled] if scheduled else []), *again])
