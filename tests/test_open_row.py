"""A maintainer's tick or command makes a pull request of a request."""

from __future__ import annotations

import pytest

from bot.practice import branch, people
from bot.practice.arxiv import Paper
from tests import lists
from tests.offline import REPO
from tests.requested import OWNER, READER, ROUTER, TITLE, Requested, listed, news, rows_of

LINK = f"https://arxiv.org/abs/{ROUTER}"
ASKED = f"Please add {LINK} to Agents."


async def test_a_tick_opens_a_pull_request_whose_row_the_rules_accept_in_silence() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    row = rows_of(world.said(number))[0]
    await world.tick(number)
    [pull] = world.pulls
    assert f"{row}\n" in world.text(pull)
    assert news(listed(), world.text(pull)) == []
    assert f"#{pull.number} has it ready for the maintainers." in world.said(number)
    assert "- [ ]" not in world.said(number)


async def test_it_closes_the_issue_and_credits_who_asked() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    await world.tick(number)
    [pull] = world.pulls
    assert pull.title == f"Add {TITLE}"
    assert pull.body.endswith(f"Suggested by @{READER}.\n\nCloses #{number}.")
    message = world.repository.store.commits[pull.head].message
    assert f"Co-authored-by: {READER} <" in message
    branch.merge(world.github, REPO, pull.number)
    await world.answer()


async def test_who_may_not_write_here_opens_nothing() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    await world.tick(number, user=READER)
    assert world.pulls == []
    assert "- [ ] Maintainers" in world.said(number)


async def test_the_command_opens_it_in_the_section_that_it_names() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    people.comment(world.github, REPO, number, "/listwright add Survey", user=OWNER)
    await world.answer()
    [pull] = world.pulls
    survey = world.text(pull).partition("## Survey")[2]
    assert TITLE in survey
    assert "in **Survey**" in world.said(number)
    assert list(world.github.reactions.values()) == [["+1"]]


async def test_the_command_of_a_reader_is_refused() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    people.comment(world.github, REPO, number, "/listwright add Survey", user=READER)
    await world.answer()
    assert world.pulls == []
    assert list(world.github.reactions.values()) == [["-1"]]


async def test_a_section_that_is_not_there_is_asked_for_again() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    people.comment(world.github, REPO, number, "/listwright add Quantum", user=OWNER)
    await world.answer()
    assert world.pulls == []
    assert list(world.github.reactions.values()) == [["confused"]]
    assert "Sections here: Agents · Survey." in world.said(number)


async def test_the_command_works_where_previews_are_off() -> None:
    world = Requested("requests: off\n")
    number = await world.ask("New paper", ASKED)
    people.comment(world.github, REPO, number, "/listwright add Survey", user=OWNER)
    await world.answer()
    assert len(world.pulls) == 1


async def test_without_the_permission_the_edit_page_is_linked() -> None:
    world = Requested()
    world.github.access.granted["contents"] = "read"
    number = await world.ask("New paper", ASKED)
    await world.tick(number)
    assert world.pulls == []
    assert "https://github.com/ann/list/edit/main/README.md" in world.said(number)
    assert len(rows_of(world.said(number))) == 1


async def test_a_list_may_want_pull_requests_at_once() -> None:
    world = Requested("requests: pull_request\n")
    number = await world.ask("New paper", ASKED)
    assert len(world.pulls) == 1
    assert f"#{world.pulls[0].number} has it ready" in world.said(number)


async def test_what_is_not_complete_waits_for_somebody_all_the_same() -> None:
    world = Requested("requests: pull_request\n")
    number = await world.ask("New paper", "Section: Survey\nhttps://openreview.net/forum?id=AbCdEf")
    assert world.pulls == []
    assert "What is the title of" in world.said(number)


async def test_two_ticks_make_one_pull_request() -> None:
    world = Requested()
    number = await world.ask("New paper", ASKED)
    people.comment(world.github, REPO, number, "/listwright add", user=OWNER)
    people.comment(world.github, REPO, number, "/listwright add", user=OWNER)
    await world.answer()
    assert len(world.pulls) == 1


@pytest.mark.parametrize(
    "title",
    ["Fixes #1: A Title", "Closes GH-1 @ann", "Resolves https://github.com/ann/list/issues/1"],
)
async def test_a_hostile_title_closes_no_other_issue(title: str) -> None:
    world = Requested()
    world.arxiv.site.papers["2507.00007"] = Paper(title, "2025-07-05")
    number = await world.ask("New", "Section: Survey\nhttps://arxiv.org/abs/2507.00007")
    people.comment(world.github, REPO, number, "/listwright add", user=OWNER)
    await world.answer()
    [pull] = world.pulls
    for words in (pull.title, world.repository.store.commits[pull.head].message):
        assert not any(bait in words for bait in ("#1", "GH-1", "@ann", "://"))


async def test_help_shows_what_can_be_asked_on_an_issue() -> None:
    world = Requested("requests: off\n")
    number = await world.ask("New paper", ASKED)
    people.comment(world.github, REPO, number, "/listwright help", user=OWNER)
    people.comment(world.github, REPO, number, "/listwright dance", user=OWNER)
    people.comment(world.github, REPO, number, "/listwright help", user="somebody")
    await world.answer()
    assert "| `/listwright add SECTION` |" in world.said(number)


class TestCorrections:
    async def test_the_right_code_link_replaces_the_wrong_one(self) -> None:
        world = Requested()
        body = f"The code link of {lists.title(10)} is wrong. It is https://github.com/right/one\n{lists.paper(10)}"
        number = await world.ask("Wrong code link", body)
        assert "With what you say it becomes:" in world.said(number)
        [row] = rows_of(world.said(number))
        assert row == lists.row(10, code="[link](https://github.com/right/one)")
        await world.tick(number)
        [pull] = world.pulls
        assert world.text(pull) == listed().replace(lists.row(10, code=lists.code(10)), row)
        assert pull.title.startswith("Correct the row of ")

    async def test_a_paper_that_was_accepted_gets_its_venue(self) -> None:
        world = Requested()
        body = f"{lists.title(7)} was accepted at ACL 2025.\n{lists.paper(7)}"
        number = await world.ask("Update venue", body)
        [row] = rows_of(world.said(number))
        assert row == lists.row(7, venue="ACL'25")

    async def test_a_row_moves_to_another_section(self) -> None:
        world = Requested()
        body = f"Please move {lists.paper(8)} to the Survey section. It is in the wrong section."
        number = await world.ask("Wrong section", body)
        await world.tick(number)
        [pull] = world.pulls
        agents, _, survey = world.text(pull).partition("## Survey")
        assert lists.title(8) in survey
        assert lists.title(8) not in agents
        assert news(listed(), world.text(pull)) == []

    async def test_what_is_wrong_without_what_is_right_is_asked_for(self) -> None:
        world = Requested()
        number = await world.ask(
            "Wrong code link", f"The code link of {lists.paper(10)} points to another project."
        )
        assert "You report the code link. Reply with what would be right" in world.said(number)
        await world.say(number, "It is https://github.com/right/one")
        assert "https://github.com/right/one" in rows_of(world.said(number))[0]

    async def test_chinese_words_are_understood(self) -> None:
        world = Requested()
        body = f"{lists.paper(10)} 的代码链接有误，应为 https://github.com/right/one"
        number = await world.ask("代码链接错误", body)
        assert "https://github.com/right/one" in rows_of(world.said(number))[0]

    async def test_the_same_facts_again_are_a_duplicate(self) -> None:
        world = Requested()
        number = await world.ask("Add", f"Please add {lists.title(10)} {lists.paper(10)}")
        assert "is listed at" in world.said(number)
        assert "- [ ]" not in world.said(number)

    async def test_a_title_alone_says_which_row_is_meant(self) -> None:
        world = Requested()
        number = await world.ask(
            "Wrong authors", f"The authors of {lists.title(10)} are wrong, and the code link."
        )
        assert "is listed at [line 12](" in world.said(number)
        assert "the authors" in world.said(number)
        assert "the code link" in world.said(number)
        assert "the title" not in world.said(number)
        other = await world.ask("Update", f"{lists.title(7)} was accepted at ACL 2025!")
        assert rows_of(world.said(other)) == [lists.row(7, venue="ACL'25")]
