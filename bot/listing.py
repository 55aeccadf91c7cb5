"""What is in the store, for the people who look after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot.job_id import JobId
from bot.jobs import WORKFLOW, client_of
from bot.store import StoreUnavailable, reason, sqlite_file
from bot.upkeep import FAILED

if TYPE_CHECKING:
    from typing import Protocol

    class Row(Protocol):
        """A job as the engine lists it; times in milliseconds since 1970."""

        workflow_id: str
        queue_partition_key: str | None
        created_at: int | None
        error: Exception | None

        @property
        def status(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A job; `error` is its failure's text."""

    id: str
    handler: str
    key: str
    status: str
    created: datetime
    error: str | None


def listing(database_url: str, *, failed: bool = False, limit: int = 50) -> list[Entry]:
    """The newest jobs first, beside a running server or without one; `failed` ones only.

    Raises:
        StoreUnavailable: there is no such database, or it cannot be read.
    """
    file = sqlite_file(database_url)
    if file and not file.exists():
        raise StoreUnavailable(f"there is no database {file}: no server has run here yet")
    client = client_of(database_url)
    try:
        rows = client.list_workflows(
            status=list(FAILED) if failed else None,
            name=WORKFLOW,
            load_input=False,
            limit=limit,
            sort_desc=True,
        )
    except SQLAlchemyError as failure:
        raise StoreUnavailable(f"cannot read the database: {reason(failure)}") from failure
    finally:
        client.destroy()
    return [_entry(row) for row in rows]


def _entry(row: Row) -> Entry:
    return Entry(
        id=row.workflow_id,
        handler=JobId.read(row.workflow_id).handler,
        key=row.queue_partition_key or "",
        status=row.status,
        created=datetime.fromtimestamp((row.created_at or 0) / 1000, UTC),
        error=str(row.error) if row.error else None,
    )
