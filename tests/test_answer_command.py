"""Commands in comments: who may give them, and what comes of each, on the offline GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rules
from bot import judge
from bot.dispatch import run
from bot.events import jobs_for
from tests.asking import (
    AUTHOR,
    HELPER,
    OWNER,
    STRANGER,
    answer,
    ask,
    broken,
    everything,
    newest,
    replied,
    said,
)
from tests.conversation import bodies, grant
from tests.offline import REPO
from tests.world import CONFIG, empty

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from tests.world import World

    Give = Callable[[World, str], Awaitable[list[str]]]


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


# --- who is heard


@pytest.mark.parametrize("user", [AUTHOR, AUTHOR.upper(), OWNER, HELPER])
async def test_the_author_and_those_who_may_write_are_heard(user: str) -> None:
    world = await broken()
    world.github.repositories[REPO].writers.add(HELPER)
    assert await ask(world, "/listwright recheck", user) == ["+1"]
    assert len(world.checks) == 2


@pytest.mark.parametrize("command", ["recheck", "ignore missing-code-link", "help", "dance"])
async def test_others_are_told_that_they_may_not(command: str) -> None:
    world = await broken()
    assert await ask(world, f"/listwright {command}", STRANGER) == ["-1"]
    assert await answer(world, f"/listwright {command}", STRANGER) == ["-1"]
    assert (len(world.checks), said(world), replied(world)) == (1, [], [])


async def test_the_author_of_another_pull_request_is_nobody_here() -> None:
    world = await broken()
    world.github.open_pull(REPO, {"README.md": empty(8).encode()}, user=STRANGER)
    assert await ask(world, "/listwright recheck", STRANGER) == ["-1"]


async def test_a_login_that_github_does_not_know_any_more_may_nothing() -> None:
    world = await broken()
    world.github.comment(REPO, 1, "/listwright recheck", user=STRANGER)
    gone = (404, {"content-type": "application/json"}, b'{"message": "Not Found"}')
    world.wire.answers = [gone] * 3
    assert await everything(world, *newest(world)) == ["answer_command", "react"]
    assert [*world.github.reactions.values()] == [["-1"]]


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("Looks good!", OWNER),
        ("> /listwright recheck", OWNER),
        ("/listwright recheck", "listwright[bot]"),
        ("/listwright recheck", "dependabot[bot]"),
        ("x" * 10_000 + "\n/listwright recheck", OWNER),
    ],
)
async def test_what_is_no_command_of_a_humans_means_nothing(text: str, user: str) -> None:
    world = await broken()
    world.github.comment(REPO, 1, text, user=user)
    assert newest(world) == []


async def test_on_an_issue_it_means_nothing() -> None:
    world = await broken()
    world.github.comment(REPO, 1, "/listwright recheck", user=OWNER)
    payload = world.github.deliveries[-1].payload
    del payload["issue"]["pull_request"]
    asked = {job.handler for job in jobs_for("issue_comment", "guid", payload)}
    assert asked == {"help_on_issue"}  # which shows what can be asked there


# --- recheck


async def test_recheck_judges_again_and_says_what_is_new() -> None:
    world = await broken(**{CONFIG: "rules: {missing-code-link: off}"})
    assert world.lines == []
    world.github.move_base(REPO, {CONFIG: b""})
    assert await ask(world, "Now?\r\n\r\n/Listwright recheck") == ["+1"]
    assert len(world.lines) == 1
    assert await ask(world, "/listwright recheck") == ["+1"]
    assert len(world.lines) == 1  # nothing is said twice
    assert said(world) == []


async def test_a_pull_request_that_is_closed_is_left_as_it_is() -> None:
    world = await broken()
    world.github.close(REPO, 1)
    assert await ask(world, "/listwright recheck\n/listwright ignore missing-code-link") == [
        "confused"
    ]
    assert len(world.checks) == 1
    [words] = said(world)
    assert words.count("is closed") == 1


# --- fix


async def test_fix_commits_what_can_be_mended_and_that_is_judged() -> None:
    world = grant(await broken())
    before = world.head
    assert await ask(world, "/listwright fix") == ["+1"]
    assert world.head != before
    assert said(world) == []
    await everything(world, *newest(world))  # the delivery about our own push
    assert world.checks[-1][0] == "success"


@pytest.mark.parametrize("give", [ask, answer])
async def test_fix_says_where_it_was_asked_why_it_did_not_commit(give: Give) -> None:
    world = grant(await broken())
    world.github.repositories[REPO].pulls[1].editable = False
    before = world.head
    assert await give(world, "/listwright fix") == ["confused"]
    assert world.head == before
    assert len(said(world) if give is ask else replied(world)) == 1


async def test_fix_is_for_those_who_may() -> None:
    world = grant(await broken())
    before = world.head
    assert await ask(world, "/listwright fix", STRANGER) == ["-1"]
    assert world.head == before


# --- explain


async def test_explain_tells_the_beginning_of_the_page() -> None:
    world = await broken()
    assert await ask(world, "/listwright explain date-order") == ["+1"]
    [words] = said(world)
    assert words.startswith("**date-order**: A row stands outside its table's own order by date.")
    assert "Readers of a dated list look for news at one end of it." in words
    assert "```" not in words
    assert len(words) < 1500


@pytest.mark.parametrize("rule", [rule.name for rule in rules.all_rules()])
async def test_every_rule_is_explained_in_few_words(rule: str) -> None:
    world = await broken()
    assert await answer(world, f"/listwright explain {rule}") == ["+1"]
    [words] = replied(world)
    assert words.startswith(f"**{rule}**: ")
    assert 150 < len(words) < 2500


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("date-ordr", "Did you mean `date-order`?"),
        ("gravity", "There are: `alphabet-order`,"),
        ("@all<!--|", "There is no rule `@all<!--|`. There are"),
    ],
)
async def test_a_rule_that_does_not_exist_is_answered_with_those_that_do(
    name: str, told: str
) -> None:
    world = await broken()
    assert await ask(world, f"/listwright explain {name}") == ["confused"]
    assert told in said(world)[0]


# --- help


async def test_help_shows_the_commands_where_it_is_asked() -> None:
    world = await broken()
    assert await answer(world, "/listwright help") == ["+1"]
    [words] = replied(world)
    assert "| `/listwright recheck` | looks at this pull request again |" in words
    assert said(world) == []


async def test_a_command_that_nobody_knows_gets_the_help_once() -> None:
    world = await broken()
    assert await answer(world, "/listwright dance") == ["confused"]
    assert await ask(world, "/listwright explain") == ["confused"]
    assert await ask(world, "/listwright") == ["confused"]
    [words] = said(world)
    assert "/listwright explain RULE" in words
    assert replied(world) == []


async def test_who_asked_for_help_gets_no_second_one_for_an_unknown_command() -> None:
    world = await broken()
    assert await ask(world, "/listwright dance\n/listwright help") == ["+1", "confused"]
    assert await ask(world, "/listwright sing") == ["confused"]
    assert len(said(world)) == 1


# --- several, twice, hostile


async def test_several_commands_get_one_reply() -> None:
    world = await broken()
    text = "/listwright explain date-order\n/listwright recheck\n/listwright explain bookmarks"
    assert await ask(world, text) == ["+1"]
    [words] = said(world)
    assert "**date-order**" in words
    assert "**bookmarks**" in words
    assert len(world.checks) == 2


@pytest.mark.parametrize("give", [ask, answer])
async def test_a_delivery_that_comes_twice_is_answered_once(give: Give) -> None:
    world = await broken()
    text = "/listwright explain date-order\n/listwright dance\n/listwright ignore bookmarks"
    assert await give(world, text) == ["+1", "confused"]
    before = (said(world), replied(world), bodies(world))
    await everything(world, *newest(world))
    assert (said(world), replied(world), bodies(world)) == before
    assert list(world.github.reactions.values()) == [["+1", "confused"]]


@pytest.mark.parametrize("user", [STRANGER, OWNER])
async def test_a_hostile_comment_changes_nothing_but_gets_its_reaction(user: str) -> None:
    world = await broken()
    text = "/listwright ignore @everyone --> ``` | <b> #1 " + "@everyone `~~~ " * 4_000
    before = bodies(world)
    assert await ask(world, f"{text}\n```\n/listwright recheck", user) == [
        "-1" if user == STRANGER else "confused"
    ]
    assert bodies(world) == before
    assert len(world.checks) == 1
    assert not any("everyone" in words for words in said(world))


async def test_a_comment_that_was_deleted_meanwhile_is_done_without_an_answer() -> None:
    world = await broken()
    pull = world.github.repositories[REPO].pulls[1]
    world.github.comment(REPO, 1, "/listwright recheck", user=AUTHOR)
    pull.conversation.clear()
    done = await everything(world, *newest(world))
    assert done == ["answer_command", "react", "lint_pull_request"]


async def test_every_comment_is_answered_however_many_wait() -> None:
    world = await broken()
    for _ in range(2):
        world.github.comment(REPO, 1, "/listwright recheck", user=AUTHOR)
        [job] = newest(world)
        further = await run(job, world.app)
        assert [(one.handler, one.every) for one in (job, *further)] == [
            ("answer_command", True),
            ("react", True),
            ("lint_pull_request", False),
        ]
