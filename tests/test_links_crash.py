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
from bot.watch import job
from tests.engine import DEADLINE, NO_WORK, Diary, engine, until
from tests.offline import REPO

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

LINKS, GONE = 2_000, 7
FAR = 1_200  # links, beyond which the site answers only once it is let


class Target:
    """A site of many pages, one of them gone; counts how often each was asked for."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.gate = asyncio.Event()
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
        if self.asked.total() > FAR:
            await self.gate.wait()
        return web.Response(text="Here it is.", status=404 if page == f"page-{GONE}" else 200)

    def page(self, number: int) -> str:
        return f"http://127.0.0.1:{self.port}/page-{number}"


class Server:
    """What a server's database knows of its one repository."""

    def __init__(self, url: str, github: OfflineGitHub) -> None:
        self.store = Store(url)
        self.store.prepare()
        self.memory = Memory(self.store)
        self.repository = Repository(github.repositories[REPO].id, REPO, 7)
        self.run = ""

    def close(self) -> None:
        self.memory.close()
        self.store.close()

    async def expect(self, gone: str) -> None:
        """Its links were not asked for long, and one of them failed twice already."""
        long_ago = time.time() - 30 * DAY
        await self.memory.watch([self.repository], long_ago)
        streak = Streak(2, long_ago, long_ago + 2 * DAY, Verdict.DEAD, "404")
        await self.memory.remember(self.repository.id, Known({gone: streak}))
        watched = await self.memory.watched(self.repository.id)
        assert watched
        self.run = job(watched).delivery

    async def stored(self, number: int) -> set[str]:
        """The links that are known already, once they are so many."""
        found: set[str] = set()
        async with asyncio.timeout(DEADLINE):
            while len(found) < number:
                found = set(await self.memory.found(self.repository.id, self.run))
        return found


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
            server = Server(database_url, github)
            await server.expect(target.page(GONE))
        process = start(database_url, api, str(key))
        await server.stored(FAR // 2)
        process.kill()
        await asyncio.to_thread(process.wait)
        stored = await server.stored(FAR // 2)
        assert len(target.asked) < LINKS
        target.gate.set()
        process = start(database_url, api, str(key))
        await until(lambda: bool(github.repositories[REPO].issues))
        process.kill()
        await asyncio.to_thread(process.wait)
        server.close()
    assert len(target.asked) == LINKS
    assert max(target.asked.values()) <= 2
    assert {target.asked[url.rpartition("/")[2]] for url in stored} == {1}
    [issue] = github.repositories[REPO].issues
    assert issue["title"] == "1 link looks dead"
