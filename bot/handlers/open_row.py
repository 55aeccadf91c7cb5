"""A maintainer ticks the box under a preview, or writes `/listwright add`: a pull request opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import commands, rights
from bot.intake import preview, request, row_pull
from bot.pulls import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {"issue_comment": frozenset({"created", "edited"})}
QUEUE = "pull"
EVERY = True


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Who asks, and for which section; None where nobody does."""
    issue, comment = payload["issue"], payload["comment"]
    repository, sender = payload["repository"], payload["sender"]
    text = str(comment["body"])
    if sender["type"] == "Bot" or issue.get("pull_request") is not None:
        return None
    ticked = (comment["user"] or {}).get("type") == "Bot" and _ticked_now(payload, text)
    given = [one for one in commands.parse(text) if one.name == "add"]
    if not ticked and (payload["action"] != "created" or not given):
        return None
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "number": issue["number"],
        "by": str(sender["login"]),
        "section": "" if ticked else given[0].section,
        "comment": int(comment["id"]),
        "kind": "issues",
        "ticked": ticked,
    }


def _ticked_now(payload: Mapping[str, Any], text: str) -> bool:
    if payload["action"] != "edited" or not preview.is_preview(text):
        return False
    before = payload["changes"].get("body", {"from": text})["from"]
    return preview.is_ticked(text) and not preview.is_ticked(str(before))


async def handle(job: Job, gh: Client) -> list[Job]:
    """Open it for those who may write here; anybody else's tick is taken back."""
    data = job.data
    repo = data["repository"]["full_name"]
    allowed = await rights.may_ask(gh, repo, data["by"], author="")
    done = False
    if allowed or data["ticked"]:
        found = await request.read(gh, repo, data["number"], data["section"], wanted=allowed)
        if found and not (found.pull and await _waits(gh, repo, found.pull)):
            done = await _do(gh, found, allowed=allowed)
    return [] if data["ticked"] else [_reaction(job, allowed=allowed, done=done)]


async def _waits(gh: Client, repo: str, pull: int) -> bool:
    """Whether a pull request is still open: of one that was closed the rows may come again."""
    url = "/repos/{owner}/{name}/pulls/{number}"
    found = await gh.getitem(url, place_of(repo) | {"number": str(pull)})
    return bool(found["state"] == "open")


async def _do(gh: Client, found: request.Intake, *, allowed: bool) -> bool:
    if allowed and found.drafted.proposed:
        return await row_pull.open_for(gh, found)
    await request.answer(gh, found)
    return False


def _reaction(job: Job, *, allowed: bool, done: bool) -> Job:
    where = {key: job.data[key] for key in ("repository", "number", "kind", "comment")}
    content = "+1" if done else "confused" if allowed else "-1"
    return job.following("react", where | {"contents": [content]})
