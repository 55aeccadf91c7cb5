"""A pull request is looked at again without its author having done anything: only the check tells.

Its base branch moved, or a bot, we ourselves perhaps, pushed to it. A paper that was merged
meanwhile from elsewhere is worth a comment, nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import answer, reading
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {"pull_request": frozenset({"synchronize"})}
QUEUE = "pull"

_MERGED_MEANWHILE = frozenset({"duplicate-paper"})


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where to look, for a bot's push; None for a human's, which is reviewed."""
    return answer.where(payload) | {"about": []} if answer.by_bot(payload) else None


async def handle(job: Job, gh: Client) -> None:
    """Judge the pull request's head and renew its check run."""
    data = job.data
    wait = data.get("wait", 0.0)
    if wait and not job.attempt:
        raise TryLater(wait, "one of many that are looked at again, one after the other")
    repo = data["repository"]["full_name"]
    found = await reading.read(gh, repo, data["number"], data.get("base", ""), data.get("head", ""))
    await answer.answer(gh, found, frozenset(data.get("about", _MERGED_MEANWHILE)))
