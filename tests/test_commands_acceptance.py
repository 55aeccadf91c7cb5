"""Commands and buttons end to end, beside an independent GitHub."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests import independent
from tests.test_acceptance import ROUTER, objections, pair, settled

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.acceptance

AUTHOR = "bob"
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def sim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with independent.world(tmp_path_factory.mktemp("server")) as (github, _):
        yield github


class Pull:
    """A pull request with one row to mend."""

    def __init__(self, sim: Any, *, fork: bool) -> None:
        self.sim, self.repo = sim, f"ann/told{next(_NUMBERS)}"
        before, after = pair(ROUTER)
        sim.post("/repos", full_name=self.repo, files={"README.md": before}, install=True)
        asked = {"files": {"README.md": after}, "user": AUTHOR, "fork": fork, "title": "Add"}
        self.number = int(sim.post(f"/repos/{self.repo}/pulls", **asked)["number"])
        self.place = f"/repos/{self.repo}/issues/{self.number}/comments"
        settled(sim, self.repo, self.number)

    def say(self, text: str, *, user: str = AUTHOR, checks: int = 1) -> dict[str, Any]:
        """Comment, and see what became of it."""
        self.sim.post(self.place, body=text, user=user)
        return settled(self.sim, self.repo, self.number, checks)

    def press(self, identifier: str, *, user: str, checks: int) -> dict[str, Any]:
        """Press a button of the newest check run."""
        runs = self.sim.get(f"/repos/{self.repo}/check_runs")
        place = f"/repos/{self.repo}/check_runs/{runs[-1]['id']}/rerequest"
        self.sim.post(place, identifier=identifier, user=user)
        return settled(self.sim, self.repo, self.number, checks)


def replies(got: dict[str, Any]) -> list[str]:
    return [c["body"] for c in got["comments"] if c["user"]["login"].endswith("[bot]")]


def test_the_author_has_an_own_branch_mended(sim: Any) -> None:
    pull = Pull(sim, fork=False)
    got = pull.say("Please!\n\n/listwright fix", checks=2)
    assert len(got["commits"]) == 2
    assert replies(got) == []
    assert objections(sim) == []


def test_where_a_fork_takes_no_commit_the_reply_says_why_and_what_does_the_same(sim: Any) -> None:
    pull = Pull(sim, fork=True)
    [told] = replies(pull.say("/listwright fix"))
    assert "GitHub does not let me commit to this fork." in told
    assert "The suggestions above do the same when pressed." in told
    assert objections(sim) == []


def test_what_is_ignored_leaves_the_check_green(sim: Any) -> None:
    pull = Pull(sim, fork=True)
    words = "/listwright ignore column-count it is a template\n/listwright ignore venue-format same"
    got = pull.say(words, checks=2)
    assert got["check_runs"][-1]["conclusion"] == "success"
    assert objections(sim) == []


def test_a_stranger_changes_nothing(sim: Any) -> None:
    pull = Pull(sim, fork=False)
    got = pull.say("/listwright fix", user="eve")
    assert (len(got["commits"]), replies(got)) == (1, [])
    assert objections(sim) == []


def test_the_buttons_mend_and_look_again(sim: Any) -> None:
    pull = Pull(sim, fork=False)
    assert len(pull.press("again", user="ann", checks=2)["commits"]) == 1
    assert len(pull.press("fix", user="ann", checks=3)["commits"]) == 2
    assert objections(sim) == []
