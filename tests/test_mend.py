"""Mending on request, on the offline GitHub: each rung of the ladder, and the step down to it."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from bot import commits, mend, reading
from bot.dispatch import run
from bot.retry import TryLater
from tests import lists
from tests.offline import REPO, job_for
from tests.world import CONFIG, COUNT, GOOD, HEAD, World, changed, empty

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.practice.site import Pull

FIX_OFF = {CONFIG: "fix: off\n"}
PATCH = re.compile(r"(?s)```sh\n(.*?)\n```\n\n(`{3,})diff\n(.*?)\2")


def world(**files: str) -> World:
    made = World(**files)
    made.github.access.granted["contents"] = "write"
    return made


def pull_of(made: World) -> Pull:
    return made.github.repositories[REPO].pulls[1]


def text_of(made: World, path: str = "README.md") -> str:
    return made.github.repositories[REPO].store.commits[made.head].files[path].decode()


async def fix(made: World) -> str:
    """What somebody is replied who asks for it."""
    async with made.app.installation(job_for(made.github)) as gh:
        found = await reading.read(gh, REPO, 1)
        return await mend.on_request(gh, found)


def refuse(made: World) -> None:
    pull_of(made).editable = False


# --- the first rung


async def test_a_commit_mends_all_files_at_once_and_needs_no_word() -> None:
    made = world(**{"more.md": GOOD})
    made.open({"README.md": empty(7), "more.md": empty(8)})
    before = made.head
    assert await fix(made) == ""
    commit = made.github.repositories[REPO].store.commits[made.head]
    assert commit.parents == (before,)
    assert commits.is_ours(commit.message)
    assert (text_of(made), text_of(made, "more.md")) == (GOOD, GOOD)
    assert made.reviews == []


async def test_asked_again_nothing_is_left_and_no_commit_is_made() -> None:
    made = world()
    made.open({"README.md": empty(7)})
    await fix(made)
    head = made.head
    assert await fix(made) == "", "a job that died after its commit says nothing wrong either"
    assert made.head == head


async def test_where_nothing_can_be_mended_that_is_the_answer() -> None:
    made = world()
    twice = lists.row(9, title=lists.title(8), paper=f"[link]({lists.paper(8)})")
    made.open({"README.md": changed(r9=twice)})
    assert await fix(made) == "Nothing here can be mended without asking you."


async def test_a_closed_pull_request_is_left() -> None:
    made = world()
    made.open({"README.md": empty(7)})
    made.github.close(REPO, 1)
    head = made.head
    assert "closed" in await fix(made)
    assert made.head == head


async def test_a_push_meanwhile_is_mended_too() -> None:
    made = world()
    made.open({"README.md": empty(7)})
    async with made.app.installation(job_for(made.github)) as gh:
        found = await reading.read(gh, REPO, 1)
        made.push({"README.md": empty(7, 8)})
        assert await mend.on_request(gh, found) == ""
    assert text_of(made) == GOOD


async def test_a_branch_that_never_rests_is_tried_later() -> None:
    made = world()
    made.open({"README.md": empty(7)})
    respond, pushed = made.github.respond, [0]

    def restless(method: str, url: str, headers: object, body: bytes) -> object:
        if b"createCommitOnBranch" in body:
            pushed[0] += 1
            made.push({"README.md": empty(7, 7 + pushed[0])})
        return respond(method, url, headers, body)  # type: ignore[arg-type]

    made.github.respond = restless  # type: ignore[method-assign,assignment]
    with pytest.raises(TryLater):
        await fix(made)
    assert pushed == [3]


# --- the second rung


async def test_where_no_commit_can_be_made_the_rows_are_suggested() -> None:
    made = world(**FIX_OFF)
    made.open({"README.md": empty(7, 9)})
    refuse(made)
    said = await fix(made)
    assert "Allow edits by maintainers" in said
    assert said.endswith("So I suggest it instead: **Commit suggestion** takes each row.")
    made.github.apply_suggestions(REPO, 1)
    assert text_of(made) == GOOD


async def test_suggestions_that_stand_are_not_repeated() -> None:
    made = world()
    await run(made.open({"README.md": empty(7, 9)}), made.app)
    refuse(made)
    said = await fix(made)
    assert said.endswith("The suggestions above do the same when pressed.")
    assert len(made.reviews) == 1
    assert await fix(made) == said


async def test_a_row_that_has_only_words_gets_its_suggestion_without_them() -> None:
    made = world(**FIX_OFF)
    await run(made.open({"README.md": empty(7)}), made.app)
    refuse(made)
    await fix(made)
    words, suggestion = made.github.review_comments(REPO, 1)
    assert "suggestion" not in words["body"]
    assert suggestion["body"].startswith("```suggestion\n")
    assert "Why" not in suggestion["body"]


# --- the third rung


def far_move() -> tuple[str, str]:
    """A list, and the same with a new row too far from its place for a suggestion."""
    rows = lists.rows(range(COUNT))
    before = HEAD + lists.table(rows[:2] + rows[3:])
    return before, HEAD + lists.table([*rows[:2], *rows[3:], rows[2]])


def apply(folder: Path, said: str, text: str) -> str:
    """The file after somebody did what the reply says."""
    found = PATCH.search(said)
    assert found
    command, _, patch = found.groups()
    (folder / "README.md").write_bytes(text.encode())
    (folder / "mend.patch").write_text(patch)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["sh", "-ec", command], cwd=folder, check=True)
    return (folder / "README.md").read_bytes().decode()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
async def test_what_no_suggestion_carries_is_a_patch_that_applies(
    newline: str, last: str, tmp_path: Path
) -> None:
    def file(text: str) -> str:
        return (text.rstrip("\n") + last).replace("\n", newline)

    before, after = map(file, far_move())
    made = world(**{"README.md": before})
    made.open({"README.md": after})
    refuse(made)
    said = await fix(made)
    assert "Allow edits by maintainers" in said
    assert "this patch mends the rest" in said
    assert apply(tmp_path, said, after) == file(GOOD)
    assert made.reviews == []


async def test_suggestions_and_a_patch_share_the_work(tmp_path: Path) -> None:
    before, after = far_move()
    made = world(**{"README.md": before})
    made.open({"README.md": after.replace(lists.row(6), lists.row(6, code=""))})
    refuse(made)
    said = await fix(made)
    made.github.apply_suggestions(REPO, 1)
    assert apply(tmp_path, said, text_of(made)) == GOOD


async def test_very_many_rows_are_ten_suggestions_and_a_patch(tmp_path: Path) -> None:
    made = world()
    made.open({"README.md": empty(*lists.without_code(30))})
    refuse(made)
    said = await fix(made)
    assert len(made.github.review_comments(REPO, 1)) == 10
    patched = apply(tmp_path, said, text_of(made)).split("\n")
    wrong = [
        at
        for at, (one, good) in enumerate(zip(patched, GOOD.split("\n"), strict=True), 1)
        if one != good
    ]
    assert wrong == made.lines
    assert len(said) < 65_536


async def test_what_github_takes_no_comment_on_is_in_the_patch(tmp_path: Path) -> None:
    made = world()
    made.open({"README.md": empty(7)})
    refuse(made)
    respond = made.github.respond

    def strict(method: str, url: str, headers: object, body: bytes) -> object:
        if url.endswith("/reviews"):
            return 422, {}, b'{"message": "Unprocessable Entity"}'
        return respond(method, url, headers, body)  # type: ignore[arg-type]

    made.github.respond = strict  # type: ignore[method-assign,assignment]
    said = await fix(made)
    assert "suggest" not in said.split("<details>")[0].replace("A suggestion cannot", "")
    assert apply(tmp_path, said, text_of(made)) == GOOD


# --- why


def delete_fork(made: World) -> None:
    pull_of(made).head_repository = None


def give_to_organisation(made: World) -> None:
    pull_of(made).owner_type = "Organization"


def refuse_forks(made: World) -> None:
    made.github.fork_pushes = False


def protect(made: World) -> None:
    made.github.repositories[REPO].protected.add("patch-1")


def forbid(made: World) -> None:
    made.github.access.granted["contents"] = "read"


WHY = [
    (delete_fork, "gone or out of sight"),
    (give_to_organisation, "belongs to an organisation"),
    (refuse, "Allow edits by maintainers"),
    (refuse_forks, "does not let me commit to this fork"),
    (protect, "protected"),
    (forbid, "contents: write"),
]


@pytest.mark.parametrize(("happens", "word"), WHY, ids=str)
async def test_each_step_down_says_why(happens: Callable[[World], None], word: str) -> None:
    made = world()
    made.open({"README.md": empty(7)})
    happens(made)
    head = made.head
    assert word in (await fix(made)).partition("So I suggest")[0]
    assert made.head == head
    assert len(made.reviews) == 1
