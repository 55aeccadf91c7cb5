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

    Jobs with the same `queue` and `key` run one at a time, in the order they came. `every` says
    that a later one of the same handler does not do this one's work.
    """

    handler: str
    delivery: str
    queue: str
    key: str
    installation: int | None
    data: Mapping[str, Any]
    attempt: int = 0
    every: bool = False

    def following(self, handler: str, data: Mapping[str, Any]) -> Job:
        """Further work in the same repository that this job means, for another handler.

        It is stored once for each handler and key, however often this job is done.
        """
        key = _key(data)
        delivery = f"{self.delivery}/{key}"
        made = _handlers()[handler]
        every = handlers.every(made)
        return Job(handler, delivery, made.QUEUE, key, self.installation, data, every=every)


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
    action = payload.get("action", "")  # a push has none
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
        if data is None:
            return None
        sender = payload.get("installation")
        installation = None if sender is None else _number(sender["id"])
        every = handlers.every(handler)
        return Job(name, delivery, handler.QUEUE, _key(data), installation, data, every=every)
    except (AttributeError, LookupError, TypeError, ValueError):
        return None  # not a delivery of GitHub's shape: nothing we could act on


def _key(data: Mapping[str, Any]) -> str:
    """What jobs take turns for: a pull request, a branch, or what else is named."""
    repository = _number(data["repository"]["id"])
    return (
        f"{repository}#{_number(data['number'])}"
        if "number" in data
        else (f"{repository}@{data['ref']}")
    )


def _number(value: object) -> int:
    """One of GitHub's ids and numbers, which are whole and positive."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise TypeError("not a number of GitHub's")
    return value
