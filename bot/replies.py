"""Answers to what people write: reactions, and replies that are never given twice."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import gidgethub

import rules
from bot.pulls import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.github import Client

Reaction = Literal["+1", "-1", "confused"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A comment that asks something of us.

    Attributes:
        kind: "issues" in the conversation, "pulls" in a review's thread, as addresses name them.
        thread: the comment that begins its thread; None in the conversation.
        since: when it was written.
    """

    repo: str
    number: int
    comment: int
    kind: str
    thread: int | None
    since: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Asked:
        """The comment that a job's data tells of."""
        thread = None if data["kind"] == "issues" else data["in_reply_to_id"] or data["comment"]
        repo, number = data["repository"]["full_name"], data["number"]
        return cls(repo, number, data["comment"], data["kind"], thread, data["since"])

    @property
    def mark(self) -> str:
        """Ends our reply, hidden."""
        return f"<!-- listwright answer: {self.kind} {self.comment} -->"


async def react(gh: Client, repo: str, kind: str, comment: int, content: Reaction) -> None:
    """React to a comment, if it is still there; GitHub keeps one reaction of each kind."""
    url = "/repos/{owner}/{name}/{kind}/comments/{comment}/reactions"
    place = place_of(repo) | {"kind": kind, "comment": str(comment)}
    with _unless_gone():
        await gh.post(url, place, data={"content": content})


async def reply(gh: Client, asked: Asked, words: str) -> None:
    """Reply where it was asked, unless that was done before."""
    with _unless_gone():
        if not await _replied(gh, asked):
            body = rules.say("{words}\n\n{mark}", words=words, mark=asked.mark)
            if asked.thread:
                await _in_thread(gh, asked, asked.thread, body)
            else:
                await comment(gh, asked.repo, asked.number, body)


async def comment(gh: Client, repo: str, number: int, body: str) -> None:
    """Write in the conversation."""
    url = "/repos/{owner}/{name}/issues/{number}/comments"
    await gh.post(url, place_of(repo) | {"number": str(number)}, data={"body": body})


async def _in_thread(gh: Client, asked: Asked, thread: int, body: str) -> None:
    url = "/repos/{owner}/{name}/pulls/{number}/comments/{thread}/replies"
    place = place_of(asked.repo) | {"number": str(asked.number), "thread": str(thread)}
    await gh.post(url, place, data={"body": body})


async def _replied(gh: Client, asked: Asked) -> bool:
    url = "/repos/{owner}/{name}/{kind}/{number}/comments?per_page=100&since={since}"
    place = place_of(asked.repo) | {"number": str(asked.number)}
    place |= {"kind": asked.kind, "since": asked.since}
    async for written in gh.getiter(url, place):
        by = written["user"] or {}
        if by.get("type") == "Bot" and written["body"].endswith(asked.mark):
            return True
    return False


@contextmanager
def _unless_gone() -> Iterator[None]:
    """A comment that was deleted meanwhile wants no answer."""
    try:
        yield
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise
