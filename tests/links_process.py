"""A server that checks links, in a process of its own, for tests that kill it.

    python links_process.py DATABASE_URL GITHUB_URL KEY_FILE

It asks the loopback without manners, and looks for what is due without a pause.
"""

from __future__ import annotations

import asyncio
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import dispatch
from bot.github import GitHubApp
from bot.jobs import Jobs
from bot.links.desk import Desk
from bot.links.guard import Guard
from bot.links.limits import Pace
from bot.links.memory import Memory
from bot.links.probe import Probe
from bot.outside import Outside
from bot.practice.access import APP_ID
from bot.store import Store
from bot.transport import http
from bot.watch import Rounds, Watching
from tests.engine import PACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.github import Client
    from bot.links.limits import Progress
    from bot.links.verdict import Found


async def ask(_gh: Client, urls: Sequence[str], told: Progress) -> Mapping[str, Found]:
    probe = Probe(Guard(allow_loopback=True), pace=Pace(at_once=20, interval=0.0))
    return await probe.check(urls, told)


async def copy(_url: str, _day: str) -> str:
    return ""


async def main(url: str, github: str, key: str) -> None:
    memory = Memory(Store(url))
    async with http() as transport:
        app = GitHubApp(
            app_id=APP_ID,
            private_key=key,
            api_url=github,
            graphql_url=github + "/graphql",
            transport=transport,
            outside=Outside(desk=Desk(memory, ask, copy, time.time)),
        )
        engine = Jobs(url, partial(dispatch.run, app=app), PACE)
        await engine.start()
        await Watching(memory, app, engine, time.time, Rounds(look=0.2)).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]).read_text()))
