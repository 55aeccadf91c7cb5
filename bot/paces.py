"""Turns over all replicas, kept in the engine's database.

The database tells the time, since the clocks of machines differ. A clock that is set back makes
others wait `LONGEST` seconds at most.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.pace import LONGEST, too_far
from bot.store import StoreUnavailable, metadata, reason

if TYPE_CHECKING:
    from bot.store import Store

_EPOCH_IN_JULIAN_DAYS, _DAY = 2440587.5, 86400.0
_turns = sa.Table(
    "listwright_turn",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("following", sa.Double, nullable=False),  # when the next turn begins
)


class StoredPace:
    """`bot.pace.Pace` for a server: one row for each name, changed by one statement."""

    def __init__(self, store: Store) -> None:
        """`store` is prepared, and closed after this."""
        self._store = store
        # One of our own: those of the event loop all wait while a database is away.
        self._thread = ThreadPoolExecutor(1, "pace")

    async def turn(self, name: str, seconds: float, most: float = LONGEST) -> float:
        """As `bot.pace.Pace.turn`.

        Raises:
            StoreUnavailable: the database cannot be asked.
        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, self._turn, name, seconds, most)
        except sa.exc.SQLAlchemyError as error:
            raise StoreUnavailable(f"the database refused: {reason(error)}") from error

    def close(self) -> None:
        self._thread.shutdown()

    def _turn(self, name: str, seconds: float, most: float) -> float:
        with self._store.begin() as connection:
            wait = connection.execute(self._take(name, seconds, most)).scalar()
            if wait is None:
                raise too_far(name, max(most, self._left(connection, name)))
        return max(0.0, float(wait))

    def _take(self, name: str, seconds: float, most: float) -> Any:
        now, following = self._now, _turns.c.following
        far = now + LONGEST + seconds
        begins = sa.case((following.between(now, far), following), else_=now)
        insert = sqlite.insert if self._store.is_sqlite else postgresql.insert
        return (
            insert(_turns)
            .values(name=name, following=now + seconds)
            .on_conflict_do_update(
                index_elements=[_turns.c.name],
                set_={"following": begins + seconds},
                where=begins <= now + min(most, LONGEST),
            )
            .returning(_turns.c.following - seconds - now)
        )

    def _left(self, connection: sa.Connection, name: str) -> float:
        left = sa.select(_turns.c.following - self._now).where(_turns.c.name == name)
        return float(connection.execute(left).scalar_one())

    @property
    def _now(self) -> sa.ColumnElement[float]:
        """Seconds since 1970 by the database's clock."""
        if self._store.is_sqlite:
            return (sa.func.julianday("now", type_=sa.Float) - _EPOCH_IN_JULIAN_DAYS) * _DAY
        return sa.cast(sa.extract("epoch", sa.func.clock_timestamp()), sa.Float)
