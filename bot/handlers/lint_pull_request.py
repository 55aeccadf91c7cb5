"""A change to a pull request is judged. (Provisional: the lead's file replaces it.)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {
    "pull_request": frozenset({"opened", "synchronize", "reopened", "ready_for_review", "edited"})
}
QUEUE = "pull"


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where the pull request is; None when an edit did not change its base."""
    if payload["action"] == "edited" and "base" not in payload.get("changes", {}):
        return None
    return {"owner": payload["repository"]["owner"]["login"], "name": payload["repository"]["name"]}


async def handle(job: Job, gh: Client) -> None:
    """Ask GitHub for the pull request."""
    number = job.key.rpartition("#")[2]
    await gh.getitem(f"/repos/{job.data['owner']}/{job.data['name']}/pulls/{number}")
