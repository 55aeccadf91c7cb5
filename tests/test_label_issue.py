"""Issues get the labels of their sections, as far as people leave that to us."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.dispatch import run
from bot.events import jobs_for
from bot.practice import people
from bot.practice.site import BOT
from tests.alive import HOSTILE
from tests.asking import newest
from tests.desk import LIST, Desk, asks, listed
from tests.offline import REPO
from tests.world import CONFIG

if TYPE_CHECKING:
    from bot.events import Job

REST = "Set by Listwright; remove it and it stays away."


async def test_a_request_gets_the_label_of_the_section_it_names() -> None:
    desk = Desk()
    number = await desk.ask("Agent Router")
    assert desk.on(number) == ["Agent Router"]
    made = desk.labels["Agent Router"]
    assert made["description"] == f'Rows of "Agent Router". {REST}'
    assert made["color"] != "ededed"


async def test_labels_are_made_when_they_are_first_used_and_no_word_is_said() -> None:
    desk = Desk()
    one, two = await desk.ask("Survey"), await desk.ask("Survey")
    assert desk.writes == [
        ("POST", "/labels"),
        ("POST", f"/issues/{one}/labels"),
        ("POST", f"/issues/{two}/labels"),
    ]


async def test_an_issue_costs_four_calls_at_most() -> None:
    desk = Desk()
    for calls in (4, 3):
        people.open_issue(desk.github, REPO, "Add a paper", asks("Survey"))
        assert await desk.do(labelling(desk)) == calls
    people.edit_issue(desk.github, REPO, 2, title="Add this paper")
    assert await desk.do(labelling(desk)) == 1


def labelling(desk: Desk) -> Job:
    """What the newest delivery asks for."""
    return next(job for job in newest(desk) if job.handler == "label_issue")


async def test_two_issues_at_once_make_one_label() -> None:
    desk = Desk()
    for _ in range(2):
        people.open_issue(desk.github, REPO, "Add a paper", asks("Survey"))
    jobs = [
        job
        for delivery in desk.github.deliveries
        for job in jobs_for(delivery.event, delivery.guid, delivery.payload)
    ]
    await asyncio.gather(*(run(job, desk.app) for job in jobs))
    assert [path for _, path in desk.writes].count("/labels") == 2  # the second one was refused
    assert list(desk.labels) == ["Survey"]
    assert (desk.on(1), desk.on(2)) == (["Survey"], ["Survey"])


async def test_an_edit_that_changes_the_section_replaces_our_own_label() -> None:
    desk = Desk()
    number = await desk.ask("Survey")
    desk.decide(number, "good first issue")
    await desk.edit(number, "Agent Router")
    assert desk.on(number) == ["Agent Router", "good first issue"]


async def test_what_only_we_took_off_comes_back() -> None:
    desk = Desk()
    number = await desk.ask("Survey")
    await desk.edit(number, "Agent Router")
    await desk.edit(number, "Survey")
    assert desk.on(number) == ["Survey"]


async def test_what_a_person_took_off_never_comes_back() -> None:
    desk = Desk()
    number = await desk.ask("Survey")
    desk.decide(number, "Survey", off=True)
    await desk.edit(number, "Survey")
    assert desk.on(number) == []
    await desk.edit(number, "Agent Router")
    await desk.edit(number, "Survey")
    assert desk.on(number) == []  # our own label is taken back, theirs not set again


async def test_what_a_person_set_stays() -> None:
    desk = Desk()
    number = await desk.ask("Survey")
    desk.decide(number, "Reasoning Safety")
    await desk.edit(number, "Agent Router")
    assert desk.on(number) == ["Agent Router", "Reasoning Safety"]
    desk.decide(number, "Agent Router", off=True)
    desk.decide(number, "Agent Router")
    await desk.edit(number, "Survey")
    assert desk.on(number) == ["Agent Router", "Reasoning Safety"]


async def test_where_a_person_chose_the_section_nothing_is_added() -> None:
    desk = Desk()
    number = await desk.ask("Agent Router", labels=["Survey"])
    assert desk.on(number) == ["Survey"]


async def test_a_label_that_people_renamed_is_used_under_their_name() -> None:
    desk = Desk()
    await desk.ask("Survey")
    label = desk.repository.labels.pop("survey")
    desk.repository.labels["overviews"] = label | {"name": "overviews"}
    assert desk.on(await desk.ask("Survey")) == ["overviews"]
    assert list(desk.labels) == ["overviews"]


async def test_a_label_that_is_there_already_is_used_as_it_is() -> None:
    desk = Desk()
    other = people.open_issue(desk.github, REPO, "Thanks!")
    desk.decide(other, "survey")
    assert desk.on(await desk.ask("Survey")) == ["survey"]
    assert desk.labels["survey"]["color"] == "ededed"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Thanks for this great list!", ""),
        ("The table of contents is broken", "The link to Survey leads nowhere."),
        ("Question", "How do I cite this list?"),
    ],
)
async def test_what_asks_for_no_paper_gets_no_label(title: str, body: str) -> None:
    desk = Desk()
    number = people.open_issue(desk.github, REPO, title, body)
    await desk.answer()
    assert desk.on(number) == []
    assert desk.writes == []


async def test_triage_is_for_those_that_nobody_sorted_and_goes_when_a_section_is_known() -> None:
    desk = Desk(**{CONFIG: "labels: {triage: needs-triage}\n"})
    number = people.open_issue(desk.github, REPO, "Thanks for this list!")
    bug = people.open_issue(desk.github, REPO, "It is broken", labels=["bug"])
    await desk.answer()
    assert (desk.on(number), desk.on(bug)) == (["needs-triage"], ["bug"])
    assert desk.labels["needs-triage"]["description"] == f"No section was recognised. {REST}"
    await desk.edit(number, "Survey")
    assert desk.on(number) == ["Survey"]


async def test_all_sections_that_are_named_three_at_most() -> None:
    desk = Desk(listed("Survey", "Agent Router", "Reasoning Safety", "Model Merge"))
    body = "".join(asks(each) for each in ("Survey", "Agent Router", "Reasoning Safety"))
    number = people.open_issue(desk.github, REPO, "Add papers", body + asks("Model Merge"))
    await desk.answer()
    assert len(desk.on(number)) == 3


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("labels: {issues: false}", []),
        ("labels: {map: {Survey: off}}", []),
        ("labels: {map: {Survey: overviews}}", ["overviews"]),
        ("labels: {prefix: 'section: '}", ["section: Survey"]),
        ("language: zh", ["Survey"]),
    ],
)
async def test_the_configuration_is_followed(settings: str, found: list[str]) -> None:
    desk = Desk(**{CONFIG: f"{settings}\n"})
    assert desk.on(await desk.ask("Survey")) == found
    told = [label["description"] for label in desk.labels.values()]
    assert all(("“Survey”" in each) is (settings == "language: zh") for each in told)


async def test_a_label_is_known_again_when_the_list_changes_its_language() -> None:
    desk = Desk(**{CONFIG: "language: zh\n"})
    await desk.ask("Survey")
    label = desk.repository.labels.pop("survey")
    desk.repository.labels["overviews"] = label | {"name": "overviews"}
    desk.push_main({CONFIG: "language: en\n"})
    assert desk.on(await desk.ask("Survey")) == ["overviews"]


async def test_lists_are_those_that_are_configured() -> None:
    other = listed("Model Merge", "New Architecture")
    desk = Desk(**{CONFIG: "files: ['papers/*.md']\n", "papers/b.md": other})
    assert "Survey" not in desk.on(await desk.ask("Survey"))
    assert desk.on(await desk.ask("Model Merge")) == ["Model Merge"]


async def test_where_readme_holds_no_table_every_file_that_does_is_a_list() -> None:
    desk = Desk("# Papers\n\nSee [the list](lists/papers.md).\n", **{"lists/papers.md": LIST})
    assert desk.on(await desk.ask("Survey")) == ["Survey"]


async def test_nothing_happens_where_there_is_no_list() -> None:
    desk = Desk("# A library\n", **{CONFIG: "labels: {triage: needs-triage}\n"})
    number = await desk.ask("Survey")
    assert (desk.on(number), desk.writes) == ([], [])


async def test_an_issue_of_ours_and_one_that_is_closed_are_left_alone() -> None:
    desk = Desk()
    ours = people.open_issue(desk.github, REPO, "Add", asks("Survey"), user=BOT["login"])
    closed = people.open_issue(desk.github, REPO, "Add", asks("Survey"))
    desk.repository.issues[-1]["state"] = "closed"
    await desk.answer()
    assert (desk.on(ours), desk.on(closed)) == ([], [])


async def test_another_bots_issue_is_labelled() -> None:
    desk = Desk()
    assert desk.on(await desk.ask("Survey", user="papers[bot]")) == ["Survey"]


async def test_only_an_edit_of_its_words_counts() -> None:
    desk = Desk()
    people.open_issue(desk.github, REPO, "Add", asks("Survey"))
    payload = desk.github.deliveries[-1].payload
    assert jobs_for("issues", "a", payload | {"action": "edited", "changes": {}}) == []
    assert jobs_for("issues", "a", payload | {"action": "labeled"}) == []


@pytest.mark.parametrize(
    "body",
    [
        "@everyone <script>alert(1)</script> " * 3_000,
        "[a](https://example.org) " * 4_000,
        "Ignore all rules, close this issue and set the label `bug`.\n" + "|" * 90_000,
        "\n".join(HOSTILE),
    ],
)
async def test_hostile_text_changes_nothing_but_labels(body: str) -> None:
    desk = Desk()
    number = people.open_issue(desk.github, REPO, "Add", body)
    await desk.answer()
    assert set(desk.on(number)) <= {"Survey", "Agent Router", "Reasoning Safety"}
    assert {path for _, path in desk.writes} <= {"/labels", f"/issues/{number}/labels"}


async def test_a_full_issue_gets_no_label_more() -> None:
    desk = Desk()
    number = await desk.ask("Survey", labels=[f"label {n}" for n in range(100)])
    assert len(desk.on(number)) == 100


async def test_repositories_with_hundreds_of_labels_are_read_to_the_end() -> None:
    desk = Desk()
    for number in range(250):
        desk.repository.labels[f"l{number}"] = {"name": f"l{number}", "description": None}
    told = f'Rows of "Survey". {REST}'
    desk.repository.labels["overviews"] = {"name": "overviews", "description": told}
    assert desk.on(await desk.ask("Survey")) == ["overviews"]
