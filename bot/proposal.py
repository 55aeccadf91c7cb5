"""Pull requests of our own: a branch each, renewed in place, never over somebody's commits.

A proposal is one commit on the newest default branch. What is proposed again replaces that commit,
so one pull request stays one, however often the job is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import gidgethub

from bot import commits
from bot.commits import Reason, Refused
from bot.pulls import Head, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.github import Client

_WRITES = 4  # a tree, a commit of it, the branch, and the pull request


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be proposed.

    Attributes:
        branch: its name in the list's own repository; one name is one pull request.
        title: the pull request's, and the commit's headline.
        body: the pull request's.
        files: path -> the whole new text.
        credits: lines for the end of the commit's message, such as `Co-authored-by: ...`.
    """

    branch: str
    title: str
    body: str
    files: Mapping[str, str]
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """The pull request that proposes it; `new` unless it was there before."""

    number: int
    url: str
    new: bool


Outcome: TypeAlias = Opened | Refused


async def propose(gh: Client, repo: str, base: str, tip: str, proposal: Proposal) -> Outcome:
    """Open the pull request, or renew the one that is open.

    Args:
        gh: a client.
        repo: "owner/name".
        base: the default branch's name.
        tip: its newest commit, which the texts were made from.
        proposal: what to propose.

    Raises:
        gidgethub.BadRequest: GitHub's refusal is none that we know.
    """
    head = Head(tip, proposal.branch, repo, fork=False)
    if commits.touches_workflows(proposal.files):
        return Refused(Reason.WORKFLOWS)
    async with gh.committing() as granted:
        if not granted:
            return Refused(Reason.UNGRANTED)
        gh.require_writes(_WRITES)
        try:
            return await _propose(gh, repo, base, tip, proposal)
        except gidgethub.BadRequest as error:
            why = commits.reason(str(error), head, http=error.status_code)
            if why is None:
                raise
            return Refused(why)


async def _propose(gh: Client, repo: str, base: str, tip: str, proposal: Proposal) -> Outcome:
    there = await _branch(gh, repo, proposal.branch)
    before = await _commit(gh, repo, there) if there else None
    if before and not commits.is_ours(before["message"]):
        return Refused(Reason.TAKEN)
    made = await _made(gh, repo, tip, proposal)
    await _point(gh, repo, proposal.branch, made, exists=there is not None)
    found = await _open(gh, repo, proposal.branch)
    if found:
        return Opened(found["number"], found["html_url"], new=False)
    asked = {"title": proposal.title, "body": proposal.body, "head": proposal.branch, "base": base}
    found = await gh.post("/repos/{owner}/{name}/pulls", place_of(repo), data=asked)
    return Opened(found["number"], found["html_url"], new=True)


async def _branch(gh: Client, repo: str, branch: str) -> str | None:
    """The commit that a branch points to; None where there is no such branch."""
    # Those that begin alike: one that is absent is no 404, which would be asked for again.
    url = "/repos/{owner}/{name}/git/matching-refs/heads/{branch}"
    found = await gh.getitem(url, place_of(repo) | {"branch": branch})
    shas = (one["object"]["sha"] for one in found if one["ref"] == f"refs/heads/{branch}")
    return next(shas, None)


async def _commit(gh: Client, repo: str, sha: str) -> Any:
    url = "/repos/{owner}/{name}/git/commits/{sha}"
    return await gh.getitem(url, place_of(repo) | {"sha": sha})


async def _made(gh: Client, repo: str, tip: str, proposal: Proposal) -> str:
    """A commit of the new texts on the tip."""
    place = place_of(repo)
    entries = [
        {"path": path, "mode": "100644", "type": "blob", "content": text}
        for path, text in proposal.files.items()
    ]
    asked: dict[str, Any] = {
        "base_tree": (await _commit(gh, repo, tip))["tree"]["sha"],
        "tree": entries,
    }
    tree = await gh.post("/repos/{owner}/{name}/git/trees", place, data=asked)
    trailers = "\n".join((*proposal.credits, commits.TRAILER))
    message = f"{gh.words(proposal.title)}\n\n{trailers}"
    asked = {"message": message, "tree": tree["sha"], "parents": [tip]}
    made = await gh.post("/repos/{owner}/{name}/git/commits", place, data=asked)
    return str(made["sha"])


async def _point(gh: Client, repo: str, branch: str, sha: str, *, exists: bool) -> None:
    place = place_of(repo)
    if exists:
        url = "/repos/{owner}/{name}/git/refs/heads/{branch}"
        await gh.patch(url, place | {"branch": branch}, data={"sha": sha, "force": True})
    else:
        asked = {"ref": f"refs/heads/{branch}", "sha": sha}
        await gh.post("/repos/{owner}/{name}/git/refs", place, data=asked)


async def _open(gh: Client, repo: str, branch: str) -> Any:
    """The open pull request from a branch of the repository itself."""
    place = place_of(repo)
    url = "/repos/{owner}/{name}/pulls?state=open&head={head}"
    found = await gh.getitem(url, place | {"head": f"{place['owner']}:{branch}"})
    return found[0] if found else None
