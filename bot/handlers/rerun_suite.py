"""Somebody pressed "Re-run all checks": each pull request of that commit is judged again.

For forks GitHub names none; "Re-run" beside our check run works there (`press_button`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {"check_suite": frozenset({"rerequested"})}
QUEUE = "pull"


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """The pull requests, by their numbers; None where there are none in this repository."""
    suite, repository = payload["check_suite"], payload["repository"]
    # GitHub also names pull requests from this repository's branches into others.
    here = [p for p in suite["pull_requests"] if p["base"]["repo"]["id"] == repository["id"]]
    if not here:
        return None
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "ref": str(suite["head_sha"]),
        "app": str(suite["app"]["id"]),
        "numbers": [int(pull["number"]) for pull in here],
    }


async def handle(job: Job, gh: Client) -> list[Job]:
    """Judge them again, each in its turn."""
    if job.data["app"] != gh.app:
        return []
    repository = {"repository": job.data["repository"]}
    numbers = job.data["numbers"]
    return [job.following("lint_pull_request", repository | {"number": n}) for n in numbers]
