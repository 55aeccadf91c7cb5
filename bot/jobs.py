"""The durable engine behind a few verbs: the only importer of DBOS, so that it can be replaced.

A job is one workflow with one step, on a queue that runs the jobs of one key one at a time. It is
stored before the delivery is answered and survives `kill -9`; what it was doing at that moment is
done again, so handlers look before they post.
"""

from __future__ import annotations

import asyncio
import json
import logging
import platform
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    EnqueueOptions,
    WorkflowSerializationFormat,
    error,
)
from sqlalchemy.exc import SQLAlchemyError

from bot.events import Job
from bot.job_id import JobId
from bot.retry import TryLater
from bot.store import Store, StoreUnavailable, lock, reason, sqlite_file
from bot.upkeep import FAILED, Pace, Upkeep

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

T = TypeVar("T")
log = structlog.get_logger(__name__)

APPLICATION = "listwright"
# For ever: jobs stored under another version would never run again. An incompatible change is a
# new WORKFLOW name beside the old one.
VERSION = "bot-1"
WORKFLOW = "job"
# How many jobs of a queue run at once in a process; of one key always one, in all processes.
QUEUES = {"pull": 1000, "links": 2}
MAX_CONTINUATIONS = 8


class GaveUp(Exception):  # noqa: N818  what happened, as a list of jobs shows it
    """A job asked to be run again later once too often."""


class Jobs:
    """The engine of this process, started and stopped once.

    DBOS keeps its instance and its registry in globals: only one `Jobs` can be started at a time
    in a process.
    """

    def __init__(
        self,
        database_url: str,
        run: Callable[[Job], Awaitable[Sequence[Job]]],
        pace: Pace | None = None,
    ) -> None:
        """`run` does a job: returns further jobs, raises TryLater to go on later, or fails."""
        self.executor = f"{platform.node()}-{uuid.uuid4().hex[:8]}"
        self._url = database_url
        self._file = sqlite_file(database_url)
        self._run = run
        self._pace = pace or Pace()
        self._client = client_of(database_url)
        self._store = Store(database_url)
        self._upkeep = Upkeep(self.executor, self._client, self._store, self._pace)
        # Threads of our own, since those of DBOS all wait while PostgreSQL is away; as many as
        # may write at once.
        self._threads = ThreadPoolExecutor(1 if self._file else 8, "store")
        self._running: set[asyncio.Task[Any]] = set()
        self._keeping: asyncio.Task[None] | None = None
        self._held = ExitStack()

    @property
    def ready(self) -> bool:
        """Whether jobs are taken and run."""
        return self._keeping is not None and not self._keeping.done()

    async def start(self) -> None:
        """Open the store, take up what an earlier process left, and begin to work.

        Raises:
            StoreUnavailable: the database cannot be opened, or another process has the file.
        """
        if self._file:
            self._held.enter_context(lock(self._file))
        try:
            await self._in_thread(self._open)
            logging.getLogger("dbos").addFilter(_untold)  # bot.dispatch has told it
            DBOS(config=self._config())
            DBOS.workflow(name=WORKFLOW)(_function(self._workflow))
            DBOS.launch()  # in this thread, so that jobs run in its event loop
            if self._file:  # the lock says that no other process is running these
                await self._in_thread(self._upkeep.take_over_all)
        except SQLAlchemyError as failure:
            await self.stop()
            raise StoreUnavailable(f"cannot open the database: {reason(failure)}") from failure
        self._keeping = asyncio.create_task(self._keep_up())

    async def stop(self) -> None:
        """Let running jobs finish for a while; those that do not are done after the next start."""
        if self._keeping:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
        drain = self._pace.drain if self._running else 0
        await self._in_thread(
            partial(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=drain)
        )
        for task in list(self._running):
            task.cancel()
        # DBOS made its own threads, now gone, the loop's default.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        self._threads.shutdown()
        self._client.destroy()
        self._store.close()
        self._held.close()

    async def enqueue(self, jobs: Sequence[Job]) -> None:
        """Store jobs durably. A job that is stored already is not stored again.

        Raises:
            StoreUnavailable: the store could not take them within `Pace.enqueue` seconds.
        """
        if not self.ready:
            raise StoreUnavailable("the engine is not running")
        try:
            async with asyncio.timeout(self._pace.enqueue):
                for job in jobs:
                    await self._in_thread(partial(self._enqueue, job))
        except TimeoutError as failure:
            raise StoreUnavailable("the database did not answer in time") from failure
        except SQLAlchemyError as failure:
            raise StoreUnavailable(f"the database refused: {reason(failure)}") from failure

    def _open(self) -> None:
        DBOS.migrate(self._url)
        self._store.prepare()
        for name, at_once in QUEUES.items():
            self._client.register_queue(
                name,
                partition_concurrency=1,
                worker_concurrency=at_once,
                polling_interval_sec=self._pace.poll,
            )

    def _config(self) -> DBOSConfig:
        return DBOSConfig(
            name=APPLICATION,
            application_version=VERSION,
            executor_id=self.executor,
            system_database_url=self._url,
            max_executor_threads=16,
            notification_listener_polling_interval_sec=0.25,
            scheduler_polling_interval_sec=30,
            log_level="WARNING",
            enable_otlp=False,
        )

    def _enqueue(self, job: Job) -> None:
        job_id = JobId(f"{job.delivery}:{job.handler}")
        try:
            self._client.enqueue(_options(job, job_id), _text(job))
        except error.DBOSWorkflowIDInUseError:
            last, status = self._last(job_id)
            if status in FAILED:
                with suppress(error.DBOSWorkflowIDInUseError):  # redelivered twice at once
                    self._client.enqueue(_options(job, last.redelivered()), _text(job))

    def _last(self, job_id: JobId) -> tuple[JobId, str]:
        """The last of a job's redeliveries and continuations, and its state."""
        rows = self._client.list_workflows(
            workflow_id_prefix=str(job_id), load_input=False, load_output=False
        )
        family = [(JobId.read(row.workflow_id), row.status) for row in rows]
        return max(member for member in family if member[0].base == job_id.base)

    async def _workflow(self, text: str) -> None:
        job = Job(**json.loads(text))
        task = asyncio.current_task()
        assert task
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        outcome = await DBOS.run_step_async({"name": "run"}, self._step, job)
        if isinstance(outcome, float):
            await self._continue(job, outcome)
        for further in outcome if isinstance(outcome, list) else ():
            await _follow(Job(**json.loads(further)))

    async def _step(self, job: Job) -> float | list[str] | None:
        """Do the job; the seconds to wait when it cannot go on now, or the jobs that follow."""
        if await self._superseded(job):
            log.info("superseded", delivery=job.delivery, handler=job.handler, key=job.key)
            return None
        try:
            return [_text(further) for further in await self._run(job)]
        except TryLater as later:
            return max(float(later.seconds), 0.0)

    async def _superseded(self, job: Job) -> bool:
        """Whether the same work on the same key waits: it will read what is newest then."""
        if job.every:
            return False
        try:
            ids = await asyncio.to_thread(self._store.waiting, job.queue, job.key)
        except SQLAlchemyError as failure:
            log.warning("cannot look for newer jobs", error=reason(failure))
            return False
        return any(JobId.read(waiting).handler == job.handler for waiting in ids)

    async def _continue(self, job: Job, seconds: float) -> None:
        """Store the rest of a job for later: to sleep here would keep its key's turn."""
        if job.attempt >= MAX_CONTINUATIONS:
            log.error("job failed: waited too often", delivery=job.delivery, handler=job.handler)
            raise GaveUp(f"asked to wait {job.attempt + 1} times")
        assert DBOS.workflow_id
        following = replace(job, attempt=job.attempt + 1)
        options = _options(following, JobId.read(DBOS.workflow_id).continued(), seconds)
        await _store(options, following)

    async def _keep_up(self) -> None:
        """Look after the store until cancelled."""
        while True:
            try:
                await self._in_thread(self._upkeep.turn)
            except SQLAlchemyError as failure:
                log.warning("upkeep waits for the database", error=reason(failure))
            await asyncio.sleep(self._pace.beat)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)


async def _follow(job: Job) -> None:
    """Store a job that another one means."""
    await _store(_options(job, JobId(f"{job.delivery}:{job.handler}")), job)


async def _store(options: EnqueueOptions, job: Job) -> None:
    """From within a workflow, and only once should that be done again."""
    options["workflow_id_reuse_policy"] = "return-existing"
    await DBOS.enqueue_workflow_with_options_async(options, _text(job))


def _untold(record: logging.LogRecord) -> bool:
    """Drops what DBOS says of a failed job, with a text that may quote a payload."""
    return not record.getMessage().startswith("Exception encountered in asynchronous workflow")


def _function(method: Callable[[str], Awaitable[None]]) -> Callable[[str], Awaitable[None]]:
    """DBOS marks what it registers, which a bound method does not bear."""

    async def workflow(text: str) -> None:
        await method(text)

    return workflow


def client_of(url: str) -> DBOSClient:
    """The store without an engine; nothing is opened before it is used."""
    # An error instead of endless waiting, so that the server can answer 503.
    return DBOSClient(
        system_database_url=url,
        application_name=APPLICATION,
        lazy=True,
        retry_connection_errors=False,
        system_database_pool_size=10,
    )


def _options(job: Job, job_id: JobId, delay: float | None = None) -> EnqueueOptions:
    options = EnqueueOptions(
        workflow_name=WORKFLOW,
        queue_name=job.queue,
        queue_partition_key=job.key,
        workflow_id=str(job_id),
        workflow_id_reuse_policy="reject",
        serialization_type=WorkflowSerializationFormat.PORTABLE,
    )
    if delay is not None:
        options["delay_seconds"] = delay
    return options


def _text(job: Job) -> str:
    """A job as ASCII: no database refuses a lone surrogate or a NUL that a payload brought."""
    return json.dumps(asdict(job))
