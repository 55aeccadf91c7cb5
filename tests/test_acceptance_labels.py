"""End to end beside an independent GitHub: labels on issues, and whom they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import independent
from tests.desk import LIST, asks
from tests.world import CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.acceptance

REPO = "ann/list"
RENAMED = LIST.replace("## Agent Router", "## Model Routing")


@pytest.fixture(scope="module")
def sim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with independent.world(tmp_path_factory.mktemp("server")) as (found, _):
        found.post("/repos", full_name=REPO, files={"README.md": LIST}, install=True)
        yield found


def ask(sim: Any, section: str, user: str = "bob") -> int:
    made = sim.post(f"/repos/{REPO}/issues", title="Add", body=asks(section), user=user)
    return int(made["number"])


def edit(sim: Any, number: int, section: str) -> None:
    sim.request("PATCH", f"/repos/{REPO}/issues/{number}", {"body": asks(section)})


def decide(sim: Any, number: int, **change: list[str]) -> None:
    sim.request("PATCH", f"/repos/{REPO}/issues/{number}", {**change, "user": "ann"})


def on(sim: Any, number: int) -> set[str]:
    found = sim.get(f"/repos/{REPO}/issues")
    kept = found if isinstance(found, list) else found["issues"]
    issue = next(each for each in kept if each["number"] == number)
    return named(issue["labels"])


def named(labels: list[Any]) -> set[str]:
    return {label if isinstance(label, str) else label["name"] for label in labels}


def test_two_issues_at_once_make_one_label(sim: Any) -> None:
    sim.post("/deliveries/pause")
    one, two = ask(sim, "Survey"), ask(sim, "Survey", "eve")
    sim.post("/deliveries/release")
    independent.until(sim, lambda: on(sim, one) == on(sim, two) == {"Survey"})
    made = sim.get("/requests?operation=issues/create-label")
    assert 1 <= len(made if isinstance(made, list) else made["requests"]) <= 2
    assert sim.violations() == []


def test_what_a_person_took_off_stays_away_after_an_edit(sim: Any) -> None:
    number = ask(sim, "Agent Router")
    independent.until(sim, lambda: on(sim, number) == {"Agent Router"})
    decide(sim, number, labels_remove=["Agent Router"])
    edit(sim, number, "Reasoning Safety")
    independent.until(sim, lambda: on(sim, number) == {"Reasoning Safety"})
    edit(sim, number, "Agent Router")
    independent.until(sim, lambda: on(sim, number) == set())
    assert sim.violations() == []


def test_a_persons_label_stays(sim: Any) -> None:
    number = ask(sim, "Survey")
    independent.until(sim, lambda: on(sim, number) == {"Survey"})
    decide(sim, number, labels_add=["Reasoning Safety", "bug"])
    edit(sim, number, "Agent Router")
    independent.until(sim, lambda: "Agent Router" in on(sim, number))
    assert on(sim, number) == {"Agent Router", "Reasoning Safety", "bug"}
    assert sim.violations() == []


def test_a_heading_that_is_renamed_takes_its_label_along(sim: Any) -> None:
    number = ask(sim, "Agent Router")
    independent.until(sim, lambda: on(sim, number) == {"Agent Router"})
    sim.post(f"/repos/{REPO}/push", files={"README.md": RENAMED})
    independent.until(sim, lambda: on(sim, number) == {"Model Routing"})
    assert sim.violations() == []


def test_a_pull_request_gets_labels_where_they_are_wanted(sim: Any) -> None:
    sim.post(f"/repos/{REPO}/push", files={CONFIG: "labels: {pulls: true}\n"})
    sim.idle(quiet=0.5)
    shorter = "\n".join(line for line in RENAMED.split("\n") if "beside river 17 " not in line)
    made = sim.post(
        f"/repos/{REPO}/pulls", files={"README.md": shorter}, title="Remove", user="bob"
    )
    number = int(made["number"])

    def labels() -> set[str]:
        return {name.lower() for name in named(sim.get(f"/repos/{REPO}/pulls/{number}")["labels"])}

    independent.until(sim, lambda: labels() == {"reasoning safety", "removal"})
    assert sim.violations() == []
