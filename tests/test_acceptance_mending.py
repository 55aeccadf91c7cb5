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


def contribute(sim: Any, repo: str, *, fork: bool) -> int:
    before, after = pair(ROUTER)
    files = {"README.md": before, ".github/listwright.yml": "fix: commit\n"}
    sim.post("/repos", full_name=repo, files=files, install=True)
    asked = {"files": {"README.md": after}, "user": "bob", "fork": fork}
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
