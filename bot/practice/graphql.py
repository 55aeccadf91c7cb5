"""The offline GitHub's GraphQL: it reads the aliases of our queries and answers their fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.practice.posts import BOT
from bot.practice.site import BRANCH
from bot.texts import blob_oid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.practice.site import Pull, Repository

_OBJECT = re.compile(r"(\w+): object\(expression: \$(\w+)\)")
_DEFAULTS = "defaults"  # the variable for a file in the owner's `.github` repository
_TEXT_MAX = 512_000  # bytes of a text that GraphQL carries
_PAGE = 100


def answer(see: Callable[[str], Repository | None], asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a query of `bot.queries` or `bot.texts`, whole or for a further page.

    `see` finds a repository by its full name, where the token may read it.
    """
    query, variables = asked["query"], asked["variables"]
    name, number = f"{variables['owner']}/{variables['name']}", variables.get("number")
    repository = see(name)
    if repository is None:
        return _missing({"repository": None}, f"a Repository with the name '{name}'")
    pull = repository.pulls.get(number)
    if number is not None and pull is None:
        words = f"a PullRequest with the number of {number}"
        return _missing({"repository": None}, words, "pullRequest")
    found = {
        alias: _blob(repository, variables[variable])
        for alias, variable in _OBJECT.findall(query)
        if variable != _DEFAULTS
    }
    if pull:
        found["pullRequest"] = _pull(repository, pull, variables)
    return _with_owner(see, {"repository": found}, variables)


def _with_owner(
    see: Callable[[str], Repository | None], data: dict[str, Any], variables: Mapping[str, Any]
) -> dict[str, Any]:
    """The data with the owner's defaults, where they were asked for."""
    if _DEFAULTS not in variables:
        return {"data": data}
    name = f"{variables['owner']}/.github"
    shared = see(name)
    if shared is None:
        return _missing(data | {"owner": None}, f"a Repository with the name '{name}'")
    return {"data": data | {"owner": {"file": _blob(shared, variables[_DEFAULTS])}}}


def _missing(data: dict[str, Any], what: str, *inner: str) -> dict[str, Any]:
    """Partial data and the error about its field that is null."""
    field = next(name for name, value in data.items() if value is None)
    message = f"Could not resolve to {what}."
    error = {"type": "NOT_FOUND", "path": [field, *inner], "message": message}
    return {"data": data, "errors": [error]}


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
    newest = revision in {BRANCH, "HEAD"}
    commit = repository.store.commits.get(repository.tip if newest else revision)
    data = commit.files.get(path) if commit else None
    if data is None:
        return None
    binary = b"\0" in data[:8000]
    text = None if binary else data[:_TEXT_MAX].decode(errors="replace")
    return {"oid": blob_oid(data), "byteSize": len(data), "text": text}
