from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import inherit
from bot.config import PATH, Problem
from bot.practice.github import OfflineGitHub
from bot.texts import Text, blob_oid
from rules import Severity
from tests.offline import REPO, Wire, app_of, client, job_for

if TYPE_CHECKING:
    from bot.inherit import Inherited

DEFAULTS = f"ann/.github:{PATH}"


@pytest.fixture
def github() -> OfflineGitHub:
    github = OfflineGitHub()
    github.add_repository(REPO, {"README.md": b"words\n"})
    return github


def text(content: str | bytes | None) -> Text | None:
    data = content.encode() if isinstance(content, str) else content
    return None if data is None else Text(blob_oid(data), data)


def level(rule: str, severity: str) -> str:
    return f"rules: {{{rule}: {severity}}}\n"


async def resolve(
    github: OfflineGitHub, own: str | bytes | None = None, defaults: str | bytes | None = None
) -> Inherited:
    async with client(github) as gh:
        return await inherit.resolve(gh, REPO, text(own), text(defaults))


def severities(found: Inherited) -> dict[str, Severity]:
    return dict(found.settings.for_path("README.md").severities)


def add(github: OfflineGitHub, name: str, content: str, path: str = PATH) -> None:
    github.add_repository(name, {path: content.encode()})


async def test_without_any_file_everything_has_its_default(github: OfflineGitHub) -> None:
    assert severities(await resolve(github)) == {}


async def test_below_the_file_lies_what_it_extends_and_below_that_the_owners_defaults(
    github: OfflineGitHub,
) -> None:
    add(github, "bob/shared", "rules: {date-order: note, column-count: note}\n")
    found = await resolve(
        github,
        "extends: bob/shared\nrules: {date-order: error}\n",
        "rules: {date-order: off, column-count: off, link-format: off}\n",
    )
    assert severities(found) == {
        "date-order": Severity.ERROR,
        "column-count": Severity.NOTE,
        "link-format": Severity.OFF,
    }
    assert found.problems == ()


async def test_the_owners_defaults_may_extend_as_well(github: OfflineGitHub) -> None:
    add(github, "bob/shared", level("date-order", "off"), "x.yml")
    found = await resolve(github, None, "extends: bob/shared:x.yml\n")
    assert severities(found) == {"date-order": Severity.OFF}


async def test_a_file_of_the_repository_itself_can_be_extended_though_it_is_private() -> None:
    github = OfflineGitHub()
    github.add_repository(REPO, {"base.yml": level("date-order", "off").encode()}, private=True)
    found = await resolve(github, f"extends: {REPO}:base.yml\n")
    assert severities(found) == {"date-order": Severity.OFF}


async def test_three_files_in_a_row_are_followed_and_no_fourth(github: OfflineGitHub) -> None:
    for number, rule in enumerate(["date-order", "column-count", "link-format"], start=1):
        following = f"extends: bob/c{number + 1}\n" if number < 3 else ""
        add(github, f"bob/c{number}", following + level(rule, "off"))
    whole = await resolve(github, "extends: bob/c1\n")
    assert severities(whole).keys() == {"date-order", "column-count", "link-format"}
    assert whole.problems == ()
    github.move_base("bob/c3", {PATH: b"extends: bob/c4\nrules: {link-format: off}\n"})
    cut = await resolve(github, "extends: bob/c1\n")
    words = "`bob/c4` is one file too many: a configuration extends three others at most"
    assert cut.problems == (Problem(1, 1, words, f"bob/c3:{PATH}"),)
    assert severities(cut) == severities(whole)


@pytest.mark.parametrize("back", [REPO, "Bob/Shared"])
async def test_a_circle_is_told_where_it_closes(github: OfflineGitHub, back: str) -> None:
    add(github, "bob/shared", f"rules: {{date-order: off}}\nextends: {back}\n")
    found = await resolve(github, "extends: bob/shared\n")
    words = f"`{back}` is built upon itself: it comes back here"
    assert found.problems == (Problem(2, 1, words, f"bob/shared:{PATH}"),)
    assert severities(found) == {"date-order": Severity.OFF}


async def test_what_cannot_be_read_is_told_at_its_place(github: OfflineGitHub) -> None:
    github.add_repository("bob/secret", {PATH: b"fail_on: error\n"}, private=True)
    github.add_repository("bob/open", {"folder/x.yml": b"\n"})
    for address in ("bob/nobody", "bob/secret", "bob/open:none.yml", "bob/open:folder"):
        found = await resolve(github, f"files: []\nextends: {address}\n")
        [problem] = found.problems
        assert (problem.line, problem.column, problem.file) == (2, 1, PATH)
        assert problem.message.startswith(f"`{address}` cannot be read: it must be a file in a ")


@pytest.mark.parametrize("broken", ["filez: []\n", b"\xff", "[", "x" * 50_001])
async def test_a_broken_file_counts_as_empty_and_the_others_hold(
    github: OfflineGitHub, broken: str | bytes
) -> None:
    good = level("date-order", "off")
    own = await resolve(github, broken, good)
    assert (severities(own), {p.file for p in own.problems}) == ({"date-order": "off"}, {PATH})
    theirs = await resolve(github, good, broken)
    assert severities(theirs) == {"date-order": "off"}
    assert {p.file for p in theirs.problems} == {DEFAULTS}


async def test_a_broken_file_that_is_extended_is_told_with_its_own_place(
    github: OfflineGitHub,
) -> None:
    add(github, "bob/shared", "files: []\nfilez: []\n", "x.yml")
    [problem] = (await resolve(github, "extends: bob/shared:x.yml\n")).problems
    assert (problem.line, problem.column, problem.file) == (2, 1, "bob/shared:x.yml")


async def test_an_extended_file_is_kept_for_five_minutes() -> None:
    now = [1_800_000_000.0]
    github = OfflineGitHub(lambda: now[0])
    github.add_repository(REPO, {})
    add(github, "bob/shared", level("date-order", "off"))
    app = app_of(Wire(github))

    async def calls() -> int:
        async with app.installation(job_for(github)) as gh:
            found = await inherit.resolve(gh, REPO, text("extends: bob/shared\n"), None)
        assert severities(found) == {"date-order": Severity.OFF}
        return gh.calls

    assert [await calls(), await calls()] == [1, 0]
    now[0] += 301
    assert await calls() == 1


async def test_what_one_repository_may_read_is_not_kept_for_another() -> None:
    github = OfflineGitHub()
    github.add_repository(REPO, {"base.yml": b"fail_on: error\n"}, private=True)
    github.add_repository("eve/list", {})
    app = app_of(Wire(github))
    own = text(f"extends: {REPO}:base.yml\n")
    async with app.installation(job_for(github)) as gh:
        assert (await inherit.resolve(gh, REPO, own, None)).settings.fail_on == "error"
    async with app.installation(job_for(github, "eve/list")) as gh:
        found = await inherit.resolve(gh, "eve/list", own, None)
    assert found.settings.fail_on == "never"
    assert "cannot be read" in found.problems[0].message


def test_defaults_are_looked_for_everywhere_but_in_their_own_repository() -> None:
    assert inherit.defaults_of(REPO) == PATH
    assert inherit.defaults_of("ann/.GitHub") is None
