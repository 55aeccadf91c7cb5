"""Somebody pressed a button of our check run, or "Re-run" beside it: as if it were a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import check, mend, reading, replies, rights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {"check_run": frozenset({"requested_action", "rerequested"})}
QUEUE = "pull"
EVERY = True

AGAIN, FIX = "again", "fix"


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
    """Mend the pull request, or have it judged again."""
    button = job.data["button"] if job.data["app"] == gh.app else None
    if button == FIX:
        await _fix(gh, job.data)
    where = {key: job.data[key] for key in ("repository", "number")}
    return [job.following("lint_pull_request", where)] if button == AGAIN else []


async def _fix(gh: Client, data: Mapping[str, Any]) -> None:
    """Mend for those who may ask; what is to be replied is written once, however often pressed."""
    repo, number = data["repository"]["full_name"], data["number"]
    found = await reading.read(gh, repo, number)
    if not await rights.may_ask(gh, repo, data["by"], found.state.author or ""):
        return
    words = await mend.on_request(gh, found)
    if words and words not in [comment.body.strip() for comment in found.state.comments]:
        await replies.comment(gh, repo, number, words)
