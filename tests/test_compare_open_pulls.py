"""One paper in two open pull requests: whoever came later is told, once, and kindly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import escape, judge
from bot.practice import branch
from tests import lists
from tests.busy import NEW, Busy, names, with_row
from tests.offline import REPO
from tests.world import CONFIG, GOOD, changed, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHER = lists.row(-2, title="A wholly different matter of gates", paper="[link](https://x.org/a)")

TITLE = escape.plain(lists.title(-1))


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


async def pulls(*texts: str, world: Busy | None = None) -> Busy:
    """Pull requests with these lists, opened and answered one after the other."""
    world = world or Busy()
    for text in texts:
        world.github.open_pull(REPO, encoded({"README.md": text}))
        await world.answer()
    return world


async def test_the_later_one_is_told_on_its_row_and_the_older_one_is_not() -> None:
    world = await pulls(with_row(), with_row(NEW.replace("arXiv'25", "ICML'25")))
    assert world.said_on(1) == []
    [body] = world.said_on(2)
    assert body.startswith(f"*{TITLE}* is in #1 too, which came first.")
    [comment] = world.github.review_comments(REPO, 2)
    assert comment["line"] == 7
    [review] = world.github.reviews(REPO, 2)
    assert review["body"] == "One row waits in another pull request too."


async def test_it_is_said_once() -> None:
    world = await pulls(with_row(), with_row())
    world.github.push(REPO, 2, encoded({"README.md": with_row() + "\nWords.\n"}))
    assert "compare_open_pulls" in names(await world.answer())
    assert len(world.said_on(2)) == 1


async def test_another_paper_is_none_of_it() -> None:
    world = await pulls(with_row(OTHER), with_row())
    assert world.said_on(2) == []


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"paper": "[pdf](https://arxiv.org/pdf/2507.00001v2)"}, 1),
        ({"paper": "[forum](https://openreview.net/forum?id=abc)"}, 1),
        ({"paper": "[link](https://arxiv.org/abs/2507.00002)"}, 0),
        ({"title": "Some other words entirely"}, 0),
    ],
    ids=["another form of the link", "another site", "another id", "another title"],
)
async def test_links_and_titles_tell_which_paper_it_is(cells: dict[str, str], told: int) -> None:
    link = {"paper": "[link](https://arxiv.org/abs/2507.00001)"}
    world = await pulls(with_row(lists.row(-1, **link)), with_row(lists.row(-1, **link | cells)))
    assert len(world.said_on(2)) == told


async def test_two_who_edit_one_row_add_nothing_twice() -> None:
    one, two = (changed(r7=lists.row(7, venue=venue)) for venue in ("ICLR'25", "COLM'24"))
    world = await pulls(one, two)
    assert world.said_on(2) == []


async def test_a_paper_that_stands_in_the_list_already_is_the_lists_matter() -> None:
    world = Busy(**{"README.md": with_row()})
    again = [NEW.replace("arXiv'25", venue) for venue in ("ICML'25", "COLM'25")]
    await pulls(*(with_row(f"{row}\n{NEW}") for row in again), world=world)
    assert any("already stands" in body for body in world.said_on(2))
    assert not any("which came first" in body for body in world.said_on(2))


# --- when it costs nothing


async def test_alone_or_first_it_costs_no_call() -> None:
    world = Busy()
    world.github.open_pull(REPO, encoded({"README.md": with_row()}))
    assert names(await world.answer()) == ["lint_pull_request"]
    world.github.open_pull(REPO, encoded({"README.md": with_row(OTHER)}))
    assert names(await world.answer()) == ["lint_pull_request", "compare_open_pulls"]
    world.github.push(REPO, 1, encoded({"README.md": with_row() + "\nWords.\n"}))
    assert names(await world.answer()) == ["lint_pull_request"]


async def test_what_adds_no_row_is_not_compared() -> None:
    world = await pulls(with_row())
    world.github.open_pull(REPO, encoded({"README.md": GOOD + "\nWords.\n"}))
    assert names(await world.answer()) == ["lint_pull_request"]


async def test_at_most_ten_others_are_read() -> None:
    world = await pulls(*[with_row(lists.row(-1, paper="")) + f"\n{n}\n" for n in range(12)])
    before = len(world.wire.urls)
    await pulls(with_row(), world=world)
    read = [url for url in world.wire.urls[before:] if "/files" in url]
    assert [int(url.split("/pulls/")[1].split("/")[0]) for url in read] == [*range(3, 13)]


@pytest.mark.parametrize("setting", ["rules: {duplicate-paper: off}", "max_comments: 0"])
async def test_the_configuration_can_keep_it_silent(setting: str) -> None:
    world = await pulls(with_row(), with_row(), world=Busy(**{CONFIG: f"{setting}\n"}))
    assert world.said_on(2) == []


async def test_a_draft_is_told_when_it_is_ready() -> None:
    world = await pulls(with_row())
    world.github.open_pull(REPO, encoded({"README.md": with_row()}), draft=True)
    await world.answer()
    assert world.said_on(2) == []
    world.repository.pulls[2].draft = False
    world.github.deliver(REPO, 2, "ready_for_review")
    await world.answer()
    assert len(world.said_on(2)) == 1


# --- when it is over


async def test_a_judgement_of_the_row_alone_does_not_settle_it() -> None:
    world = await pulls(with_row(), with_row())
    world.push_main({"README.md": GOOD + "\nWords.\n"})
    done = await world.answer()
    assert "recheck_pull_request" in names(done)
    [body] = world.said_on(2)
    assert body.startswith(f"*{TITLE}*")


@pytest.mark.parametrize("granted", [False, True])
async def test_when_the_older_one_is_closed_it_is_settled(granted: bool) -> None:
    world = await pulls(with_row(), with_row())
    if granted:
        world.github.access.granted["contents"] = "write"
    world.github.close(REPO, 1)
    assert names(await world.answer()) == ["settle_closed_pull", "compare_open_pulls"]
    [body] = world.said_on(2)
    assert body.startswith("**Settled, thank you.**") is not granted
    assert list(world.repository.pulls[2].resolved.values()) == ["listwright[bot]"] * granted


async def test_when_the_older_one_is_merged_the_words_about_the_merge_take_its_place() -> None:
    world = await pulls(with_row(), with_row())
    branch.merge(world.github, REPO, 1)
    await world.answer()
    settled, merged = world.said_on(2)
    assert settled.startswith("**Settled, thank you.**")
    assert "was added to this section meanwhile" in merged


async def test_when_the_row_is_taken_out_it_is_settled() -> None:
    world = await pulls(with_row(), with_row())
    world.github.push(REPO, 2, encoded({"README.md": GOOD + "\nWords.\n"}))
    await world.answer()
    [body] = world.said_on(2)
    assert body.startswith("**Settled, thank you.**")
    world.github.push(REPO, 2, encoded({"README.md": with_row()}))
    await world.answer()
    [body] = world.said_on(2)
    assert body.startswith(f"*{TITLE}* is in #1 too")


async def test_a_human_who_answered_keeps_the_thread() -> None:
    world = await pulls(with_row(), with_row())
    [comment] = world.github.review_comments(REPO, 2)
    world.github.reply(REPO, 2, comment["id"], "Mine is newer.", user="contributor")
    world.github.close(REPO, 1)
    await world.answer()
    assert world.said_on(2)[0].startswith(f"*{TITLE}*")


async def test_a_closed_pull_request_nobody_speaks_of_costs_one_call() -> None:
    world = await pulls(with_row(), with_row(), with_row(OTHER))
    world.github.close(REPO, 3)
    before = len(world.wire.urls)
    assert names(await world.answer()) == ["settle_closed_pull"]
    assert len(world.wire.urls) == before + 1


async def test_what_cannot_be_seen_any_more_is_not_called_settled() -> None:
    world = await pulls(with_row(), with_row())
    world.github.push(REPO, 1, {"README.md": with_row().encode() + b"\0"})  # GitHub shows no patch
    world.github.push(REPO, 2, encoded({"README.md": with_row() + "\nWords.\n"}))
    assert "compare_open_pulls" in names(await world.answer())
    assert world.said_on(2)[0].startswith(f"*{TITLE}*")


async def test_a_muted_pull_request_is_left_alone() -> None:
    world = await pulls(with_row(), with_row())
    world.repository.pulls[2].labels.append("listwright: off")
    world.github.close(REPO, 1)
    assert "compare_open_pulls" in names(await world.answer())
    assert world.said_on(2)[0].startswith(f"*{TITLE}*")


async def test_hostile_titles_stay_words() -> None:
    title = "Counting @everyone ![x](https://x.org/y) <!-- in the river"
    row = lists.row(-1, title=title, paper="[link](https://arxiv.org/abs/2507.00001)")
    world = await pulls(with_row(row), with_row(row))
    body = next(body for body in world.said_on(2) if "which came first" in body)
    words = body.rpartition("<!--")[0]
    assert "@everyone" not in words
    assert "<!--" not in words.replace("\\<\\!\\-\\-", "")
