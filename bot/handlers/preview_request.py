"""Somebody asks for papers, or reports a wrong row: one comment shows the row as it would stand.

It is written anew when the request is edited, and when its author or a maintainer adds to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import commands
from bot.intake import request, row_pull
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {
    "issues": frozenset({"opened", "edited", "reopened"}),
    "issue_comment": frozenset({"created", "edited"}),
}
QUEUE = "pull"

_LATER = 1800.0  # seconds until arXiv is asked again
_ATTEMPTS = 4


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """The issue, where a human wrote it or added to it; None for pull requests and commands."""
    issue, repository, sender = payload["issue"], payload["repository"], payload["sender"]
    said = payload.get("comment")
    if sender["type"] == "Bot" or issue.get("pull_request") is not None:
        return None
    if payload["action"] == "edited" and not payload["changes"].keys() & {"title", "body"}:
        return None
    if said and ((said["user"] or {}).get("type") == "Bot" or commands.parse(str(said["body"]))):
        return None
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "number": issue["number"],
    }


async def handle(job: Job, gh: Client) -> None:
    """Write the preview, or where the list wants that, open the pull request at once."""
    found = await request.read(gh, job.data["repository"]["full_name"], job.data["number"])
    if found is None or found.pull:
        return
    at_once = found.settings.requests == "pull_request" and not found.trouble
    if at_once and found.drafted.ready:
        await row_pull.open_for(gh, found)
        return
    await request.answer(gh, found)
    if found.trouble and job.attempt < _ATTEMPTS:
        raise TryLater(_LATER, "a service did not tell about a paper")
