"""What happens to the default branch of a repository on the offline GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.practice.views import BRANCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.practice.site import Pull, Repository, Site


class Conflict(Exception):  # noqa: N818  what GitHub calls it
    """Both sides changed one file: only whole files are merged here."""


def push(
    site: Site,
    full_name: str,
    files: Mapping[str, bytes | None],
    *,
    user: str = "",
    bot: bool = False,
) -> str:
    """A commit straight to the default branch, its owner's by itself; returns its SHA."""
    repository = site.repositories[full_name]
    before = repository.tip
    site.move_base(full_name, files)
    _deliver(site, repository, before, user, bot=bot)
    return repository.tip


def merge(site: Site, full_name: str, number: int, *, squash: bool = False) -> str:
    """Merge a pull request as its owner does, and close it; returns the commit's SHA.

    Raises:
        Conflict: the default branch changed the same files meanwhile.
    """
    repository = site.repositories[full_name]
    pull = repository.pulls[number]
    before = repository.tip
    repository.tip = _merged(repository, pull, squash=squash)
    pull.state = "MERGED"
    repository.merged[repository.tip] = number
    site.deliver(full_name, number, "closed")
    _deliver(site, repository, before, "", bot=False)
    return repository.tip


def queue(site: Site, full_name: str, number: int) -> str:
    """Put a pull request into a merge queue; returns the SHA of the commit it makes."""
    repository = site.repositories[full_name]
    head = _merged(repository, repository.pulls[number], squash=False)
    group = {
        "head_sha": head,
        "head_ref": f"refs/heads/gh-readonly-queue/{BRANCH}/pr-{number}-{repository.tip}",
        "base_sha": repository.tip,
        "base_ref": f"refs/heads/{BRANCH}",
    }
    site.send(full_name, "merge_group", "checks_requested", "ann", merge_group=group)
    return head


def _merged(repository: Repository, pull: Pull, *, squash: bool) -> str:
    """The commit in which a pull request's files and those of the default branch come together."""
    store, tip = repository.store, repository.tip
    base = store.merge_base(tip, pull.head)
    assert base
    mine, old = store.commits[pull.head].files, store.commits[base].files
    changed = {path for path in {*mine, *old} if mine.get(path) != old.get(path)}
    if any(store.commits[tip].files.get(path) != old.get(path) for path in changed):
        raise Conflict
    parents = (tip,) if squash else (tip, pull.head)
    return store.commit({path: mine.get(path) for path in changed}, *parents, message=pull.title)


def _deliver(site: Site, repository: Repository, before: str, user: str, *, bot: bool) -> None:
    owner = repository.full_name.partition("/")[0]
    sender: dict[str, Any] = {"login": user or owner, "type": "Bot" if bot else "User"}
    moved = {"ref": f"refs/heads/{BRANCH}", "before": before, "after": repository.tip}
    kind = {"created": False, "deleted": False, "forced": False}
    site.send(repository.full_name, "push", None, user or owner, sender=sender, **moved, **kind)
