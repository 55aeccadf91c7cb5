"""End to end: the real server beside an independent GitHub, on real contributions."""

from __future__ import annotations

import re
import time
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

import rules
from bot.practice import run
from tests import independent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.acceptance

SEED = "yueliu1999__Awesome-Efficient-Inference-for-LRMs"
ROUTER = "457f7f85"  # a row with one cell too few
TWICE = "c34e5630"  # a paper that is already there
MIRROR = "cdd52b8b"  # a mirror's address among 29 new rows
CLEAN = "ac442fd9"
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, independent.Server]]:
    with independent.world(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture
def repo() -> str:
    """A repository of the test's own."""
    return f"ann/list{next(_NUMBERS)}"


def pair(pull: str, folder: str = SEED) -> tuple[str, str]:
    """A real list before and after a contribution."""
    place = independent.LISTS / folder / "pulls" / pull
    if not place.is_dir():
        pytest.skip("no real contributions beside the project: ../shared/lists is absent")
    before, after = (place / f"{name}.md" for name in ("before", "after"))
    return before.read_bytes().decode(), after.read_bytes().decode()


def contribute(sim: Any, repo: str, before: str, after: str) -> int:
    sim.post("/repos", full_name=repo, files={"README.md": before}, install=True)
    return int(sim.post(f"/repos/{repo}/pulls", before=before, after=after, user="bob")["number"])


def settled(sim: Any, repo: str, number: int, checks: int = 1) -> dict[str, Any]:
    """The pull request once its head has a check run and nothing goes on any more."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        sim.idle(quiet=0.3)
        found: dict[str, Any] = sim.get(f"/repos/{repo}/pulls/{number}")
        if len(found["check_runs"]) >= checks:
            return found
    raise AssertionError(f"no check run on {repo}#{number}")


def spoken(before: str, after: str) -> list[int]:
    """The lines that the rules alone have something to say about."""
    old, new = rules.parse(before), rules.parse(after)
    known = rules.infer(old)
    introduced = rules.compare(rules.lint(old, None, known), rules.lint(new, None, known))
    loud = [d for d in introduced if d.severity is not rules.Severity.NOTE]
    return sorted({d.line for d in loud})


@pytest.mark.parametrize("pull", [ROUTER, TWICE, MIRROR])
def test_a_real_contribution_gets_one_review_on_the_right_lines(
    world: tuple[Any, independent.Server], repo: str, pull: str
) -> None:
    sim, _ = world
    before, after = pair(pull)

    number = contribute(sim, repo, before, after)
    got = settled(sim, repo, number)

    assert len(got["reviews"]) == 1
    assert sorted(c["line"] for c in got["review_comments"]) == spoken(before, after)
    assert [check["conclusion"] for check in got["check_runs"]] == ["neutral"]
    assert all(f"{independent.PAGES}/rules/" in c["body"] for c in got["review_comments"])
    assert objections(sim) == []


def test_a_clean_contribution_gets_a_green_check_and_no_word(
    world: tuple[Any, independent.Server], repo: str
) -> None:
    sim, _ = world
    began = calls(sim)
    number = contribute(sim, repo, *pair(CLEAN))

    got = settled(sim, repo, number)

    assert (got["reviews"], got["comments"]) == ([], [])
    assert [c["output"]["title"] for c in got["check_runs"]] == ["1 row added, nothing to fix"]
    assert calls(sim) - began == 3
    assert objections(sim) == []


def objections(sim: Any) -> list[dict[str, Any]]:
    """What GitHub's own description says against our requests; a killed client is no matter."""
    return [found for found in sim.violations(notices=True) if found["side"] == "client"]


def calls(sim: Any) -> int:
    """How many requests Listwright made so far, without those for tokens."""
    made = sim.get("/requests")
    return sum("access_tokens" not in request["path"] for request in made)


def test_a_second_push_repeats_nothing_and_the_first_costs_four_calls(
    world: tuple[Any, independent.Server], repo: str
) -> None:
    sim, _ = world
    began = calls(sim)
    before, after = pair(ROUTER)
    number = contribute(sim, repo, before, after)
    settled(sim, repo, number)
    assert calls(sim) - began == 4

    moved = "One more line above.\n\n" + after
    sim.post(f"/repos/{repo}/pulls/{number}/push", files={"README.md": moved}, user="bob")
    got = settled(sim, repo, number, checks=2)

    assert len(got["reviews"]) == len(got["review_comments"]) == 1
    assert calls(sim) - began == 4 + 3
    assert objections(sim) == []


def test_the_owners_defaults_and_a_proposed_configuration_cost_no_further_call(
    world: tuple[Any, independent.Server], repo: str
) -> None:
    sim, _ = world
    owner, config = repo.replace("ann/", "zoe/"), ".github/listwright.yml"
    silent = {config: "rules: {column-count: off, venue-format: off}\n"}
    sim.post("/repos", full_name="zoe/.github", files=silent)
    before, after = pair(ROUTER)
    began = calls(sim)
    number = contribute(sim, owner, before, after)
    assert settled(sim, owner, number)["reviews"] == []
    assert calls(sim) - began == 3

    files = {"README.md": before, config: "filez: []\n"}
    sim.post(f"/repos/{owner}/pulls/{number}/push", files=files, user="bob")
    check = settled(sim, owner, number, checks=2)["check_runs"][-1]
    assert (check["conclusion"], check["output"]["title"]) == (
        "neutral",
        "The configuration needs a look",
    )
    assert [(note["path"], note["start_line"]) for note in check["annotations"]] == [(config, 1)]
    assert calls(sim) - began == 3 + 3
    assert objections(sim) == []


def test_pushes_delivered_in_reverse_leave_the_newest_head_judged(
    world: tuple[Any, independent.Server], repo: str
) -> None:
    sim, _ = world
    before, after = pair(CLEAN)
    number = contribute(sim, repo, before, after)
    settled(sim, repo, number)
    _, broken = pair(ROUTER)

    sim.post("/deliveries/pause")
    sim.post(f"/repos/{repo}/pulls/{number}/push", files={"README.md": broken}, user="bob")
    newest = sim.post(f"/repos/{repo}/pulls/{number}/push", files={"README.md": after}, user="bob")
    sim.post("/deliveries/release", order="reverse")
    got = settled(sim, repo, number, checks=2)

    judged = [c for c in got["check_runs"] if c["head_sha"] == newest["sha"]]
    assert judged
    assert {check["conclusion"] for check in judged} == {"success"}
    assert got["reviews"] == []


def test_kill_and_restart_leave_exactly_one_review_each(
    world: tuple[Any, independent.Server],
) -> None:
    sim, server = world
    before, after = pair(ROUTER)
    sim.patch("/config", latency=0.3)

    repositories = [f"ann/list{next(_NUMBERS)}" for _ in range(8)]
    numbers = [contribute(sim, repo, before, after) for repo in repositories]
    for _ in range(2):
        await_requests(sim, len(sim.get("/requests")) + 6)
        server.kill()
        server.start(sim)
    sim.patch("/config", latency=0)

    for repo, number in zip(repositories, numbers, strict=True):
        got = settled(sim, repo, number)
        assert len(got["reviews"]) == len(got["review_comments"]) == 1
        assert {check["conclusion"] for check in got["check_runs"]} == {"neutral"}


def await_requests(sim: Any, number: int) -> None:
    """Wait until Listwright is in the midst of its work."""
    deadline = time.monotonic() + 30
    while len(sim.get("/requests")) < number and time.monotonic() < deadline:
        time.sleep(0.02)


def practice(change: Callable[[str], str]) -> tuple[str, str]:
    """The list made up for practice mode, with common slips, in another form."""
    before, after = run.sample()
    return change(before), change(after)


def pasted_twice(text: str) -> str:
    return "".join(f"{li}\n" * (1 + ("Salt in the Kettle" in li)) for li in text.splitlines())


CASES: dict[str, Callable[[], tuple[str, str]]] = {
    "a cell too few": lambda: pair(ROUTER),
    "a mirror among many rows": lambda: pair(MIRROR),
    "unsorted rows": lambda: pair("b1fd984c"),
    "the practice sample": lambda: practice(str),
    "CRLF": lambda: practice(lambda text: text.replace("\n", "\r\n")),
    "a byte order mark": lambda: practice(lambda text: "\ufeff" + text),
    "no line end at the end": lambda: practice(str.rstrip),
    "pasted twice": lambda: practice(pasted_twice),
}


@pytest.mark.parametrize("case", CASES)
def test_pressing_every_suggestion_leaves_nothing_to_press_and_no_other_byte_changed(
    world: tuple[Any, independent.Server], repo: str, case: str
) -> None:
    sim, _ = world
    before, after = CASES[case]()
    number = contribute(sim, repo, before, after)
    got = settled(sim, repo, number)
    touched = [line for c in got["review_comments"] for line in suggested_lines(c)]

    pressed = sim.post(f"/repos/{repo}/pulls/{number}/apply_suggestions")
    again = settled(sim, repo, number, checks=2)

    now = pressed["files"]["README.md"].split("\n")
    kept = [li for n, li in enumerate(after.split("\n"), start=1) if n not in touched]
    assert touched
    assert [line for line in now if line in set(kept)] == kept
    assert again["reviews"] == got["reviews"]
    latest = [c for c in again["check_runs"] if c["head_sha"] == pressed["sha"]]
    assert "suggested" not in latest[0]["output"]["summary"]


def suggested_lines(comment: dict[str, Any]) -> range:
    if "```suggestion" not in comment["body"]:
        return range(0)
    return range(comment["start_line"] or comment["line"], comment["line"] + 1)


def test_every_real_contribution_is_judged_without_a_request_that_github_would_refuse(
    world: tuple[Any, independent.Server],
) -> None:
    sim, server = world
    pulls = sorted(independent.LISTS.glob("*/pulls/*/meta.json"))
    if not pulls:
        pytest.skip("no real contributions beside the project: ../shared/lists is absent")

    for meta in pulls:
        before, after = pair(meta.parent.name, meta.parents[2].name)
        repo = f"owner{next(_NUMBERS)}/list"  # its own installation: each may write so much
        number = contribute(sim, repo, before, after)
        got = settled(sim, repo, number)
        lines = [comment["line"] for comment in got["review_comments"]]
        assert len(got["reviews"]) <= 1
        assert len(lines) == len(set(lines)) <= 10
        assert set(lines) <= set(range(after.count("\n") + 2))
    assert objections(sim) == []
    assert re.search(r'"level": "(error|critical)"', server.log()) is None
