"""Repositories, pull requests and accounts as deliveries and REST show them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.practice.site import Pull, Repository

BRANCH = "main"


def account(login: str) -> dict[str, Any]:
    """A person's or an app's account as deliveries and REST show it."""
    kind = "Bot" if login.endswith("[bot]") else "User"
    return {"login": login, "id": account_id(login), "type": kind}


def account_id(login: str) -> int:
    """The number of an account, the same each time."""
    return zlib.crc32(login.lower().encode()) + 1


def repository_json(full_name: str, number: int) -> dict[str, Any]:
    """A repository as deliveries and REST show it."""
    owner, _, name = full_name.partition("/")
    user = {"login": owner, "type": "User"}
    place = {"id": number, "name": name, "full_name": full_name, "owner": user}
    return place | {"private": False, "default_branch": BRANCH}


def pull_json(repository: Repository, pull: Pull) -> dict[str, Any]:
    """A pull request as deliveries and REST show it."""
    fork = pull.head_repository and repository_json(pull.head_repository, repository.id + 500_000)
    base = repository_json(repository.full_name, repository.id)
    return {
        "number": pull.number,
        "title": pull.title,
        "body": pull.body,
        "html_url": f"https://github.com/{repository.full_name}/pull/{pull.number}",
        "state": "open" if pull.state == "OPEN" else "closed",
        "merged": pull.state == "MERGED",
        "draft": pull.draft,
        "user": account(pull.user),
        "labels": [{"name": name} for name in pull.labels],
        "head": {"ref": pull.branch, "sha": pull.head, "repo": fork},
        "base": {"ref": BRANCH, "sha": pull.base_sha, "repo": base},
    }
