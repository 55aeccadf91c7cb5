"""The handler where GitHub does not give all, or not take all, and where files are odd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import judge
from bot.dispatch import run
from tests import lists
from tests.alive import HOSTILE, alive
from tests.offline import REPO, Wire, app_of
from tests.world import COUNT, GOOD, HEAD, World, changed, empty, encoded, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


async def test_a_deleted_fork_changes_nothing() -> None:
    world = World()
    world.github.open_pull(REPO, encoded({"README.md": empty(7)}))
    world.github.repositories[REPO].pulls[1].head_repository = None
    world.github.deliver(REPO, 1, "reopened")
    await world.do(world.job())
    assert world.lines == [line(7)]


async def test_a_list_that_graphql_cuts_is_judged_whole() -> None:
    long = HEAD + lists.good(4_000)
    assert len(long.encode()) > 512_000
    world = World(**{"README.md": long})
    rows = lists.rows(range(4_000))
    rows[3_990] = lists.row(3_990, code="")
    calls = await world.do(world.open({"README.md": HEAD + lists.table(rows)}))
    assert world.lines == [line(3_990)]
    assert calls == 6  # one more for each of the two texts


async def test_a_file_whose_patch_is_left_out_is_annotated() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    respond = world.github.respond

    class NoPatch(Wire):
        async def __call__(self, method: str, url: str, *rest: Any) -> Any:
            status, headers, body = respond(method, url, *rest)
            return status, headers, body.replace(b'"patch"', b'"other"')

    await run(job, app_of(NoPatch(world.github)))
    assert world.reviews == []
    assert world.annotated == [line(7)]
    assert world.checks == [("neutral", "1 row could use a touch")]


async def test_a_row_off_the_diff_is_told_in_the_check_run() -> None:
    """The address of a row's link may stand far below the row."""
    text = changed(r7=lists.row(7, paper="[link][seven]")) + "\n[seven]: {}\n"
    world = World(**{"README.md": text.format(lists.paper(7))})
    mirror = lists.paper(7).replace("arxiv", "www.arxiv")
    calls = await world.do(world.open({"README.md": text.format(mirror)}))
    assert world.reviews == []
    assert world.checks == [("neutral", "1 row could use a touch")]
    assert world.annotated == [line(7)]
    assert f"| [{line(7)}](" in world.summary
    assert calls == 3


async def test_a_comment_that_github_refuses_does_not_lose_the_others() -> None:
    world = World()
    job = world.open({"README.md": empty(7, 21, 31)})
    respond = world.github.respond
    off = f'"line": {line(21)},'.encode()

    class Refusing(Wire):
        async def __call__(
            self, method: str, url: str, headers: Mapping[str, str], body: bytes
        ) -> Any:
            return respond(method, url, headers, body.replace(off, b'"line": 9999,'))

    await run(job, app_of(Refusing(world.github)))
    assert sorted(world.lines) == [line(7), line(31)]
    assert world.annotated == [line(21)]
    assert f"| [{line(21)}](" in world.summary


async def test_judging_that_takes_too_long_is_told_in_a_neutral_check() -> None:
    world = World()
    await world.do(world.open({"README.md": GOOD + "\nWords.\n"}))  # the process has started
    judge.shared().seconds = 0.5
    await world.do(world.push({"README.md": HEAD + lists.good(30_000)}))
    judge.stop()
    assert world.checks == [("neutral", "Judging took too long")]
    assert "README\\.md took longer than allowed" in world.summary
    assert world.reviews == []


async def test_what_the_base_branch_got_meanwhile_is_told() -> None:
    world = World()
    new = lists.row(-1)
    job = world.open({"README.md": HEAD + lists.table([new, *lists.rows(range(COUNT))])})
    theirs = lists.row(-1, venue="ICML'25")
    tip = HEAD + lists.table([theirs, *lists.rows(range(COUNT))])
    world.github.move_base(REPO, encoded({"README.md": tip}))
    await world.do(job)
    [comment] = world.github.review_comments(REPO, 1)
    assert comment["line"] == line(0)
    assert "was added to this section meanwhile" in comment["body"]


async def test_a_file_that_is_not_utf8_is_told_and_the_others_are_judged() -> None:
    world = World(**{"more.md": GOOD})
    latin = GOOD.replace("gardener", "jardinière").encode("latin-1")
    await world.do(world.open({"README.md": latin, "more.md": empty(7)}))
    assert world.lines == [line(7)]
    assert "README\\.md: The file is not UTF-8 text" in world.summary
    only = World()
    await only.do(only.open({"README.md": latin}))
    assert only.checks == [("neutral", "README.md could not be judged")]
    assert only.reviews == []


async def test_a_brand_new_list_is_judged_by_itself() -> None:
    world = World()
    rows = [lists.row(n, code="" if n == 4 else "-") for n in range(10)]
    await world.do(world.open({"papers/new.md": lists.table(rows)}))
    [comment] = world.github.review_comments(REPO, 1)
    assert (comment["path"], comment["line"]) == ("papers/new.md", 7)


async def test_a_renamed_list_is_held_against_its_former_self() -> None:
    world = World(**{"old.md": empty(7)})
    await world.do(world.open({"old.md": None, "new.md": empty(7)}))
    assert world.checks == [("success", "No row touched, nothing to fix")]


async def test_more_rows_than_a_review_takes_stand_in_the_check_run() -> None:
    world = World()
    numbers = lists.without_code(11)
    calls = await world.do(world.open({"README.md": empty(*numbers)}))
    assert world.lines == [line(n) for n in numbers[:5]]
    assert world.annotated == [line(n) for n in numbers[5:]]
    assert calls == 4


@pytest.mark.parametrize("title", HOSTILE[:8])
async def test_nothing_that_a_contributor_wrote_comes_alive(title: str) -> None:
    head = HEAD.replace("Agents", title)
    world = World(**{"README.md": head + lists.good(COUNT), "@team.md": head + lists.good(COUNT)})
    rows = lists.rows(range(COUNT))
    rows[5], rows[9] = lists.row(5, title=title, code=""), lists.row(8, title=title)
    text = head + lists.table(rows)
    await world.do(world.open({"README.md": text, "@team.md": text}))
    bodies = [comment["body"] for comment in world.github.review_comments(REPO, 1)]
    bodies += [review["body"] for review in world.reviews]
    assert len(bodies) > 2
    assert [body for body in (*bodies, world.summary) if alive(body)] == []
