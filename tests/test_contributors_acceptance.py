"""New contributors of the seed, end to end against the independent GitHub."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest

import rules
from tests import independent
from tests.real_lists import SEED, acceptance, lint, read
from tests.test_acceptance import objections
from tests.test_comment_life_acceptance import RIGHTS
from tests.world import CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = acceptance

REPO = "zoe/list"
BRANCH = "listwright/contributors"


@pytest.fixture(scope="module")
def sim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with independent.world(tmp_path_factory.mktemp("server")) as (found, _):
        found.patch("/app", permissions=RIGHTS | {"contents": "write"})
        files = {"README.md": read(SEED / "SEED.md"), CONFIG: "contributors: on\n"}
        found.post("/repos", full_name=REPO, files=files, install=True)
        yield found


def merge(sim: Any, user: str, asked: tuple[str, str]) -> None:
    """Merge somebody's pull request, and wait until Listwright has asked GitHub for something."""
    files = {f"{user}.txt": "Words.\n"}
    made = sim.post(f"/repos/{REPO}/pulls", files=files, title="Add", user=user)
    sim.post(f"/repos/{REPO}/pulls/{made['number']}/merge")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        sim.idle(quiet=0.5)
        if asked in {(request["method"], request["path"]) for request in sim.get("/requests")}:
            return
    raise AssertionError(sim.violations())


def test_two_merges_are_one_pull_request_with_both_in_the_seeds_own_form(sim: Any) -> None:
    before = read(SEED / "SEED.md")
    merge(sim, "bob", ("POST", f"/repos/{REPO}/pulls"))
    merge(sim, "eve", ("PATCH", f"/repos/{REPO}/pulls/2"))
    pull = sim.get(f"/repos/{REPO}/pulls/2")["pull"]
    assert pull["title"] == "Add bob and eve to the contributors"
    assert "(https://github.com/eve), #3" in pull["body"]
    after = sim.get(f"/repos/{REPO}/file?path=README.md&ref={BRANCH}").decode()
    added = [line for line in after.split("\n") if line not in before.split("\n")]
    ids = [re.search(r"/u/(\d+)\?", line) for line in added]
    assert [
        line.replace(found[1], "ID") for line, found in zip(added, ids, strict=True) if found
    ] == [
        f'<a href="https://github.com/{login}" target="_blank"><img src="https://avatars.'
        f'githubusercontent.com/u/ID?v=4" alt="{login}" width="96" height="96"/></a> '
        for login in ("bob", "eve")
    ]
    assert len(after.split("\n")) == len(before.split("\n")) + len(added)
    told = [(d.line, d.message) for d in rules.lint(rules.parse(after))]
    assert told == [(d.line, d.message) for d in lint(SEED / "SEED.md")]
    assert objections(sim) == []
