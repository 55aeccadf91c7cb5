"""When links are checked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config_sections import Links
from bot.links.schedule import next_due
from tests.lists import steady

if TYPE_CHECKING:
    from collections.abc import Sequence

FRIDAY = datetime(2027, 1, 15, 8, tzinfo=UTC)
MOMENTS = st.floats(FRIDAY.timestamp(), FRIDAY.timestamp() + 4e8)


def moments(count: int, repository: int = 0, **said: Any) -> Sequence[str]:
    """The next moments after that Friday."""
    at, found = FRIDAY.timestamp(), []
    for _ in range(count):
        due = next_due(Links(**said), at, repository)
        assert due is not None
        at = due
        found.append(datetime.fromtimestamp(due, UTC).strftime("%a %d %b %H:%M:%S"))
    return found


def test_by_itself_it_is_monday_night() -> None:
    assert moments(2) == ["Mon 18 Jan 03:00:00", "Mon 25 Jan 03:00:00"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"schedule": "daily"}, ["Sat 16 Jan 03:00:00", "Sun 17 Jan 03:00:00"]),
        ({"schedule": "daily", "hour": 9}, ["Fri 15 Jan 09:00:00", "Sat 16 Jan 09:00:00"]),
        ({"schedule": "monthly"}, ["Mon 01 Feb 03:00:00", "Mon 01 Mar 03:00:00"]),
        ({"weekday": "friday", "hour": 8}, ["Fri 22 Jan 08:00:00", "Fri 29 Jan 08:00:00"]),
    ],
)
def test_the_configuration_says_otherwise(said: dict[str, Any], expected: list[str]) -> None:
    assert moments(2, **said) == expected


def test_off_is_never() -> None:
    assert next_due(Links(schedule="off"), FRIDAY.timestamp(), 7) is None


def test_repositories_are_spread_over_the_hour() -> None:
    times = [moments(1, repository)[0][-5:] for repository in (0, 61, 3_599, 3_600)]
    assert times == ["00:00", "01:01", "59:59", "00:00"]


@steady(100)
@given(st.sampled_from(["daily", "weekly", "monthly"]), MOMENTS, st.integers(1, 2**40))
def test_a_moment_is_after_the_last_one_and_within_the_period(
    schedule: Any, after: float, repository: int
) -> None:
    due = next_due(Links(schedule=schedule), after, repository)
    assert due is not None
    days = {"daily": 1, "weekly": 7, "monthly": 35}[schedule]
    assert after < due <= after + days * 86_400 + 1
    assert datetime.fromtimestamp(due, UTC).hour == 3
