"""The offline GitHub's trees, commits and branches, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gidgethub
import pytest

from bot.practice.github import OfflineGitHub
from tests.offline import REPO, client

if TYPE_CHECKING:
    from bot.practice.site import Pull

FORK = "contributor/list"


@pytest.fixture
def github() -> OfflineGitHub:
    github = OfflineGitHub()
    github.access.granted["contents"] = "write"
    github.add_repository(REPO, {"README.md": b"one\n", "old/a.txt": b"a\n"})
    github.open_pull(REPO, {"README.md": b"two\n"})
    return github


def pull_of(github: OfflineGitHub) -> Pull:
    return github.repositories[REPO].pulls[1]


async def post(github: OfflineGitHub, kind: str, name: str = FORK, **asked: Any) -> str:
    async with client(github) as gh, gh.committing():
        return str((await gh.post(f"/repos/{name}/git/{kind}", data=asked))["sha"])


async def point(github: OfflineGitHub, sha: str, branch: str = "patch-1", **more: Any) -> None:
    async with client(github) as gh, gh.committing():
        await gh.patch(f"/repos/{FORK}/git/refs/heads/{branch}", data={"sha": sha, **more})


async def merge_commit(github: OfflineGitHub, *parents: str) -> str:
    async with client(github) as gh:
        tree = (await gh.getitem(f"/repos/{REPO}/git/commits/{parents[0]}"))["tree"]["sha"]
    return await post(github, "commits", message="x", tree=tree, parents=[*parents])


async def test_a_tree_of_another_one_becomes_a_commit_and_the_forks_branch(
    github: OfflineGitHub,
) -> None:
    tip, head = github.repositories[REPO].tip, pull_of(github).head
    async with client(github) as gh:
        commit = await gh.getitem(f"/repos/{FORK}/git/commits/{tip}")
        listed = (await gh.getitem(f"/repos/{REPO}/git/trees/{tip}?recursive=1"))["tree"]
    blobs = {entry["path"]: entry["sha"] for entry in listed}
    entries = [
        {"path": "new/b.txt", "mode": "100644", "type": "blob", "sha": blobs["old/a.txt"]},
        {"path": "old/a.txt", "mode": "100644", "type": "blob", "sha": None},
        {"path": "c.txt", "mode": "100644", "type": "blob", "content": "ç\n"},
    ]
    tree = await post(github, "trees", base_tree=commit["tree"]["sha"], tree=entries)
    made = await post(github, "commits", message="Merge", tree=tree, parents=[head, tip])
    await point(github, made)
    assert pull_of(github).head == made
    found = github.repositories[REPO].store.commits[made]
    assert (found.parents, found.message) == ((head, tip), "Merge")
    assert found.files == {
        "README.md": b"one\n",
        "new/b.txt": b"a\n",
        "c.txt": "ç\n".encode(),
    }
    assert github.deliveries[-1].payload["sender"]["login"] == "listwright[bot]"


async def test_a_branch_moves_forward_or_not_at_all(github: OfflineGitHub) -> None:
    head = pull_of(github).head
    late = await merge_commit(github, github.repositories[REPO].tip)
    with pytest.raises(gidgethub.BadRequest, match="not a fast forward"):
        await point(github, late)
    assert pull_of(github).head == head


@pytest.mark.parametrize(
    ("branch", "sha", "why"),
    [
        ("patch-2", "", "Reference does not exist"),
        ("patch-1", "0" * 40, "Object does not exist"),
    ],
)
async def test_a_branch_or_commit_that_is_not_there_is_refused(
    github: OfflineGitHub, branch: str, sha: str, why: str
) -> None:
    with pytest.raises(gidgethub.BadRequest, match=why):
        await point(github, sha or pull_of(github).head, branch)


async def test_a_protected_branch_is_refused(github: OfflineGitHub) -> None:
    made = await merge_commit(github, pull_of(github).head, github.repositories[REPO].tip)
    github.repositories[REPO].protected.add("patch-1")
    with pytest.raises(gidgethub.BadRequest, match="rule violations"):
        await point(github, made)


@pytest.mark.parametrize("kind", ["trees", "commits"])
async def test_a_fork_out_of_reach_takes_nothing(github: OfflineGitHub, kind: str) -> None:
    pull_of(github).owner_type = "Organization"
    with pytest.raises(gidgethub.BadRequest, match="not accessible by integration"):
        await post(github, kind)


async def test_with_a_token_that_may_only_read_nothing_is_taken(github: OfflineGitHub) -> None:
    async with client(github) as gh:
        with pytest.raises(gidgethub.BadRequest, match="not accessible by integration"):
            await gh.post(f"/repos/{REPO}/git/trees", data={})


@pytest.mark.parametrize(
    ("kind", "asked", "why"),
    [
        ("trees", {"base_tree": "0" * 40, "tree": []}, "base_tree is not a valid"),
        ("commits", {"tree": "0" * 40, "parents": [], "message": "x"}, "Tree SHA does not exist"),
        ("commits", {"parents": ["0" * 40], "message": "x"}, "Parent SHA does not exist"),
        ("trees", {"tree": [{"path": "a/../b", "content": ""}]}, "malformed path"),
        ("trees", {"tree": [{"path": "a", "sha": "0" * 40}]}, "not a valid blob"),
    ],
)
async def test_what_is_not_there_is_refused(
    github: OfflineGitHub, kind: str, asked: dict[str, Any], why: str
) -> None:
    known = github.repositories[REPO].store.commits[pull_of(github).head].tree
    place = {"base_tree": known} if kind == "trees" else {"tree": known}
    with pytest.raises(gidgethub.BadRequest, match=why):
        await post(github, kind, **place | asked)
    async with client(github) as gh:
        with pytest.raises(gidgethub.BadRequest, match="Not Found"):
            await gh.getitem(f"/repos/{REPO}/git/{kind}/{'0' * 40}")
