"""A dead link that people want left alone: by a box, or by a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import judge
from bot.links.verdict import Found, Verdict
from bot.practice import people
from tests.checked import ALIVE, DEAD, Checked, site
from tests.offline import REPO

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

ONE, TWO = site(1), site(2)


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Checked]:
    """One in which two links died, and the issue says so."""
    made = Checked(f"sqlite:///{tmp_path}/jobs.sqlite", ONE, TWO, site(3))
    await made.look()
    made.says(ONE, DEAD)
    made.says(TWO, DEAD)
    await made.days(10)
    yield made
    made.close()


async def tick(world: Checked, number: int, *, user: str = "ann") -> None:
    body = str(world.issue["body"])
    box = f"- [ ] Ignore site\\-{number}"
    assert box in body
    people.edit_issue(
        world.github, REPO, 1, body=body.replace(box, box.replace("[ ]", "[x]")), user=user
    )
    await world.answer()


async def command(world: Checked, text: str, *, user: str = "ann") -> list[str]:
    """What the comment got."""
    number = people.comment(world.github, REPO, 1, text, user=user)
    await world.answer()
    return world.github.reactions.get(number, [])


async def test_a_ticked_link_leaves_the_table_and_stays_ticked(world: Checked) -> None:
    await tick(world, 1)
    assert world.issue["title"] == "1 link looks dead"
    assert "site\\-1\\.example\\/page\\-1: page" not in world.issue["body"]
    assert "- [x] Ignore site\\-1" in world.issue["body"]
    await world.days(14)
    assert "- [x] Ignore site\\-1" in world.issue["body"]
    assert world.issue["title"] == "1 link looks dead"


async def test_when_all_that_is_left_is_ignored_the_issue_is_closed(world: Checked) -> None:
    await tick(world, 1)
    await tick(world, 2)
    assert world.issue["state"] == "closed"
    await world.days(21)
    assert world.issue["state"] == "closed"


async def test_a_link_is_ignored_until_it_changes(world: Checked) -> None:
    await tick(world, 1)
    world.says(ONE, Found(Verdict.WITHDRAWN, "withdrawn"))
    await world.days(10)
    assert world.issue["title"] == "2 links look dead"
    assert "withdrawn by its authors" in world.issue["body"]


async def test_one_that_recovered_meanwhile_is_told_when_it_dies_again(world: Checked) -> None:
    await tick(world, 1)
    await tick(world, 2)
    world.says(ONE, ALIVE)
    await world.days(7)
    world.says(ONE, DEAD)
    await world.days(10)
    assert (world.issue["state"], world.issue["title"]) == ("open", "1 link looks dead")


async def test_unticking_brings_it_back(world: Checked) -> None:
    await tick(world, 1)
    body = world.issue["body"].replace("[x]", "[ ]")
    people.edit_issue(world.github, REPO, 1, body=body, user="ann")
    await world.answer()
    assert world.issue["title"] == "2 links look dead"


async def test_the_command_does_the_same_and_is_thanked(world: Checked) -> None:
    assert await command(world, f"/listwright dismiss {ONE}") == ["+1"]
    assert world.issue["title"] == "1 link looks dead"
    assert "- [x] Ignore site\\-1" in world.issue["body"]


async def test_a_link_that_the_issue_does_not_know_is_not_understood(world: Checked) -> None:
    assert await command(world, "/listwright dismiss https://example.org") == ["confused"]
    assert world.issue["title"] == "2 links look dead"


async def test_who_may_not_write_changes_nothing(world: Checked) -> None:
    before = world.issue["body"]
    assert await command(world, f"/listwright dismiss {ONE}", user="eve") == ["-1"]
    assert world.issue["body"] == before


async def test_other_comments_get_no_answer(world: Checked) -> None:
    assert await command(world, f"Is {ONE} gone for good?") == []


async def test_decisions_survive_the_loss_of_the_database(world: Checked, tmp_path: Path) -> None:
    await tick(world, 1)
    fresh = Checked(f"sqlite:///{tmp_path}/new.sqlite")
    fresh.github.repositories = world.github.repositories
    fresh.clock.now, fresh.web.answers = world.clock.now, world.web.answers
    await fresh.look()
    await fresh.days(21)
    fresh.close()
    assert world.issue["title"] == "1 link looks dead"
    assert "- [x] Ignore site\\-1" in world.issue["body"]
