"""Git's objects and branches as the offline GitHub's REST has them.

A fork shares its objects with the repository it came from. Trees are flat: every file is a plain
one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.practice import branches
from bot.practice.access import Refusal
from bot.practice.site import BOT
from bot.texts import blob_oid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.practice.site import Pull, Repository, Site
    from bot.practice.store import Store

_FILE = "100644"
_PROTECTED = "Repository rule violations found\n\nChanges must be made through a pull request.\n\n"
_FORBIDDEN = "Resource not accessible by integration"
_ABSENT = Refusal(404, "Not Found")


def origin(site: Site, full_name: str) -> Repository | None:
    """The repository of that name, or the one that a fork of that name came from."""
    fork = (
        repository
        for repository in site.repositories.values()
        if any(pull.head_repository == full_name for pull in repository.pulls.values())
    )
    return site.repositories.get(full_name) or next(fork, None)


def answer(
    site: Site, repository: Repository, full_name: str, route: tuple[str, ...], asked: Any
) -> dict[str, Any]:
    """Answer a request about the objects of a repository or of its fork `full_name`.

    `route`: the method, the kind of object, and its name if it has one already.
    """
    store = repository.store
    match route:
        case ("GET", "commits", sha):
            return _commit(store, sha)
        case ("GET", "trees", sha):
            return _tree(store, repository.tip if sha == "HEAD" else sha)
    _check_fork(site, repository, full_name)
    match route:
        case ("POST", "commits", _):
            return _create_commit(store, asked)
        case ("POST", "trees", _):
            return _create_tree(store, asked)
    return _update_branch(site, full_name, route[-1], asked)


def _check_fork(site: Site, repository: Repository, full_name: str) -> None:
    asking = [p for p in repository.pulls.values() if p.head_repository == full_name]
    own = full_name == repository.full_name
    if not own and not any(may_push(site, pull) for pull in asking):
        raise Refusal(403, _FORBIDDEN)


def may_push(site: Site, pull: Pull) -> bool:
    """Whether the app may push to the fork that a pull request comes from."""
    return site.fork_pushes and pull.editable and pull.owner_type == "User"


def _commit(store: Store, sha: str) -> dict[str, Any]:
    """A commit."""
    if sha not in store.commits:
        raise _ABSENT
    found = store.commits[sha]
    parents = [{"sha": parent} for parent in found.parents]
    tree = {"sha": found.tree}
    return {"sha": sha, "message": found.message, "tree": tree, "parents": parents}


def _tree(store: Store, sha: str) -> dict[str, Any]:
    """A tree with all files below it, by its own name or a commit's."""
    files = store.commits[sha].files if sha in store.commits else store.trees.get(sha)
    if files is None:
        raise _ABSENT
    entries = [
        {"path": path, "mode": _FILE, "type": "blob", "sha": blob_oid(data), "size": len(data)}
        for path, data in sorted(files.items())
    ]
    return {"sha": sha, "tree": entries, "truncated": False}


def _create_tree(store: Store, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A tree made of another one."""
    if asked["base_tree"] not in store.trees:
        raise Refusal(422, "base_tree is not a valid tree oid")
    files = dict(store.trees[asked["base_tree"]])
    for entry in asked["tree"]:
        if any(part in {"", ".", "..", ".git"} for part in entry["path"].split("/")):
            raise Refusal(422, "tree.path contains a malformed path component")
        if entry["path"].startswith(".github/workflows/"):
            raise Refusal(403, _FORBIDDEN)
        if "content" in entry:
            files[entry["path"]] = entry["content"].encode()
        elif entry["sha"] is None:
            files.pop(entry["path"], None)
        elif entry["sha"] in store.blobs:
            files[entry["path"]] = store.blobs[entry["sha"]]
        else:
            raise Refusal(422, f"tree.sha {entry['sha']} is not a valid blob")
    return _tree(store, store.tree(files))


def _create_commit(store: Store, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A commit of a tree."""
    if asked["tree"] not in store.trees:
        raise Refusal(422, "Tree SHA does not exist")
    parents = asked["parents"]
    if any(parent not in store.commits for parent in parents):
        raise Refusal(422, "Parent SHA does not exist or is not a commit object")
    files: dict[str, bytes | None] = dict(store.trees[asked["tree"]])
    before = store.commits[parents[0]].files if parents else {}
    gone = dict.fromkeys(path for path in before if path not in files)
    return _commit(store, store.commit(files | gone, *parents, message=asked["message"]))


def _update_branch(
    site: Site, full_name: str, branch: str, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Let a pull request's branch point to another commit, one that goes on from it."""
    own = site.repositories.get(full_name)
    if own and branch in own.branches:
        return branches.update(site, own, branch, asked)
    found = site.branch(full_name, branch)
    if found is None:
        raise Refusal(422, "Reference does not exist")
    repository, pull = found
    if branch in repository.protected:
        raise Refusal(422, _PROTECTED)
    if asked["sha"] not in repository.store.commits:
        raise Refusal(422, "Object does not exist")
    if not asked.get("force") and pull.head not in repository.store.ancestors(asked["sha"]):
        raise Refusal(422, "Update is not a fast forward")
    site.point(repository.full_name, pull.number, asked["sha"], by=BOT)
    target = {"type": "commit", "sha": asked["sha"]}
    return {"ref": f"refs/heads/{branch}", "object": target}
