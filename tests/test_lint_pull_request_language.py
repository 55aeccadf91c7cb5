"""In which language a pull request is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import judge
from tests import lists
from tests.chinese import CHINESE, english, in_chinese, is_chinese
from tests.offline import REPO
from tests.world import CONFIG, COUNT, GOOD, World, empty, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


def spoken(world: World) -> list[str]:
    """All that was written on a pull request."""
    output = world.github.check_runs(REPO, world.head)[-1]["output"]
    notes = world.github.check_runs(REPO, world.head)[-1]["annotations"]
    said = [review["body"] for review in world.reviews]
    said += [comment["body"] for comment in world.github.review_comments(REPO, 1)]
    return [*said, output["title"], output["summary"], *(note["message"] for note in notes)]


def rows(**cells: dict[str, Any]) -> str:
    made = lists.rows(range(COUNT))
    for name, changed in cells.items():
        made[int(name[1:])] = lists.row(int(name[1:]), **changed)
    return CHINESE + lists.table(made)


async def test_a_chinese_list_is_spoken_to_in_chinese() -> None:
    world = World(**{"README.md": in_chinese(GOOD)})
    many = {"r7": {"code": ""}, "r9": {"time": "2024.13"}, "r12": {"code": "?"}}
    await world.do(world.open({"README.md": rows(**many) + lists.row(3) + "\n"}))
    said = spoken(world)
    assert len(said) > 5
    assert [text for text in said if english(text.replace(lists.title(3), ""))] == []
    assert [text for text in said if not is_chinese(text)] == []


async def test_a_clean_pull_request_is_told_so_in_chinese() -> None:
    world = World(**{"README.md": in_chinese(GOOD)})
    await world.do(world.open({"README.md": CHINESE + lists.good(COUNT + 1)}))
    assert world.checks == [("success", "新增 1 行，无需修正")]
    assert english(world.summary) == set()


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", in_chinese(GOOD), "1 row could use a touch"),
        ("zh", GOOD, "1 行可以改进"),
        ("auto", GOOD, "1 row could use a touch"),
        ("auto", in_chinese(GOOD), "1 行可以改进"),
    ],
)
async def test_the_base_branchs_configuration_settles_the_language(
    language: str, text: str, title: str
) -> None:
    world = World(**{"README.md": text, CONFIG: f"language: {language}\n"})
    await world.do(world.open({"README.md": text.replace(GOOD[-40:], GOOD[-40:] + lists.row(3))}))
    assert world.checks == [("neutral", title)]


async def test_a_translated_list_hears_the_language_that_it_had() -> None:
    world = World()
    await world.do(world.open({"README.md": in_chinese(empty(7))}))
    assert world.checks == [("neutral", "1 row could use a touch")]


async def test_a_new_list_is_spoken_to_in_its_own_language() -> None:
    world = World()
    await world.do(world.open({"list.md": in_chinese(empty(7))}))
    assert world.checks == [("neutral", "1 行可以改进")]


async def test_a_list_that_changes_its_language_hears_nothing_twice() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}))
    world.github.move_base(REPO, encoded({CONFIG: "language: zh\n"}))
    await world.do(world.push({"README.md": empty(7), "notes.txt": "new"}))
    assert world.checks == [("neutral", "1 行可以改进")]
    assert len(world.reviews) == len(world.lines) == 1


async def test_a_broken_configuration_is_told_in_the_lists_language() -> None:
    world = World(**{"README.md": in_chinese(GOOD), CONFIG: "language: fr\nfil: x\n"})
    await world.do(world.open({"README.md": in_chinese(empty(7)), CONFIG: "max_comments: 99\n"}))
    assert world.checks == [("neutral", "请看一下配置")]
    assert [text for text in spoken(world) if english(text) - {"auto", "en", "zh"}] == []
    assert "`fil` 不是这里的键，是不是想写 `files`？" in world.summary


@pytest.mark.parametrize("numbers", [(7,), (7, 21)])  # one edit, and several at once
async def test_what_was_mended_is_told_in_the_lists_language(numbers: tuple[int, ...]) -> None:
    world = World(**{"README.md": in_chinese(GOOD)})
    await world.do(world.open({"README.md": in_chinese(empty(*numbers))}))
    await world.do(world.push({"README.md": in_chinese(GOOD) + "\n"}))
    said = [comment["body"] for comment in world.github.review_comments(REPO, 1)]
    assert len(said) == len(numbers)
    assert [text for text in said if not text.startswith("**已修正，谢谢。**")] == []
    assert [text for text in said if english(text)] == []


@pytest.mark.parametrize("text", [in_chinese(GOOD), GOOD])
async def test_a_draft_waits_in_the_lists_language(text: str) -> None:
    world = World(**{"README.md": text})
    await world.do(world.open({"README.md": text + lists.row(3)}, draft=True))
    title = "等待可以评审" if "精选" in text else "Waiting until ready for review"
    assert world.checks == [("success", title)]
