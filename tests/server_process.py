"""The real server and engine in a process of their own, whose jobs do nothing.

python server_process.py DATABASE_URL SECRET    prints the port once it serves
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from bot import log
from bot.jobs import Jobs
from bot.server import application, serving

if TYPE_CHECKING:
    from bot.events import Job


async def run(_job: Job) -> tuple[Job, ...]:
    """Leave the job at that."""
    return ()


async def main(url: str, secret: str) -> None:
    log.configure("warning")
    engine = Jobs(url, run)
    await engine.start()
    async with serving(application(secret, engine), "127.0.0.1", 0) as port:
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
