"""The reaction to a comment: a job by itself, so that no outage has commands done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import replies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS: Mapping[str, frozenset[str]] = {}
QUEUE = "pull"
EVERY = True


def trim(_payload: Mapping[str, Any]) -> None:
    """No delivery asks for it: other handlers do."""


async def handle(job: Job, gh: Client) -> None:
    """React to a comment, with all that is to be said of its commands."""
    data = job.data
    for content in data["contents"]:
        repo = data["repository"]["full_name"]
        await replies.react(gh, repo, data["kind"], data["comment"], content)
