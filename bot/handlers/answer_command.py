"""Somebody wrote a comment with `/listwright` commands: they are done, and it gets a reaction.

A reply is only written where something could not be done, or was asked to be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import advice, commands, ignore, mend, reading, replies, rights, update
from bot.commands import Command
from bot.replies import Asked
from rules import all_rules, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.events import Job
    from bot.github import Client
    from bot.reading import Reading

EVENTS = {
    "issue_comment": frozenset({"created"}),
    "pull_request_review_comment": frozenset({"created"}),
}
QUEUE = "pull"
EVERY = True


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """The comment, where a human gives a command on a pull request; else None."""
    comment, repository = payload["comment"], payload["repository"]
    pull, kind = payload.get("pull_request"), "pulls"
    if pull is None:
        pull, kind = payload["issue"], "issues"
        if pull.get("pull_request") is None:
            return None
    text = str(comment["body"])[: commands.LONGEST]
    if comment["user"]["type"] == "Bot" or not commands.parse(text):
        return None
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "number": pull["number"],
        "comment": int(comment["id"]),
        "kind": kind,
        "in_reply_to_id": comment.get("in_reply_to_id"),
        "since": str(comment["created_at"]),
        "by": str(comment["user"]["login"]),
        "author": str((pull["user"] or {}).get("login", "")),  # an account that is gone has none
        "text": text,
    }


async def handle(job: Job, gh: Client) -> list[Job]:
    """Do what is asked by those who may, and say what came of it."""
    data = job.data
    asked = Asked.of(data)
    if not await rights.may_ask(gh, asked.repo, data["by"], data["author"]):
        return [_reaction(job, ["-1"])]
    found = await reading.read(gh, asked.repo, asked.number)
    await reading.settings(gh, found)  # the language to answer in
    given = commands.parse(data["text"])
    done = [await _do(gh, found, command, data["by"], asked.thread) for command in given]
    words = list(dict.fromkeys(one.words for one in done if one.words))
    if words:
        await replies.reply(gh, asked, _joined(words))
    if any(one.unknown for one in done) and not _helped(found, given):
        await replies.comment(gh, asked.repo, asked.number, advice.table(_DOES))
    contents = [
        *(["+1"] if any(one.done for one in done) else []),
        *(["confused"] if not all(one.done for one in done) else []),
    ]
    return [_reaction(job, contents), *_judged_again(job, done)]


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a command.

    `again` names the handler that is to judge the pull request now.
    """

    done: bool = True
    words: str = ""
    again: str = ""
    unknown: bool = False


_NOT_UNDERSTOOD = _Done(done=False, unknown=True)


async def _do(gh: Client, found: Reading, command: Command, by: str, thread: int | None) -> _Done:
    does = _DOES.get(command.name)
    if not does:
        return _NOT_UNDERSTOOD
    if command.name not in _TELLING and found.state.state != "OPEN":
        return _Done(done=False, words=say("This pull request is closed, so I leave it as it is."))
    return await does(gh, found, command, by, thread)


async def _fix(gh: Client, found: Reading, *_: Any) -> _Done:
    words = await mend.on_request(gh, found)
    return _Done(done=not words, words=words)


async def _update(gh: Client, found: Reading, *_: Any) -> _Done:
    return _Done(*await update.on_request(gh, found))


async def _recheck(*_: Any) -> _Done:
    return _Done(again="lint_pull_request")


async def _ignore(
    gh: Client, found: Reading, command: Command, by: str, thread: int | None
) -> _Done:
    words = await ignore.on_request(gh, found, command, by, thread)
    return _Done(done=False, words=words) if words else _Done(again="renew_check")


async def _explain(gh: Client, _found: Reading, command: Command, *_: Any) -> _Done:
    if command.rule not in {rule.name for rule in all_rules()}:
        return _Done(done=False, words=advice.no_such_rule(command.rule))
    return _Done(words=advice.explained(command.rule, gh.page_of(command.rule)))


async def _help(*_: Any) -> _Done:
    return _Done(words=advice.table(_DOES))


_DOES: Mapping[str, Callable[..., Awaitable[_Done]]] = {
    "fix": _fix,
    "recheck": _recheck,
    "ignore": _ignore,
    "explain": _explain,
    "update": _update,
    "help": _help,
}
_TELLING = frozenset({"explain", "help"})  # change nothing


def _helped(found: Reading, given: Sequence[Command]) -> bool:
    """Whether the commands were shown in the conversation, or are shown now."""
    shown = any(advice.HELP in comment.body for comment in found.state.comments)
    return shown or Command("help") in given


def _joined(words: Sequence[str]) -> str:
    return say("{parts:\n\n}", parts=words)


def _reaction(job: Job, contents: Sequence[str]) -> Job:
    where = {key: job.data[key] for key in ("repository", "number", "kind", "comment")}
    return job.following("react", where | {"contents": list(contents)})


def _judged_again(job: Job, done: Sequence[_Done]) -> list[Job]:
    """One more judgement: with a review where it was asked for, else for the check run alone."""
    where = {key: job.data[key] for key in ("repository", "number")}
    wanted = {one.again for one in done}
    if "lint_pull_request" in wanted:
        return [job.following("lint_pull_request", where)]
    if "renew_check" in wanted:
        return [job.following("renew_check", where)]
    return []
