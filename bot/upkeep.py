"""What keeps the engine in order beside the jobs: heartbeats, the jobs of the dead, old rows.

The engine recovers no other process's jobs by itself.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from bot.store import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.store import Store

log = structlog.get_logger(__name__)

FAILED = ("ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and how long, in seconds where not counted; the tests are in more of a hurry."""

    poll: float = 0.2  # for new jobs
    beat: float = 10  # a replica's heartbeat, and its look at the others'
    silence: int = 6  # heartbeats a replica may miss before others take over its jobs
    takeovers: int = 5  # of one job, before it is held to be what kills its processes
    enqueue: float = 8  # GitHub waits 10 s for an answer
    drain: int = 5  # for running jobs when stopping
    tidy: float = 3600  # finished jobs are deleted
    keep: float = 14 * 86400  # after this long; GitHub redelivers for 3 days


class Row(Protocol):
    """A job as the engine lists it."""

    workflow_id: str
    executor_id: str | None
    queue_name: str | None
    attributes: dict[str, Any] | None


class Client(Protocol):
    """What is asked of the engine (`dbos.DBOSClient`)."""

    def list_workflows(
        self,
        *,
        status: str | list[str] | None = None,
        completed_before: str | None = None,
        limit: int | None = None,
        load_input: bool = True,
        load_output: bool = True,
    ) -> Sequence[Row]: ...

    def cancel_workflow(self, workflow_id: str) -> None: ...

    def update_workflow_attributes(
        self, workflow_id: str, attributes: dict[str, Any] | None
    ) -> None: ...

    def resume_workflow(self, workflow_id: str, *, queue_name: str | None = None) -> object: ...

    def delete_workflows(self, workflow_ids: list[str]) -> None: ...


class Upkeep:
    """One replica's part of it; every method blocks, so call them in a thread."""

    def __init__(self, executor: str, client: Client, store: Store, pace: Pace) -> None:
        """`executor`: this replica's name in the engine."""
        self._executor = executor
        self._client = client
        self._store = store
        self._pace = pace
        self._watch = Watch(pace.silence)
        self._next_tidying = time.monotonic()

    def turn(self) -> None:
        """Beat, take over from replicas that fell silent, and at times delete what is old."""
        self._store.beat(self._executor)
        self._reap()
        if time.monotonic() >= self._next_tidying:
            self._tidy()
            self._next_tidying = time.monotonic() + self._pace.tidy

    def take_over_all(self) -> None:
        """Let every job run again that is begun: nobody but us can be alive."""
        self._take_over(self._pending())

    def _reap(self) -> None:
        pending = self._pending()
        beats = self._store.beats({row.executor_id for row in pending if row.executor_id})
        beats.pop(self._executor, None)
        for dead in self._watch.silent(beats):
            if self._store.claim(dead):
                self._take_over([row for row in pending if row.executor_id == dead])

    def _pending(self) -> Sequence[Row]:
        """The jobs that some process has begun."""
        return self._client.list_workflows(status="PENDING", load_input=False, load_output=False)

    def _take_over(self, rows: Iterable[Row]) -> None:
        """Let the jobs of the dead run again, except those that seem to be what kills."""
        for row in rows:
            told = log.bind(job=row.workflow_id, executor=row.executor_id)
            times = (row.attributes or {}).get("takeovers", 0) + 1
            if times > self._pace.takeovers:
                told.error("job given up: its process died each time", times=times)
                self._client.cancel_workflow(row.workflow_id)
                continue
            told.warning("job taken over", times=times)
            self._client.update_workflow_attributes(row.workflow_id, {"takeovers": times})
            self._client.resume_workflow(row.workflow_id, queue_name=row.queue_name)

    def _tidy(self) -> None:
        """Delete what finished long ago; with it goes the memory that it was done."""
        before = datetime.now(UTC) - timedelta(seconds=self._pace.keep)
        rows = self._client.list_workflows(
            status=["SUCCESS", *FAILED],
            completed_before=before.isoformat(),
            load_input=False,
            load_output=False,
            limit=1000,
        )
        self._client.delete_workflows([row.workflow_id for row in rows])
