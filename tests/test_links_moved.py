"""Links that moved for good, mended in one pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import judge
from bot.links.verdict import Found, Verdict
from tests.checked import Checked, listed, site
from tests.offline import REPO
from tests.world import CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.practice.site import Pull

OLD, NEW = "https://github.com/a/old", "https://github.com/a/new"
OTHER = "https://github.com/a/older"
FIX = {CONFIG: "links:\n  schedule: daily\n  fix: pull_request\n"}


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Checked]:
    made = Checked(f"sqlite:///{tmp_path}/jobs.sqlite", OLD, OLD, OLD + "er", site(3), **FIX)
    made.github.access.granted["contents"] = "write"
    made.says(OLD, Found(Verdict.MOVED, "renamed", NEW))
    yield made
    made.close()


def pulls(world: Checked) -> list[Pull]:
    return list(world.github.repositories[REPO].pulls.values())


def text(world: Checked, pull: Pull) -> str:
    return world.github.repositories[REPO].store.commits[pull.head].files["README.md"].decode()


async def test_each_place_is_mended_and_nothing_else(world: Checked) -> None:
    await world.look()
    await world.days(2)
    [pull] = pulls(world)
    assert text(world, pull) == listed(NEW, NEW, OTHER, site(3))
    assert pull.title == "Mend 1 link that moved"
    assert f"| `{OLD}` | `{NEW}` |" in pull.body
    assert world.issues == []


async def test_it_is_one_pull_request_that_is_renewed_when_more_moves(world: Checked) -> None:
    await world.look()
    await world.days(2)
    [pull] = pulls(world)
    head = pull.head
    await world.days(3)
    assert pull.head == head  # nothing new, nothing written
    world.says(site(3), Found(Verdict.MOVED, "301", "https://new.example/page"))
    await world.days(2)
    [pull] = pulls(world)
    assert text(world, pull) == listed(NEW, NEW, OTHER, "https://new.example/page")


async def test_what_people_closed_is_not_proposed_again(world: Checked) -> None:
    await world.look()
    await world.days(2)
    world.github.close(REPO, 1)
    await world.days(7)
    assert [pull.state for pull in pulls(world)] == ["CLOSED"]


async def test_an_address_that_is_written_otherwise_is_left_alone(tmp_path: Path) -> None:
    written = f"{OLD}?a&amp;"  # a browser asks for something else than what stands there
    plain = Checked(f"sqlite:///{tmp_path}/plain.sqlite", written, **FIX)
    plain.github.access.granted["contents"] = "write"
    plain.says(f"{OLD}?a&", Found(Verdict.MOVED, "renamed", NEW))
    await plain.look()
    await plain.days(2)
    plain.close()
    assert f"{OLD}?a&" in plain.web.asked
    assert pulls(plain) == []


@pytest.mark.parametrize(
    "to",
    [
        "https://example.org/",  # a front page
        "https://example.org/a|b",
        "https://example.org/a) [b](c",
        "https://github.com/a/new",  # another kind of address
        "",
    ],
)
async def test_what_is_not_surely_the_same_page_is_left_alone(world: Checked, to: str) -> None:
    del world.web.answers[OLD]
    world.says(site(3), Found(Verdict.MOVED, "301", to))
    await world.look()
    await world.days(3)
    assert pulls(world) == []


async def test_without_being_asked_for_or_allowed_nothing_is_proposed(
    world: Checked, tmp_path: Path
) -> None:
    world.github.access.granted["contents"] = "read"
    await world.look()
    await world.days(2)
    assert pulls(world) == []
    plain = Checked(f"sqlite:///{tmp_path}/plain.sqlite", OLD)
    plain.github.access.granted["contents"] = "write"
    plain.says(OLD, Found(Verdict.MOVED, "renamed", NEW))
    await plain.look()
    await plain.days(14)
    assert pulls(plain) == []
    plain.close()
