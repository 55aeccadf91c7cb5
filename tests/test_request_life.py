"""A request in the course of time: what people do meanwhile, and where they do it."""

from __future__ import annotations

import pytest

from bot.practice import people
from bot.practice.arxiv import Paper
from tests import lists
from tests.busy import names
from tests.offline import REPO
from tests.requested import OWNER, ROUTER, Requested, listed, rows_of

LINK = f"https://arxiv.org/abs/{ROUTER}"
ASKED = f"Please add {LINK} to Agents."


async def command(world: Requested, number: int, text: str = "/listwright add") -> None:
    people.comment(world.github, REPO, number, text, user=OWNER)
    await world.answer()


async def test_what_was_closed_unmerged_can_be_asked_for_again() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    await world.tick(number)
    [first] = world.pulls
    world.github.close(REPO, first.number)
    await command(world, number)
    [_, second] = world.pulls
    assert f"#{second.number} has it ready" in world.said(number)
    assert "RouterDC" in world.text(second)


async def test_the_bare_command_works_where_previews_are_off() -> None:
    world = Requested("requests: off\n")
    number = await world.ask("New paper", ASKED)
    await command(world, number)
    assert len(world.pulls) == 1


async def test_a_long_discussion_gets_no_second_preview() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    for turn in range(110):
        people.comment(world.github, REPO, number, f"I think so, too ({turn})", user="somebody")
    await world.say(number, "Title: RouterDC")
    assert len(world.comments(number)) == 1


async def test_a_quotation_tells_nothing() -> None:
    world = Requested()
    number = await world.ask("New paper", f"{LINK}\n\nSection: Survey")
    await world.say(
        number, "> code: https://github.com/quoted/one\n> Section: Agents\n\nThank you!"
    )
    assert "in **Survey**:" in world.said(number)
    assert "quoted/one" not in world.said(number)


async def test_no_pull_request_opens_by_itself_before_arxiv_has_told() -> None:
    world = Requested("requests: pull_request\n")
    world.arxiv.site.mood, world.arxiv.site.passing = "down", -1
    body = f"Title: A Whole New Title Here\nLink: {LINK}\nDate: 2025-07-03\nVenue: ACL 2025"
    number = await world.ask("New paper", f"{body}\nSection: Survey")
    assert world.pulls == []
    assert "I look again in half an hour" in world.said(number)
    assert len(rows_of(world.said(number))) == 1


@pytest.mark.parametrize("path", ["README.md", "docs/papers.md"])
@pytest.mark.parametrize(("start", "end"), [("", "\r\n"), ("\ufeff", "\n"), ("\ufeff", "\r\n")])
async def test_every_other_byte_stays(path: str, start: str, end: str) -> None:
    text = start + listed().replace("\n", end)
    world = Requested(f"files: [{path}]\n", readme=text)
    if path != "README.md":
        world.push_main({path: text, "README.md": "# Home\n"})
    number = await world.ask("New paper", ASKED)
    [row] = rows_of(world.said(number))
    await world.tick(number)
    after = world.text(world.pulls[0], path)
    assert after.replace(f"{row}{end}", "", 1) == text
    body = f"The code link of {lists.paper(10)} is wrong. It is https://github.com/right/one"
    other = await world.ask("Wrong code link", body)
    await world.tick(other)
    right = lists.row(10, code="[link](https://github.com/right/one)")
    mended = text.replace(lists.row(10, code=lists.code(10)), right)
    assert world.text(world.pulls[1], path) == mended


async def test_a_row_of_another_file_is_corrected_there() -> None:
    more = lists.table([lists.row(10)])
    world = Requested("files: ['*.md']\n")
    world.push_main({"MORE.md": f"# More\n\n## Further\n\n{more}"})
    body = f"The code link of {lists.paper(10)} is wrong. It is https://github.com/right/one"
    number = await world.ask("Wrong code link", body)
    assert len(rows_of(world.said(number))) == 2
    await world.tick(number)
    for path in ("README.md", "MORE.md"):
        assert "https://github.com/right/one" in world.text(world.pulls[0], path)


async def test_a_comment_without_an_author_is_no_trouble() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    said = world.comments(number)[0]
    written = people.comment(world.github, REPO, number, "Nice!", user="gone")
    await world.answer()
    ghost = next(c for c in people.conversation(world.repository, number) if c["id"] == written)
    ghost["user"] = None
    people.edit_comment(world.github, REPO, number, written, "Very nice!", user=OWNER)
    assert names(await world.answer()) == ["preview_request"]
    assert world.comments(number) == [said]


async def test_the_list_may_change_between_preview_and_tick() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    changed = (
        listed().replace("## Survey", "## Surveys").replace(lists.row(2), lists.row(2, code="x"))
    )
    world.push_main({"README.md": changed})
    await world.tick(number)
    [row] = rows_of(world.said(number))
    assert world.text(world.pulls[0]).replace(f"{row}\n", "", 1) == changed


async def test_what_was_listed_meanwhile_is_not_opened() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    row = rows_of(world.said(number))[0]
    world.push_main({"README.md": listed().replace("\n\n## Survey", f"\n{row}\n\n## Survey", 1)})
    await world.tick(number)
    assert world.pulls == []
    assert "is listed at" in world.said(number)
    assert "- [ ]" not in world.said(number)


async def test_ten_papers_of_a_request_are_written_into_one_text() -> None:
    world = Requested()
    for turn in range(10):
        title = f"Paper {'ABCDEFGHIJ'[turn]} about the Number {turn}"
        world.arxiv.site.papers[f"2507.1000{turn}"] = Paper(title, "2025-07-09")
    body = "\n".join(f"- https://arxiv.org/abs/2507.1000{turn}" for turn in range(10))
    number = await world.ask("Ten", f"Section: Survey\n\n{body}")
    rows = rows_of(world.said(number))
    assert len(rows) == 10
    await world.tick(number)
    assert all(f"{row}\n" in world.text(world.pulls[0]) for row in rows)
