"""The offline GitHub's GraphQL: it reads the aliases of our own query and answers their fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.practice.posts import BOT
from bot.practice.site import BRANCH
from bot.texts import blob_oid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.practice.site import Pull, Repository

_OBJECT = re.compile(r"(\w+): object\(expression: \$(\w+)\)")
_TEXT_MAX = 512_000  # bytes of a text that GraphQL carries
_PAGE = 100


def answer(repository: Repository, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to `bot.pulls.read`'s query, whole or for a further page."""
    variables = asked["variables"]
    pull = repository.pulls.get(variables["number"])
    if pull is None:
        message = f"Could not resolve to a PullRequest with the number of {variables['number']}."
        return {"data": {"repository": None}, "errors": [{"type": "NOT_FOUND", "message": message}]}
    objects = {
        alias: _blob(repository, variables[variable])
        for alias, variable in _OBJECT.findall(asked["query"])
    }
    return {"data": {"repository": objects | {"pullRequest": _pull(repository, pull, variables)}}}


def _pull(repository: Repository, pull: Pull, variables: Mapping[str, Any]) -> dict[str, Any]:
    comments = [_said(comment) for comment in pull.comments]
    threads = [{"comments": {"nodes": [comment]}} for comment in comments]
    fork = pull.head_repository
    return {
        "headRefOid": pull.head,
        "baseRefName": BRANCH,
        "baseRefOid": pull.base_sha,
        "baseRef": {"target": {"oid": repository.tip}},
        "state": pull.state,
        "isDraft": pull.draft,
        "headRepository": {"nameWithOwner": fork} if fork else None,
        "author": {"login": pull.user},
        "labels": {"nodes": [{"name": name} for name in pull.labels]},
        "reviewThreads": _page(threads, variables.get("threads")),
        "reviews": _page([_said(review) for review in pull.reviews], variables.get("reviews")),
    }


def _said(written: Mapping[str, Any]) -> dict[str, Any]:
    return {"body": written["body"], "viewerDidAuthor": written["user"] == BOT}


def _page(nodes: Sequence[Any], after: str | None) -> dict[str, Any]:
    start = int(after) if after else 0
    end = min(start + _PAGE, len(nodes))
    more = {"hasNextPage": end < len(nodes), "endCursor": str(end) if end > start else None}
    return {"nodes": nodes[start:end], "pageInfo": more}


def _blob(repository: Repository, expression: str) -> dict[str, Any] | None:
    revision, _, path = expression.partition(":")
    commit = repository.store.commits.get(repository.tip if revision == BRANCH else revision)
    data = commit.files.get(path) if commit else None
    if data is None:
        return None
    binary = b"\0" in data[:8000]
    text = None if binary else data[:_TEXT_MAX].decode(errors="replace")
    return {"oid": blob_oid(data), "byteSize": len(data), "text": text}
