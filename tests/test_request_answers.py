"""What people are answered who write as people write."""

from __future__ import annotations

import re

import pytest

from bot.practice.arxiv import Paper
from tests import lists
from tests.offline import REPO
from tests.requested import ROUTER, Requested, listed, rows_of

LINK = f"https://arxiv.org/abs/{ROUTER}"
OTHER = "https://arxiv.org/abs/2507.00002"
RIGHT = "https://github.com/right/one"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Thanks!", f"This list helped me write {LINK}. Thank you!"),
        ("Thank you", f"Thank you for including our paper {LINK}!"),
        ("谢谢", f"感谢收录！很有帮助 {LINK}"),
        ("Remove a paper", f"Please remove {lists.paper(10)}, it is about something else."),
        ("Bug: table broken", f"https://github.com/{REPO} looks broken on my phone"),
        ("Typo", "There's a typo in the README, 'Long Bookmarks Here' should be 'Contents'."),
        ("Wrong link", "The link https://github.com/some/thing gives 404"),
    ],
)
async def test_what_asks_for_no_row_is_left_alone(title: str, body: str) -> None:
    world = Requested()
    assert world.comments(await world.ask(title, body)) == []


@pytest.mark.parametrize(
    "body",
    [
        f"Could you add {LINK} to Survey? Thanks!",
        f"{LINK} is missing from Survey!",
        f"{LINK}\n\nIt does not belong to Agents, please put it in Survey.",
    ],
)
async def test_the_section_is_read_as_people_name_it(body: str) -> None:
    world = Requested()
    assert "in **Survey**:" in world.said(await world.ask("A paper", body))


async def test_each_of_several_papers_has_its_own_section() -> None:
    world = Requested()
    number = await world.ask("Two", f"Add {LINK} to Survey section and {OTHER} to Agents section.")
    told = world.said(number)
    assert [re.findall(r"in \*\*(\w+)\*\*", told)] == [["Survey", "Agents"]]
    assert ["RouterDC" in row for row in rows_of(told)] == [True, False]


async def test_a_heading_holds_for_all_papers_under_it() -> None:
    world = Requested()
    world.arxiv.site.papers["2507.00009"] = Paper("A Bare Paper about Nothing", "2025-07-09")
    body = (
        f"**Survey:**\n- {LINK}\n- {OTHER}\n\n## Agents section\n- https://arxiv.org/abs/2507.00009"
    )
    told = world.said(await world.ask("Three papers", body))
    assert re.findall(r"in \*\*(\w+)\*\*", told) == ["Survey", "Survey", "Agents"]


async def test_the_name_of_a_section_is_no_title() -> None:
    world = Requested()
    body = "Can you add https://github.com/foo/bar ? It routes. Section: Survey of the New Agents"
    assert "What is the title of" in world.said(await world.ask("Request", body))


async def test_an_address_of_the_list_itself_is_nobodys_code() -> None:
    world = Requested()
    world.arxiv.site.papers["2507.00009"] = Paper("A Bare Paper about Nothing", "2025-07-09")
    body = (
        f"Please add https://arxiv.org/abs/2507.00009 to https://github.com/{REPO}/blob/main/"
        "README.md#survey\nhttps://github.com/user-attachments/assets/12-34\nSection: Survey"
    )
    [row] = rows_of(world.said(await world.ask("A paper", body)))
    assert "github.com" not in row


async def test_a_paper_named_by_two_links_gets_one_row() -> None:
    world = Requested()
    title = world.arxiv.site.papers[ROUTER].title
    body = f"Section: Survey\n\n- {LINK}\n- {title} https://openreview.net/forum?id=AbCdEf"
    told = world.said(await world.ask("A paper", body))
    assert len(rows_of(told)) == 1
    assert "is listed at" not in told


async def test_the_line_of_a_listed_paper_is_that_of_the_list_as_it_is() -> None:
    world = Requested()
    number = await world.ask("Two", f"Section: Agents\n\n- {LINK}\n- {lists.paper(10)}")
    line = listed().splitlines().index(lists.row(10, code=lists.code(10))) + 1
    assert f"is listed at [line {line}](" in world.said(number)


async def test_a_title_field_that_holds_the_link_is_understood() -> None:
    world = Requested()
    body = f"### Title\n\n{LINK}\n\n### Venue\n\nunder review\n\n### Section\n\nSurvey\n"
    [row] = rows_of(world.said(await world.ask("Add a paper", body)))
    assert "RouterDC" in row
    assert "ACL'25" in row


class TestCorrections:
    async def test_every_row_of_the_paper_is_corrected(self) -> None:
        row = lists.row(10)
        head, mark, tail = listed().rpartition(lists.row(39))
        world = Requested(readme=f"{head}{mark}\n{row}{tail}")
        body = f"The code link of {lists.paper(10)} is wrong. It is {RIGHT}"
        number = await world.ask("Wrong code link", body)
        assert rows_of(world.said(number)) == [lists.row(10, code=f"[link]({RIGHT})")] * 2
        await world.tick(number)
        assert world.text(world.pulls[0]).count(RIGHT) == 2
        assert world.pulls[0].title == f"Correct what issue {number} reports"

    async def test_another_papers_row_with_the_same_link_stays(self) -> None:
        other = lists.row(12, paper=f"[link]({lists.paper(10)})")
        world = Requested(readme=listed().replace(lists.row(12), other))
        body = f"The code link of {lists.title(10)} {lists.paper(10)} is wrong. It is {RIGHT}"
        number = await world.ask("Wrong code link", body)
        assert len(rows_of(world.said(number))) == 1

    async def test_a_row_without_its_last_cell_gets_it(self) -> None:
        whole = lists.row(10, code=lists.code(10))
        short = whole[: whole.rindex("|", 0, -1) + 1]
        world = Requested(readme=listed().replace(whole, short))
        number = await world.ask("Code", f"Update: {lists.paper(10)} has code now: {RIGHT}")
        assert rows_of(world.said(number)) == [f"{short} [link]({RIGHT}) |"]

    async def test_what_the_table_has_no_column_for_is_said(self) -> None:
        lines = [line.split("|") for line in lists.good(20).splitlines()]
        text = "\n".join("|".join([*cells[:3], *cells[4:]]) for cells in lines)
        world = Requested(readme=f"# Papers\n\n{text}\n")
        number = await world.ask("Update", f"{lists.paper(7)} was accepted at ACL 2025.")
        assert "Its table has no column for the venue" in world.said(number)

    async def test_a_row_that_is_not_there_is_not_added(self) -> None:
        world = Requested()
        body = "### Which entry\n\nNoSuchNet\n\n### What is wrong\n\nVenue"
        told = world.said(await world.ask("Correct an entry", body))
        assert told.startswith("I find no row of `NoSuchNet` here.")
        number = await world.ask("Wrong code link", f"The code link of {LINK} is wrong.")
        assert "I find no row of" in world.said(number)

    async def test_a_nickname_says_which_row_is_meant(self) -> None:
        named = "SelfBudget: " + lists.title(7)
        world = Requested(readme=listed().replace(lists.title(7), named))
        number = await world.ask("[Update] SelfBudget accepted by ACL 2025!", "Please update.")
        assert "ACL'25" in rows_of(world.said(number))[0]

    async def test_a_row_that_stands_there_already_does_not_move(self) -> None:
        row = lists.row(8)
        head, mark, tail = listed().rpartition(lists.row(39))
        world = Requested(readme=f"{head}{mark}\n{row}{tail}")
        body = f"{lists.paper(8)} does not belong to Agents. Please move it to Survey."
        told = world.said(await world.ask("Wrong section", body))
        assert "in **Survey**" in told
        assert "- [ ]" not in told
