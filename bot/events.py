"""A delivery -> the jobs it means. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from bot import handlers

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Job:
    """One handler's work for one delivery; everything in it is plain JSON.

    Jobs with the same `queue` and `key` run one at a time, in the order they came.
    """

    handler: str
    delivery: str
    queue: str
    key: str
    installation: int | None
    data: Mapping[str, Any]
    attempt: int = 0


@cache
def _handlers() -> dict[str, handlers.Handler]:
    return handlers.load()


def jobs_for(event: str, delivery: str, payload: Mapping[str, Any]) -> list[Job]:
    """The jobs that a delivery means; an event, action or shape we do not use means none.

    Args:
        event: the X-GitHub-Event header.
        delivery: the X-GitHub-Delivery header.
        payload: the body as JSON; nothing in it is taken for granted.
    """
    action = payload.get("action")
    jobs = [
        _job(name, handler, delivery, payload)
        for name, handler in _handlers().items()
        if isinstance(action, str) and action in handler.EVENTS.get(event, frozenset())
    ]
    return [job for job in jobs if job]


def _job(
    name: str, handler: handlers.Handler, delivery: str, payload: Mapping[str, Any]
) -> Job | None:
    try:
        data = handler.trim(payload)
        key = f"{_number(payload['repository']['id'])}#{_number(payload['number'])}"
        sender = payload.get("installation")
        installation = None if sender is None else _number(sender["id"])
    except (AttributeError, LookupError, TypeError, ValueError):
        return None  # not a delivery of GitHub's shape: nothing we could act on
    if data is None:
        return None
    return Job(name, delivery, handler.QUEUE, key, installation, data)


def _number(value: object) -> int:
    """One of GitHub's ids and numbers, which are whole and positive."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise TypeError("not a number of GitHub's")
    return value
