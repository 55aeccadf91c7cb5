"""Pull requests of our own on the offline GitHub: one each, and never over somebody's commits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import commits
from bot.commits import Reason, Refused
from bot.practice.github import OfflineGitHub
from bot.proposal import Opened, Proposal, propose
from tests.offline import REPO, client

if TYPE_CHECKING:
    from bot.practice.site import Pull
    from bot.proposal import Outcome

CREDIT = "Co-authored-by: eve <1+eve@users.noreply.github.com>"
ROW = Proposal("listwright/row-3", "Add RouterDC", "Closes #3.", {"README.md": "new"}, (CREDIT,))


@pytest.fixture
def github() -> OfflineGitHub:
    github = OfflineGitHub()
    github.access.granted["contents"] = "write"
    github.add_repository(REPO, {"README.md": b"old", "LICENSE": b"MIT"})
    return github


async def ask(github: OfflineGitHub, proposal: Proposal = ROW) -> Outcome:
    async with client(github) as gh:
        return await propose(gh, REPO, "main", github.repositories[REPO].tip, proposal)


def pull_of(github: OfflineGitHub, number: int = 1) -> Pull:
    return github.repositories[REPO].pulls[number]


async def test_one_commit_on_the_newest_base_is_proposed(github: OfflineGitHub) -> None:
    outcome = await ask(github)
    assert outcome == Opened(1, f"https://github.com/{REPO}/pull/1", new=True)
    commit = github.repositories[REPO].store.commits[pull_of(github).head]
    assert commit.parents == (github.repositories[REPO].tip,)
    assert commit.files == {"README.md": b"new", "LICENSE": b"MIT"}
    assert commit.message == f"Add RouterDC\n\n{CREDIT}\n{commits.TRAILER}"
    assert (pull_of(github).title, pull_of(github).body) == ("Add RouterDC", "Closes #3.")


async def test_proposing_again_renews_the_pull_request_that_is_open(github: OfflineGitHub) -> None:
    await ask(github)
    github.move_base(REPO, {"LICENSE": b"BSD"})
    outcome = await ask(github, replace(ROW, files={"README.md": "newer"}))
    assert isinstance(outcome, Opened)
    assert (outcome.number, outcome.new) == (1, False)
    commit = github.repositories[REPO].store.commits[pull_of(github).head]
    assert commit.files == {"README.md": b"newer", "LICENSE": b"BSD"}
    assert len(github.repositories[REPO].pulls) == 1


async def test_one_that_was_closed_is_not_opened_again_but_anew(github: OfflineGitHub) -> None:
    await ask(github)
    github.close(REPO, 1)
    outcome = await ask(github)
    assert isinstance(outcome, Opened)
    assert (outcome.number, outcome.new) == (2, True)


async def test_what_somebody_committed_to_the_branch_stays(github: OfflineGitHub) -> None:
    await ask(github)
    theirs = github.push(REPO, 1, {"README.md": b"by hand"}, message="Mend it by hand")
    github.repositories[REPO].branches[ROW.branch] = theirs
    assert await ask(github) == Refused(Reason.TAKEN)
    assert pull_of(github).head == theirs


async def test_without_the_permission_nothing_is_written(github: OfflineGitHub) -> None:
    github.access.granted["contents"] = "read"
    assert await ask(github) == Refused(Reason.UNGRANTED)
    assert not github.repositories[REPO].branches


async def test_a_protected_branch_is_told(github: OfflineGitHub) -> None:
    await ask(github)
    github.repositories[REPO].protected.add(ROW.branch)
    assert await ask(github) == Refused(Reason.PROTECTED)
