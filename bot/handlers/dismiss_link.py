"""Somebody wants a link left alone: a box of the issue about dead links, or a command in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import commands, issues, rights
from bot.links import rolling
from bot.links.issue import TOPIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {"issue_comment": frozenset({"created"}), "issues": frozenset({"edited"})}
QUEUE = "pull"
EVERY = True


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Which links, and who asks; None elsewhere than in that issue, and for what bots do."""
    issue, repository, sender = payload["issue"], payload["repository"], payload["sender"]
    ours = issue["user"]["type"] == "Bot" and issues.is_marked(issue["body"] or "", TOPIC)
    if not ours or sender["type"] == "Bot" or issue.get("pull_request"):
        return None
    comment = payload.get("comment")
    urls = [given.reason for given in _given(comment)] if comment else []
    if not (urls if comment else "body" in payload["changes"]):
        return None
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "number": issue["number"],
        "by": str(sender["login"]),
        "comment": int(comment["id"]) if comment else None,
        "urls": urls,
    }


def _given(comment: Mapping[str, Any]) -> list[commands.Command]:
    given = commands.parse(str(comment["body"])[: commands.LONGEST])
    return [command for command in given if command.name == "dismiss"]


async def handle(job: Job, gh: Client) -> list[Job]:
    """Tick the boxes of what is named, for those who may, and have the issue written anew."""
    data = job.data
    repo = data["repository"]["full_name"]
    if not await rights.may_ask(gh, repo, data["by"], ""):
        return _reaction(job, ["-1"])
    issue = await issues.numbered(gh, repo, data["number"], TOPIC)
    if issue is None:
        return _reaction(job, ["confused"])
    body, missed = issue.body, False
    for url in data["urls"]:
        after = rolling.ticked(body, url)
        body, missed = after or body, missed or after is None
    if body != issue.body:
        await issues.update(gh, repo, issue, body)
    anew = {"repository": data["repository"], "ref": "links", "tell": True}
    return [
        job.following("check_links", anew),
        *_reaction(job, ["confused"] if missed else ["+1"]),
    ]


def _reaction(job: Job, contents: list[str]) -> list[Job]:
    """What a comment gets; a box that is ticked needs none."""
    if job.data["comment"] is None:
        return []
    where = {key: job.data[key] for key in ("repository", "number", "comment")}
    return [job.following("react", where | {"kind": "issues", "contents": contents})]
