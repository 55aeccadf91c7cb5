"""What the link check remembers, in each kind of database."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.links.known import Known, Repository
from bot.links.memory import Memory
from bot.links.streaks import Streak
from bot.links.verdict import Found, Paper, Verdict
from bot.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST, OTHER = Repository(2**40, "ann/list", 7), Repository(9, "ann/other", 7)
DEAD = Found(Verdict.DEAD, "404", "https://b.example", ("https://c.example",), 5.0)
TOLD = Found(Verdict.ALIVE, "known", paper=Paper("A paper", date(2025, 5, 17)))
URL = "https://a.example/\N{SNOWMAN}\0"


@pytest.fixture
def store(database_url: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    url = database_url
    if not url.startswith("sqlite"):  # nobody has made the new one yet
        url = request.getfixturevalue("postgres").standing_database
    opened = Store(url)
    opened.prepare()
    yield opened
    opened.close()


@pytest.fixture
async def memory(store: Store) -> Memory:
    made = Memory(store)
    await made.watch([], 0)
    await made.forget(LIST.id)
    return made


async def test_repositories_come_and_go_and_are_renamed(memory: Memory) -> None:
    await memory.watch([LIST, OTHER], 100)
    assert {one.repository for one in await memory.due(100)} == {LIST, OTHER}
    renamed = Repository(LIST.id, "ann/renamed", 8)
    await memory.watch([renamed], 200)
    [one] = await memory.due(200)
    assert (one.repository, one.due, one.checked) == (renamed, 100, 100)
    assert await memory.watched(OTHER.id) is None


async def test_what_is_due_can_be_put_off_by_one_who_saw_it(memory: Memory) -> None:
    await memory.watch([LIST], 100)
    [one] = await memory.due(100)
    await memory.postpone(one, 500)
    await memory.postpone(one, 900)  # a second replica, too late
    [again] = await memory.due(500)
    assert again.due == 500
    assert await memory.due(499) == []


async def test_who_asks_meanwhile_is_not_put_off_by_the_end_of_a_check(memory: Memory) -> None:
    await memory.watch([LIST], 100)
    [begun] = await memory.due(100)
    await memory.at_once(LIST.id, 150)
    await memory.finish(begun, 10_000, 120)
    [one] = await memory.due(150)
    assert (one.due, one.checked) == (150, 120)
    await memory.finish(one, 10_000, 160)
    assert await memory.due(9_999) == []


async def test_streaks_and_the_issue_are_kept_for_each_repository(memory: Memory) -> None:
    known = Known({URL: Streak(2, 1.5, 2.5, Verdict.BROKEN_TLS, "expired")}, 12)
    await memory.remember(LIST.id, Known({}))
    await memory.remember(LIST.id, known)
    assert await memory.known(LIST.id) == known
    assert (await memory.known(77)).lost


async def test_streaks_of_another_version_are_as_good_as_lost(memory: Memory, store: Store) -> None:
    await memory.remember(LIST.id, Known({}, 12))
    with store.begin() as connection:
        connection.execute(sa.text("UPDATE listwright_links SET streaks = '{\"version\": 9}'"))
    assert await memory.known(LIST.id) == Known({}, 12, lost=True)


async def test_a_run_finds_what_it_had_found_and_another_does_not(memory: Memory) -> None:
    await memory.add(LIST.id, "one", {URL: DEAD})
    await memory.add(LIST.id, "one", {"https://b.example": TOLD})
    assert await memory.found(LIST.id, "one") == {URL: DEAD, "https://b.example": TOLD}
    assert await memory.found(LIST.id, "two") == {}
    await memory.forget(LIST.id)
    assert await memory.found(LIST.id, "one") == {}


async def test_two_replicas_learn_of_a_repository_at_once(memory: Memory, store: Store) -> None:
    other = Memory(store)
    await asyncio.gather(memory.watch([LIST], 100), other.watch([LIST], 100))
    other.close()
    assert len(await memory.due(100)) == 1
