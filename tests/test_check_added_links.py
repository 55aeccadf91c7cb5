"""The links that a pull request adds are asked, in a check run of their own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bot import escape, judge
from bot.links.desk import Desk
from bot.links.memory import Memory
from bot.links.verdict import Paper
from bot.outside import Outside
from bot.store import Store
from tests import lists
from tests.busy import Busy
from tests.checked import ALIVE, DEAD, Web
from tests.offline import REPO
from tests.world import CONFIG, COUNT, HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bot.github import Client
    from bot.links.verdict import Found

PAPER, CODE = "https://arxiv.org/abs/2507.00001", "https://site.example/code"
LINKED = lists.row(-1, paper=f"[link]({PAPER})", code=f"[link]({CODE})")


class Asked(Busy):
    """A world with a web to ask."""

    def __init__(self, folder: Path, **files: str) -> None:
        self.store = Store(f"sqlite:///{folder}/links.sqlite")
        self.store.prepare()
        self.memory = Memory(self.store)
        self.web = Web()
        self.hangs = False
        desk = Desk(self.memory, self.ask, self.web.copy, lambda: 0.0, soon=0.0)
        self.outside = Outside(desk=desk)
        super().__init__(**files)

    async def ask(
        self, _gh: Client, urls: Sequence[str], told: Callable[[str, Found], None]
    ) -> Mapping[str, Found]:
        if self.hangs:
            await asyncio.Event().wait()
        found = {url: self.web.answers.get(url, ALIVE) for url in urls}
        for url, one in found.items():
            self.web.asked.append(url)
            told(url, one)
        return found

    def close(self) -> None:
        self.memory.close()
        self.store.close()

    async def add(self, row: str = LINKED) -> None:
        """Open a pull request with a row at the top, and answer it."""
        text = HEAD + lists.table([row, *lists.rows(range(COUNT))])
        self.github.open_pull(REPO, {"README.md": text.encode()})
        await self.answer()

    @property
    def told(self) -> dict[str, Any] | None:
        """The check run about links on the present head."""
        runs = self.github.check_runs(REPO, self.head)
        return next((run for run in runs if run["name"] == "listwright/links"), None)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Asked]:
    made = Asked(tmp_path)
    yield made
    made.close()
    judge.stop()


async def test_only_new_links_are_asked(world: Asked) -> None:
    await world.add()
    assert sorted(world.web.asked) == [PAPER, CODE]
    assert world.told
    assert (world.told["conclusion"], world.told["output"]["title"]) == (
        "success",
        "2 new links, none looks dead",
    )


async def test_a_dead_one_is_neutral_and_told_at_its_line(world: Asked) -> None:
    world.web.answers[CODE] = DEAD
    await world.add()
    assert world.told
    assert (world.told["conclusion"], world.told["output"]["title"]) == (
        "neutral",
        "1 link looks dead",
    )
    [note] = world.told["annotations"]
    assert (note["start_line"], note["path"]) == (7, "README.md")
    assert note["message"] == f"{CODE} looks dead: page not found."
    assert [name for _, name in world.checks] != []


async def test_a_link_to_another_paper_is_neutral_and_told_with_its_line(world: Asked) -> None:
    there = Paper("Slow *trains* of a far land", date(2025, 7, 1))
    world.web.answers[PAPER] = replace(ALIVE, paper=there)
    await world.add()
    assert world.told
    assert (world.told["conclusion"], world.told["output"]["title"]) == (
        "neutral",
        "1 link wants another look",
    )
    assert world.told["output"]["summary"] == (
        "- line 7: arXiv 2507.00001 is *Slow \\*trains\\* of a far land*, "
        f"not *{escape.plain(lists.title(-1))}*. Is the link right?"
    )
    assert world.told["annotations"] == []


async def test_what_is_not_told_in_time_says_nothing(world: Asked) -> None:
    world.web.answers[PAPER] = DEAD
    world.hangs = True
    await world.add()
    assert world.told
    assert world.told["conclusion"] == "success"
    assert "2 links could not be told" in world.told["output"]["summary"]


async def test_a_pull_request_without_new_links_gets_no_such_check(world: Asked) -> None:
    await world.add(lists.row(-1, paper=f"[link]({lists.paper(1)})"))
    assert (world.told, world.web.asked) == (None, [])


async def test_a_list_may_do_without(tmp_path: Path) -> None:
    world = Asked(tmp_path, **{CONFIG: "links: {pulls: false}\n"})
    await world.add()
    assert (world.told, world.web.asked) == (None, [])
    world.close()


async def test_the_review_does_not_wait_for_it(world: Asked) -> None:
    world.hangs = True
    await world.add()
    assert [job.handler for job in world.done][:2] == ["lint_pull_request", "check_added_links"]
    assert {job.handler: job.queue for job in world.done}["check_added_links"] == "links"


async def test_a_draft_gets_no_such_check_before_it_is_ready(world: Asked) -> None:
    text = HEAD + lists.table([LINKED, *lists.rows(range(COUNT))])
    world.github.open_pull(REPO, {"README.md": text.encode()}, draft=True)
    await world.answer()
    assert (world.told, world.web.asked) == (None, [])


async def test_one_that_is_muted_meanwhile_gets_none_either(world: Asked) -> None:
    await world.add()
    job = next(job for job in world.done if job.handler == "check_added_links")
    world.github.repositories[REPO].pulls[1].labels.append("listwright: off")
    world.web.asked.clear()
    await world.do(job)
    assert world.web.asked == []


async def test_links_of_files_that_are_no_lists_here_are_left_alone(tmp_path: Path) -> None:
    world = Asked(tmp_path, **{CONFIG: "files: [README.md]\n"})
    text = HEAD + lists.table([LINKED, *lists.rows(range(COUNT))])
    other = "# A page\n\nSee https://other.example/page.\n"
    files = {"README.md": text.encode(), "docs/other.md": other.encode()}
    world.github.open_pull(REPO, files)
    await world.answer()
    world.close()
    assert sorted(world.web.asked) == [PAPER, CODE]
