"""End to end beside an independent GitHub: what is not the pull request's own push."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import independent
from tests.busy import NEW, with_row
from tests.world import CONFIG, COUNT, GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.acceptance

REPO = "ann/list"


@pytest.fixture(scope="module")
def sim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with independent.world(tmp_path_factory.mktemp("server")) as (found, _):
        found.post("/repos", full_name=REPO, files={"README.md": GOOD}, install=True)
        yield found


def contribute(sim: Any, text: str, user: str) -> int:
    made = sim.post(f"/repos/{REPO}/pulls", files={"README.md": text}, title="Add", user=user)
    return int(made["number"])


def said(sim: Any, number: int) -> list[str]:
    found = sim.get(f"/repos/{REPO}/pulls/{number}")
    return [comment["body"] for comment in found["review_comments"]]


def settled(sim: Any, number: int) -> int:
    """How many threads are resolved, as an app may here."""
    return sum(t["resolved"] for t in sim.get(f"/repos/{REPO}/pulls/{number}")["threads"])


def test_a_paper_in_two_open_pull_requests_is_told_and_settled_when_one_is_merged(sim: Any) -> None:
    one = contribute(sim, with_row(), "bob")
    independent.until(sim, lambda: bool(sim.get(f"/repos/{REPO}/pulls/{one}")["check_runs"]))
    two = contribute(sim, with_row(NEW.replace("arXiv'25", "ICML'25")), "eve")
    independent.until(sim, lambda: any("which came first" in body for body in said(sim, two)))
    assert said(sim, one) == []
    sim.post(f"/repos/{REPO}/pulls/{one}/merge")
    independent.until(
        sim, lambda: any("was added to this section meanwhile" in b for b in said(sim, two))
    )
    independent.until(sim, lambda: settled(sim, two) == 1)
    assert sim.violations() == []


def test_a_broken_configuration_is_one_issue_until_it_is_mended(sim: Any) -> None:
    def issues(state: str) -> list[Any]:
        found = sim.get(f"/repos/{REPO}/issues")
        kept = found if isinstance(found, list) else found["issues"]
        return [i for i in kept if i["state"] == state and "configuration" in i["title"]]

    for text in ("bots: maybe\n", "bots: perhaps\n"):
        sim.post(f"/repos/{REPO}/push", files={CONFIG: text})
        independent.until(sim, lambda: len(issues("open")) == 1)
    sim.post(f"/repos/{REPO}/push", files={CONFIG: "bots: true\n"})
    independent.until(sim, lambda: len(issues("closed")) == 1)
    assert issues("open") == []
    assert sim.violations() == []


def test_a_good_push_gets_its_check_run(sim: Any) -> None:
    sim.post(f"/repos/{REPO}/push", files={"list.md": GOOD})

    def titles() -> list[str]:
        found = sim.get(f"/repos/{REPO}/check_runs")
        runs = found if isinstance(found, list) else found["check_runs"]
        return [run["output"]["title"] for run in runs]

    independent.until(sim, lambda: f"{COUNT} rows added, nothing to fix" in titles())
    assert sim.violations() == []
