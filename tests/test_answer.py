"""When Listwright keeps its peace: muted, closed, bots' pull requests, pushes of bots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import judge
from bot.events import jobs_for
from bot.practice.site import BOT
from tests import lists
from tests.conversation import BROKEN, MENDED, bodies
from tests.offline import REPO
from tests.world import CONFIG, COUNT, HEAD, World, empty, encoded, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.events import Job


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


def label(world: World, name: str, *, on: bool = True) -> list[Job]:
    """Somebody sets a label or takes it off; the jobs that this means."""
    labels = world.github.repositories[REPO].pulls[1].labels
    if on:
        labels.append(name)
    else:
        labels.remove(name)
    world.github.deliver(
        REPO, 1, "labeled" if on else "unlabeled", label={"name": name, "color": "ededed"}
    )
    delivery = world.github.deliveries[-1]
    return jobs_for(delivery.event, delivery.guid, delivery.payload)


@pytest.mark.parametrize("name", ["listwright: off", "Listwright: Off"])
async def test_the_label_mutes_and_taking_it_off_lets_it_speak(name: str) -> None:
    world = World()
    job = world.open(BROKEN)
    await world.do(*label(world, name), job)
    assert (world.reviews, set(world.checks)) == ([], {("success", "Muted by a label")})
    await world.do(*label(world, name, on=False))
    assert world.lines == [line(7)]
    assert world.checks[-1] == ("neutral", "1 row could use a touch")


async def test_muted_on_the_way_it_leaves_its_earlier_comments_alone() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    before = bodies(world)
    await world.do(*label(world, "listwright: off"), world.push(MENDED))
    assert bodies(world) == before
    assert set(world.checks) == {("success", "Muted by a label")}


def test_other_labels_mean_nothing() -> None:
    world = World()
    world.open(BROKEN)
    assert label(world, "listwright: offer") == []
    assert label(world, "listwright: offer", on=False) == []


async def test_a_bots_pull_request_is_reviewed_only_where_the_list_wants_it() -> None:
    world = World()
    world.github.open_pull(REPO, encoded(BROKEN), user="renovate[bot]")
    await world.do(world.job())
    assert (world.reviews, world.checks) == (
        [],
        [("success", "A bot's pull request, not reviewed")],
    )
    world = World(**{CONFIG: "bots: true\n"})
    world.github.open_pull(REPO, encoded(BROKEN), user="renovate[bot]")
    await world.do(world.job())
    assert world.lines == [line(7)]
    # Its own next push is reviewed as anybody's would be.
    await world.do(world.push({"README.md": empty(7, 21)}))
    assert world.lines == [line(7), line(21)]


@pytest.mark.parametrize("by", [BOT, {"login": "pre-commit-ci[bot]", "type": "Bot"}])
async def test_a_push_of_a_bot_renews_the_check_and_says_nothing(by: dict[str, str]) -> None:
    world = World()
    await world.do(world.open(BROKEN))
    world.github.push(REPO, 1, encoded({"README.md": empty(7, 21)}), by=by)
    job = world.job()
    assert await world.do(job) == 3
    assert job.handler == "renew_check"
    assert len(world.reviews) == 1
    assert world.checks == [("neutral", "2 rows could use a touch")]
    assert world.annotated == [line(21)]


async def test_a_push_of_ours_that_mends_a_row_is_told_in_its_comment() -> None:
    world = World()
    await world.do(world.open(BROKEN))
    world.github.push(REPO, 1, encoded(MENDED), by=BOT)
    assert await world.do(world.job()) == 4
    assert [body.startswith("**Mended") for body in bodies(world)] == [True]
    assert world.checks == [("success", "1 row edited, nothing to fix")]


async def test_a_human_who_pushes_to_anothers_pull_request_is_answered() -> None:
    world = World()
    await world.do(world.open({"a.md": "x"}))
    world.github.push(REPO, 1, encoded(BROKEN), by={"login": "ann", "type": "User"})
    await world.do(world.job())
    assert world.lines == [line(7)]


async def test_looked_at_again_only_a_paper_merged_meanwhile_is_worth_a_comment() -> None:
    world = World()
    new = [lists.row(-1), *lists.rows(range(COUNT))]
    new[22] = lists.row(21, code="")
    await world.do(world.open({"README.md": HEAD + lists.table([lists.row(-1)])}, draft=True))
    world.push({"README.md": HEAD + lists.table(new)})
    world.github.repositories[REPO].pulls[1].draft = False
    theirs = lists.table([lists.row(-1, venue="ICML'25"), *lists.rows(range(COUNT))])
    world.github.move_base(REPO, encoded({"README.md": HEAD + theirs}))
    pushed = world.job()
    await world.do(pushed.following("recheck_pull_request", again(pushed)))
    assert world.lines == [line(0)]
    assert "was added to this section meanwhile" in bodies(world)[0]
    assert world.checks == [("neutral", "2 rows could use a touch")]


def again(job: Job) -> dict[str, object]:
    """What a job needs to look at a pull request whose branches it does not know yet."""
    return {name: job.data[name] for name in ("repository", "number")}


@pytest.mark.parametrize("state", ["CLOSED", "MERGED"])
async def test_what_was_closed_meanwhile_is_left_as_it_is(state: str) -> None:
    world = World()
    await world.do(world.open(BROKEN))
    before = bodies(world)
    job = world.push(MENDED)
    world.github.repositories[REPO].pulls[1].state = state
    assert await world.do(job) == 2
    assert (bodies(world), world.checks) == (before, [])
