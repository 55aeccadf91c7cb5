"""A client over the offline GitHub, without HTTP between them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.events import Job
from bot.github import Client, GitHubApp
from bot.practice.site import INSTALLATION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.outside import Outside
    from bot.practice.github import OfflineGitHub
    from bot.responses import Response

API = "https://api.github.com"
REPO = "ann/list"


class Wire:
    """A transport to the offline GitHub; `answers` are given first, instead of GitHub's.

    An answer may be an exception (no answer came), or None (this one is GitHub's own).
    """

    def __init__(self, github: OfflineGitHub) -> None:
        self.github = github
        self.answers: list[Response | OSError | None] = []
        self.urls: list[str] = []

    async def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Response:
        self.urls.append(url)
        await asyncio.sleep(0)  # as on a real wire, others have their turn meanwhile
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, OSError):
            raise answer
        return answer or self.github.respond(method, url, headers, body)


async def no_sleep(_seconds: float) -> None:
    """Pauses between attempts take no time in tests."""


def app_of(
    wire: Wire,
    api_url: str = API,
    graphql_url: str = API + "/graphql",
    outside: Outside | None = None,
) -> GitHubApp:
    """The app, connected by `wire`; it and the offline GitHub tell the time alike."""
    return GitHubApp(
        app_id=wire.github.app_id,
        private_key=wire.github.private_key,
        api_url=api_url,
        graphql_url=graphql_url,
        transport=wire,
        outside=outside,
        sleep=no_sleep,
        clock=wire.github.clock,
    )


def job_for(
    github: OfflineGitHub, repo: str = REPO, *, installation: int | None = INSTALLATION
) -> Job:
    """A job in a repository of the offline GitHub, with no more data than a client needs."""
    repository = {"id": github.repositories[repo].id, "full_name": repo}
    return Job("test", "guid", "pull", "key", installation, {"repository": repository})


@asynccontextmanager
async def client(github: OfflineGitHub, repo: str = REPO) -> AsyncIterator[Client]:
    """A client of the installation, narrowed to that repository."""
    async with app_of(Wire(github)).installation(job_for(github, repo)) as gh:
        yield gh
