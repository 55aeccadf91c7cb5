"""What the link check remembers in the engine's database.

Which repositories are watched and when each is due; the streaks of links that fail; and what a
check that is running has found out so far, so that after a crash it goes on where it was. Times are
seconds since 1970.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa
import structlog
from pydantic import TypeAdapter

from bot.links import streaks
from bot.links.known import Known, Repository, Watched
from bot.links.streaks import StreaksError
from bot.links.verdict import Found
from bot.store import StoreUnavailable, metadata, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from bot.store import Store

T = TypeVar("T")
told = structlog.get_logger(__name__)
_FOUND = TypeAdapter(dict[str, Found])

_watched = sa.Table(
    "listwright_watched",
    metadata,
    sa.Column("repository", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("full_name", sa.Text, nullable=False),
    sa.Column("installation", sa.BigInteger, nullable=False),
    sa.Column("due", sa.BigInteger, nullable=False, index=True),
    sa.Column("turn", sa.BigInteger, nullable=False),  # counts who asked to look at once
    sa.Column("checked", sa.Double, nullable=False),
)
_known = sa.Table(
    "listwright_links",
    metadata,
    sa.Column("repository", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("streaks", sa.Text, nullable=False),  # JSON
    sa.Column("issue", sa.BigInteger),  # where it was seen last
)
_progress = sa.Table(
    "listwright_links_progress",
    metadata,
    sa.Column("repository", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("run", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("found", sa.Text, nullable=False),  # JSON
)


class Memory:
    """Over a store that is prepared, and that is closed after this."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # One of our own: those of the event loop all wait while a database is away.
        self._thread = ThreadPoolExecutor(1, "links")

    def close(self) -> None:
        self._thread.shutdown()

    async def watch(self, present: Collection[Repository], now: float) -> None:
        """Watch these repositories and no others; a new one is looked at at once."""
        await self._do(partial(_watch, present=present, now=now))

    async def watched(self, repository: int) -> Watched | None:
        """A repository, if it is watched."""
        found = await self._do(partial(_read, where=_watched.c.repository == repository))
        return found[0] if found else None

    async def due(self, now: float) -> list[Watched]:
        """Those whose time has come, the longest due first."""
        return await self._do(partial(_read, where=_watched.c.due <= now))

    async def postpone(self, one: Watched, due: float) -> None:
        """Let one that was due be due later, unless it changed meanwhile."""
        same = sa.and_(_is(one), _watched.c.due == one.due)
        await self._do(partial(_update, where=same, values={"due": int(due)}))

    async def finish(self, one: Watched, due: float, checked: float) -> None:
        """A repository was looked at: say when it is due next, unless somebody asked meanwhile."""
        same = sa.and_(_is(one), _watched.c.turn == one.turn)
        await self._do(partial(_update, where=_is(one), values={"checked": checked}))
        await self._do(partial(_update, where=same, values={"due": int(due)}))

    async def at_once(self, repository: int, now: float) -> None:
        """Have a repository looked at as soon as can be."""
        values = {"due": int(now), "turn": _watched.c.turn + 1}
        where = _watched.c.repository == repository
        await self._do(partial(_update, where=where, values=values))

    async def known(self, repository: int) -> Known:
        """What is remembered of a repository's links."""
        query = sa.select(_known).where(_known.c.repository == repository)
        row = await self._do(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            return Known({}, lost=True)
        try:
            return Known(streaks.load(row.streaks), row.issue)
        except StreaksError as error:  # of another version: reports come later, that is all
            told.warning("link streaks begin anew", repository=repository, reason=str(error))
            return Known({}, row.issue, lost=True)

    async def remember(self, repository: int, known: Known) -> None:
        """Keep that in place of what was remembered."""
        values = {"streaks": streaks.dump(known.streaks), "issue": known.issue}
        await self._do(partial(_replace, repository=repository, values=values))

    async def found(self, repository: int, run: str) -> dict[str, Found]:
        """What a run has found out so far."""
        where = _of_run(repository, run)
        query = sa.select(_progress.c.found).where(where).order_by(_progress.c.number)
        batches = await self._do(lambda connection: list(connection.execute(query).scalars()))
        return {url: one for batch in batches for url, one in _FOUND.validate_json(batch).items()}

    async def add(self, repository: int, run: str, found: Mapping[str, Found]) -> None:
        """Add to what a run has found out."""
        text = _FOUND.dump_json(dict(found), ensure_ascii=True).decode()
        await self._do(partial(_add, repository=repository, run=run, text=text))

    async def forget(self, repository: int) -> None:
        """Forget what runs have found out, those that never ended too."""
        gone = sa.delete(_progress).where(_progress.c.repository == repository)
        await self._do(lambda connection: connection.execute(gone))

    async def _do(self, work: Callable[[sa.Connection], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._begin, work)
        except sa.exc.SQLAlchemyError as error:
            raise StoreUnavailable(f"the database refused: {reason(error)}") from error

    def _begin(self, work: Callable[[sa.Connection], T]) -> T:
        with self._store.begin() as connection:
            return work(connection)


def _is(one: Watched) -> sa.ColumnElement[bool]:
    return _watched.c.repository == one.repository.id


def _read(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[Watched]:
    rows = connection.execute(sa.select(_watched).where(where).order_by(_watched.c.due))
    return [
        Watched(
            Repository(row.repository, row.full_name, row.installation),
            row.due,
            row.turn,
            row.checked,
        )
        for row in rows
    ]


def _update(
    connection: sa.Connection, where: sa.ColumnElement[bool], values: Mapping[str, object]
) -> None:
    connection.execute(sa.update(_watched).where(where).values(**values))


def _watch(connection: sa.Connection, present: Collection[Repository], now: float) -> None:
    before = {one.repository.id: one.repository for one in _read(connection, sa.true())}
    after = {one.id: one for one in present}
    for gone in before.keys() - after.keys():
        connection.execute(sa.delete(_watched).where(_watched.c.repository == gone))
    for one in after.values():
        if one.id not in before:
            _enter(connection, one, now)
        elif one != before[one.id]:
            values = {"full_name": one.full_name, "installation": one.installation}
            _update(connection, _watched.c.repository == one.id, values)


def _enter(connection: sa.Connection, one: Repository, now: float) -> None:
    place = {"repository": one.id, "full_name": one.full_name, "installation": one.installation}
    when = {"due": int(now), "turn": 0, "checked": now}
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(_watched).values(**place, **when))
    except sa.exc.IntegrityError:
        return  # another replica entered it meanwhile


def _replace(connection: sa.Connection, repository: int, values: Mapping[str, object]) -> None:
    connection.execute(sa.delete(_known).where(_known.c.repository == repository))
    connection.execute(sa.insert(_known).values(repository=repository, **values))


def _of_run(repository: int, run: str) -> sa.ColumnElement[bool]:
    return sa.and_(_progress.c.repository == repository, _progress.c.run == run)


def _add(connection: sa.Connection, repository: int, run: str, text: str) -> None:
    last = sa.select(sa.func.max(_progress.c.number)).where(_of_run(repository, run))
    number = (connection.execute(last).scalar() or 0) + 1
    values = {"repository": repository, "run": run, "number": number, "found": text}
    connection.execute(sa.insert(_progress).values(**values))
