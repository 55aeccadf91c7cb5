"""A bot pushed to a pull request, we ourselves perhaps, or a row is to be left: the check tells.

Nothing is said and nothing is mended, so that our own pushes never go round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import answer, reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {"pull_request": frozenset({"synchronize"})}
QUEUE = "pull"


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where to look, for a bot's push; None for a human's, which is reviewed."""
    return answer.where(payload) if answer.by_bot(payload) else None


async def handle(job: Job, gh: Client) -> None:
    """Judge the pull request's head and renew its check run."""
    data = job.data
    repo = data["repository"]["full_name"]
    found = await reading.read(gh, repo, data["number"], data.get("base", ""), data.get("head", ""))
    await answer.answer(gh, found, frozenset())
