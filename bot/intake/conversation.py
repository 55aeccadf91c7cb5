"""An issue and what was said in it, read in one query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.pulls import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.github import Client

_READ = """
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) {
      title body state authorAssociation
      author { __typename login ... on User { databaseId } }
      first: comments(first: 50) { ...said }
      last: comments(last: 50) { ...said }
    }
  }
}
fragment said on IssueCommentConnection {
  nodes {
    fullDatabaseId body viewerDidAuthor authorAssociation
    author { __typename login }
  }
}
"""
_QUOTED = re.compile(r"(?m)^ {0,3}>.*\n?")
_MAINTAINERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; `number` is its id for REST, `ours` whether we wrote it."""

    number: int
    body: str
    ours: bool
    author: str
    bot: bool
    maintainer: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """An issue; `author` is "" and `author_id` None where the account is gone or is no person's."""

    title: str
    body: str
    open: bool
    author: str
    author_id: int | None
    bot: bool
    comments: tuple[Comment, ...]

    @property
    def added(self) -> tuple[str, ...]:
        """What its author and the maintainers added in comments, oldest first; no quotes."""
        return tuple(
            _QUOTED.sub("", comment.body)
            for comment in self.comments
            if not comment.bot
            and not comment.ours
            and (comment.maintainer or (self.author and comment.author == self.author))
        )


async def read(gh: Client, repo: str, number: int) -> Conversation | None:
    """An issue with its first and last fifty comments; None where it is gone.

    Raises:
        GraphQLError: GitHub could not answer (the issue is gone, for one).
    """
    answer = await gh.query(_READ, "repository", **place_of(repo), number=number)
    found = (answer["repository"] or {}).get("issue")
    if not found:
        return None
    author = found["author"] or {}
    return Conversation(
        title=found["title"],
        body=found["body"],
        open=found["state"] == "OPEN",
        author=author.get("login", ""),
        author_id=author.get("databaseId"),
        bot=author.get("__typename") == "Bot",
        comments=_comments(*found["first"]["nodes"], *found["last"]["nodes"]),
    )


def _comments(*nodes: Mapping[str, Any]) -> tuple[Comment, ...]:
    """The comments of both ends, each once: ours is among the first, however much is said."""
    return tuple({made.number: made for made in map(_comment, nodes)}.values())


def _comment(node: Mapping[str, Any]) -> Comment:
    author = node["author"] or {}
    return Comment(
        number=int(node["fullDatabaseId"]),
        body=node["body"],
        ours=node["viewerDidAuthor"],
        author=author.get("login", ""),
        bot=author.get("__typename") == "Bot",
        maintainer=node["authorAssociation"] in _MAINTAINERS,
    )
