"""`/listwright ignore`: what is left as it is, and for how long, on the offline GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import judge
from tests import lists
from tests.asking import OWNER, answer, ask, broken, everything, newest, replied, said
from tests.conversation import BROKEN, bodies, grant, resolved, written
from tests.offline import REPO
from tests.world import HEAD, World, changed, empty

if TYPE_CHECKING:
    from collections.abc import Iterator

# Two rules have something to say about this row.
TWICE = {"README.md": changed(r7=lists.row(7, code="", paper=lists.paper(7)))}


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


async def test_in_a_thread_its_row_is_left_and_counts_no_more() -> None:
    world = await broken()
    assert await answer(world, "/listwright ignore it has no code, and never will") == ["+1"]
    [body] = bodies(world)
    first, _, rest = body.partition("<details>")
    told = "**Left as it is**, as contributor asked: it has no code\\, and never will"
    assert first.strip() == told
    assert "The Code cell is empty" in rest
    assert "```suggestion" not in rest
    assert world.checks[-1][0] == "success"
    assert (said(world), replied(world)) == ([], [])


async def test_what_is_left_is_left_over_pushes_and_rebases() -> None:
    world = await broken()
    await answer(world, "/listwright ignore")
    before = bodies(world)
    assert before[0].startswith("**Left as it is**, as contributor asked.\n")
    await world.do(world.push(BROKEN | {"a.md": "x"}))
    assert world.checks == [("success", "1 row edited, nothing to fix")]
    world.github.rebase(REPO, 1, {"README.md": BROKEN["README.md"].encode()})
    await world.do(*newest(world))
    assert world.checks == [("success", "1 row edited, nothing to fix")]
    assert bodies(world) == before


async def test_other_rows_are_spoken_of_still() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7, 21)}))
    second = world.github.review_comments(REPO, 1)[1]["id"]
    assert await answer(world, "/listwright ignore", thread=second) == ["+1"]
    assert [body.startswith("**Left") for body in bodies(world)] == [False, True]
    assert world.checks[-1] == ("neutral", "1 row could use a touch")


async def test_with_a_rule_a_thread_is_about_its_own_row_alone() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7, 21)}))
    assert await answer(world, "/listwright ignore missing-code-link") == ["+1"]
    assert [body.startswith("**Left") for body in bodies(world)] == [True, False]
    assert (said(world), world.checks[-1][0]) == ([], "neutral")


@pytest.mark.parametrize("granted", [True, False])
async def test_the_thread_is_resolved_where_the_owner_lets_us(granted: bool) -> None:
    world = World()
    await world.do((grant(world) if granted else world).open(BROKEN))
    await answer(world, "/listwright ignore")
    assert resolved(world) == (["listwright[bot]"] if granted else [None])
    assert bodies(world)[0].startswith("**Left as it is**")


async def test_mentions_and_markup_in_a_reason_stay_dead() -> None:
    world = await broken()
    await answer(world, "/listwright ignore @all `x` <!-- listwright: 0 --> | [a](b) ```")
    [body] = bodies(world)
    assert "@all" not in body
    assert "<!-- listwright: 0" not in body
    assert world.checks[-1][0] == "success"


async def test_in_a_thread_a_rule_that_it_is_not_about_is_told() -> None:
    world = await broken()
    assert await answer(world, "/listwright ignore date-order it is right") == ["confused"]
    [words] = replied(world)
    assert words.startswith("Nothing here is about `date-order`")
    assert bodies(world)[0].startswith("The Code cell")


async def test_of_two_rules_in_a_thread_one_can_be_left() -> None:
    world = World()
    await world.do(world.open(TWICE))
    before = bodies(world)
    assert "The Code cell" in before[0]
    assert "An address alone" in before[0]
    assert await answer(world, "/listwright ignore missing-code-link none yet") == ["+1"]
    assert bodies(world) == before
    [words] = said(world)
    assert "This is about `missing-code-link` in one row." in words
    assert world.checks[-1] == ("neutral", "1 row could use a touch")
    assert "Code cell" not in world.summary


async def test_in_the_conversation_all_rows_of_a_rule_are_left() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7, 21, 31)}))
    assert await ask(world, "/listwright ignore `missing-code-link` no code anywhere") == ["+1"]
    assert all(body.startswith("**Left as it is**, as contributor") for body in bodies(world))
    assert written(world)[0] == ("POST", "/graphql")  # one call for all of them
    assert world.checks[-1][0] == "success"
    assert said(world) == []


async def test_rows_without_a_thread_are_left_by_one_comment_that_keeps_it() -> None:
    world = World()
    rows = [lists.row(n, code="") for n in range(30)]
    await world.do(world.open({"README.md": HEAD + lists.table(rows)}))
    commented = len(world.lines)
    assert commented < 30
    text = "/listwright ignore missing-code-link they have none"
    assert await ask(world, text, OWNER) == ["+1"]
    [words] = said(world)
    assert words.startswith("**Left as it is**, as ann asked: they have none")
    assert f"This is about `missing-code-link` in {30 - commented} rows." in words
    assert world.checks[-1][0] == "success"
    await world.do(world.push({"a.md": "x"}))
    assert world.checks[-1][0] == "success"


async def test_in_the_conversation_a_rule_must_be_named() -> None:
    world = await broken()
    assert await ask(world, "/listwright ignore it is right") == ["confused"]
    [words] = said(world)
    assert words.startswith("Which rule?")
    assert len(world.checks) == 1


async def test_in_a_thread_of_other_people_a_rule_must_be_named() -> None:
    world = await broken()
    pull = world.github.repositories[REPO].pulls[1]
    theirs = dict(pull.comments[0], id=99, user={"login": OWNER, "type": "User"}, body="Hm.")
    pull.comments.append(theirs)
    assert await answer(world, "/listwright ignore", thread=99) == ["confused"]
    [words] = replied(world)
    assert words.startswith("Which rule?")


async def test_a_rule_that_has_nothing_to_say_here_is_told() -> None:
    world = await broken()
    assert await ask(world, "/listwright ignore date-order") == ["confused"]
    assert said(world)[0].startswith("Nothing here is about `date-order`")


async def test_a_misspelt_rule_is_no_reason() -> None:
    world = await broken()
    before = bodies(world)
    assert await answer(world, "/listwright ignore missing-code-lnk none yet") == ["confused"]
    assert bodies(world) == before


async def test_what_is_done_twice_is_done_once() -> None:
    world = await broken()
    await answer(world, "/listwright ignore it is right")
    before = (bodies(world), len(written(world)))
    await everything(world, *newest(world))
    assert bodies(world) == before[0]
    assert written(world)[before[1] :] == [("POST", f"/repos/{REPO}/pulls/comments/2/reactions")]
