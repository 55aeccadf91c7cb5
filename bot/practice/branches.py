"""Branches that the app makes in a repository of the offline GitHub, and its pull requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.practice.access import Refusal
from bot.practice.site import BOT, Pull
from bot.practice.views import BRANCH, pull_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.practice.site import Repository, Site

_HEADS = "refs/heads/"


def beginning(repository: Repository, name: str) -> list[dict[str, Any]]:
    """The branches whose names begin so."""
    known = repository.branches | {BRANCH: repository.tip}
    return [_reference(branch, sha) for branch, sha in known.items() if branch.startswith(name)]


def create(repository: Repository, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A new branch."""
    branch = asked["ref"].removeprefix(_HEADS)
    if branch in repository.branches:
        raise Refusal(422, "Reference already exists")
    return _point(repository, branch, asked["sha"])


def update(
    site: Site, repository: Repository, branch: str, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Let a branch point to another commit, and the pull request with it."""
    sha = asked["sha"]
    if branch in repository.protected:
        raise Refusal(422, "Cannot update this protected ref.")
    before = repository.branches[branch]
    if not asked.get("force") and before not in repository.store.ancestors(sha):
        raise Refusal(422, "Update is not a fast forward")
    made = _point(repository, branch, sha)
    for pull in _open(repository, branch):
        site.point(repository.full_name, pull.number, sha, by=BOT)
    return made


def _point(repository: Repository, branch: str, sha: str) -> dict[str, Any]:
    if sha not in repository.store.commits:
        raise Refusal(422, "Object does not exist")
    repository.branches[branch] = sha
    return _reference(branch, sha)


def _reference(branch: str, sha: str) -> dict[str, Any]:
    return {"ref": _HEADS + branch, "object": {"type": "commit", "sha": sha}}


def _open(repository: Repository, branch: str) -> list[Pull]:
    return [p for p in repository.pulls.values() if (p.ref, p.state) == (branch, "OPEN")]


def pulls_of(repository: Repository, head: str) -> list[dict[str, Any]]:
    """The open pull requests from a branch ("owner:branch") of the repository itself."""
    owner, _, branch = head.partition(":")
    own = owner == repository.full_name.partition("/")[0]
    return [pull_json(repository, pull) for pull in _open(repository, branch) if own]


def open_pull(site: Site, repository: Repository, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A pull request of the app's from one of its branches."""
    head = asked["head"]
    if head not in repository.branches or asked["base"] != BRANCH:
        raise Refusal(422, "Validation Failed", [{"field": "head", "code": "invalid"}])
    if _open(repository, head):
        message = f"A pull request already exists for {repository.full_name}:{head}."
        raise Refusal(422, "Validation Failed", [{"message": message}])
    if repository.branches[head] in repository.store.ancestors(repository.tip):
        raise Refusal(422, "Validation Failed", [{"message": f"No commits between {BRANCH}"}])
    number = len(repository.pulls) + len(repository.issues) + 1
    pull = Pull(
        number,
        asked["title"],
        BOT["login"],
        repository.branches[head],
        repository.full_name,
        base_sha=repository.tip,
        ref=head,
        body=asked["body"],
    )
    repository.pulls[number] = pull
    site.deliver(repository.full_name, number, "opened")
    return pull_json(repository, pull)


def change_pull(repository: Repository, pull: Pull, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Other words for a pull request."""
    pull.title, pull.body = asked.get("title", pull.title), asked.get("body", pull.body)
    return pull_json(repository, pull)
