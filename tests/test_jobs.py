from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import handlers
from bot.jobs import QUEUES, VERSION, Jobs
from bot.listing import listing
from bot.retry import TryLater
from bot.store import StoreUnavailable
from tests.engine import PACE, Diary, engine, job, states, until, until_finished

if TYPE_CHECKING:
    from pathlib import Path

    from bot.events import Job
    from tests.conftest import Postgres


async def test_a_stored_job_is_done_with_all_that_it_brought(database_url: str) -> None:
    sent = job("a", title="NUL \0, half a pair \ud800, \N{SNOWMAN}", nested={"n": [1, None]})
    diary = Diary()
    diary.gate.set()
    async with engine(database_url, diary.run) as jobs:
        await jobs.enqueue([sent])
        await until_finished(database_url)
    assert diary.begun == [sent]
    assert states(database_url) == {"a:lint": "SUCCESS"}


async def test_the_same_delivery_is_done_once_however_often_it_comes(database_url: str) -> None:
    diary = Diary()
    diary.gate.set()
    async with engine(database_url, diary.run) as jobs:
        await asyncio.gather(*(jobs.enqueue([job("a")]) for _ in range(20)))
        await until_finished(database_url)
        await jobs.enqueue([job("a")])
        await jobs.enqueue([job("b")])
        await until_finished(database_url)
    assert diary.deliveries == ["a", "b"]


async def test_a_delivery_that_failed_is_done_again_when_redelivered(database_url: str) -> None:
    begun = []

    async def run(job: Job) -> tuple[Job, ...]:
        begun.append(job.delivery)
        if len(begun) < 3:
            raise ValueError("broken")
        return ()

    async with engine(database_url, run) as jobs:
        for _ in range(4):  # fails, fails, succeeds, and then there is nothing left to do
            await jobs.enqueue([job("a")])
            await until_finished(database_url)
    assert states(database_url) == {"a:lint": "ERROR", "a:lint:r1": "ERROR", "a:lint:r2": "SUCCESS"}
    assert [entry.error for entry in listing(database_url, failed=True)] == ["broken", "broken"]


async def test_of_jobs_that_wait_for_one_key_only_one_is_done(database_url: str) -> None:
    diary = Diary()
    async with engine(database_url, diary.run) as jobs:
        await jobs.enqueue([job("first")])
        await until(lambda: bool(diary.begun))
        await jobs.enqueue([job(f"push {n}") for n in range(5)])
        await jobs.enqueue([job("other", handler="label")])
        diary.gate.set()
        await until_finished(database_url)
    # The other handler's work is not what the pushes ask for, and is done as well.
    assert sorted(diary.deliveries) == ["first", "other", "push 4"]
    assert set(states(database_url).values()) == {"SUCCESS"}


async def test_jobs_that_ask_for_something_of_their_own_are_all_done(database_url: str) -> None:
    diary = Diary()
    asked = [f"command {n}" for n in range(3)]
    async with engine(database_url, diary.run) as jobs:
        await jobs.enqueue([job("first")])
        await until(lambda: bool(diary.begun))
        await jobs.enqueue([job(name, handler="command", every=True) for name in asked])
        diary.gate.set()
        await until_finished(database_url)
    assert diary.deliveries == ["first", *asked]


async def test_pushes_that_come_out_of_order_leave_the_newest_head_judged(
    database_url: str,
) -> None:
    heads: dict[str, int] = defaultdict(int)
    judged: dict[str, int] = {}

    async def run(job: Job) -> tuple[Job, ...]:
        head = heads[job.key]  # what GitHub would say now
        await asyncio.sleep(0.005)
        judged[job.key] = head
        return ()

    async with engine(database_url, run) as jobs:
        for push in reversed(range(1, 6)):
            for number in range(8):
                key = f"1#{number}"
                heads[key] = max(heads[key], push)
                await jobs.enqueue([job(f"{number}-{push}", key)])
        await until_finished(database_url)
    assert judged == {f"1#{number}": 5 for number in range(8)}


async def test_jobs_of_one_key_never_overlap_and_those_of_others_do(database_url: str) -> None:
    diary = Diary()
    keys = ["1#1", "1#2", "1#3"]
    async with engine(database_url, diary.run) as jobs:
        for key in keys:
            await jobs.enqueue([job(f"{key}-{n}", key, handler=f"h{n}") for n in range(4)])
        await until(lambda: len(diary.begun) == len(keys))
        assert dict(diary.running) == dict.fromkeys(keys, 1)
        diary.gate.set()
        await until_finished(database_url)
    assert dict(diary.peaks) == dict.fromkeys(keys, 1)
    assert len(diary.begun) == 12


async def test_a_job_that_must_wait_goes_on_later_and_lets_its_key_go(database_url: str) -> None:
    begun = []

    async def run(job: Job) -> tuple[Job, ...]:
        begun.append((job.delivery, job.attempt))
        if (job.delivery, job.attempt) == ("a", 0):
            raise TryLater(0.5)
        return ()

    async with engine(database_url, run) as jobs:
        await jobs.enqueue([job("a")])
        await until(lambda: "a:lint:a1" in states(database_url))
        await jobs.enqueue([job("a"), job("b", handler="label")])  # a redelivery changes nothing
        await until_finished(database_url)
    assert begun == [("a", 0), ("b", 0), ("a", 1)]


async def test_a_job_that_waits_too_often_fails(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jobs.sqlite"

    async def run(_job: Job) -> tuple[Job, ...]:
        raise TryLater(0)

    async with engine(url, run) as jobs:
        await jobs.enqueue([replace(job("a"), attempt=7)])
        await until_finished(url)
    assert states(url) == {"a:lint": "SUCCESS", "a:lint:a1": "ERROR"}
    assert [entry.error for entry in listing(url, failed=True)] == ["asked to wait 9 times"]


async def test_a_job_cut_off_by_a_stop_is_done_after_the_next_start(database_url: str) -> None:
    diary = Diary()
    async with engine(database_url, diary.run) as jobs:
        await jobs.enqueue([job("a")])
        await until(lambda: bool(diary.begun))
    assert states(database_url) == {"a:lint": "PENDING"}
    diary.gate.set()
    async with engine(database_url, diary.run):
        await until_finished(database_url)
    assert diary.deliveries == ["a", "a"]


async def test_stopping_lets_a_job_finish_that_needs_only_a_moment(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jobs.sqlite"
    diary = Diary()
    async with engine(url, diary.run) as jobs:
        await jobs.enqueue([job("a")])
        await until(lambda: bool(diary.begun))
        asyncio.get_running_loop().call_later(0.1, diary.gate.set)
    assert states(url) == {"a:lint": "SUCCESS"}


def largest(folder: Path) -> int:
    return max(file.stat().st_size for file in folder.iterdir())


async def test_a_full_disk_refuses_a_job_and_harms_no_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jobs.sqlite"
    diary = Diary()
    diary.gate.set()
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    async with engine(url, diary.run, replace(PACE, beat=60)) as jobs:
        await jobs.enqueue([job("a")])
        await until_finished(url)
        size = largest(tmp_path)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, unlimited[1]))
        try:
            with pytest.raises(StoreUnavailable, match="the database refused"):
                await jobs.enqueue([job("b", text="x" * 2 * size)])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        await jobs.enqueue([job("c")])
        await until_finished(url)
    assert diary.deliveries == ["a", "c"]


async def test_a_database_that_does_not_answer_in_time_refuses_a_job(tmp_path: Path) -> None:
    file = tmp_path / "jobs.sqlite"
    diary = Diary()
    async with engine(f"sqlite:///{file}", diary.run, replace(PACE, beat=60, enqueue=0.1)) as jobs:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnavailable, match="did not answer in time"):
                await jobs.enqueue([job("a")])


@pytest.mark.postgres
async def test_jobs_are_refused_while_postgresql_is_away_and_taken_when_it_is_back(
    postgres: Postgres,
) -> None:
    url = postgres.new_database()
    diary = Diary()
    diary.gate.set()
    async with engine(url, diary.run) as jobs:
        await jobs.enqueue([job("a")])
        await until_finished(url)
        postgres.stop()
        try:
            with pytest.raises(StoreUnavailable, match="the database refused"):
                await jobs.enqueue([job("b")])
        finally:
            postgres.start()
        await jobs.enqueue([job("b")])
        await until(lambda: diary.deliveries == ["a", "b"])
        assert jobs.ready


async def test_a_second_process_on_one_sqlite_file_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jobs.sqlite"
    async with engine(url, Diary().run):
        with pytest.raises(StoreUnavailable, match="another Listwright serves from"):
            await Jobs(url, Diary().run).start()


async def test_a_database_in_a_missing_folder_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/nowhere/jobs.sqlite"
    with pytest.raises(StoreUnavailable, match=r"nowhere/jobs\.sqlite: No such file"):
        await Jobs(url, Diary().run).start()
    with pytest.raises(StoreUnavailable, match="no server has run here yet"):
        listing(url)


async def test_a_postgresql_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    url = f"postgresql://postgres:s3cret@/jobs?host={tmp_path}"
    with pytest.raises(StoreUnavailable, match="cannot open the database: ") as refused:
        await Jobs(url, Diary().run, PACE).start()
    assert "s3cret" not in str(refused.value)


async def test_an_engine_that_is_not_running_is_not_ready_and_takes_no_jobs(tmp_path: Path) -> None:
    jobs = Jobs(f"sqlite:///{tmp_path}/jobs.sqlite", Diary().run, PACE)
    assert not jobs.ready
    with pytest.raises(StoreUnavailable, match="not running"):
        await jobs.enqueue([job("a")])
    await jobs.start()
    after_start = jobs.ready
    await jobs.stop()
    assert (after_start, jobs.ready) == (True, False)


async def test_what_an_older_version_stored_is_still_run(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jobs.sqlite"
    diary = Diary()
    async with engine(url, diary.run) as jobs:
        await jobs.enqueue([job("a")])
        await until(lambda: bool(diary.begun))
    with closing(sqlite3.connect(tmp_path / "jobs.sqlite")) as database:
        stored = database.execute("SELECT application_version, name FROM workflow_status")
        # A stored job is taken up only under these very words.
        assert stored.fetchall() == [("bot-1", "job")]
    assert VERSION == "bot-1"


def test_every_handler_names_a_queue_that_there_is() -> None:
    assert {handler.QUEUE for handler in handlers.load().values()} <= set(QUEUES)
