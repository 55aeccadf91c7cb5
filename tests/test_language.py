"""Whatever is written on GitHub is written in the list's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import judge
from bot.practice import branch
from tests import lists
from tests.asking import answer, ask, replied, said
from tests.busy import Busy, with_row
from tests.chinese import english, in_chinese, is_chinese
from tests.conversation import grant
from tests.offline import REPO
from tests.world import CONFIG, GOOD, World, changed, empty, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = "max_comments: many\nrules:\n  missing-code-lnk: off\n"


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


async def reviewed() -> World:
    world = World(**{"README.md": in_chinese(GOOD)})
    await world.do(world.open({"README.md": in_chinese(empty(7))}))
    return world


def busy() -> Busy:
    world = Busy(**{"README.md": in_chinese(GOOD)})
    grant(world)
    return world


@pytest.mark.parametrize(
    "command", ["help", "explain nothing", "ignore", "fix", "date-order", "ignore date-order no"]
)
async def test_commands_are_answered(command: str) -> None:
    world = await reviewed()
    await ask(world, f"/listwright {command}")
    reviews = [review["body"] for review in world.reviews]
    told = [*said(world), *reviews[1:]]
    assert told
    assert [text for text in told if english(text) or not is_chinese(text)] == []


async def test_a_row_that_is_left_says_so() -> None:
    world = await reviewed()
    await answer(world, "/listwright ignore 有意")
    [comment] = world.github.review_comments(REPO, 1)[:1]
    assert comment["body"].startswith("应 contributor 的要求，**保持原样**：有意")
    assert replied(world) == []


async def test_a_commit_is_described() -> None:
    world = grant(await reviewed())
    await ask(world, "/listwright fix")
    commit = world.github.repositories[REPO].store.commits[world.head]
    assert commit.message.startswith("修正 1 行\n\nREADME.md:")


async def test_a_thread_that_is_open_again_is_not_written_anew() -> None:
    world = grant(await reviewed())
    await world.do(world.push({"README.md": in_chinese(GOOD) + "\n"}))
    await world.do(world.push({"README.md": in_chinese(empty(7))}))
    [*_, last] = (str(r.body) for r in world.github.requests if "mutation(" in str(r.body))
    assert "unresolveReviewThread" in last
    assert "updatePullRequestReviewComment" not in last


async def test_a_push_gets_its_check_run_and_comment() -> None:
    world = busy()
    short = lists.row(8).removesuffix("- |")
    sha = world.push_main({"README.md": in_chinese(changed(r8=short))})
    await world.answer()
    assert world.checks_on(sha) == [("neutral", "1 行可以改进")]
    [comment] = world.commit_comments
    words = comment["body"].replace(lists.row(8), "")
    assert words.startswith("感谢维护这个列表！")
    assert english(words) == set()


async def test_the_issue_about_the_configuration_is_not_renewed_without_a_reason() -> None:
    world = busy()
    for text in (BROKEN, BROKEN + "# a remark\n"):
        world.push_main({CONFIG: text})
        await world.answer()
    [issue] = world.repository.issues
    assert issue["title"] == "请看一下配置"
    assert english(issue["body"]) == set()
    assert "这里的键，是不是想写" in issue["body"]
    edits = [r for r in world.github.requests if r.method == "PATCH" and "/issues/" in r.path]
    assert edits == []


async def test_the_merge_queue_is_told() -> None:
    world = busy()
    world.github.open_pull(REPO, encoded({"README.md": in_chinese(with_row())}))
    head = branch.queue(world.github, REPO, 1)
    await world.do(world.job())
    assert world.checks_on(head) == [("success", "已在拉取请求里检查过")]


async def test_a_check_run_that_says_the_same_is_not_written_again() -> None:
    world = busy()
    world.github.open_pull(REPO, encoded({"README.md": in_chinese(empty(7))}))
    await world.answer()
    for name in ("a", "b"):
        world.push_main({f"{name}.md": in_chinese(GOOD)})
        await world.answer()
    assert world.checks == [("neutral", "1 行可以改进")]
