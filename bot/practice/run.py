"""Practice mode: a pull request on an offline GitHub, reviewed by the real server and engine."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr
from rich.console import Console

import rules
from bot import app, log
from bot.practice import picture, serve, show
from bot.practice.github import OfflineGitHub
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

REPOSITORY = "maintainer/awesome-list"
_SECRET = "practice"  # noqa: S105  both ends of it are in this process
_HOST = "127.0.0.1"
_PORT = 3000
_WAIT = 60.0  # seconds for a review, on the slowest machine
_POLL = 0.05


class PracticeError(Exception):
    """The review did not come; the text says what to try."""


def sample() -> tuple[str, str]:
    """A list made up for practice, before and after a pull request with common slips."""
    folder = resources.files("bot.practice") / "sample"
    return (folder / "before.md").read_text("utf-8"), (folder / "after.md").read_text("utf-8")


async def practise(
    *, once: bool, texts: tuple[str, str] | None = None, svg: Path | None = None
) -> None:
    """Show the review of one pull request, and keep serving unless `once`.

    Args:
        once: end after the review.
        texts: a list before and after a change; the sample by itself.
        svg: where to save the review as a picture.
    """
    log.configure("warning")
    console = Console()
    before, after = texts or sample()
    if not rules.parse(after).tables:
        raise PracticeError("The changed file holds no table, so there is nothing to review.")
    console.print("Starting an offline GitHub, the server and the engine ...", style="dim")
    async with _playing(_free_port()) as (github, port):
        console.print("A contributor opens a pull request ...", style="dim")
        number, check = await review(github, port, before, after)
        seen = picture.recorder() if svg else console
        show.review(seen, github, REPOSITORY, number, check)
        if svg:
            picture.save(seen, svg)
        if not once:
            show.farewell(console, _HOST, port)
            await app.until_told()


def _free_port() -> int:
    """The port that the documentation names, or any other when it is taken."""
    for port in (_PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((_HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise PracticeError(f"No port is free on {_HOST}; end what holds them and try again.")


@asynccontextmanager
async def _playing(port: int) -> AsyncIterator[tuple[OfflineGitHub, int]]:
    """The offline GitHub and Listwright serving it; gives Listwright's port too."""
    github = OfflineGitHub()
    with tempfile.TemporaryDirectory(prefix="listwright-practice-") as folder:
        async with serve.serve(github, _HOST) as api:
            settings = _settings(github, api, Path(folder), port)
            async with app.running(settings) as listening:
                yield github, listening


def _settings(github: OfflineGitHub, api: str, folder: Path, port: int) -> Settings:
    return Settings.model_construct(
        app_id=github.app_id,
        private_key=SecretStr(github.private_key),
        webhook_secret=SecretStr(_SECRET),
        host=_HOST,
        port=port,
        github_api_url=api,
        link_check=False,  # practice needs no network
        database_url=f"sqlite:///{folder / 'practice.sqlite'}",
        public_url=f"http://{_HOST}:{port}",
    )


async def review(
    github: OfflineGitHub, port: int, before: str, after: str
) -> tuple[int, dict[str, Any]]:
    """Open a pull request and wait for its check run.

    Returns:
        The pull request's number, and the check run as REST shows it.

    Raises:
        PracticeError: no check run came.
    """
    github.add_repository(REPOSITORY, {"README.md": before.encode()})
    number = github.open_pull(REPOSITORY, {"README.md": after.encode()}, title="Add papers")
    await serve.deliver(github, f"http://{_HOST}:{port}/webhook", _SECRET)
    for _ in range(int(_WAIT / _POLL)):
        runs = github.check_runs(REPOSITORY)
        if runs:
            return number, runs[-1]
        await asyncio.sleep(_POLL)
    raise PracticeError(f"No review within {_WAIT:.0f} seconds; what went wrong stands above.")
