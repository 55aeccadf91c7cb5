"""The GitHub calls about issues, one function each.

An issue of ours is known by a hidden marker at its end, and by who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import gidgethub

from bot.pulls import place_of
from rules import say

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.github import Client

_PAGES = 20  # of a hundred open issues, at most
_OPEN = """
query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    issues(
      states: OPEN, first: 100, after: $after, orderBy: {field: CREATED_AT, direction: DESC}
    ) {
      pageInfo { hasNextPage endCursor }
      nodes { number body viewerDidAuthor }
    }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Issue:
    number: int
    body: str


def marked(body: str, topic: str) -> str:
    """The body of an issue of ours about a topic, a word."""
    return say("{body}\n\n{mark}", body=body, mark=f"<!-- listwright issue: {topic} -->")


async def find(gh: Client, repo: str, topic: str) -> Issue | None:
    """Our open issue about a topic, the newest if people reopened an older one."""
    end = marked("", topic)
    async for issue in ours(gh, repo):
        if issue.body.replace("\r\n", "\n").rstrip().endswith(end):
            return issue
    return None


async def ours(gh: Client, repo: str) -> AsyncIterator[Issue]:
    """The open issues that we wrote, newest first; one call for each hundred open ones."""
    after: str | None = None
    for _ in range(_PAGES):
        answer = await gh.query(_OPEN, **place_of(repo), after=after)
        page = answer["repository"]["issues"]
        for node in page["nodes"]:
            if node["viewerDidAuthor"]:
                yield Issue(node["number"], node["body"])
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


async def create(gh: Client, repo: str, title: str, body: str) -> None:
    """Open an issue, where the repository has issues at all."""
    data = {"title": title, "body": body}
    try:
        await gh.post("/repos/{owner}/{name}/issues", place_of(repo), data=data)
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.GONE:
            raise


async def update(gh: Client, repo: str, issue: Issue, body: str) -> None:
    """Write an issue anew."""
    await _patch(gh, repo, issue, {"body": body})


async def close(gh: Client, repo: str, issue: Issue, body: str) -> None:
    """Close an issue whose matter is settled; `body` says so."""
    done = {"body": body, "state": "closed", "state_reason": "completed"}
    await _patch(gh, repo, issue, done)


async def _patch(gh: Client, repo: str, issue: Issue, data: dict[str, str]) -> None:
    place = place_of(repo) | {"number": str(issue.number)}
    await gh.patch("/repos/{owner}/{name}/issues/{number}", place, data=data)
