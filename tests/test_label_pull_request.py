"""Pull requests get labels where the configuration asks for it."""

from __future__ import annotations

import pytest

from tests import lists
from tests.desk import LIST, Desk, listed
from tests.world import CONFIG

ON = "labels: {pulls: true, needs_fix: needs fix, ready: ready}\n"
NEW = lists.row(-1, paper="[link](https://arxiv.org/abs/2507.00001)", code=lists.code(91))
SURVEY = lists.row(3)  # a row of the section
ADDED = LIST.replace(lists.rows([0])[0], f"{NEW}\n{lists.rows([0])[0]}")
BROKEN = ADDED.replace(NEW, NEW.rpartition("[")[0] + " |")


async def opened(text: str, settings: str = ON, *, draft: bool = False) -> Desk:
    desk = Desk(**{CONFIG: settings})
    desk.open({"README.md": text}, draft=draft)
    await desk.answer()
    return desk


async def test_by_itself_a_pull_request_gets_no_label() -> None:
    desk = await opened(ADDED, "")
    assert "label_pull_request" not in [job.handler for job in desk.done]
    assert (desk.on(1), list(desk.labels)) == ([], [])


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (ADDED, ["Survey", "new paper", "ready"]),
        (LIST.replace(SURVEY, SURVEY.replace("arXiv'25", "ICLR'25")), ["Survey", "correction"]),
        (LIST.replace(f"{lists.row(9)}\n", ""), ["Agent Router", "removal"]),
        (LIST.replace(f"{SURVEY}\n", "").replace(lists.row(9), f"{SURVEY}\n{lists.row(9)}"), None),
        (LIST + "\nA last word.\n", []),
    ],
)
async def test_labels_tell_sections_and_what_is_done(text: str, labels: list[str] | None) -> None:
    desk = await opened(text)
    found = [name for name in desk.on(1) if labels is None or name != "ready" or name in labels]
    assert found == (["Agent Router", "correction", "needs fix"] if labels is None else labels)


async def test_needs_fix_becomes_ready() -> None:
    desk = await opened(BROKEN)
    assert desk.on(1) == ["Survey", "needs fix", "new paper"]
    desk.push({"README.md": ADDED})
    await desk.answer()
    assert desk.on(1) == ["Survey", "new paper", "ready"]


async def test_names_are_configured_and_nothing_is_none() -> None:
    desk = await opened(ADDED, "labels: {pulls: true, added: paper, prefix: 's: '}\n")
    assert desk.on(1) == ["paper", "s: Survey"]
    desk = await opened(ADDED, "labels: {pulls: true, added: ''}\n")
    assert desk.on(1) == ["Survey"]


async def test_what_people_decided_stays() -> None:
    desk = await opened(ADDED)
    desk.decide(1, "Survey", "new paper", off=True)
    desk.decide(1, "Agent Router")
    desk.push({"README.md": BROKEN})
    await desk.answer()
    assert desk.on(1) == ["Agent Router", "needs fix"]


async def test_a_section_that_only_the_pull_request_has_gets_no_label_yet() -> None:
    desk = await opened(listed("Survey", "Agent Router", "Reasoning Safety", "Model Merge"))
    assert "Model Merge" not in desk.on(1)
    assert "Model Merge" not in desk.labels


async def test_a_muted_pull_request_is_left_in_peace() -> None:
    desk = Desk(**{CONFIG: ON})
    desk.open({"README.md": ADDED})
    desk.repository.pulls[1].labels.append("listwright: off")
    await desk.answer()
    assert desk.on(1) == ["listwright: off"]
