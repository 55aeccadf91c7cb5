"""A server's engine in a process of its own, for tests that kill it.

    python engine_process.py DATABASE_URL DIARY MODE

Each job writes a line to DIARY when it begins and, unless MODE forbids it, one when it ends:
`hang` waits for ever in the first job of each key, `die` ends the process in it, `lose` ends it
after a job is done and before the further jobs that it means are stored.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot import jobs
from bot.jobs import Jobs
from bot.upkeep import Pace

if TYPE_CHECKING:
    from bot.events import Job


async def main(url: str, diary: Path, mode: str) -> None:
    async def run(job: Job) -> tuple[Job, ...]:
        with diary.open("a") as file:
            file.write(f"begun {job.delivery}\n")
        if mode == "die":
            os._exit(1)
        if mode == "hang":
            await asyncio.Event().wait()
        with diary.open("a") as file:
            file.write(f"done {job.delivery}\n")
        place = {"repository": {"id": 1, "full_name": "o/lists"}, "number": 2}
        return (job.following("recheck_pull_request", place),) if mode == "lose" else ()

    async def lost(job: Job) -> None:  # noqa: ARG001
        os._exit(1)

    if mode == "lose":
        jobs._follow = lost  # where the process dies
    engine = Jobs(url, run, Pace(poll=0.02, beat=0.1, silence=5, takeovers=1))
    await engine.start()
    with diary.open("a") as file:
        file.write("started\n")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
