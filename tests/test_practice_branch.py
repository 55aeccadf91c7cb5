"""The offline GitHub's default branch, and GitHub's rules about what is written beside it."""

from __future__ import annotations

import gidgethub
import pytest

from bot import issues
from bot.practice import branch
from bot.practice.github import OfflineGitHub
from tests.offline import REPO, client

ISSUE = {"title": "x", "body": "y"}


@pytest.fixture
def github() -> OfflineGitHub:
    github = OfflineGitHub()
    github.add_repository(REPO, {"README.md": b"words\n", "a.md": b"a\n"})
    return github


def test_a_merge_is_delivered_as_a_closed_pull_request_and_a_push(github: OfflineGitHub) -> None:
    before = github.repositories[REPO].tip
    number = github.open_pull(REPO, {"README.md": b"more words\n"})
    branch.push(github, REPO, {"a.md": b"b\n"})
    sha = branch.merge(github, REPO, number)
    store = github.repositories[REPO].store
    assert store.commits[sha].files == {"README.md": b"more words\n", "a.md": b"b\n"}
    assert store.merge_base(sha, before) == before
    _, pushed, closed, moved = github.deliveries
    assert (pushed.event, closed.event, moved.event) == ("push", "pull_request", "push")
    assert closed.payload["action"] == "closed"
    assert closed.payload["pull_request"]["merged"] is True
    assert (moved.payload["before"], moved.payload["after"]) == (pushed.payload["after"], sha)
    assert "action" not in moved.payload


def test_what_both_sides_changed_is_a_conflict(github: OfflineGitHub) -> None:
    number = github.open_pull(REPO, {"README.md": b"more words\n"})
    branch.push(github, REPO, {"README.md": b"other words\n"})
    with pytest.raises(branch.Conflict):
        branch.merge(github, REPO, number)


async def test_a_comment_on_a_commit_wants_contents_write_and_a_commit(
    github: OfflineGitHub,
) -> None:
    tip = github.repositories[REPO].tip
    url = f"/repos/{REPO}/commits/{{sha}}/comments"
    async with client(github) as gh:
        with pytest.raises(gidgethub.BadRequest, match="not accessible"):
            await gh.post(url, {"sha": tip}, data={"body": "x"})
        github.access.granted["contents"] = "write"
        async with gh.committing():
            await gh.post(url, {"sha": tip}, data={"body": "x"})
            with pytest.raises(gidgethub.BadRequest, match="No commit found"):
                await gh.post(url, {"sha": "1" * 40}, data={"body": "x"})
    [comment] = github.repositories[REPO].commit_comments
    assert (comment["commit_id"], comment["body"]) == (tip, "x")


async def test_issues_that_are_disabled_are_gone(github: OfflineGitHub) -> None:
    github.repositories[REPO].has_issues = False
    async with client(github) as gh:
        with pytest.raises(gidgethub.BadRequest) as refused:
            await gh.post(f"/repos/{REPO}/issues", data=ISSUE)
        assert refused.value.status_code == 410
        await issues.create(gh, REPO, "x", "y")
    assert github.repositories[REPO].issues == []


async def test_an_issue_shares_its_numbers_with_pull_requests(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"a.md": b"x\n"})
    async with client(github) as gh:
        made = await gh.post(f"/repos/{REPO}/issues", data=ISSUE)
        with pytest.raises(gidgethub.BadRequest, match="Unprocessable"):
            await gh.post(f"/repos/{REPO}/issues", data={"title": "", "body": "y"})
    assert made["number"] == 2
    assert github.open_pull(REPO, {"a.md": b"y\n"}) == 3
