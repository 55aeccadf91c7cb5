"""Commits on the offline GitHub: what is written, and how each refusal is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import commits, pulls
from bot.commits import Outcome, Pushed, Reason, Refused
from bot.practice.github import OfflineGitHub
from bot.practice.site import BOT
from bot.responses import GraphQLError
from tests.offline import REPO, client

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.practice.site import Pull

OLD = b"\xef\xbb\xbf| old |\r\n| row |"
NEW = b"\xef\xbb\xbf| new |\r\n| row |"


@pytest.fixture
def github() -> OfflineGitHub:
    """A pull request from a user's fork, in a repository that grants everything."""
    github = OfflineGitHub()
    github.access.granted["contents"] = "write"
    github.add_repository(REPO, {"README.md": OLD})
    github.open_pull(REPO, {"a.md": OLD, "b.md": OLD})
    return github


def pull_of(github: OfflineGitHub) -> Pull:
    return github.repositories[REPO].pulls[1]


async def head_of(github: OfflineGitHub) -> pulls.Head:
    async with client(github) as gh:
        return (await pulls.read(gh, REPO, 1, {})).head


async def push(
    github: OfflineGitHub,
    files: Mapping[str, bytes],
    head: pulls.Head | None = None,
    deleted: tuple[str, ...] = (),
) -> Outcome:
    head = head or await head_of(github)
    async with client(github) as gh:
        return await commits.push(gh, head, files, "Mend rows\n\nTwo of them.", deleted)


def mutations(github: OfflineGitHub) -> int:
    asked = [r.body["query"] for r in github.requests if r.path == "/graphql"]
    return sum("mutation" in query for query in asked)


@pytest.mark.parametrize("fork", [True, False])
async def test_several_files_are_one_commit_with_their_very_bytes(fork: bool) -> None:
    github = OfflineGitHub()
    github.access.granted["contents"] = "write"
    github.add_repository(REPO, {"README.md": OLD})
    github.open_pull(REPO, {"a.md": OLD, "b.md": OLD}, fork=fork)
    before = pull_of(github).head
    done = await push(github, {"a.md": NEW, "new.md": NEW}, deleted=("b.md",))
    assert done == Pushed(pull_of(github).head)
    made = github.repositories[REPO].store.commits[pull_of(github).head]
    assert made.parents == (before,)
    assert made.files == {"README.md": OLD, "a.md": NEW, "new.md": NEW}
    assert made.message == "Mend rows\n\nTwo of them.\n\nMended-by: Listwright"
    assert github.deliveries[-1].payload["sender"] == BOT


async def test_our_commits_are_known_among_others(github: OfflineGitHub) -> None:
    await push(github, {"a.md": NEW})
    github.push(REPO, 1, {"a.md": OLD}, message='Revert "Mend rows"')
    async with client(github) as gh:
        found = await pulls.read(gh, REPO, 1, {})
    assert [commits.is_ours(c.message) for c in found.commits] == [False, True, False]


def forbid(github: OfflineGitHub) -> None:
    github.access.granted["contents"] = "read"


def refuse_forks(github: OfflineGitHub) -> None:
    github.fork_pushes = False


def protect(github: OfflineGitHub) -> None:
    github.repositories[REPO].protected.add("patch-1")


def delete_fork(github: OfflineGitHub) -> None:
    pull_of(github).head_repository = None


def give_to_organisation(github: OfflineGitHub) -> None:
    pull_of(github).owner_type = "Organization"


def untick(github: OfflineGitHub) -> None:
    pull_of(github).editable = False


REFUSALS = [
    (forbid, Reason.UNGRANTED, "contents: write"),
    (refuse_forks, Reason.FORK, "this fork"),
    (protect, Reason.PROTECTED, "protected"),
    (delete_fork, Reason.DELETED, "gone"),
    (give_to_organisation, Reason.ORGANISATION, "organisation"),
    (untick, Reason.NOT_EDITABLE, "Allow edits by maintainers"),
]


@pytest.mark.parametrize(("happens", "reason", "word"), REFUSALS, ids=str)
async def test_each_refusal_is_one_kind_sentence(
    github: OfflineGitHub, happens: Callable[[OfflineGitHub], None], reason: Reason, word: str
) -> None:
    before = pull_of(github).head
    happens(github)
    done = await push(github, {"a.md": NEW})
    assert done == Refused(reason)
    assert word in done.words
    assert done.words.endswith(".")
    assert pull_of(github).head == before


@pytest.mark.parametrize("happens", [delete_fork, give_to_organisation, untick, forbid])
async def test_what_is_hopeless_is_not_asked(
    github: OfflineGitHub, happens: Callable[[OfflineGitHub], None]
) -> None:
    happens(github)
    await push(github, {"a.md": NEW})
    assert mutations(github) == 0


async def test_a_commit_never_goes_over_another(github: OfflineGitHub) -> None:
    seen = await head_of(github)
    github.push(REPO, 1, {"a.md": b"theirs"})
    assert await push(github, {"a.md": NEW}, seen) == Refused(Reason.MOVED)
    assert github.repositories[REPO].store.commits[pull_of(github).head].files["a.md"] == b"theirs"


async def test_workflows_are_left_alone(github: OfflineGitHub) -> None:
    done = await push(github, {".github/workflows/README.md": NEW})
    assert done == Refused(Reason.WORKFLOWS)


async def test_a_permission_taken_back_meanwhile_is_told(github: OfflineGitHub) -> None:
    pull_of(github).head_repository = REPO
    head = await head_of(github)
    async with client(github) as gh:
        await commits.push(gh, head, {"a.md": NEW}, "Once")
        github.access.take_back("contents")
        done = await commits.push(gh, head, {"a.md": OLD}, "Twice")
    assert done == Refused(Reason.UNGRANTED)


async def test_what_nobody_has_seen_before_is_an_error(github: OfflineGitHub) -> None:
    with pytest.raises(GraphQLError):
        await push(github, {}, deleted=("nowhere.md",))
