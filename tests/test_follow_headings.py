"""A push that renames a heading renames its label."""

from __future__ import annotations

from tests.desk import LIST, Desk
from tests.world import CONFIG

RENAMED = LIST.replace("## Agent Router", "## Model Routing")


async def labelled(**files: str) -> tuple[Desk, int]:
    desk = Desk(**files)
    return desk, await desk.ask("Agent Router")


async def test_a_heading_that_is_renamed_takes_its_label_along() -> None:
    desk, number = await labelled()
    color = desk.labels["Agent Router"]["color"]
    desk.push_main({"README.md": RENAMED})
    await desk.answer()
    assert desk.on(number) == ["Model Routing"]
    [made] = desk.labels.values()
    assert made["description"].startswith('Rows of "Model Routing".')
    assert made["color"] == color


async def test_a_label_is_not_made_by_a_push() -> None:
    desk = Desk()
    desk.push_main({"README.md": RENAMED})
    await desk.answer()
    assert list(desk.labels) == []


async def test_rows_alone_cost_no_call() -> None:
    desk, _ = await labelled()
    desk.push_main({"README.md": LIST.replace("beside river 9 ", "beside river nine ")})
    assert "follow_headings" not in [job.handler for job in await desk.answer()]


async def test_a_label_that_people_changed_is_theirs() -> None:
    desk, _ = await labelled()
    desk.repository.labels["agent router"]["description"] = "Everything about routing"
    desk.push_main({"README.md": RENAMED})
    await desk.answer()
    assert list(desk.labels) == ["Agent Router"]


async def test_a_label_that_people_renamed_keeps_their_name_and_stands_for_the_new_heading() -> (
    None
):
    desk, number = await labelled()
    label = desk.repository.labels.pop("agent router")
    desk.repository.labels["routing"] = label | {"name": "routing"}
    desk.repository.issues[0]["labels"][:] = ["routing"]
    desk.push_main({"README.md": RENAMED})
    await desk.answer()
    assert desk.on(number) == ["routing"]
    assert desk.on(await desk.ask("Model Routing")) == ["routing"]


async def test_a_name_that_is_taken_is_left_to_its_owner() -> None:
    desk, number = await labelled()
    desk.decide(number, "Model Routing")
    desk.push_main({"README.md": RENAMED})
    await desk.answer()
    assert desk.on(number) == ["Agent Router", "Model Routing"]


async def test_without_labels_nothing_is_renamed() -> None:
    desk, _ = await labelled()
    desk.push_main({"README.md": RENAMED, CONFIG: "labels: {issues: off}\n"})
    await desk.answer()
    assert list(desk.labels) == ["Agent Router"]


async def test_a_renamed_label_on_a_list_of_several_files() -> None:
    desk, _ = await labelled(**{CONFIG: "files: ['*.md']\n", "b.md": "# B\n\nNo table.\n"})
    desk.push_main({"README.md": RENAMED})
    await desk.answer()
    assert list(desk.labels) == ["Model Routing"]
