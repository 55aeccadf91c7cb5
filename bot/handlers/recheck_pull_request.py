"""The base branch moved, and a pull request that waits is looked at again: only the check tells.

A paper that was merged meanwhile from elsewhere is worth a comment, nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import answer, reading
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS: Mapping[str, frozenset[str]] = {}  # it follows `check_push`
QUEUE = "pull"

_MERGED_MEANWHILE = frozenset({"duplicate-paper"})


def trim(_payload: Mapping[str, Any]) -> None:
    """No delivery means it by itself."""


async def handle(job: Job, gh: Client) -> None:
    """Judge the pull request's head and renew its check run."""
    data = job.data
    wait = data.get("wait", 0.0)
    if wait and not job.attempt:
        raise TryLater(wait, "one of many that are looked at again, one after the other")
    repo = data["repository"]["full_name"]
    found = await reading.read(gh, repo, data["number"], data.get("base", ""), data.get("head", ""))
    await answer.answer(gh, found, _MERGED_MEANWHILE)
