"""Somebody pressed a button of our check run, or "Re-run" beside it: as if it were a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {"check_run": frozenset({"requested_action", "rerequested"})}
QUEUE = "pull"
EVERY = True

AGAIN = "again"


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Which button of which pull request's check run; None for other check runs."""
    run, repository = payload["check_run"], payload["repository"]
    if run["name"] != check.NAME or not run["external_id"]:
        return None
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "number": int(run["external_id"]),  # for forks GitHub names no pull requests
        "app": str(run["app"]["id"]),
        "button": _button(payload),
        "by": str(payload["sender"]["login"]),
    }


def _button(payload: Mapping[str, Any]) -> str:
    pressed = payload["action"] == "requested_action"
    return str(payload["requested_action"]["identifier"]) if pressed else AGAIN


async def handle(job: Job, gh: Client) -> list[Job]:
    """Judge the pull request again."""
    if job.data["app"] != gh.app or job.data["button"] != AGAIN:
        return []
    where = {key: job.data[key] for key in ("repository", "number")}
    return [job.following("lint_pull_request", where)]
