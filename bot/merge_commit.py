"""Trees read, and a merge commit made on a pull request's branch, never over somebody's push."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import gidgethub

from bot import commits
from bot.commits import Pushed, Refused
from bot.merging import Entry
from bot.pulls import place_of
from rules import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commits import Outcome
    from bot.github import Client
    from bot.reading import Reading

_WRITES = 3  # a tree, a commit of it, and the branch


class New(NamedTuple):
    """A file of a new text."""

    mode: str
    text: str


Change: TypeAlias = Entry | New | None  # None: the file is gone


async def tree(gh: Client, repo: str, commit: str) -> dict[str, Entry] | None:
    """All files of a commit by path; None where they are too many for GitHub to list."""
    url = "/repos/{owner}/{name}/git/trees/{commit}?recursive=1"
    found = await gh.getitem(url, place_of(repo) | {"commit": commit})
    if found["truncated"]:
        return None
    return {
        entry["path"]: Entry(entry["mode"], entry["type"], entry["sha"])
        for entry in found["tree"]
        if entry["type"] != "tree"
    }


async def push(gh: Client, found: Reading, changes: Mapping[str, Change]) -> Outcome:
    """Merge the base branch into a pull request's branch, which moves forward or not at all.

    Args:
        gh: a client.
        found: the pull request.
        changes: path -> what differs from the base branch.

    Raises:
        gidgethub.BadRequest: GitHub's refusal is none that we know.
    """
    head = found.state.head
    if known := commits.obstacle(head):
        return known
    if commits.touches_workflows(changes):
        return Refused(commits.Reason.WORKFLOWS)
    async with gh.committing() as granted:
        if not granted:
            return Refused(commits.Reason.UNGRANTED)
        gh.require_writes(_WRITES)
        try:
            return Pushed(await _write(gh, found, changes))
        except gidgethub.BadRequest as error:
            why = commits.reason(str(error), head, http=error.status_code)
            if why is None:
                raise
            return Refused(why)


async def _write(gh: Client, found: Reading, changes: Mapping[str, Change]) -> str:
    head, tip = found.state.head, found.changes.base_tip
    assert head.repository
    url = "/repos/{owner}/{name}/git/commits/{tip}"
    tree = (await gh.getitem(url, place_of(found.repo) | {"tip": tip}))["tree"]["sha"]
    # A fork shares its objects with the repository it came from: the tip is known there as well.
    place = place_of(head.repository)
    if changes:
        entries = [_entry(path, change) for path, change in changes.items()]
        asked: dict[str, Any] = {"base_tree": tree, "tree": entries}
        tree = (await gh.post("/repos/{owner}/{name}/git/trees", place, data=asked))["sha"]
    headline = say(
        "Merge {branch} and put the rows of this pull request into it", branch=found.state.base_ref
    )
    asked = {
        "message": f"{gh.words(headline)}\n\n{commits.TRAILER}",
        "tree": tree,
        "parents": [head.sha, tip],
    }
    made = await gh.post("/repos/{owner}/{name}/git/commits", place, data=asked)
    url = "/repos/{owner}/{name}/git/refs/heads/{branch}"
    place |= {"branch": head.branch}
    await gh.patch(url, place, data={"sha": made["sha"], "force": False})
    return str(made["sha"])


def _entry(path: str, change: Change) -> dict[str, Any]:
    if change is None:
        return {"path": path, "mode": "100644", "type": "blob", "sha": None}
    if isinstance(change, Entry):
        return {"path": path, "mode": change.mode, "type": change.kind, "sha": change.sha}
    return {"path": path, "mode": change.mode, "type": "blob", "content": change.text}
