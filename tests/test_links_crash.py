"""A check that is killed in its middle goes on where it was."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from bot.links.known import Known, Repository
from bot.links.memory import Memory
from bot.links.streaks import DAY, Streak
from bot.links.verdict import Verdict
from bot.practice.github import OfflineGitHub
from bot.practice.serve import serve
from bot.store import Store
from tests.engine import NO_WORK, Diary, engine, until
from tests.offline import REPO

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

LINKS, GONE = 2_000, 7


class Target:
    """A site of many pages, one of them gone; counts how often each was asked for."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.port = 0

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_route("*", "/{page}", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        try:
            yield
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        page = request.match_info["page"]
        self.asked[page] += 1
        return web.Response(text="Here it is.", status=404 if page == f"page-{GONE}" else 200)

    def page(self, number: int) -> str:
        return f"http://127.0.0.1:{self.port}/page-{number}"


async def expect(url: str, github: OfflineGitHub, gone: str) -> None:
    """A repository whose links were not asked for long, and one of them failed twice already."""
    store = Store(url)
    store.prepare()
    memory = Memory(store)
    long_ago = time.time() - 30 * DAY
    repository = Repository(github.repositories[REPO].id, REPO, 7)
    await memory.watch([repository], long_ago)
    streak = Streak(2, long_ago, long_ago + 2 * DAY, Verdict.DEAD, "404")
    await memory.remember(repository.id, Known({gone: streak}))
    memory.close()
    store.close()


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts servers; none outlives its test."""
    processes = []

    def begin(*said: str) -> subprocess.Popen[bytes]:
        program = Path(__file__).with_name("links_process.py")
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
        command = [sys.executable, str(program), *said]
        processes.append(subprocess.Popen(command, env=environment))
        return processes[-1]

    yield begin
    for process in processes:
        process.kill()
        process.wait()


async def test_after_a_kill_it_goes_on_and_asks_no_link_more_than_twice(
    database_url: str, tmp_path: Path, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    target, github = Target(), OfflineGitHub()
    (key := tmp_path / "key.pem").write_text(github.private_key)
    async with target.serving(), serve(github) as api:
        rows = "".join(f"| Paper {n} | [link]({target.page(n)}) |\n" for n in range(LINKS))
        text = f"# A list\n\n| Title | Paper |\n| --- | --- |\n{rows}"
        github.add_repository(REPO, {"README.md": text.encode()})
        async with engine(database_url, Diary().run, NO_WORK):  # it makes the database
            await expect(database_url, github, target.page(GONE))
        process = start(database_url, api, str(key))
        await until(lambda: len(target.asked) > LINKS * 2 // 3)
        process.kill()
        await asyncio.to_thread(process.wait)
        before = sum(target.asked.values())
        process = start(database_url, api, str(key))
        await until(lambda: bool(github.repositories[REPO].issues))
        process.kill()
        await asyncio.to_thread(process.wait)
    assert before < LINKS
    assert len(target.asked) == LINKS
    assert max(target.asked.values()) <= 2
    assert sum(target.asked.values()) < 2 * LINKS - before // 3  # it did not begin anew
    [issue] = github.repositories[REPO].issues
    assert issue["title"] == "1 link looks dead"
