"""A merge queue waits for our check run on a commit of its own: it gets a green one.

What is in the queue was judged in its pull request, and a required check that never comes would
hold the queue up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import check, inherit, lists, posts, pushes, reading, texts
from rules import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client
    from bot.pushes import Push

EVENTS = {"merge_group": frozenset({"checks_requested"})}
QUEUE = "pull"


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where the check run is waited for."""
    repository, group = payload["repository"], payload["merge_group"]
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "ref": str(group["head_ref"]),
        "branch": str(group["base_ref"]).removeprefix("refs/heads/"),
        "base": str(group["base_sha"]),
        "head": str(group["head_sha"]),
    }


async def handle(job: Job, gh: Client) -> None:
    """Post the check run, where the repository keeps a list."""
    data = job.data
    repo = data["repository"]["full_name"]
    push = await pushes.read(gh, repo, data["branch"], data["base"], data["head"])
    if push:
        base = await inherit.resolve(gh, repo, push.texts["config"], push.texts.get("defaults"))
        reading.speak(gh, base.settings, push.texts, push.paths)
    if await _keeps_list(gh, repo, push):
        title = say("Looked at in the pull request already")
        await posts.post_check(gh, repo, data["head"], check.quiet(title))


async def _keeps_list(gh: Client, repo: str, push: Push | None) -> bool:
    """Whether pull requests like those in the queue get a check run."""
    if push and push.configures:
        return True
    changed = [push.texts[f"head {path}"] for path in push.paths] if push else []
    readme = await texts.read(gh, repo, reading.README)
    for text in (readme, *changed):
        if text and await lists.is_list(text):
            return True
    return False
