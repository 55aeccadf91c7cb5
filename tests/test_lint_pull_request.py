"""The handler on the offline GitHub, in process: deliveries in, reviews and check runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import judge
from bot.dispatch import run
from bot.events import Job, jobs_for
from bot.retry import TryLater
from tests import lists
from tests.offline import REPO, Wire, app_of
from tests.world import COUNT, GOOD, HEAD, World, changed, empty, encoded, line

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


# --- the way it goes


async def test_a_pull_request_gets_one_review_on_the_right_lines_and_its_check() -> None:
    world = World()
    calls = await world.do(world.open({"README.md": empty(7, 21)}))
    [review] = world.reviews
    assert review["body"].startswith("Thank you! 2 rows need a small touch")
    assert review["commit_id"] == world.head
    assert world.lines == [line(7), line(21)]
    assert world.checks == [("neutral", "2 rows could use a touch")]
    assert "2 rows edited in **Agents**." in world.summary
    assert world.annotated == []
    assert calls == 4


async def test_a_clean_pull_request_gets_a_green_check_and_no_review() -> None:
    world = World()
    calls = await world.do(world.open({"README.md": HEAD + lists.good(COUNT + 1)}))
    assert world.reviews == []
    assert world.checks == [("success", "1 row added, nothing to fix")]
    assert calls == 3


async def test_a_token_is_fetched_once_for_many_jobs() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    await world.do(job, job, job)
    assert len([url for url in world.wire.urls if url.endswith("access_tokens")]) == 1


async def test_pressing_the_buttons_mends_it_all_and_turns_the_check_green() -> None:
    world = World()
    rows = lists.rows(range(COUNT))
    good = lists.row(31, venue="ICLR'23")
    rows.insert(10, rows.pop(14))
    rows[3], rows[31] = lists.row(3, code=""), good.removesuffix("- |")
    await world.do(world.open({"README.md": HEAD + lists.table(rows)}))
    assert len(world.lines) == 3
    world.github.apply_suggestions(REPO, 1)
    await world.do(world.job())
    store = world.github.repositories[REPO].store
    assert store.commits[world.head].files["README.md"].decode() == changed(r31=good)
    assert len(world.reviews) == 1
    assert world.checks == [("success", "1 row edited, nothing to fix")]


# --- again


async def test_a_second_push_repeats_nothing_and_says_what_is_new() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}))
    calls = await world.do(world.push({"README.md": HEAD + "Words.\n\n" + empty(7)[len(HEAD) :]}))
    assert len(world.reviews) == 1
    assert world.checks == [("neutral", "1 row could use a touch")]
    assert world.annotated == []
    assert calls == 3
    await world.do(world.push({"README.md": empty(7, 21)}))
    assert world.lines == [line(7), line(21)]
    assert len(world.reviews) == 2


async def test_a_rebase_repeats_nothing() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}))
    world.github.move_base(REPO, encoded({"README.md": GOOD.replace("# A list", "# A\n\nlist")}))
    moved = empty(7).replace("# A list", "# A\n\nlist")
    world.github.rebase(REPO, 1, encoded({"README.md": moved}))
    await world.do(world.job())
    assert len(world.reviews) == 1
    assert world.checks == [("neutral", "1 row could use a touch")]


async def test_a_push_that_mends_everything_gets_a_green_check_and_no_review() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}))
    calls = await world.do(world.push({"README.md": changed(r7=lists.row(7, venue="ICLR'25"))}))
    assert len(world.reviews) == 1
    assert world.checks == [("success", "1 row edited, nothing to fix")]
    assert calls == 4  # one more tells in the comment that it is mended


async def test_deliveries_in_the_wrong_order_judge_the_newest_head() -> None:
    world = World()
    older = world.open({"README.md": empty(7)})
    newer = world.push({"README.md": empty(21)})
    await world.do(newer, older)
    assert world.lines == [line(21)]
    assert len(world.reviews) == 1
    runs = world.github.check_runs(REPO)
    assert {run["head_sha"] for run in runs} == {world.head}
    assert {title for _, title in world.checks} == {"1 row could use a touch"}


async def test_a_head_that_is_gone_leads_to_the_one_that_is_there() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    lost = Job(**{**_fields(job), "data": {**job.data, "head": "0" * 40}})
    await world.do(lost)
    assert world.lines == [line(7)]
    assert world.checks == [("neutral", "1 row could use a touch")]


async def test_a_pull_request_that_keeps_moving_is_left_until_later() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    respond = world.github.respond

    class Moving(Wire):
        async def __call__(self, method: str, url: str, *rest: Any) -> Any:
            self.urls.append(url)
            if url.endswith("/graphql"):
                world.github.push(REPO, 1, encoded({"README.md": empty(8)}))
            return respond(method, url, *rest)

    wire = Moving(world.github)
    with pytest.raises(TryLater, match="keeps moving"):
        await run(job, app_of(wire))
    assert sum(url.endswith("/graphql") for url in wire.urls) == 3
    assert (world.reviews, world.checks) == ([], [])


def _fields(job: Job) -> dict[str, Any]:
    return {name: getattr(job, name) for name in Job.__dataclass_fields__}


# --- when it is silent


async def test_a_closed_pull_request_is_left_alone() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    world.github.close(REPO, 1)
    await world.do(job)
    assert (world.reviews, world.github.check_runs(REPO)) == ([], [])


async def test_a_draft_waits_in_green_and_is_reviewed_once_it_is_ready() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}, draft=True))
    assert world.reviews == []
    assert world.checks == [("success", "Waiting until ready for review")]
    world.github.repositories[REPO].pulls[1].draft = False
    world.github.deliver(REPO, 1, "ready_for_review")
    await world.do(world.job())
    assert world.lines == [line(7)]
    assert world.checks[-1] == ("neutral", "1 row could use a touch")


@pytest.mark.parametrize("readme", ["# Words only\n", None])
async def test_where_no_list_is_kept_nothing_is_said_at_all(readme: str | None) -> None:
    world = World()
    world.github.move_base(REPO, encoded({"README.md": readme, "a.md": "words\n"}))
    calls = await world.do(world.open({"code.py": "x = 1\n", "a.md": "more words\n"}))
    assert (world.reviews, world.github.check_runs(REPO)) == ([], [])
    assert calls == 2


async def test_a_pull_request_that_touches_no_list_is_green() -> None:
    world = World()
    calls = await world.do(world.open({"code.py": "x = 1\n", "CONTRIBUTING.md": "words\n"}))
    assert world.reviews == []
    assert world.checks == [("success", "No list touched, nothing to check")]
    assert calls == 3


async def test_an_edit_of_the_base_is_judged_and_another_edit_is_not() -> None:
    world = World()
    world.open({"README.md": empty(7)})
    world.github.deliver(REPO, 1, "edited", changes={"title": {"from": "x"}})
    delivery = world.github.deliveries[-1]
    assert jobs_for(delivery.event, delivery.guid, delivery.payload) == []
    world.github.deliver(REPO, 1, "edited", changes={"base": {"ref": {"from": "old"}}})
    await world.do(world.job())
    assert world.lines == [line(7)]
