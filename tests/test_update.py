"""`/listwright update` on the offline GitHub: the merge commit, and what hinders it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import judge, reading, update
from bot.practice import branch
from bot.retry import TryLater
from tests import lists
from tests.asking import ask, said
from tests.conversation import grant
from tests.offline import REPO, job_for
from tests.outdated import BOTH, OURS, THEIRS, WITH, conflict, files_of, tip_of, updated
from tests.world import COUNT, GOOD, HEAD, World, changed, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


async def test_rows_of_both_sides_come_together_and_the_pull_request_merges() -> None:
    world = conflict({"README.md": OURS}, **{"README.md": THEIRS})
    with pytest.raises(branch.Conflict):
        branch.merge(world.github, REPO, 1)
    before, tip = world.head, tip_of(world)

    assert await ask(world, "/listwright update") == ["+1"]

    commit = world.github.repositories[REPO].store.commits[world.head]
    assert commit.parents == (before, tip)
    assert files_of(world) == WITH | {"README.md": BOTH}
    assert said(world) == []
    branch.merge(world.github, REPO, 1)
    assert files_of(world, tip_of(world)) == WITH | {"README.md": BOTH}


async def test_a_branch_that_is_only_behind_is_brought_up_to_date() -> None:
    ours = {"more.md": OURS, "notes.txt": None, "new.bin": b"\x00\xff"}
    world = conflict(ours, **{"README.md": THEIRS, "run.sh": None, "late.md": "Late.\n"})
    assert await updated(world) == (True, "")
    files = world.github.repositories[REPO].store.commits[world.head].files
    assert files["new.bin"] == b"\x00\xff"
    assert {path: files[path].decode() for path in sorted(files) if path != "new.bin"} == {
        "README.md": THEIRS,
        "late.md": "Late.\n",
        "more.md": OURS,
    }


async def test_where_there_is_nothing_to_do_that_is_said() -> None:
    world = conflict({"README.md": OURS})
    head = world.head
    assert await updated(world) == (True, "This pull request has all of `main` already.")
    assert world.head == head


async def test_a_job_that_died_after_its_commit_says_nothing_and_does_nothing() -> None:
    world = conflict({"README.md": OURS}, **{"README.md": THEIRS})
    await updated(world)
    head = world.head
    assert await updated(world) == (True, "")
    assert world.head == head


async def test_the_update_of_a_pull_request_is_judged_and_said_nothing_of() -> None:
    world = conflict({"README.md": OURS}, **{"README.md": THEIRS})
    await ask(world, "/listwright update")
    await world.do(world.job())
    assert world.checks == [("success", "2 rows added, nothing to fix")]
    assert world.reviews == []


async def test_a_row_that_was_merged_meanwhile_is_told_and_left_out() -> None:
    again = lists.row(COUNT + 1, venue="ICLR'26", title=lists.title(COUNT + 1) + " @team")
    ours = OURS + again + "\n"
    world = conflict({"README.md": ours}, **{"README.md": THEIRS})
    assert await ask(world, "/listwright update") == ["+1"]
    assert files_of(world)["README.md"] == BOTH
    [words] = said(world)
    assert "stands there once, as `main` has it" in words
    assert f"- `{lists.title(COUNT + 1)} @team`, in **Agents**" in words


async def test_what_both_sides_changed_differently_is_named_and_nothing_is_changed() -> None:
    ours, theirs = (changed(r7=lists.row(7, venue=venue)) for venue in ("ICLR'25", "ICML'25"))
    world = World(**{"my list.md": GOOD})
    world.github.open_pull(REPO, encoded({"my list.md": ours}))
    world.github.move_base(REPO, encoded({"my list.md": theirs}))
    head = world.head
    assert await ask(world, "/listwright update") == ["confused"]
    [words] = said(world)
    address = f"https://github.com/{REPO}/blob/{head}/my%20list.md?plain=1#L14"
    assert f"- [line 14]({address}) of `my list.md` in this pull request: this row was" in words
    assert world.head == head


async def test_of_very_many_such_rows_ten_are_named() -> None:
    ours, theirs = (
        changed(**{f"r{n}": lists.row(n, venue=venue) for n in range(12)})
        for venue in ("ICLR'25", "ICML'25")
    )
    world = conflict({"README.md": ours}, **{"README.md": theirs})
    words = (await updated(world)).words
    assert words.count("- [line") == 10
    assert "\n- and 2 more\n" in words


async def test_in_a_list_without_headings_a_row_that_was_merged_meanwhile_is_told() -> None:
    plain, theirs = (text.removeprefix(HEAD) for text in (GOOD, THEIRS))
    again = lists.row(COUNT + 1, venue="ICLR'26")
    world = World(**{"README.md": plain})
    grant(world).github.open_pull(REPO, encoded({"README.md": f"{plain}{again}\n"}))
    world.github.move_base(REPO, encoded({"README.md": theirs}))
    assert (await updated(world)).words.endswith(f":\n\n- `{lists.title(COUNT + 1)}`")


async def test_a_file_that_is_no_text_of_rows_and_changed_on_both_sides_is_named() -> None:
    world = conflict({"README.md": OURS, "notes.txt": "Ours.\n"}, **{"notes.txt": "Theirs.\n"})
    head = world.head
    done, words = await updated(world)
    assert not done
    assert "Both this pull request and `main` changed `notes.txt`." in words
    assert world.head == head


async def test_a_list_that_one_side_removed_is_named() -> None:
    world = conflict({"README.md": OURS}, **{"README.md": None})
    assert "changed `README.md`." in (await updated(world)).words


async def test_a_file_that_is_not_utf_8_is_named() -> None:
    world = conflict({"README.md": OURS.encode() + b"\xff"}, **{"README.md": THEIRS})
    done, words = await updated(world)
    assert not done
    assert words.startswith("`README.md` is not UTF-8 text")


async def test_a_push_meanwhile_is_kept() -> None:
    world = conflict({"README.md": OURS}, **{"README.md": THEIRS})
    late = OURS + lists.row(COUNT + 5) + "\n"
    async with world.app.installation(job_for(world.github)) as gh:
        found = await reading.read(gh, REPO, 1)
        world.push({"README.md": late})
        assert await update.on_request(gh, found) == (True, "")
    assert files_of(world)["README.md"] == BOTH + lists.row(COUNT + 5) + "\n"


async def test_a_branch_that_never_rests_is_tried_later_and_never_overwritten() -> None:
    world = conflict({"README.md": OURS}, **{"README.md": THEIRS})
    respond, pushed = world.github.respond, list[str]()

    def restless(method: str, url: str, headers: object, body: bytes) -> object:
        if method == "PATCH":
            world.push({"notes.txt": f"{len(pushed)}\n"})
            pushed.append(world.head)
        return respond(method, url, headers, body)  # type: ignore[arg-type]

    world.github.respond = restless  # type: ignore[method-assign,assignment]
    with pytest.raises(TryLater):
        await updated(world)
    assert len(pushed) == 3
    assert world.head == pushed[-1]


async def test_in_a_repository_of_more_files_than_are_listed_nothing_is_done() -> None:
    world = conflict({"README.md": OURS}, **{"README.md": THEIRS})
    respond, head = world.github.respond, world.head

    def cut(method: str, url: str, headers: object, body: bytes) -> object:
        status, sent, answer = respond(method, url, headers, body)  # type: ignore[arg-type]
        return status, sent, answer.replace(b'"truncated": false', b'"truncated": true')

    world.github.respond = cut  # type: ignore[method-assign,assignment]
    done, words = await updated(world)
    assert (done, world.head) == (False, head)
    assert "more files here than GitHub lists" in words


async def test_a_list_over_the_limits_is_named() -> None:
    wide = lists.row(COUNT + 2, title="x" * 20_001) + "\n"
    world = conflict({"README.md": GOOD + wide}, **{"README.md": THEIRS})
    done, words = await updated(world)
    assert not done
    assert words.startswith("`README.md`: A cell in line")


async def test_a_merge_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    base, ours, theirs = (GOOD + "same\n" * number for number in (9000, 9001, 9002))
    world = grant(World(**{"README.md": base}))
    world.github.open_pull(REPO, encoded({"README.md": ours}))
    world.github.move_base(REPO, encoded({"README.md": theirs}))
    monkeypatch.setattr(judge.shared(), "seconds", 0.5)
    assert await updated(world) == (False, "Merging `README.md` took longer than allowed.")
