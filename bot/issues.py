"""The GitHub calls about issues, one function each.

An issue of ours is known by a hidden marker at its end, and by who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import gidgethub

from bot.pulls import place_of
from bot.responses import GraphQLError
from rules import say

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.github import Client

_PAGES = 20  # of a hundred open issues, at most
_ALL_PAGES = 200  # of a hundred issues of all states
_ISSUES = """
query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    issues(
      states: %s, first: 100, after: $after, orderBy: {field: CREATED_AT, direction: DESC}
    ) {
      pageInfo { hasNextPage endCursor }
      nodes { number title body state viewerDidAuthor }
    }
  }
}
"""
_OPEN = _ISSUES % "OPEN"
_ALL = _ISSUES % "[OPEN, CLOSED]"
_ONE = """
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) { number title body state viewerDidAuthor }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of ours."""

    number: int
    body: str
    title: str = ""
    open: bool = True

    def about(self, topic: str) -> bool:
        """Whether it bears a topic's marker."""
        return is_marked(self.body, topic)


def marked(body: str, topic: str) -> str:
    """The body of an issue of ours about a topic, a word."""
    return say("{body}\n\n{mark}", body=body, mark=f"<!-- listwright issue: {topic} -->")


def is_marked(body: str, topic: str) -> bool:
    """Whether a body is that of an issue about a topic."""
    return body.replace("\r\n", "\n").rstrip().endswith(marked("", topic))


async def find(gh: Client, repo: str, topic: str) -> Issue | None:
    """Our open issue about a topic, the newest if people reopened an older one."""
    async for issue in ours(gh, repo):
        if issue.about(topic):
            return issue
    return None


async def all_about(gh: Client, repo: str, topic: str) -> list[Issue]:
    """Our issues about a topic, open or closed, oldest first."""
    found = [issue async for issue in ours(gh, repo, _ALL, _ALL_PAGES) if issue.about(topic)]
    return sorted(found, key=lambda issue: issue.number)


async def numbered(gh: Client, repo: str, number: int, topic: str) -> Issue | None:
    """The issue of that number, where it is ours and about a topic."""
    try:
        answer = await gh.query(_ONE, **place_of(repo), number=number)
    except GraphQLError as error:
        if error.kinds != ("NOT_FOUND",):
            raise
        return None
    node = answer["repository"]["issue"]
    issue = _issue(node) if node["viewerDidAuthor"] else None
    return issue if issue and issue.about(topic) else None


async def ours(
    gh: Client, repo: str, operation: str = _OPEN, pages: int = _PAGES
) -> AsyncIterator[Issue]:
    """The open issues that we wrote, newest first; one call for each hundred open ones."""
    after: str | None = None
    for _ in range(pages):
        answer = await gh.query(operation, **place_of(repo), after=after)
        page = answer["repository"]["issues"]
        for node in page["nodes"]:
            if node["viewerDidAuthor"]:
                yield _issue(node)
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def _issue(node: Mapping[str, Any]) -> Issue:
    return Issue(node["number"], node["body"], node["title"], node["state"] == "OPEN")


async def reason(gh: Client, repo: str, issue: Issue) -> str:
    """Why an issue was closed: "completed", "not_planned", "duplicate"; "" for the oldest."""
    place = place_of(repo) | {"number": str(issue.number)}
    found = await gh.getitem("/repos/{owner}/{name}/issues/{number}", place)
    return found["state_reason"] or ""


async def create(gh: Client, repo: str, title: str, body: str) -> int | None:
    """Open an issue, where the repository has issues at all; its number."""
    data = {"title": title, "body": body}
    try:
        made = await gh.post("/repos/{owner}/{name}/issues", place_of(repo), data=data)
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.GONE:
            raise
        return None
    return int(made["number"])


async def update(gh: Client, repo: str, issue: Issue, body: str, title: str = "") -> None:
    """Write an issue anew, with its title where one is given."""
    await _patch(gh, repo, issue, {"body": body} | ({"title": title} if title else {}))


async def reopen(gh: Client, repo: str, issue: Issue, body: str, title: str) -> None:
    """Open an issue again, and write it anew."""
    await _patch(gh, repo, issue, {"body": body, "title": title, "state": "open"})


async def close(
    gh: Client,
    repo: str,
    issue: Issue,
    body: str,
    reason: Literal["completed", "not_planned"] = "completed",
) -> None:
    """Close an issue whose matter is settled; `body` says so."""
    done = {"body": body, "state": "closed", "state_reason": reason}
    await _patch(gh, repo, issue, done)


async def _patch(gh: Client, repo: str, issue: Issue, data: dict[str, str]) -> None:
    place = place_of(repo) | {"number": str(issue.number)}
    await gh.patch("/repos/{owner}/{name}/issues/{number}", place, data=data)
