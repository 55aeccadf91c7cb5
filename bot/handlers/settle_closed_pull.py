"""A pull request is closed or merged: what was said of it in later ones is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import answer, open_pulls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events import Job
    from bot.github import Client

EVENTS = {"pull_request": frozenset({"closed"})}
QUEUE = "pull"


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Which pull request it was."""
    return answer.where(payload)


async def handle(job: Job, gh: Client) -> Sequence[Job]:
    """Find the open pull requests in which we spoke of it: one call."""
    repository, number = job.data["repository"], job.data["number"]
    return [
        job.following(
            "compare_open_pulls",
            {"repository": repository, "number": other, "base": base, "head": head},
        )
        for other, base, head in dict.fromkeys(
            await open_pulls.speaking_of(gh, repository["full_name"], number)
        )
    ]
