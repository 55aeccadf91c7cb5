"""`/listwright update` against the independent GitHub: real git, and its own rules."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests import independent, lists
from tests.test_acceptance import CLEAN, objections, pair, settled
from tests.test_comment_life_acceptance import RIGHTS
from tests.world import COUNT, GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.acceptance

OURS, THEIRS, BOTH = (
    GOOD + "".join(f"{lists.row(COUNT + n)}\n" for n in new)
    for new in ((2, 3), (1, 4), range(1, 5))
)


@pytest.fixture(scope="module")
def sim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with independent.world(tmp_path_factory.mktemp("server")) as (found, _):
        found.patch("/app", permissions=RIGHTS | {"contents": "write"})
        yield found


def conflict(
    sim: Any, repo: str, versions: tuple[str, str, str], path: str = "README.md", **pull: Any
) -> int:
    """A pull request that cannot be merged any more; its number."""
    before, ours, theirs = versions
    sim.post("/repos", full_name=repo, files={path: before, "notes.txt": "Old.\n"}, install=True)
    files = {path: ours, "new.txt": "New.\n"}
    made = sim.post(f"/repos/{repo}/pulls", files=files, user="bob", **pull)
    settled(sim, repo, made["number"])
    sim.post(f"/repos/{repo}/push", files={path: theirs, "notes.txt": "New.\n"})
    return int(made["number"])


def ask(sim: Any, repo: str, number: int) -> dict[str, Any]:
    """The pull request after its author asked for an update, when nothing goes on any more."""
    before = reactions(sim)
    sim.post(f"/repos/{repo}/issues/{number}/comments", body="/listwright update", user="bob")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        sim.idle(quiet=0.5)
        if reactions(sim) > before:
            sim.idle(quiet=1)
            found: dict[str, Any] = sim.get(f"/repos/{repo}/pulls/{number}")
            return found
    raise AssertionError(f"no answer on {repo}#{number}")


def reactions(sim: Any) -> int:
    """How many comments were answered with a reaction, the last thing that is done."""
    return sum(request["path"].endswith("/reactions") for request in sim.get("/requests"))


def text(sim: Any, repo: str, path: str, ref: str = "main") -> str:
    data: bytes = sim.get(f"/repos/{repo}/file?path={quote(path)}&ref={ref}")
    return data.decode()


@pytest.mark.parametrize("path", ["README.md", "docs/the list.md"])
def test_an_update_makes_a_pull_request_merge_again(sim: Any, path: str) -> None:
    repo = f"zoe/list{len(path)}"
    versions = (GOOD, OURS, THEIRS)
    number = conflict(sim, repo, versions, path, fork=False, branch="add/two-rows#1")
    got = ask(sim, repo, number)
    assert len(got["comments"]) == 1
    # The base branch moved, so that there may be one more by the time of the answer.
    assert {run["conclusion"] for run in got["check_runs"]} == {"success"}
    assert got["pull"]["head"]["sha"] in {run["head_sha"] for run in got["check_runs"]}
    sim.post(f"/repos/{repo}/pulls/{number}/merge")
    assert text(sim, repo, path) == BOTH
    assert (text(sim, repo, "notes.txt"), text(sim, repo, "new.txt")) == ("New.\n", "New.\n")
    assert objections(sim) == []


def test_a_real_contribution_comes_together_with_a_row_in_the_same_place(sim: Any) -> None:
    before, after = pair(CLEAN)
    row = next(li for li in after.split("\n") if li not in before.split("\n"))
    title = row.split(" | ")[1]
    other = row.replace(title, "Counting beacons by night").replace("arxiv.org", "lanterns.example")
    theirs = after.replace(row, other)
    number = conflict(sim, "zoe/real", (before, after, theirs), fork=False)
    ask(sim, "zoe/real", number)
    sim.post(f"/repos/zoe/real/pulls/{number}/merge")
    got = text(sim, "zoe/real", "README.md").split("\n")
    assert sorted(got) == sorted([*after.split("\n"), other])


def test_for_a_fork_that_cannot_be_pushed_to_there_are_commands_and_a_patch(sim: Any) -> None:
    number = conflict(sim, "zoe/forked", (GOOD, OURS, THEIRS))
    head = sim.get(f"/repos/zoe/forked/pulls/{number}")["pull"]["head"]["sha"]
    got = ask(sim, "zoe/forked", number)
    assert got["pull"]["head"]["sha"] == head
    words = got["comments"][1]["body"]
    assert words.startswith("GitHub does not let me commit to this fork.")
    assert all(f"+{lists.row(COUNT + n)}" in words for n in (2, 3))
