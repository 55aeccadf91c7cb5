"""Somebody asks on an issue what can be asked there, or asks for what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import advice, commands, replies, rights, shelf
from bot.intake import conversation
from bot.replies import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {"issue_comment": frozenset({"created"})}
QUEUE = "pull"
EVERY = True


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """The comment, where it gives no command that issues know; None on a pull request."""
    issue, comment, repository = payload["issue"], payload["comment"], payload["repository"]
    if comment["user"]["type"] == "Bot" or issue.get("pull_request") is not None:
        return None
    given = commands.parse(str(comment["body"]))
    if not any(one.name not in advice.ON_ISSUES for one in given):
        return None
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "number": issue["number"],
        "comment": int(comment["id"]),
        "kind": "issues",
        "since": str(comment["created_at"]),
        "by": str(comment["user"]["login"]),
        "author": str((issue["user"] or {}).get("login", "")),
    }


async def handle(job: Job, gh: Client) -> None:
    """Show the commands, once on an issue, to those who may give them."""
    data = job.data
    repo, number = data["repository"]["full_name"], data["number"]
    if not await rights.may_ask(gh, repo, data["by"], data["author"]):
        return
    talk = await conversation.read(gh, repo, number)
    if talk and not any(one.ours and advice.HELP in one.body for one in talk.comments):
        await shelf.read(gh, repo)  # the language to answer in
        await replies.reply(gh, Asked.of(data), advice.on_issues())
