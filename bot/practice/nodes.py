"""The offline GitHub as GraphQL shows it: repositories, pull requests, threads, commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.practice.graphql import QueryError, connection
from bot.practice.places import lines_now
from bot.practice.site import BOT
from bot.practice.views import BRANCH, account
from bot.texts import blob_oid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.practice.graphql import Node
    from bot.practice.site import Pull, Repository
    from bot.practice.store import Commit

_TEXT_MAX = 512_000  # bytes of a text that GraphQL carries


def query(see: Callable[[str], Repository | None], names: Iterable[str]) -> Node:
    """The fields of a query; `see` finds a repository where the token may read it."""
    owners = {name.partition("/")[0].lower() for name in names}

    def repository(owner: str, name: str) -> Node:
        found = see(f"{owner}/{name}")
        if found is None:
            what = f"a Repository with the name '{owner}/{name}'"
            raise QueryError("NOT_FOUND", f"Could not resolve to {what}.")
        return _repository(found)

    def owner(login: str) -> Node | None:
        return {"login": login} if login.lower() in owners else None

    return {
        "repository": repository,
        "repositoryOwner": owner,
        "viewer": {"login": BOT["login"]},
    }


def known_as(name: str, repositories: Iterable[Repository]) -> str:
    """The full name of what has, or had, a name in whatever case; empty for none."""
    wanted = name.lower()
    has = (r.full_name for r in repositories if r.full_name.lower() == wanted)
    had = (r.full_name for r in repositories if wanted in {old.lower() for old in r.former})
    return next(has, "") or next(had, "")


def _repository(repository: Repository) -> Node:
    def pull_request(number: int) -> Node:
        if number not in repository.pulls:
            what = f"a PullRequest with the number of {number}"
            raise QueryError("NOT_FOUND", f"Could not resolve to {what}.")
        return _pull(repository, repository.pulls[number])

    def pull_requests(
        states: str = "",
        baseRefName: str = BRANCH,  # noqa: N803
        headRefName: str = "",  # noqa: N803
        **paging: Any,
    ) -> Node:
        pulls = repository.pulls.values() if baseRefName == BRANCH else ()
        fitting = [pull for pull in pulls if headRefName in {"", pull.branch}]
        chosen = [pull for pull in fitting if states in {"", pull.state}]
        return connection([_pull(repository, pull) for pull in reversed(chosen)])(**paging)

    def issues(states: str | list[str], **paging: Any) -> Node:
        shown = [_issue(issue) for issue in reversed(repository.issues)]
        return connection([node for node in shown if node["state"] in states])(**paging)

    def issue(number: int) -> Node:
        found = (issue for issue in repository.issues if issue["number"] == number)
        for one in found:
            return _issue(one)
        raise QueryError("NOT_FOUND", f"Could not resolve to an Issue with the number of {number}.")

    return {
        "__typename": "Repository",
        "url": f"https://github.com/{repository.full_name}",
        "nameWithOwner": repository.full_name,
        "isArchived": repository.archived,
        "isEmpty": not repository.store.commits[repository.tip].files,
        "hasIssuesEnabled": repository.has_issues,
        "defaultBranchRef": {
            "name": BRANCH,
            "target": _commit(repository, repository.store.commits[repository.tip]),
        },
        "issue": issue,
        "issues": issues,
        "labels": connection(list(repository.labels.values())),
        "object": lambda expression="", oid="": _object(repository, expression or oid),
        "pullRequest": pull_request,
        "pullRequests": pull_requests,
    }


def _issue(issue: Mapping[str, Any]) -> Node:
    return {
        "number": issue["number"],
        "title": issue["title"],
        "body": issue["body"],
        "state": issue["state"].upper(),
        "viewerDidAuthor": issue["user"] == BOT,
        "author": {**_actor(issue["user"]), "databaseId": issue["user"].get("id", 1)},
        "authorAssociation": issue.get("association", "NONE"),
        "labels": connection([{"name": name} for name in issue.get("labels", [])]),
        "comments": connection([_comment(one) for one in issue.get("conversation", [])]),
    }


def _pull(repository: Repository, pull: Pull) -> Node:
    fork = pull.head_repository
    base = repository.store.merge_base(repository.tip, pull.head)
    commits = repository.store.between(base, pull.head)
    return {
        "__typename": "PullRequest",
        "number": pull.number,
        "body": pull.body,
        "viewerDidAuthor": pull.user == BOT["login"],
        "headRefOid": pull.head,
        "headRefName": pull.branch,
        "baseRefName": BRANCH,
        "baseRefOid": pull.base_sha,
        "baseRef": {"target": {"oid": repository.tip}},
        "state": pull.state,
        "merged": pull.state == "MERGED",
        "isDraft": pull.draft,
        "isCrossRepository": fork != repository.full_name,
        # False without a fork, where there is no box to tick.
        "maintainerCanModify": pull.editable and fork != repository.full_name,
        "authorAssociation": pull.association,
        "headRepository": {"nameWithOwner": fork, "owner": {"__typename": pull.owner_type}}
        if fork
        else None,
        "author": _actor(account(pull.user)),
        "labels": connection([{"name": name} for name in pull.labels]),
        "commits": connection(
            [{"commit": {"oid": c.sha, "message": c.message}} for c in reversed(commits)]
        ),
        "comments": connection([_comment(comment) for comment in pull.conversation]),
        "reviews": connection([_comment(review) for review in pull.reviews]),
        "reviewThreads": connection(
            [_thread(repository, pull, c) for c in pull.comments if not c.get("in_reply_to_id")]
        ),
    }


def _thread(repository: Repository, pull: Pull, first: Mapping[str, Any]) -> Node:
    place = lines_now(repository.store, pull.head, first)
    replies = [c for c in pull.comments if c.get("in_reply_to_id") == first["id"]]
    resolver = pull.resolved.get(first["id"])
    return {
        "id": f"thread {first['id']}",
        "path": first["path"],
        "line": place[-1] if place else None,
        "startLine": place[0] if place and first["start_line"] else None,
        "isResolved": resolver is not None,
        "resolvedBy": {"login": resolver} if resolver and resolver != BOT["login"] else None,
        "comments": connection([_comment(comment) for comment in (first, *replies)]),
    }


def _comment(written: Mapping[str, Any]) -> Node:
    return {
        "authorAssociation": written.get("association", "NONE"),
        "id": f"comment {written['id']}",
        "fullDatabaseId": str(written["id"]),
        "body": written["body"],
        "viewerDidAuthor": written["user"] == BOT,
        "author": _author(written["user"]),
    }


def _author(user: Mapping[str, str] | None) -> Node | None:
    """An account; None for one that is gone."""
    return _actor(user) if user else None


def _actor(user: Mapping[str, str]) -> Node:
    """An account; GraphQL shows those of apps without the suffix."""
    return {"login": user["login"].removesuffix("[bot]"), "__typename": user["type"]}


def _object(repository: Repository, expression: str) -> Node | None:
    revision, _, path = expression.partition(":")
    newest = revision in {BRANCH, "HEAD"}
    commit = repository.store.commits.get(repository.tip if newest else revision)
    if commit and not path:
        return _commit(repository, commit)
    data = commit.files.get(path) if commit else None
    if commit and any(file.startswith(f"{path}/") for file in commit.files):
        return {"__typename": "Tree"}
    if data is None:
        return None
    binary = b"\0" in data[:8000]
    text = None if binary else data[:_TEXT_MAX].decode(errors="replace")
    return {"__typename": "Blob", "oid": blob_oid(data), "byteSize": len(data), "text": text}


def _commit(repository: Repository, commit: Commit) -> Node:
    comments = [c for c in repository.commit_comments if c["commit_id"] == commit.sha]
    number = repository.merged.get(commit.sha)
    merged = [_pull(repository, repository.pulls[number])] if number else []
    return {
        "__typename": "Commit",
        "oid": commit.sha,
        "tree": {"oid": commit.tree},
        "comments": connection([_comment(comment) for comment in comments]),
        "associatedPullRequests": connection(merged),
    }
