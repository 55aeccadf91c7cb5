"""The one issue about a broken configuration on the default branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import judge
from bot.events import jobs_for
from bot.practice import branch
from tests.busy import Busy, names
from tests.offline import REPO
from tests.world import CONFIG, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = "max_comments: 3\nrules:\n  missing-code-lnk: off\n"
WORSE = "max_comments: many\nrules:\n  missing-code-lnk: off\n"


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


async def after(*texts: str, world: Busy | None = None) -> list[dict[str, Any]]:
    """The issues after the configuration was pushed in these forms, one after the other."""
    world = world or Busy()
    for text in texts:
        world.push_main({CONFIG: text})
        await world.answer()
    return world.repository.issues


async def test_a_broken_file_is_told_with_its_line_and_the_way_out() -> None:
    [issue] = await after(BROKEN)
    assert issue["title"] == "The configuration needs a look"
    assert (
        f"- [line 3](https://github.com/{REPO}/blob/main/{CONFIG}#L3), column 3: "
        "`missing-code-lnk` is no key here; did you mean `missing-code-link`?"
    ) in issue["body"]
    assert "the defaults apply" in issue["body"]


async def test_it_is_written_anew_and_closed_when_the_file_reads_well() -> None:
    world = Busy()
    await after(BROKEN, world=world)
    [issue] = await after(WORSE, world=world)
    assert "[line 1](" in issue["body"]
    assert issue["state"] == "open"
    [issue] = await after("max_comments: 3\n", world=world)
    assert (issue["state"], issue["state_reason"]) == ("closed", "completed")
    assert "reads well again. Thank you" in issue["body"]


async def test_taking_the_file_away_mends_it_too() -> None:
    world = Busy()
    await after(BROKEN, world=world)
    world.push_main({CONFIG: None})
    await world.answer()
    assert [issue["state"] for issue in world.repository.issues] == ["closed"]


async def test_what_breaks_again_is_a_new_matter() -> None:
    assert [i["state"] for i in await after(BROKEN, "bots: true\n", BROKEN)] == ["closed", "open"]


async def test_a_good_file_makes_no_issue_and_an_unchanged_matter_no_write() -> None:
    assert await after("max_comments: 3\n") == []
    world = Busy()
    await after(BROKEN, world=world)
    await after(BROKEN + "# a remark\n", world=world)
    wrote = [r for r in world.github.requests if "/issues" in r.path and r.method != "GET"]
    assert [request.method for request in wrote] == ["POST"]


async def test_a_human_who_copies_the_marker_keeps_the_issue() -> None:
    world = Busy()
    await after(BROKEN, world=world)
    [ours] = world.repository.issues
    theirs = ours | {"number": 9, "user": {"login": "ann", "type": "User"}}
    world.repository.issues[:] = [theirs]
    await after("bots: true\n", world=world)
    assert theirs["state"] == "open"


async def test_our_issue_is_found_among_hundreds() -> None:
    world = Busy()
    await after(BROKEN, world=world)
    person = {"login": "ann", "type": "User"}
    for number in range(10, 260):
        other = {"number": number, "user": person, "state": "open", "title": "x", "body": "x"}
        world.repository.issues.append(other)
    await after("bots: true\n", world=world)
    assert world.repository.issues[0]["state"] == "closed"


async def test_a_repository_without_issues_is_no_error() -> None:
    world = Busy()
    world.repository.has_issues = False
    assert await after(BROKEN, world=world) == []


async def test_a_push_that_leaves_the_file_alone_does_not_ask_again() -> None:
    world = Busy()
    await after(BROKEN, world=world)
    world.repository.issues[0]["state"] = "closed"  # by a human, who knows
    world.push_main({"README.md": "# A list\n"})
    assert "report_configuration" not in names(await world.answer())
    assert len(world.repository.issues) == 1


async def test_what_the_owners_other_files_have_wrong_is_not_told_in_every_repository() -> None:
    world = Busy()
    world.github.add_repository("ann/.github", {CONFIG: BROKEN.encode()})
    assert await after("extends: ann/.github\n", world=world) == []
    [issue] = await after("extends: ann/nowhere\n", world=world)
    assert "cannot be read" in issue["body"]


def test_two_pushes_report_one_at_a_time() -> None:
    world = Busy()
    for text in (BROKEN, WORSE):
        branch.push(world.github, REPO, encoded({CONFIG: text}))
    [one], [two] = (jobs_for(d.event, d.guid, d.payload) for d in world.github.deliveries)
    data = {"repository": one.data["repository"], "ref": "configuration", "blob": ""}
    keys = {job.following("report_configuration", data).key for job in (one, two)}
    assert len(keys) == 1
