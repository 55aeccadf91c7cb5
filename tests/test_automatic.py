"""`fix: commit` and `fix: off` on the offline GitHub: what is mended unasked, and when no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import commits, mend, reading
from bot.events import jobs_for
from bot.practice.site import BOT
from bot.retry import TryLater
from tests import lists
from tests import world as usual
from tests.offline import REPO, job_for
from tests.world import CONFIG, COUNT, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.events import Job
    from bot.practice.store import Commit

ADDED = f"{lists.row(COUNT)}\n"  # what the pull request is about, and all right
GOOD = usual.GOOD + ADDED
THANKS = f"Thank you for adding {lists.title(COUNT)}!"


def changed(**rows: str) -> str:
    return usual.changed(**rows) + ADDED


def empty(*numbers: int) -> str:
    return usual.empty(*numbers) + ADDED


def world(fix: str = "commit") -> World:
    made = World(**{CONFIG: f"fix: {fix}\n"})
    made.github.access.granted["contents"] = "write"
    return made


def commit_of(made: World) -> Commit:
    return made.github.repositories[REPO].store.commits[made.head]


def text_of(made: World) -> str:
    return commit_of(made).files["README.md"].decode()


def twice(number: int) -> str:
    """A row that repeats another paper, which only a human can mend."""
    other = number - 1
    return lists.row(number, title=lists.title(other), paper=f"[link]({lists.paper(other)})")


def own_push(made: World) -> Job:
    """What the delivery of our own commit asks for."""
    delivery = made.github.deliveries[-1]
    assert delivery.payload["sender"] == BOT
    [job] = jobs_for(delivery.event, delivery.guid, delivery.payload)
    return job


async def mended(made: World, *numbers: int) -> str:
    """A pull request whose empty cells were mended; the name of the commit."""
    await made.do(made.open({"README.md": empty(*numbers)}))
    assert text_of(made) == GOOD
    return made.head


# --- what is mended


async def test_what_can_be_mended_is_committed_and_told_in_one_review() -> None:
    made = world()
    await made.do(made.open({"README.md": empty(7, 9)}))
    assert text_of(made) == GOOD
    assert commit_of(made).message.startswith("Mend 2 rows\n\n")
    [review] = made.reviews
    assert review["body"].startswith(f"Thank you! I mended this in {made.head}:\n\n")
    assert "- README\\.md, 14: missing-code-link\n- README\\.md, 16:" in review["body"]
    assert review["commit_id"] == made.head
    assert made.lines == []
    assert made.checks == [("success", "1 row added, nothing to fix")]


async def test_only_what_is_left_gets_a_comment() -> None:
    made = world()
    rows = changed(r7=lists.row(7, code=""), r9=twice(9))
    await made.do(made.open({"README.md": rows}))
    assert text_of(made) == changed(r9=twice(9))
    [review] = made.reviews
    assert review["body"].startswith(f"{THANKS} One row needs your eye.\n\nI mended this in ")
    assert made.lines == [16]


async def test_a_pull_request_of_which_nothing_remains_is_told_so() -> None:
    made = world()
    await made.do(made.open({"README.md": usual.empty(7)}))
    assert text_of(made) == usual.GOOD
    assert made.head in made.reviews[0]["body"]


async def test_our_own_push_gets_a_check_and_neither_comment_nor_commit() -> None:
    made = world()
    await made.do(made.open({"README.md": changed(r7=lists.row(7, code=""), r9=twice(9))}))
    job = own_push(made)
    assert job.handler == "renew_check"
    head, before = made.head, len(made.checks)
    await made.do(job)
    assert (made.head, len(made.reviews), made.lines) == (head, 1, [16])
    assert len(made.checks) == before + 1
    assert made.github.deliveries[-1].payload["sender"] == BOT, "nothing more is in the outbox"


async def test_a_second_job_for_the_same_head_does_nothing_more() -> None:
    made = world()
    job = made.open({"README.md": empty(7)})
    await made.do(job, job)
    assert len(made.reviews) == 1
    assert len(made.github.deliveries) == 2


async def test_a_mended_pull_request_costs_seven_calls() -> None:
    made = world()
    job = made.open({"README.md": empty(7)})
    assert await made.do(job) == 7  # read, commit, read again, review and check


@pytest.mark.parametrize("draft", [True, False])
async def test_quiet_pull_requests_are_not_mended(draft: bool) -> None:
    made = world()
    job = made.open({"README.md": empty(7)}, draft=draft)
    made.github.repositories[REPO].pulls[1].labels = [] if draft else ["listwright: off"]
    head = made.head
    await made.do(job)
    assert made.head == head


async def test_a_pull_request_that_changes_most_of_the_list_is_not_mended() -> None:
    made = world()
    await made.do(made.open({"README.md": empty(*lists.without_code(20))}))
    assert made.reviews == []
    assert len(made.github.deliveries) == 1


# --- where it cannot be


async def test_where_no_commit_can_be_made_it_is_suggested_and_said_why_once() -> None:
    made = world()
    job = made.open({"README.md": empty(7)})
    made.github.repositories[REPO].pulls[1].owner_type = "Organization"
    await made.do(job)
    await made.do(made.push({"README.md": empty(7, 9)}))
    told = [review["body"] for review in made.reviews]
    assert ["organisation" in body for body in told] == [True, False]
    assert all("```suggestion" in c["body"] for c in made.github.review_comments(REPO, 1))
    assert made.lines == [14, 16]


async def test_a_push_meanwhile_is_answered_as_it_stands() -> None:
    made = world()
    job = made.open({"README.md": empty(7)})
    respond, pushed = made.github.respond, list[str]()

    def busy(method: str, url: str, headers: object, body: bytes) -> object:
        if b"createCommitOnBranch" in body and not pushed:
            made.push({"README.md": empty(7, 9)})
            pushed.append(made.head)
        return respond(method, url, headers, body)  # type: ignore[arg-type]

    made.github.respond = busy  # type: ignore[method-assign,assignment]
    await made.do(job)
    assert text_of(made) == GOOD
    assert commit_of(made).parents == (pushed[0],)
    assert len(made.reviews) == 1


# --- a crash


async def test_a_crash_between_commit_and_review_loses_no_word_and_commits_once() -> None:
    made = world()
    job = made.open({"README.md": changed(r7=lists.row(7, code=""), r9=twice(9))})
    respond = made.github.respond

    def dying(method: str, url: str, headers: object, body: bytes) -> object:
        if url.endswith("/reviews"):
            raise ConnectionError
        return respond(method, url, headers, body)  # type: ignore[arg-type]

    made.github.respond = dying  # type: ignore[method-assign,assignment]
    with pytest.raises(TryLater):
        await made.do(job)
    made.github.respond = respond  # type: ignore[method-assign]
    head = made.head
    assert made.reviews == []
    await made.do(own_push(made))
    assert made.reviews == [], "our own push gets no comment"
    await made.do(job)
    assert made.head == head
    [review] = made.reviews
    assert f"I mended this in {head}:\n\n- README\\.md, 14: missing-code-link" in review["body"]
    assert made.lines == [16]


# --- peace


async def test_two_commits_at_most_are_made_unasked() -> None:
    made = world()
    await mended(made, 7)
    await made.do(made.push({"README.md": empty(9)}))
    assert text_of(made) == GOOD
    await made.do(made.push({"README.md": empty(11)}))
    assert text_of(made) == empty(11)
    assert "```suggestion" in made.github.review_comments(REPO, 1)[-1]["body"]
    async with made.app.installation(job_for(made.github)) as gh:
        assert await mend.on_request(gh, await reading.read(gh, REPO, 1)) == ""
    assert text_of(made) == GOOD, "asked, it is mended nevertheless"


async def test_what_was_asked_for_does_not_count_and_is_not_told() -> None:
    made = world("suggest")
    made.open({"README.md": empty(7)})
    async with made.app.installation(job_for(made.github)) as gh:
        await mend.on_request(gh, await reading.read(gh, REPO, 1))
    assert commits.is_ours(commit_of(made).message)
    assert not commits.is_unasked(commit_of(made).message)
    made.github.move_base(REPO, {CONFIG: b"fix: commit\n"})
    await made.do(made.push({"README.md": empty(8)}))
    await made.do(made.push({"README.md": empty(9)}))
    assert text_of(made) == GOOD
    assert len(made.reviews) == 2


def revert(made: World, name: str) -> Job:
    message = f'Revert "Mend one row"\n\nThis reverts commit {name}.'
    made.github.push(REPO, 1, {"README.md": empty(8).encode()}, message=message)
    return made.job()


def force_away(made: World, _name: str) -> Job:
    made.github.rebase(REPO, 1, {"README.md": empty(8).encode()})
    return made.job()


def undo_by_hand(made: World, _name: str) -> Job:
    return made.push({"README.md": empty(7, 8)})


@pytest.mark.parametrize("undo", [revert, force_away, undo_by_hand])
async def test_what_people_undid_is_suggested_from_then_on(
    undo: Callable[[World, str], Job],
) -> None:
    made = world()
    await made.do(undo(made, await mended(made, 7)))
    assert lists.row(8, code="") in text_of(made), "no commit against people's will"
    assert "from here on I only suggest" in made.reviews[-1]["body"]
    assert "```suggestion" in made.github.review_comments(REPO, 1)[-1]["body"]
    await made.do(made.push({"README.md": empty(9)}))
    assert text_of(made) == empty(9), "and it stays so for good"
    assert "from here on" not in made.reviews[-1]["body"]


async def test_what_another_bot_pushed_is_left_to_it() -> None:
    made = world()
    made.open({"README.md": GOOD})
    another = {"login": "another[bot]", "type": "Bot"}
    made.github.push(REPO, 1, {"README.md": empty(7).encode()}, by=another)
    await made.do(made.job())
    assert text_of(made) == empty(7)
    assert made.reviews == []


async def test_a_row_that_people_answered_about_is_left() -> None:
    made = world("suggest")
    await made.do(made.open({"README.md": empty(7)}))
    comment = made.github.review_comments(REPO, 1)[0]["id"]
    made.github.reply(REPO, 1, comment, "We leave these empty.", user="contributor")
    made.github.move_base(REPO, {CONFIG: b"fix: commit\n"})
    await made.do(made.push({"README.md": empty(7, 9)}))
    assert text_of(made) == empty(7)


async def test_a_forged_commit_makes_us_say_nothing_of_its_own() -> None:
    made = world()
    made.open({"README.md": empty(7)})
    forged = f"Mend rows\n\nREADME.md:1: visit-us, @team\nelse.md:2: a\n\n{commits.UNASKED}"
    made.github.push(REPO, 1, {"README.md": changed(r9=twice(9)).encode()}, message=forged)
    await made.do(made.job())
    told = "\n".join(review["body"] for review in made.reviews)
    assert "visit" not in told
    assert "else" not in told


# --- fix: off


async def test_where_it_is_off_there_are_words_and_no_suggestion() -> None:
    made = world("off")
    await made.do(made.open({"README.md": empty(7, 9)}))
    assert made.lines == [14, 16]
    bodies = [comment["body"] for comment in made.github.review_comments(REPO, 1)]
    assert not any("```suggestion" in body for body in bodies)
    assert made.reviews[0]["body"] == f"{THANKS} 2 rows need your eye."
    assert "| suggested |" not in made.summary
    assert len(made.github.deliveries) == 1
