"""End to end: commits that nobody asked for, beside an independent GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import independent
from tests.test_acceptance import ROUTER, objections, pair, settled

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with independent.world(tmp_path_factory.mktemp("server")) as (sim, _):
        yield sim


def contribute(sim: Any, repo: str, *, fork: bool, user: str = "bob") -> int:
    before, after = pair(ROUTER)
    files = {"README.md": before, ".github/listwright.yml": "fix: commit\n"}
    sim.post("/repos", full_name=repo, files=files, install=True)
    asked = {"files": {"README.md": after}, "user": user, "fork": fork}
    return int(sim.post(f"/repos/{repo}/pulls", title="Add a paper", **asked)["number"])


def test_a_branch_of_the_repository_is_mended_once_and_told_once(world: Any) -> None:
    number = contribute(world, "ann/own", fork=False)
    got = settled(world, "ann/own", number, checks=2)  # ours, and the one on our own push
    assert [c["message"].partition("\n")[0] for c in got["commits"]][1:] == ["Mend one row"]
    [review] = got["reviews"]
    assert got["commits"][-1]["sha"] in review["body"]
    assert [c["line"] for c in got["review_comments"]] == [183], "its venue needs a human"
    assert "```suggestion" not in got["review_comments"][0]["body"]
    assert objections(world) == []


def test_where_a_fork_takes_no_commit_the_row_is_suggested(world: Any) -> None:
    number = contribute(world, "ann/forked", fork=True)
    got = settled(world, "ann/forked", number)
    assert len(got["commits"]) == 1
    assert "GitHub does not let me commit to this fork." in got["reviews"][0]["body"]
    assert "```suggestion" in got["review_comments"][0]["body"]
    assert objections(world) == []


def test_a_fork_of_an_organisation_is_not_even_tried(world: Any) -> None:
    world.post("/repos", full_name="labs/other", files={"README.md": "Words.\n"}, org=True)
    number = contribute(world, "ann/organised", fork=True, user="labs")
    got = settled(world, "ann/organised", number)
    assert len(got["commits"]) == 1
    assert "This fork belongs to an organisation" in got["reviews"][0]["body"]
    assert "```suggestion" in got["review_comments"][0]["body"]
    assert objections(world) == []


def test_what_somebody_takes_back_is_only_suggested_from_then_on(world: Any) -> None:
    number = contribute(world, "ann/undone", fork=False)
    settled(world, "ann/undone", number, checks=2)
    _, after = pair(ROUTER)
    place = f"/repos/ann/undone/pulls/{number}/push"
    world.post(place, files={"README.md": after}, user="bob")
    got = settled(world, "ann/undone", number, checks=3)
    assert len(got["commits"]) == 3, "the contribution, ours, and what takes it back"
    assert "from here on I only suggest" in got["reviews"][-1]["body"]
    assert "```suggestion" in got["review_comments"][-1]["body"]
    assert objections(world) == []
