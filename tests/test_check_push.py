"""Pushes to the default branch: a check run on the commit, and one comment where it helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import judge
from bot.events import jobs_for
from bot.practice import branch
from tests import lists
from tests.busy import Busy, names, with_row
from tests.offline import REPO
from tests.world import CONFIG, COUNT, GOOD, HEAD, changed, empty, encoded, line

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT = lists.row(8).removesuffix("- |")  # certainly wrong: one cell too few
ONE_SHORT = changed(r8=SHORT)


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


def busy(**files: str) -> Busy:
    """A repository whose owner lets the app write contents, as comments on commits want it."""
    world = Busy(**files)
    world.github.access.granted["contents"] = "write"
    return world


def long_list(*short: int) -> str:
    """A hundred rows, some of them one cell too short."""
    rows = lists.rows(range(100))
    for number in short:
        rows[number] = lists.row(number).removesuffix("- |")
    return HEAD + lists.table(rows)


async def test_a_row_that_is_certainly_wrong_is_shown_as_it_would_be_right() -> None:
    world = busy()
    sha = world.push_main({"README.md": ONE_SHORT})
    await world.answer()
    assert world.checks_on(sha) == [("neutral", "1 row could use a touch")]
    [comment] = world.commit_comments
    assert comment["commit_id"] == sha
    body = comment["body"]
    assert body.startswith("Thank you for looking after this list! One row of this push needs")
    place = f"https://github.com/{REPO}/blob/{sha}/README.md?plain=1#L{line(8)}"
    assert f"- [line {line(8)}]({place}): This row has 4 cells" in body
    assert f"\n  ```\n  {lists.row(8)}\n  ```\n" in body
    assert "`pushes: check`" in body


async def test_what_is_only_probably_wrong_stands_in_the_check_run_alone() -> None:
    world = busy()
    sha = world.push_main({"README.md": empty(7)})
    await world.answer()
    assert world.checks_on(sha) == [("neutral", "1 row could use a touch")]
    [run] = world.github.check_runs(REPO, sha)
    assert [note["start_line"] for note in run["annotations"]] == [line(7)]
    assert "merging" not in run["output"]["summary"]
    assert world.commit_comments == []


async def test_a_good_push_gets_a_green_check_and_no_word() -> None:
    world = busy()
    sha = world.push_main({"README.md": with_row()})
    await world.answer()
    assert world.checks_on(sha) == [("success", "1 row added, nothing to fix")]
    assert world.commit_comments == []


async def test_only_what_the_push_brings_is_told() -> None:
    world = busy(**{"README.md": ONE_SHORT})
    sha = world.push_main({"README.md": changed(r8=SHORT, r21=lists.row(21, venue="ICLR'24"))})
    await world.answer()
    assert world.checks_on(sha) == [("success", "1 row edited, nothing to fix")]


async def test_nothing_is_said_twice() -> None:
    world = busy()
    world.push_main({"README.md": ONE_SHORT})
    await world.answer()
    delivery = world.github.deliveries[-1]
    await world.do(*jobs_for(delivery.event, "again", delivery.payload))
    assert len(world.commit_comments) == 1


async def test_many_rows_are_five_and_a_number() -> None:
    world = busy(**{"README.md": long_list()})
    world.push_main({"README.md": long_list(*lists.without_code(12))})
    await world.answer()
    [comment] = world.commit_comments
    assert comment["body"].count("- [line ") == 5
    assert "7 more in the check run." in comment["body"]


async def test_a_push_that_rewrites_the_list_gets_no_list_of_rows() -> None:
    world = busy(**{"README.md": long_list()})
    text = long_list(*lists.without_code(12)).replace("| arXiv'", "|  arXiv'")
    sha = world.push_main({"README.md": text})
    await world.answer()
    assert world.checks_on(sha) == [("neutral", "12 rows could use a touch")]
    assert world.commit_comments == []


@pytest.mark.parametrize(
    ("pushes", "checked", "told"), [("comment", 1, 1), ("check", 1, 0), ("off", 0, 0)]
)
async def test_the_configuration_says_how_loud_it_is(pushes: str, checked: int, told: int) -> None:
    world = busy(**{CONFIG: f"pushes: {pushes}\n"})
    sha = world.push_main({"README.md": ONE_SHORT})
    await world.answer()
    assert (len(world.checks_on(sha)), len(world.commit_comments)) == (checked, told)


async def test_the_configuration_of_the_commit_holds() -> None:
    world = busy(**{CONFIG: "pushes: 'off'\n"})
    sha = world.push_main({"README.md": ONE_SHORT, CONFIG: "fail_on: error\n"})
    await world.answer()
    assert world.checks_on(sha) == [("failure", "1 row could use a touch")]
    assert len(world.commit_comments) == 1


async def test_a_bots_push_gets_its_check_and_no_comment() -> None:
    world = busy()
    sha = world.push_main({"README.md": ONE_SHORT}, user="renewer[bot]", bot=True)
    await world.answer()
    assert len(world.checks_on(sha)) == 1
    assert world.commit_comments == []


@pytest.mark.parametrize("squash", [False, True])
async def test_who_was_told_in_the_pull_request_is_not_told_again(squash: bool) -> None:
    world = busy()
    world.open({"README.md": ONE_SHORT})
    await world.answer()
    sha = branch.merge(world.github, REPO, 1, squash=squash)
    await world.answer()
    assert world.lines == [line(8)]
    assert world.checks_on(sha) == [("neutral", "1 row could use a touch")]
    assert world.commit_comments == []


async def test_where_comments_are_not_allowed_the_check_run_has_it_all() -> None:
    world = Busy()
    sha = world.push_main({"README.md": ONE_SHORT})
    await world.answer()
    assert world.checks_on(sha) == [("neutral", "1 row could use a touch")]
    assert world.commit_comments == []


async def test_hostile_rows_stay_inside_their_fence() -> None:
    title = "```js @everyone <!-- --> Counting"
    world = busy()
    row = lists.row(8, title=title)
    world.push_main({"README.md": changed(r8=row.removesuffix("- |"))})
    await world.answer()
    [comment] = world.commit_comments
    assert f"\n  ````\n  {row}\n  ````\n" in comment["body"]


# --- when there is nothing to do


async def test_a_push_without_markdown_costs_one_call() -> None:
    world = busy()
    sha = world.push_main({"code.py": "x = 1\n"})
    assert await world.do(world.job()) == 1
    assert world.checks_on(sha) == []


async def test_a_push_that_touches_no_list_gets_nothing() -> None:
    world = busy()
    sha = world.push_main({"CONTRIBUTING.md": "words\n"})
    await world.answer()
    assert world.checks_on(sha) == []


async def test_what_was_pushed_away_for_good_is_left_alone() -> None:
    world = busy()
    sha = world.push_main({"README.md": ONE_SHORT})
    delivery = world.github.deliveries[-1]
    lost = delivery.payload | {"before": "1" * 40}
    await world.do(*jobs_for("push", "guid", lost))
    assert world.checks_on(sha) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"ref": "refs/heads/draft"},
        {"ref": "refs/tags/main"},
        {"before": "0" * 40},
        {"after": "0" * 40, "deleted": True},
    ],
)
def test_other_branches_tags_and_branches_that_come_or_go_mean_no_job(
    changes: dict[str, Any],
) -> None:
    world = busy()
    world.push_main({"README.md": ONE_SHORT})
    delivery = world.github.deliveries[-1]
    assert names(jobs_for("push", "guid", delivery.payload)) == ["check_push"]
    assert jobs_for("push", "guid", delivery.payload | changes) == []


def test_two_pushes_are_two_jobs_that_do_not_replace_each_other() -> None:
    world = busy()
    world.push_main({"README.md": ONE_SHORT})
    world.push_main({"README.md": GOOD})
    one, two = (job for d in world.github.deliveries for job in jobs_for("push", "g", d.payload))
    assert one.key != two.key


# --- the pull requests that wait


async def test_a_paper_that_was_merged_meanwhile_is_told_once_on_the_other_pull_request() -> None:
    world = busy()
    world.github.open_pull(REPO, encoded({"README.md": with_row()}), user="first")
    row = lists.row(3, venue="")
    world.github.open_pull(REPO, encoded({"README.md": _later(row)}), user="second")
    await world.answer()
    world.push_main({"code.py": "x = 1\n"})
    assert names(await world.answer()) == ["check_push"]
    before = world.said_on(2)
    branch.merge(world.github, REPO, 1)
    done = await world.answer()
    assert "recheck_pull_request" in names(done)
    new = [body for body in world.said_on(2) if body not in before]
    assert len([body for body in new if "was added to this section meanwhile" in body]) == 1
    world.push_main({"README.md": with_row() + "\nWords.\n"})
    await world.answer()
    assert len(world.said_on(2)) == len(before) + len(new)


def _later(row: str) -> str:
    """The same paper a month later, in a list in which another row is not quite right."""
    text = with_row()
    return text.replace(lists.rows(range(COUNT))[3], row)


async def test_who_waits_is_looked_at_silently_and_written_to_only_when_something_changed() -> None:
    world = busy()
    world.open({"README.md": empty(7)})
    await world.answer()
    head, before = world.head, len(world.reviews)
    world.push_main({"README.md": GOOD + "\nWords.\n"})
    done = await world.answer()
    assert "recheck_pull_request" in names(done)
    assert len(world.github.check_runs(REPO, head)) == 1
    world.push_main({CONFIG: "rules: {missing-code-link: off}\n"})
    await world.answer()
    assert world.checks[-1] == ("success", "1 row edited, nothing to fix")
    assert len(world.reviews) == before


async def test_those_who_wait_are_looked_at_one_after_the_other_and_drafts_not_at_all() -> None:
    world = busy()
    for number in range(3):
        files = encoded({"README.md": changed(**{f"r{number}": lists.row(number, venue="X")})})
        world.github.open_pull(REPO, files, draft=number == 1)
    await world.answer()
    world.push_main({"README.md": GOOD + "\nWords.\n"})
    done = [job for job in await world.answer() if job.handler == "recheck_pull_request"]
    assert [(job.data["number"], job.data["wait"]) for job in done] == [(3, 0.0), (1, 3.0)]


async def test_a_new_list_file_is_judged_by_itself() -> None:
    world = busy()
    sha = world.push_main({"papers/a b.md": HEAD + lists.table([*lists.rows(range(8)), SHORT])})
    await world.answer()
    assert world.checks_on(sha) == [("neutral", "1 row could use a touch")]
    assert f"/blob/{sha}/papers/a%20b.md?plain=1#L" in world.commit_comments[0]["body"]
