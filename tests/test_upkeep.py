from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.engine import NO_WORK, PACE, Diary, engine, job, states, until, until_finished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.events import Job
    from tests.conftest import Postgres

Spawn = Callable[[str, Path, str], subprocess.Popen[bytes]]


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    """Starts engines in processes of their own; none outlives its test."""
    processes = []

    def start(url: str, diary: Path, mode: str) -> subprocess.Popen[bytes]:
        program = Path(__file__).with_name("engine_process.py")
        processes.append(subprocess.Popen([sys.executable, program, url, str(diary), mode]))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()


def lines(diary: Path) -> list[str]:
    return diary.read_text().splitlines() if diary.exists() else []


async def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    await asyncio.to_thread(process.wait)


async def test_jobs_running_when_the_process_is_killed_are_done_after_a_restart(
    database_url: str, tmp_path: Path, spawn: Spawn
) -> None:
    diary = tmp_path / "diary"
    done: list[str] = []

    async def run(job: Job) -> tuple[Job, ...]:
        done.append(job.delivery)
        return ()

    # The jobs are stored first, so that the killed process is certain to hold some of them.
    waiting = Diary()
    async with engine(database_url, waiting.run, NO_WORK) as jobs:
        await jobs.enqueue([job(str(n), f"1#{n}") for n in range(20)])
        await jobs.enqueue([job(f"more {n}", f"1#{n}", handler="label") for n in range(20)])
    process = spawn(database_url, diary, "hang")
    await until(lambda: len(lines(diary)) > 10)
    await kill(process)
    # On SQLite nobody waits for the dead one to fall silent: the file's lock says that it is dead.
    patience = 10**9 if database_url.startswith("sqlite") else PACE.silence
    async with engine(database_url, run, replace(PACE, silence=patience)):
        await until_finished(database_url)
    assert sorted(done) == sorted([*map(str, range(20)), *(f"more {n}" for n in range(20))])
    assert set(states(database_url).values()) == {"SUCCESS"}


async def test_further_jobs_survive_a_death_before_they_are_stored(
    database_url: str, tmp_path: Path, spawn: Spawn
) -> None:
    diary = tmp_path / "diary"
    begun: list[tuple[str, str]] = []

    async def run(job: Job) -> tuple[Job, ...]:
        begun.append((job.handler, job.key))
        return ()

    async with engine(database_url, Diary().run, NO_WORK) as jobs:
        await jobs.enqueue([job("a", handler="lint_pull_request")])
    process = spawn(database_url, diary, "lose")
    await asyncio.to_thread(process.wait)
    assert lines(diary)[-1] == "done a"
    assert set(states(database_url)) == {"a:lint_pull_request"}
    async with engine(database_url, run):
        await until(lambda: len(states(database_url)) > 1)
        await until_finished(database_url)
    # What was done is not done again; what it meant is.
    assert begun == [("recheck_pull_request", "1#2")]
    assert set(states(database_url).values()) == {"SUCCESS"}


@pytest.mark.postgres
async def test_a_living_process_takes_over_the_jobs_of_a_dead_one(
    postgres: Postgres, tmp_path: Path, spawn: Spawn
) -> None:
    url, diary = postgres.new_database(), tmp_path / "diary"
    mine = Diary()
    mine.gate.set()
    async with engine(url, mine.run, NO_WORK) as jobs:
        await jobs.enqueue([job("a")])
    process = spawn(url, diary, "hang")
    await until(lambda: "begun a" in lines(diary))
    async with engine(url, mine.run) as jobs:
        # The other lives and holds its job: what waits for the same key waits on.
        await jobs.enqueue([job("b", handler="label"), job("c", "1#2")])
        await until(lambda: "c" in mine.deliveries or "begun c" in lines(diary))
        assert not {"a", "b"} & set(mine.deliveries)
        await kill(process)
        await until_finished(url)
    assert {"a", "b"} <= set(mine.deliveries)


async def test_a_job_that_kills_its_process_each_time_is_given_up(
    tmp_path: Path, spawn: Spawn
) -> None:
    url, diary = f"sqlite:///{tmp_path}/jobs.sqlite", tmp_path / "diary"
    mine = Diary()
    mine.gate.set()
    async with engine(url, mine.run, NO_WORK) as jobs:
        await jobs.enqueue([job("deadly"), job("next", handler="label")])
    for _ in range(2):
        await asyncio.to_thread(spawn(url, diary, "die").wait)
    async with engine(url, mine.run):
        await until_finished(url)
    assert lines(diary).count("begun deadly") == 2
    assert mine.deliveries == ["next"]
    assert states(url) == {"deadly:lint": "CANCELLED", "next:label": "SUCCESS"}


async def test_jobs_that_finished_long_ago_are_deleted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jobs.sqlite"
    diary = Diary()
    async with engine(url, diary.run, replace(PACE, tidy=0, keep=0)) as jobs:
        await jobs.enqueue([job("done"), job("running", handler="label")])
        await until(lambda: len(diary.begun) == 1)
        assert len(states(url)) == 2
        diary.gate.set()
        await until(lambda: not states(url))
