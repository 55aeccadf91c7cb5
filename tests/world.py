"""A repository on the offline GitHub, and what people do there, for the tests of handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.dispatch import run
from bot.events import Job, jobs_for
from bot.practice.github import OfflineGitHub
from tests import lists
from tests.offline import REPO, Wire, app_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.outside import Outside

COUNT = 40
HEAD = "# A list\n\n## Agents\n\n"
GOOD = HEAD + lists.good(COUNT)
CONFIG = ".github/listwright.yml"


class World:
    """A repository with a good list, its app, and what people do there."""

    outside: Outside | None = None  # what its jobs may ask besides GitHub

    def __init__(self, **files: str) -> None:
        self.github = OfflineGitHub()
        self.wire = Wire(self.github)
        self.app = app_of(self.wire, outside=self.outside)
        texts = {"README.md": GOOD, **files}
        self.github.add_repository(REPO, {path: text.encode() for path, text in texts.items()})

    def open(self, files: Mapping[str, str | bytes | None], *, draft: bool = False) -> Job:
        self.github.open_pull(REPO, encoded(files), draft=draft)
        return self.job()

    def push(self, files: Mapping[str, str | bytes | None]) -> Job:
        self.github.push(REPO, 1, encoded(files))
        return self.job()

    def job(self) -> Job:
        """What the newest delivery asks for."""
        delivery = self.github.deliveries[-1]
        [job] = jobs_for(delivery.event, delivery.guid, delivery.payload)
        return job

    async def do(self, *jobs: Job) -> int:
        """Do some jobs, one after the other, and count the calls without those for tokens."""
        before = len(self.wire.urls)
        for job in jobs:
            await run(job, self.app)
        made = self.wire.urls[before:]
        return len([url for url in made if not url.endswith("access_tokens")])

    @property
    def head(self) -> str:
        return self.github.repositories[REPO].pulls[1].head

    @property
    def reviews(self) -> list[dict[str, Any]]:
        return self.github.reviews(REPO, 1)

    @property
    def lines(self) -> list[int]:
        return [comment["line"] for comment in self.github.review_comments(REPO, 1)]

    @property
    def checks(self) -> list[tuple[str, str]]:
        """Conclusion and title of the check runs on the present head."""
        runs = self.github.check_runs(REPO, self.head)
        return [(check["conclusion"], check["output"]["title"]) for check in runs]

    @property
    def summary(self) -> str:
        return str(self.github.check_runs(REPO, self.head)[-1]["output"]["summary"])

    @property
    def annotated(self) -> list[int]:
        runs = self.github.check_runs(REPO, self.head)
        return [note["start_line"] for note in runs[-1]["annotations"]]


def encoded(files: Mapping[str, str | bytes | None]) -> dict[str, bytes | None]:
    return {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}


def changed(**numbers: str) -> str:
    rows = lists.rows(range(COUNT))
    for name, row in numbers.items():
        rows[int(name[1:])] = row
    return HEAD + lists.table(rows)


def empty(*numbers: int) -> str:
    return changed(**{f"r{n}": lists.row(n, code="") for n in numbers})


def line(number: int) -> int:
    return number + 7
