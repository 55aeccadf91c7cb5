"""What the engine's database must tell us beyond the engine: who is alive, who is waiting.

Plain SQL that SQLite and PostgreSQL share. Times are never compared between machines: a replica
counts its own heartbeats, and the others see whether the count moves.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO, TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import AbstractContextManager

# Of all our tables: a file that keeps one adds it here.
metadata = sa.MetaData()
_replicas = sa.Table(
    "listwright_replica",
    metadata,
    sa.Column("executor", sa.Text, primary_key=True),
    sa.Column("beat", sa.BigInteger, nullable=False),
)


class StoreUnavailable(Exception):  # noqa: N818  named for the state of the store
    """The database cannot be reached, locked or written; the message says which and why."""


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite URL; None for any other database."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    return Path(parsed.database or "listwright.sqlite")


def lock(file: Path) -> IO[str]:
    """Hold a SQLite database for this process until the returned file is closed.

    Raises:
        StoreUnavailable: another process has it, or the folder cannot be written.
    """
    try:
        held = file.with_name(file.name + ".lock").open("w")
    except OSError as error:
        raise StoreUnavailable(f"cannot open the database {file}: {error.strerror}") from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held.close()
        raise StoreUnavailable(
            f"another Listwright serves from {file}: stop it, or set another DATABASE_URL"
        ) from error
    return held


def reason(error: sa.exc.SQLAlchemyError) -> str:
    """The database's own words in one line, without the statement and its parameters."""
    told = getattr(error, "orig", None) or error
    return " ".join(str(told).split())


class Store:
    """Our own table and reads; every method blocks, so call them in a thread."""

    def __init__(self, url: str) -> None:
        parsed = sa.make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if not self.is_sqlite:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self._engine = sa.create_engine(parsed, pool_pre_ping=True)
        self._workflows = sa.table(
            "workflow_status",
            *map(sa.column, ("workflow_uuid", "queue_name", "queue_partition_key", "status")),
            schema=None if self.is_sqlite else "dbos",
        )

    def prepare(self) -> None:
        """Create what is missing; on SQLite also switch to write-ahead logging."""
        if self.is_sqlite:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        try:
            metadata.create_all(self._engine)
        except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
            metadata.create_all(self._engine)  # another replica was quicker: now it is there

    def close(self) -> None:
        self._engine.dispose()

    def begin(self) -> AbstractContextManager[sa.Connection]:
        """A connection in a transaction, for tables that are kept elsewhere."""
        return self._engine.begin()

    def waiting(self, queue: str, key: str) -> list[str]:
        """The ids of the jobs of a key that wait for their turn."""
        columns = self._workflows.c
        query = sa.select(columns.workflow_uuid).where(
            columns.queue_name == queue,
            columns.queue_partition_key == key,
            columns.status == "ENQUEUED",
        )
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def beat(self, executor: str) -> None:
        """Count one heartbeat of a replica; a replica that nobody knows is entered."""
        mine = _replicas.c.executor == executor
        with self._engine.begin() as connection:
            counted = connection.execute(
                sa.update(_replicas).where(mine).values(beat=_replicas.c.beat + 1)
            )
            if not counted.rowcount:
                connection.execute(sa.insert(_replicas).values(executor=executor, beat=1))

    def beats(self, executors: Iterable[str]) -> dict[str, int]:
        """Every replica's count; `executors` that are not known are entered at 0."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_replicas.c.executor, _replicas.c.beat))
            known: dict[str, int] = {row.executor: row.beat for row in rows}
        for executor in set(executors) - set(known):
            known[executor] = 0
            self._enter(executor)
        return known

    def _enter(self, executor: str) -> None:
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(_replicas).values(executor=executor, beat=0))
        except sa.exc.IntegrityError:
            return  # another replica entered it meanwhile

    def claim(self, executor: str) -> bool:
        """Strike a dead replica off; True for exactly one of those who try at once."""
        with self._engine.begin() as connection:
            gone = connection.execute(sa.delete(_replicas).where(_replicas.c.executor == executor))
        return gone.rowcount == 1


class Watch:
    """Tells which replicas fell silent, by reads without a change and not by the clock.

    So an outage of the database, in which nobody can beat, makes nobody dead.
    """

    def __init__(self, patience: int) -> None:
        """`patience`: how many reads in a row may show no new heartbeat."""
        self._patience = patience
        self._seen: dict[str, tuple[int, int]] = {}

    def silent(self, beats: Mapping[str, int]) -> list[str]:
        """Take one reading; the replicas whose count has not moved for `patience` readings."""
        seen = {who: (beat, self._unmoved(who, beat)) for who, beat in beats.items()}
        self._seen = seen
        return [who for who, (_, unmoved) in seen.items() if unmoved >= self._patience]

    def _unmoved(self, who: str, beat: int) -> int:
        before, unmoved = self._seen.get(who, (None, 0))
        return unmoved + 1 if before == beat else 0
