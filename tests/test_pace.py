"""Turns of one process, and of many over one database."""

from __future__ import annotations

import asyncio
import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.pace import LONGEST, LocalPace
from bot.paces import StoredPace
from bot.retry import TryLater
from bot.store import Store, StoreUnavailable
from tests.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/jobs.sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").standing_database
    opened = Store(url)
    opened.prepare()
    with opened.begin() as connection:
        connection.execute(sa.text("DELETE FROM listwright_turn"))
    yield opened
    opened.close()


def shift(store: Store, seconds: float) -> None:
    """Let the clock that gave out the turns so far have been fast by so much."""
    with store.begin() as connection:
        connection.execute(
            sa.text("UPDATE listwright_turn SET following = following + :by"), {"by": seconds}
        )


async def test_turns_of_one_name_are_apart_and_other_names_have_their_own() -> None:
    clock = Clock()
    pace = LocalPace(clock)
    waits = [await pace.turn("arxiv", 3), await pace.turn("arxiv", 3), await pace.turn("doi", 3)]
    assert waits == [0, 3, 0]
    clock.now += 4
    assert await pace.turn("arxiv", 3) == 2
    clock.now += 60
    assert await pace.turn("arxiv", 3) == 0


async def test_a_turn_too_far_off_is_not_taken() -> None:
    pace = LocalPace(Clock())
    await pace.turn("arxiv", 30)
    with pytest.raises(TryLater) as told:
        await pace.turn("arxiv", 30, most=20)
    assert told.value.seconds == 30
    assert await pace.turn("arxiv", 30) == 30


async def test_turns_are_shared_through_the_database(store: Store) -> None:
    one, other = StoredPace(store), StoredPace(store)
    waits = [await pace.turn("arxiv", 30) for pace in (one, other, one)]
    assert waits == pytest.approx([0, 30, 60], abs=10)
    assert await other.turn("doi", 30) == 0


def test_no_turn_is_given_twice_however_many_ask_at_once(store: Store) -> None:
    def ask(_: int) -> float:
        return asyncio.run(StoredPace(store).turn("arxiv", 10))

    with ThreadPoolExecutor(8) as askers:
        waits = sorted(askers.map(ask, range(20)))
    apart = [after - before for before, after in itertools.pairwise(waits)]
    assert apart == pytest.approx([10] * 19, abs=9)


async def test_a_stored_turn_too_far_off_is_not_taken(store: Store) -> None:
    pace = StoredPace(store)
    await pace.turn("arxiv", 100)
    with pytest.raises(TryLater) as told:
        await pace.turn("arxiv", 100, most=20)
    assert told.value.seconds == pytest.approx(100, abs=10)
    assert await pace.turn("arxiv", 100) == pytest.approx(100, abs=10)


async def test_no_turn_is_given_out_so_far_ahead_that_a_wrong_clock_could_have_done_it(
    store: Store,
) -> None:
    pace = StoredPace(store)
    waits = [await pace.turn("arxiv", 100) for _ in range(4)]
    assert max(waits) <= LONGEST
    with pytest.raises(TryLater):
        await pace.turn("arxiv", 100)


async def test_a_clock_that_was_hours_fast_stops_nobody(store: Store) -> None:
    pace = StoredPace(store)
    await pace.turn("arxiv", 3)
    shift(store, 5 * 3600)
    assert await pace.turn("arxiv", 3) == 0
    assert await pace.turn("arxiv", 3) == pytest.approx(3, abs=3)


async def test_a_database_that_cannot_be_asked_is_named(tmp_path: Path) -> None:
    pace = StoredPace(Store(f"sqlite:///{tmp_path}/absent/jobs.sqlite"))
    with pytest.raises(StoreUnavailable, match="the database refused"):
        await pace.turn("arxiv", 3)
