"""When a repository's links are checked. Pure; times are seconds since 1970, days are UTC's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config_sections import Links

_HOUR = 3600  # seconds
_WEEK = 7  # days
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def next_due(links: Links, after: float, repository: int) -> int | None:
    """The first moment after `after` that the schedule names; None where it is off.

    Repositories are spread over the hour by their ids, so that not all are checked at once.
    """
    if links.schedule == "off":
        return None
    second = repository % _HOUR
    begin = datetime.fromtimestamp(after, UTC)
    day = begin.replace(hour=links.hour, minute=second // 60, second=second % 60, microsecond=0)
    moments = (day + timedelta(days=number) for number in count())
    return int(next(m for m in moments if m > begin and _fits(links, m)).timestamp())


def _fits(links: Links, moment: datetime) -> bool:
    if links.schedule == "daily":
        return True
    on_the_day = moment.weekday() == _WEEKDAYS.index(links.weekday)
    return on_the_day and (links.schedule == "weekly" or moment.day <= _WEEK)
