"""A merged pull request on the offline GitHub: its author joins the list's contributors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import judge
from bot.handlers.add_contributor import trim
from bot.practice import branch
from bot.practice.views import account_id
from tests.busy import Busy, names, with_row
from tests.chinese import CHINESE, english
from tests.offline import REPO
from tests.world import CONFIG, GOOD, HEAD, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.practice.site import Pull

ON = "contributors: on\n"


def entry(login: str) -> str:
    image = f'<img src="https://avatars.githubusercontent.com/u/{account_id(login)}?v=4"/>'
    return f'<a href="https://github.com/{login}">{image}</a> \n'


SECTION = "\n## Contributors\n\n" + entry("ann")


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


def world(readme: str = GOOD + SECTION, configuration: str = ON, granted: str = "write") -> Busy:
    made = Busy(**{"README.md": readme, CONFIG: configuration})
    made.github.access.granted["contents"] = granted
    return made


async def merge(found: Busy, user: str, *, number: int | None = None) -> None:
    """Somebody's pull request is opened and merged, and all is answered."""
    if number is None:
        files = encoded({f"{user}.txt": "Words.\n"})
        number = found.github.open_pull(REPO, files, user=user)
    branch.merge(found.github, REPO, number)
    await found.answer()


def ours(found: Busy) -> list[Pull]:
    return [pull for pull in found.repository.pulls.values() if pull.user == "listwright[bot]"]


def proposed(found: Busy, pull: Pull) -> str:
    return found.repository.store.commits[pull.head].files["README.md"].decode()


async def test_several_merges_end_in_one_pull_request_with_all_of_them() -> None:
    found = world()
    await merge(found, "bob")
    await merge(found, "eve")
    [pull] = ours(found)
    assert proposed(found, pull) == GOOD + SECTION + entry("bob") + entry("eve")
    assert pull.title == "Add bob and eve to the contributors"
    assert "- [bob](https://github.com/bob), #1\n- [eve](https://github.com/eve), #3" in pull.body


async def test_merged_it_adds_nobody_and_the_next_one_begins_anew() -> None:
    found = world()
    await merge(found, "bob")
    await merge(found, "", number=ours(found)[0].number)
    assert "add_contributor" not in names(found.done[-4:])
    await merge(found, "eve")
    [merged, open_] = ours(found)
    assert (merged.state, open_.title) == ("MERGED", "Add eve to the contributors")
    assert proposed(found, open_) == GOOD + SECTION + entry("bob") + entry("eve")


async def test_who_is_in_the_list_is_not_proposed() -> None:
    found = world()
    await merge(found, "Ann")
    assert ours(found) == []


async def test_who_was_added_by_hand_meanwhile_is_left_out() -> None:
    found = world()
    await merge(found, "bob")
    found.push_main({"README.md": GOOD + SECTION + entry("bob")})
    await merge(found, "eve")
    [pull] = ours(found)
    assert pull.title == "Add eve to the contributors"


async def test_whoever_was_in_a_pull_request_that_was_closed_is_not_proposed_again() -> None:
    found = world()
    await merge(found, "bob")
    found.github.close(REPO, ours(found)[0].number)
    await merge(found, "bob")
    assert len(ours(found)) == 1
    await merge(found, "eve")
    assert proposed(found, ours(found)[1]) == GOOD + SECTION + entry("eve")


async def test_what_somebody_committed_to_our_branch_stays() -> None:
    found = world()
    await merge(found, "bob")
    [pull] = ours(found)
    theirs = found.github.push(
        REPO, pull.number, encoded({"README.md": with_row()}), message="Mine"
    )
    found.repository.branches[pull.ref] = theirs
    await merge(found, "eve")
    assert pull.head == theirs


@pytest.mark.parametrize("user", ["renovate[bot]", "listwright[bot]"])
async def test_bots_are_nobody(user: str) -> None:
    found = world()
    await merge(found, user)
    assert "add_contributor" not in names(found.done)


@pytest.mark.parametrize(
    "author", [None, {"login": "acme", "id": 5, "type": "Organization"}, {"login": "a b", "id": 5}]
)
async def test_an_account_that_is_gone_or_is_no_persons_is_nobody(author: Any) -> None:
    found = world()
    number = found.github.open_pull(REPO, encoded({"bob.txt": "Words.\n"}), user="bob")
    branch.merge(found.github, REPO, number)
    payload = found.github.deliveries[-2].payload
    assert trim(payload)
    payload["pull_request"]["user"] = author and {"type": "User"} | author
    assert trim(payload) is None


async def test_into_another_branch_nothing_is_added() -> None:
    found = world()
    number = found.github.open_pull(REPO, encoded({"bob.txt": "Words.\n"}), user="bob")
    branch.merge(found.github, REPO, number)
    payload = found.github.deliveries[-2].payload
    payload["pull_request"]["base"]["ref"] = "next"
    assert trim(payload) is None


async def test_a_pull_request_that_is_closed_and_not_merged_adds_nobody() -> None:
    found = world()
    number = found.github.open_pull(REPO, encoded({"bob.txt": "Words.\n"}), user="bob")
    found.github.close(REPO, number)
    await found.answer()
    assert "add_contributor" not in names(found.done)


@pytest.mark.parametrize(
    "found",
    [
        world(configuration="contributors: off\n"),
        world(configuration=""),
        world(readme=GOOD),
        world(granted="read"),
    ],
    ids=["off", "by itself", "no section", "not granted"],
)
async def test_otherwise_nothing_is_written(found: Busy) -> None:
    await merge(found, "bob")
    assert "add_contributor" in names(found.done)
    assert (ours(found), found.repository.branches, found.repository.issues) == ([], {}, [])
    assert found.repository.pulls[1].conversation == []


async def test_a_chinese_list_is_spoken_to_in_chinese() -> None:
    text = GOOD.replace(HEAD, CHINESE) + "\n## 贡献者\n\n- @ann\n"
    found = world(readme=text)
    for user in ("bob", "eve"):
        await merge(found, user)
    [pull] = ours(found)
    assert pull.title == "将 bob、eve 加入贡献者名单"
    assert english(pull.body) <= {"bob", "eve"}
    assert proposed(found, pull) == text + "- @bob\n- @eve\n"


async def test_of_many_the_title_says_how_many() -> None:
    found = world()
    for user in ("bob", "cyd", "dee", "eve"):
        await merge(found, user)
    [pull] = ours(found)
    assert pull.title == "Add 4 contributors"
