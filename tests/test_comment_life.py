"""What becomes of a comment over the pushes of a pull request, on the offline GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import comment_life, judge
from bot.comment_life import marked
from tests import lists
from tests.conversation import BROKEN, MENDED, bodies, grant, reply, resolve, resolved, written
from tests.offline import REPO, app_of
from tests.world import COUNT, GOOD, HEAD, World, changed, empty, encoded, line

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


# --- mended


async def test_without_the_right_to_resolve_a_mended_comment_says_so_itself() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    [before] = bodies(world)
    assert await world.do(world.push(MENDED)) == 4
    [after] = bodies(world)
    assert after.startswith("**Mended, thank you.**")
    assert "The Code cell is empty" in after.partition("<details>")[2]
    assert "```suggestion" in before
    assert "```suggestion" not in after  # pressed now, it would bring old text back
    assert written(world) == [("PATCH", f"/repos/{REPO}/pulls/comments/1")]
    assert await world.do(world.push(MENDED | {"a.md": "x"})) == 3
    assert bodies(world) == [after]


async def test_several_comments_are_edited_by_one_call() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7, 21, 31)}))
    assert await world.do(world.push({"README.md": empty(31)})) == 4
    assert [body.startswith("**Mended") for body in bodies(world)] == [True, True, False]
    assert written(world) == [("POST", "/graphql")]


async def test_with_the_right_to_it_mended_threads_are_resolved_by_one_call() -> None:
    world = grant(World())
    await world.do(world.open({"README.md": empty(7, 21, 31)}))
    before = bodies(world)
    assert await world.do(world.push({"README.md": empty(31)})) == 4
    assert resolved(world) == ["listwright[bot]", "listwright[bot]", None]
    assert bodies(world) == before
    assert written(world) == [("POST", "/graphql")]
    assert await world.do(world.push({"README.md": empty(31), "a.md": "x"})) == 3


async def test_a_row_that_was_taken_out_again_counts_as_mended() -> None:
    world = World(**{"more.md": GOOD})
    rows = [lists.row(-1, code=""), *lists.rows(range(COUNT))]
    text = HEAD + lists.table(rows)
    await world.do(world.open({"README.md": text, "more.md": text}))
    await world.do(world.push({"README.md": GOOD, "more.md": text}))
    assert [body.startswith("**Mended") for body in bodies(world)] == [True, False]
    assert await world.do(world.push({"more.md": GOOD, "a.md": "x"})) == 4
    assert world.checks == [("success", "No list touched, nothing to check")]
    assert [body.startswith("**Mended") for body in bodies(world)] == [True, True]
    assert await world.do(world.push({"a.md": "y"})) == 3


@pytest.mark.parametrize("right", [False, True])
async def test_where_a_human_replied_the_thread_is_theirs(right: bool) -> None:
    world = grant(World()) if right else World()
    await world.do(world.open(BROKEN))
    before = bodies(world)
    reply(world)
    assert await world.do(world.push(MENDED)) == 3
    assert (bodies(world), resolved(world), written(world)) == (before, [None], [])


async def test_a_file_that_could_not_be_judged_this_time_is_not_called_mended() -> None:
    world = World(**{"more.md": GOOD})
    await world.do(world.open({"README.md": empty(7), "more.md": empty(7)}))
    latin = GOOD.replace("gardener", "jardinière").encode("latin-1")
    await world.do(world.push({"README.md": latin, "more.md": changed(r9=lists.row(9, code=""))}))
    told = {c["path"]: c["body"] for c in world.github.review_comments(REPO, 1)[:2]}
    assert "**Mended" not in told["README.md"]
    assert "**Mended" in told["more.md"]


# --- true again


async def test_what_comes_back_is_said_again_in_its_own_comment() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    [before] = bodies(world)
    await world.do(world.push(MENDED))
    assert await world.do(world.push(BROKEN)) == 4
    assert bodies(world) == [before]
    assert len(world.reviews) == 1
    assert await world.do(world.push(BROKEN | {"a.md": "x"})) == 3
    assert world.checks == [("neutral", "1 row could use a touch")]


async def test_with_the_right_to_it_what_comes_back_is_unresolved() -> None:
    world = grant(World())
    await world.do(world.open(BROKEN))
    before = bodies(world)
    await world.do(world.push(MENDED))
    assert await world.do(world.push(BROKEN)) == 4
    assert (bodies(world), resolved(world)) == (before, [None])
    assert len(world.reviews) == 1
    assert await world.do(world.push(BROKEN | {"a.md": "x"})) == 3


async def test_what_comes_back_with_something_new_is_one_comment_still() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    await world.do(world.push(MENDED))
    both = lists.row(7, code="", paper=f"[link]({lists.paper(7)}?utm_source=x)")
    await world.do(world.push({"README.md": changed(r7=both)}))
    [after] = bodies(world)
    assert "The Code cell is empty" in after
    assert "utm_source" in after
    assert f"```suggestion\n{lists.row(7)}\n```" in after
    assert len(world.reviews) == 1


async def test_a_right_that_came_or_went_meanwhile_leaves_one_true_comment() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    [before] = bodies(world)
    await world.do(world.push(MENDED))
    grant(world)
    world.app = app_of(world.wire)  # later, when the right is asked for again
    await world.do(world.push(BROKEN))
    assert (bodies(world), resolved(world)) == ([before], [None])
    await world.do(world.push(MENDED))
    assert (bodies(world), resolved(world)) == ([before], ["listwright[bot]"])


async def test_a_thread_resolved_by_us_that_we_may_not_open_again_is_edited_once() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    resolve(world, by="listwright[bot]")
    both = lists.row(7, code="", paper=f"[link]({lists.paper(7)}?utm_source=x)")
    assert await world.do(world.push({"README.md": changed(r7=both)})) == 4
    assert await world.do(world.push({"README.md": changed(r7=both), "a.md": "x"})) == 3
    assert len(written(world)) == 1


# --- what people settled


async def test_a_thread_resolved_by_a_human_is_never_touched_and_never_repeated() -> None:
    world = grant(World())
    await world.do(world.open(BROKEN))
    before = bodies(world)
    resolve(world, by="ann")
    for files in (BROKEN | {"a.md": "x"}, MENDED, BROKEN):
        assert await world.do(world.push(files)) == 3
    assert (bodies(world), resolved(world), written(world)) == (before, ["ann"], [])
    assert len(world.reviews) == 1


async def test_what_was_asked_to_be_left_as_it_is_stays_so() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    [comment] = world.github.review_comments(REPO, 1)
    marks = comment_life.mark_of(comment["body"]).fingerprints
    comment["body"] = ignored = marked("As you wish.", marks, "ignored")
    for files in (BROKEN | {"a.md": "x"}, MENDED, BROKEN):
        assert await world.do(world.push(files)) == 3
    assert bodies(world) == [ignored]
    assert world.checks == [("success", "1 row edited, nothing to fix")]


async def test_of_a_row_that_is_left_as_it_is_something_else_is_still_told() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    [comment] = world.github.review_comments(REPO, 1)
    marks = comment_life.mark_of(comment["body"]).fingerprints
    comment["body"] = marked("As you wish.", marks, "ignored")
    both = lists.row(7, code="", paper=f"[link]({lists.paper(7)}?utm_source=x)")
    await world.do(world.push({"README.md": changed(r7=both)}))
    assert "utm_source" in bodies(world)[1]
    assert "Code cell is empty" not in bodies(world)[1]


# --- said once


async def test_a_force_push_repeats_nothing() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    world.github.rebase(REPO, 1, encoded(BROKEN | {"a.md": "x"}))
    assert await world.do(world.job()) == 3
    assert len(bodies(world)) == 1


async def test_a_base_that_moves_repeats_nothing() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    world.github.move_base(REPO, encoded({"README.md": GOOD.replace("# A list", "# A\n\nlist")}))
    world.github.deliver(REPO, 1, "edited", changes={"base": {"ref": {"from": "old"}}})
    assert await world.do(world.job()) == 3
    assert len(bodies(world)) == 1
    assert "**Mended" not in bodies(world)[0]


async def test_a_row_that_moved_keeps_its_comment() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    rows = lists.rows(range(COUNT))
    rows[7] = lists.row(7, code="")
    rows[6], rows[7] = rows[7], rows[6]
    text = f"{HEAD}Words.\n\n{lists.table(rows)}"
    before = bodies(world)
    await world.do(world.push({"README.md": text}))
    assert bodies(world)[:1] == before
    assert sum("The Code cell is empty" in body for body in bodies(world)) == 1


async def test_pushes_never_add_up_to_more_comments_than_one_may_have() -> None:
    world = World()
    numbers = lists.without_code(12)
    await world.do(world.open({"README.md": empty(*numbers)}))
    await world.do(world.push({"README.md": empty(*numbers), "a.md": "x"}))
    assert world.lines == [line(n) for n in numbers[:5]]
    assert world.annotated == [line(n) for n in numbers[5:]]
    # Once the rest is few enough it is told as well.
    await world.do(world.push({"README.md": empty(*numbers[2:])}))
    assert world.lines == [line(n) for n in numbers]


# --- the marks themselves


def test_only_a_mark_at_the_end_of_a_comment_counts() -> None:
    quoted = "| <!-- listwright: 0123456789abcdef --> |"
    assert comment_life.mark_of(f"{quoted}\n\nWords.").fingerprints == frozenset()
    assert comment_life.mark_of(marked(quoted, ["ab"])).fingerprints == {"ab"}
    assert comment_life.mark_of(marked("x", ["ab"], "ignored") + "\r\n").kind == "ignored"


def test_what_is_folded_keeps_its_words_and_its_mark_and_loses_every_suggestion() -> None:
    long = "````suggestion\n| ```suggestion |\n````"
    body = marked(f"One.\n\n{long}\n\nTwo.\n\n```suggestion\nx\n```\n\nThree.", ["ab", "cd"])
    folded = comment_life.folded(body, "Done.", "What it was", "mended")
    assert comment_life.mark_of(folded) == comment_life.Mark("mended", frozenset({"ab", "cd"}))
    assert "suggestion" not in folded
    assert folded.count("<!-- listwright") == 1
    assert "One.\n\nTwo.\n\nThree." in folded
