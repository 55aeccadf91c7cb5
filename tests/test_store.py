from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from bot.store import Store, StoreUnavailable, Watch, lock, reason

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
    opened.prepare()  # a second start finds everything there
    yield opened
    opened.close()


def test_replicas_count_their_heartbeats_and_unknown_ones_are_entered(store: Store) -> None:
    store.beat("a")
    store.beat("a")
    known = store.beats(["left over"])
    assert {who: known[who] for who in ("a", "left over")} == {"a": 2, "left over": 0}
    assert store.beats([])["left over"] == 0


def test_a_dead_replica_is_claimed_by_one_alone_and_may_come_back(store: Store) -> None:
    store.beat("dead")
    assert [store.claim("dead"), store.claim("dead")] == [True, False]
    store.beat("dead")
    assert store.beats([])["dead"] == 1


def test_a_replica_is_silent_after_enough_readings_without_a_heartbeat() -> None:
    watch = Watch(patience=2)
    readings = [watch.silent({"dead": 5, "alive": beat}) for beat in (1, 2, 3)]
    assert readings == [[], [], ["dead"]]


def test_a_replica_that_beats_again_is_not_silent() -> None:
    watch = Watch(patience=2)
    assert [watch.silent({"slow": beat}) for beat in (1, 1, 2, 2, 2)][-2:] == [[], ["slow"]]


def test_a_locked_file_is_free_again_once_its_lock_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "jobs.sqlite"
    held = lock(file)
    with pytest.raises(StoreUnavailable, match="another Listwright"):
        lock(file)
    held.close()
    lock(file).close()


def test_a_reason_tells_neither_the_statement_nor_what_was_stored() -> None:
    error = OperationalError("INSERT INTO t VALUES (?)", ("a payload",), Exception("disk\nfull"))
    assert reason(error) == "disk full"
