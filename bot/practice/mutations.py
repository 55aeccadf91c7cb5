"""GraphQL mutations of the offline GitHub: threads, comments and commits."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from bot.practice import objects, posts
from bot.practice.access import Refusal
from bot.practice.graphql import QueryError
from bot.practice.site import BOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.practice.graphql import Node
    from bot.practice.site import Pull, Repository, Site


def mutation(site: Site, may: Callable[[Repository, str], bool]) -> Node:
    """The fields of a mutation; `may` tells whether the token has a permission to write."""

    def require(repository: Repository, permission: str) -> None:
        if not may(repository, permission):
            raise QueryError("FORBIDDEN", "Resource not accessible by integration")

    def resolve(by: str | None) -> Callable[..., Node]:
        def field(input: Mapping[str, str]) -> Node:  # noqa: A002  GitHub's name for it
            repository, pull, number = _find(site, input["threadId"])
            require(repository, "contents")
            pull.resolved[number] = by
            return {"clientMutationId": None}

        return field

    def update(input: Mapping[str, str]) -> Node:  # noqa: A002
        repository, pull, number = _find(site, input["pullRequestReviewCommentId"])
        require(repository, "pull_requests")
        try:
            posts.edit(pull.comments, number, input["body"])
        except Refusal as refusal:
            raise QueryError("UNPROCESSABLE", str(refusal)) from refusal
        return {"clientMutationId": None}

    def commit(input: Mapping[str, Any]) -> Node:  # noqa: A002
        return {"commit": {"oid": _commit(site, require, input)}}

    return {
        "resolveReviewThread": resolve(BOT["login"]),
        "unresolveReviewThread": resolve(None),
        "updatePullRequestReviewComment": update,
        "createCommitOnBranch": commit,
    }


def _find(site: Site, name: str) -> tuple[Repository, Pull, int]:
    """The place of a comment or thread, by the id that GraphQL gave it."""
    number = int(name.rpartition(" ")[2])
    for repository in site.repositories.values():
        for pull in repository.pulls.values():
            if any(comment["id"] == number for comment in pull.comments):
                return repository, pull, number
    raise QueryError("NOT_FOUND", f"Could not resolve to a node with the global id of '{name}'")


def _commit(
    site: Site, require: Callable[[Repository, str], None], asked: Mapping[str, Any]
) -> str:
    """Commit to a pull request's branch, under the rules for forks."""
    full_name, branch = (asked["branch"][key] for key in ("repositoryNameWithOwner", "branchName"))
    found = site.branch(full_name, branch)
    if found is None:
        raise QueryError("NOT_FOUND", f"No commit exists with specified branchName '{branch}'")
    repository, pull = found
    require(repository, "contents")
    fork = full_name != repository.full_name
    if fork and not objects.may_push(site, pull):
        raise QueryError("FORBIDDEN", "Resource not accessible by integration")
    if branch in repository.protected:
        raise QueryError("UNPROCESSABLE", "Changes must be made through a pull request.")
    if asked["expectedHeadOid"] != pull.head:
        expected = asked["expectedHeadOid"]
        raise QueryError("STALE_DATA", f'Expected branch to point to "{expected}" but it did not.')
    changes = asked["fileChanges"]
    files: dict[str, bytes | None] = {
        addition["path"]: base64.b64decode(addition["contents"], validate=True)
        for addition in changes.get("additions", [])
    }
    there = repository.store.commits[pull.head].files
    for gone in (deletion["path"] for deletion in changes.get("deletions", [])):
        if gone in files or gone not in there:
            raise QueryError("UNPROCESSABLE", f"A path was requested for deletion: {gone}")
        files[gone] = None
    if any(path.startswith(".github/workflows/") for path in files):
        raise QueryError("FORBIDDEN", "Resource not accessible by integration")
    message = asked["message"]
    text = "\n\n".join(filter(None, (message["headline"], message.get("body"))))
    return site.push(repository.full_name, pull.number, files, message=text, by=BOT)
