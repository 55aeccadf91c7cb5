"""The issue about dead links on the independent GitHub, with its own rules about issues."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from bot import judge
from bot.events import jobs_for
from bot.github import GitHubApp
from bot.links.verdict import Found, Verdict
from bot.transport import http
from tests import independent
from tests.checked import ALIVE, DEAD, Weeks, listed, site
from tests.clock import Clock
from tests.test_comment_life_acceptance import RIGHTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

pytestmark = pytest.mark.acceptance

REPO = "ann/list"
ONE, TWO, OLD = site(1), site(2), "https://github.com/a/old"
CONFIG = ".github/listwright.yml"


@pytest.fixture
def sim() -> Iterator[Any]:
    with independent.github().Running() as found:
        found.patch("/app", permissions=RIGHTS | {"contents": "write"})
        files = {"README.md": listed(ONE, TWO, OLD), CONFIG: "links:\n  fix: pull_request\n"}
        found.post("/repos", full_name=REPO, files=files, install=True)
        yield found
    judge.stop()


@pytest.fixture
async def weeks(sim: Any, tmp_path: Path) -> AsyncIterator[Weeks]:
    clock = Clock()
    clock.now = time.time()
    async with http() as transport:
        connect = partial(
            GitHubApp,
            app_id=str(sim.app_id),
            private_key=sim.key_path.read_text(),
            api_url=sim.base,
            graphql_url=sim.graphql,
            transport=transport,
            clock=clock,
        )
        made = Weeks(
            f"sqlite:///{tmp_path}/jobs.sqlite", lambda outside: connect(outside=outside), clock
        )
        yield made
        made.close()


def issue(sim: Any) -> dict[str, Any]:
    [found] = sim.get(f"/repos/{REPO}/issues")
    return dict(found)


async def test_the_life_of_the_issue(sim: Any, weeks: Weeks) -> None:
    await weeks.look()
    weeks.says(ONE, DEAD)
    await weeks.days(10)
    assert (issue(sim)["title"], issue(sim)["state"]) == ("1 link looks dead", "open")
    sim.patch(f"/repos/{REPO}/issues/{issue(sim)['number']}", state="closed")
    weeks.says(TWO, DEAD)
    await weeks.days(10)
    assert (issue(sim)["title"], issue(sim)["state"]) == ("2 links look dead", "open")
    weeks.says(ONE, ALIVE)
    weeks.says(TWO, ALIVE)
    await weeks.days(7)
    assert (issue(sim)["state"], issue(sim)["state_reason"]) == ("closed", "completed")
    assert sim.violations() == []


async def test_a_link_is_dismissed_by_a_comment(sim: Any, weeks: Weeks) -> None:
    await weeks.look()
    weeks.says(ONE, DEAD)
    weeks.says(TWO, DEAD)
    await weeks.days(10)
    number = issue(sim)["number"]
    body = f"/listwright dismiss {ONE}"
    sim.post(f"/repos/{REPO}/issues/{number}/comments", body=body, user="ann")
    told = [d for d in sim.get("/deliveries?payload=1") if d["event"] == "issue_comment"]
    await weeks.enqueue(jobs_for("issue_comment", told[-1]["guid"], told[-1]["payload"]))
    await weeks.work()
    assert issue(sim)["title"] == "1 link looks dead"
    assert sim.violations() == []


async def test_links_that_moved_are_mended_in_one_pull_request(sim: Any, weeks: Weeks) -> None:
    await weeks.look()
    weeks.says(OLD, Found(Verdict.MOVED, "renamed", "https://github.com/a/new"))
    await weeks.days(21)
    asked = [r for r in sim.get("/requests") if r["path"].endswith("/pulls")]
    assert [r["method"] for r in asked].count("POST") == 1
    assert sim.violations() == []
