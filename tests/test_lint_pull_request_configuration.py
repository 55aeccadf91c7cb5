"""The handler and `.github/listwright.yml`: what holds, what is inherited, what is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import judge
from tests import lists
from tests.alive import alive
from tests.offline import REPO
from tests.world import CONFIG, COUNT, GOOD, HEAD, World, changed, empty, line

if TYPE_CHECKING:
    from collections.abc import Iterator

OFF = "rules: {missing-code-link: off}\n"
BROKEN = "rules:\n  missing-code-lnk: off\n"


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


async def test_a_broken_configuration_is_told_with_its_line_and_the_defaults_apply() -> None:
    world = World(**{CONFIG: "max_comments: 0\nrules:\n  missing-code-lnk: off\n"})
    await world.do(world.open({"README.md": empty(7)}))
    assert world.lines == [line(7)]
    assert world.checks == [("neutral", "The configuration needs a look")]
    said = "line 3, column 3: `missing-code-lnk` is no key here; did you mean `missing-code-link`?"
    assert said in world.summary
    assert "docs/configuration.md" in world.summary


async def test_a_configuration_that_is_not_utf8_is_told() -> None:
    world = World()
    world.github.move_base(REPO, {CONFIG: b"files: [caf\xe9.md]\n"})
    await world.do(world.open({"README.md": HEAD + lists.good(COUNT + 1)}))
    assert world.checks == [("neutral", "The configuration needs a look")]
    assert "not UTF-8" in world.summary


async def test_a_pull_request_does_not_configure_its_own_judgement() -> None:
    world = World(**{CONFIG: "fail_on: warning\n"})
    await world.do(world.open({"README.md": empty(7), CONFIG: "rules: {missing-code-link: off}\n"}))
    assert world.lines == [line(7)]
    assert world.checks == [("failure", "1 row could use a touch")]


async def test_the_base_branchs_configuration_says_what_is_said_where() -> None:
    rules = "rules: {missing-code-link: off}\n"
    world = World(**{CONFIG: f"files: ['papers/*.md']\n{rules}", "papers/a.md": GOOD})
    double = changed(r7=lists.row(6), r21=lists.row(21, code=""))
    await world.do(world.open({"README.md": double, "papers/a.md": double}))
    comments = world.github.review_comments(REPO, 1)
    assert [(comment["path"], comment["line"]) for comment in comments] == [
        ("papers/a.md", line(7))
    ]


async def test_rules_of_a_path_hold_there_alone() -> None:
    paths = "paths: {'papers/*.md': {rules: {missing-code-link: off}}}\n"
    world = World(**{CONFIG: paths, "papers/a.md": GOOD})
    await world.do(world.open({"README.md": empty(7), "papers/a.md": empty(7)}))
    comments = world.github.review_comments(REPO, 1)
    assert [(comment["path"], comment["line"]) for comment in comments] == [("README.md", line(7))]


# --- what is inherited


def share(world: World, repo: str, text: str, path: str = CONFIG, *, private: bool = False) -> None:
    world.github.add_repository(repo, {path: text.encode()}, private=private)


async def test_the_owners_defaults_hold_at_no_further_call() -> None:
    world = World()
    share(world, "ann/.github", OFF)
    calls = await world.do(world.open({"README.md": empty(7)}))
    assert world.checks == [("success", "1 row edited, nothing to fix")]
    assert calls == 3


async def test_the_repositorys_own_keys_go_above_the_owners() -> None:
    world = World(**{CONFIG: "rules: {missing-code-link: on}\n"})
    share(world, "ann/.github", "rules: {missing-code-link: off}\nfail_on: warning\n")
    calls = await world.do(world.open({"README.md": empty(7)}))
    assert world.lines == [line(7)]
    assert world.checks == [("failure", "1 row could use a touch")]
    assert calls == 4


async def test_defaults_that_are_private_are_not_there() -> None:
    world = World()
    share(world, "ann/.github", OFF, private=True)
    assert await world.do(world.open({"README.md": empty(7)})) == 4
    assert world.lines == [line(7)]


async def test_broken_defaults_of_the_owner_are_told_with_their_file() -> None:
    world = World(**{CONFIG: "max_comments: 0\n"})
    share(world, "ann/.github", BROKEN)
    await world.do(world.open({"README.md": empty(7)}))
    assert world.reviews == []
    assert world.checks == [("neutral", "The configuration needs a look")]
    said = "- `ann/.github:.github/listwright.yml`, line 2, column 3: `missing-code-lnk` is no key"
    assert said in world.summary


async def test_what_is_extended_costs_one_more_call_once() -> None:
    world = World(**{CONFIG: "extends: bob/shared:rules/strict.yml\n"})
    share(world, "bob/shared", OFF, "rules/strict.yml")
    assert await world.do(world.open({"README.md": empty(7)})) == 4
    assert world.checks == [("success", "1 row edited, nothing to fix")]
    assert await world.do(world.push({"README.md": empty(8)})) == 3
    assert world.checks == [("success", "1 row edited, nothing to fix")]


async def test_what_cannot_be_extended_is_told_at_its_place() -> None:
    world = World(**{CONFIG: "fail_on: never\nextends: bob/nothing\n"})
    await world.do(world.open({"README.md": empty(7)}))
    assert world.lines == [line(7)]
    assert world.checks == [("neutral", "The configuration needs a look")]
    assert "line 2, column 1: `bob/nothing` cannot be read" in world.summary


# --- what is proposed


async def test_a_configuration_that_reads_well_is_green() -> None:
    world = World()
    calls = await world.do(world.open({CONFIG: OFF}))
    assert world.checks == [("success", "The configuration reads well")]
    assert (world.reviews, calls) == ([], 3)


async def test_a_proposed_mistake_is_annotated_on_its_line() -> None:
    world = World()
    calls = await world.do(world.open({CONFIG: "fail_on: never\n" + BROKEN}))
    assert world.checks == [("neutral", "The configuration needs a look")]
    [run] = world.github.check_runs(REPO, world.head)
    [note] = run["annotations"]
    assert (note["path"], note["start_line"], note["annotation_level"]) == (CONFIG, 3, "warning")
    assert "did you mean `missing-code-link`?" in note["message"]
    assert "The configuration in this pull request has a problem." in world.summary
    assert calls == 3


async def test_a_list_beside_a_proposed_mistake_is_judged_by_the_base_branch() -> None:
    world = World(**{CONFIG: "max_comments: 3\n"})
    calls = await world.do(world.open({"README.md": empty(7), CONFIG: BROKEN}))
    assert world.lines == [line(7)]
    assert world.checks == [("neutral", "The configuration needs a look")]
    assert world.annotated == [2]
    assert f"| [{line(7)}](" in world.summary
    assert calls == 4


async def test_mending_a_broken_configuration_is_green() -> None:
    world = World(**{CONFIG: BROKEN})
    await world.do(world.open({CONFIG: OFF}))
    assert world.checks == [("success", "The configuration reads well")]


async def test_a_mistake_that_stays_is_annotated_again_and_the_owners_is_not_blamed_on_it() -> None:
    world = World(**{CONFIG: BROKEN})
    share(world, "ann/.github", "filez: []\n")
    await world.do(world.open({CONFIG: BROKEN + "# hello\n"}))
    assert world.annotated == [2]
    assert "filez" not in world.summary
    await world.do(world.push({CONFIG: OFF}))
    assert world.checks == [("success", "The configuration reads well")]


async def test_a_proposed_extension_that_nobody_can_read_is_told() -> None:
    world = World()
    share(world, "bob/secret", OFF, private=True)
    await world.do(world.open({CONFIG: "extends: bob/secret\n"}))
    assert world.checks == [("neutral", "The configuration needs a look")]
    assert world.annotated == [1]


async def test_a_configuration_that_goes_away_is_no_proposal() -> None:
    world = World(**{CONFIG: OFF})
    await world.do(world.open({CONFIG: None}))
    assert world.checks == [("success", "No list touched, nothing to check")]


async def test_a_draft_with_a_configuration_waits() -> None:
    world = World()
    await world.do(world.open({CONFIG: BROKEN}, draft=True))
    assert world.checks == [("success", "Waiting until ready for review")]


async def test_the_dot_github_repository_is_its_own_and_not_its_owners() -> None:
    world = World()
    share(world, "ann/.github", BROKEN)
    world.github.open_pull("ann/.github", {"x.py": b"1\n", CONFIG: (OFF + "# x\n").encode()})
    assert await world.do(world.job()) == 3
    head = world.github.repositories["ann/.github"].pulls[1].head
    [run] = world.github.check_runs("ann/.github", head)
    assert run["output"]["title"] == "The configuration reads well"


@pytest.mark.parametrize("key", ["@team", "<b>", "`x", "[a](b)"])
async def test_nothing_in_a_proposed_configuration_comes_alive(key: str) -> None:
    world = World()
    await world.do(world.open({CONFIG: f"'{key}': 1\n"}))
    assert alive(world.summary) == []
    assert world.annotated == [1]
