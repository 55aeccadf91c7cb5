"""One scenario for our own offline GitHub and for an independent one: both must agree with us."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from bot import diff, posts, pulls, texts
from bot.events import Job
from bot.github import GitHubApp
from bot.practice.github import OfflineGitHub
from bot.practice.serve import serve
from bot.practice.site import INSTALLATION
from bot.transport import http
from tests import independent
from tests.offline import REPO

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.github import Client

ROWS = [f"| {number} | paper {number} |" for number in range(1, 41)]
BEFORE = "\r\n".join(["# Liste “é”", "", "| n | title |", "|---|---|", *ROWS, ""])
AFTER = BEFORE.replace("| paper 5 |", "| Paper 5 |").replace("| paper 35 |", "| Paper 35 |")
LARGE = "".join(f"| {number} | é |\n" for number in range(60_000))  # GraphQL cuts it


class World(Protocol):
    """A GitHub with one repository, and what people do there."""

    repository: int
    installation: int

    def add_repository(self, name: str, files: dict[str, str], *, private: bool) -> None: ...
    def open_pull(self, files: dict[str, str]) -> int: ...
    def push(self, number: int, files: dict[str, str]) -> None: ...
    def move_base(self, files: dict[str, str]) -> None: ...
    def apply_suggestions(self, number: int) -> None: ...
    def reviews(self, number: int) -> list[dict[str, Any]]: ...
    def annotations(self, number: int) -> list[dict[str, Any]]: ...


class Offline:
    def __init__(self) -> None:
        self.github = OfflineGitHub()
        self.repository = self.github.add_repository(REPO, _bytes({"README.md": BEFORE})).id
        self.installation = INSTALLATION

    def add_repository(self, name: str, files: dict[str, str], *, private: bool) -> None:
        self.github.add_repository(name, _bytes(files), private=private)

    def open_pull(self, files: dict[str, str]) -> int:
        return self.github.open_pull(REPO, _bytes(files), user="bob")

    def push(self, number: int, files: dict[str, str]) -> None:
        self.github.push(REPO, number, _bytes(files))

    def move_base(self, files: dict[str, str]) -> None:
        self.github.move_base(REPO, _bytes(files))

    def apply_suggestions(self, number: int) -> None:
        self.github.apply_suggestions(REPO, number)

    def reviews(self, number: int) -> list[dict[str, Any]]:
        return self.github.reviews(REPO, number)

    def annotations(self, number: int) -> list[dict[str, Any]]:
        head = self.github.repositories[REPO].pulls[number].head
        return [note for run in self.github.check_runs(REPO, head) for note in run["annotations"]]


class Independent:
    def __init__(self, sim: Any) -> None:
        self.sim = sim
        made = sim.post("/repos", full_name=REPO, files={"README.md": BEFORE}, install=True)
        self.repository = made["repository"]["id"]
        self.installation = made["installation"]["id"]

    def add_repository(self, name: str, files: dict[str, str], *, private: bool) -> None:
        self.sim.post("/repos", full_name=name, files=files, private=private, install=False)

    def open_pull(self, files: dict[str, str]) -> int:
        made = self.sim.post(f"/repos/{REPO}/pulls", files=files, title="Add", user="bob")
        return int(made["number"])

    def push(self, number: int, files: dict[str, str]) -> None:
        self.sim.post(f"/repos/{REPO}/pulls/{number}/push", files=files)

    def move_base(self, files: dict[str, str]) -> None:
        self.sim.post(f"/repos/{REPO}/push", files=files)

    def apply_suggestions(self, number: int) -> None:
        self.sim.post(f"/repos/{REPO}/pulls/{number}/apply_suggestions")

    def reviews(self, number: int) -> list[dict[str, Any]]:
        return list(self.sim.get(f"/repos/{REPO}/pulls/{number}")["reviews"])

    def annotations(self, number: int) -> list[dict[str, Any]]:
        runs = self.sim.get(f"/repos/{REPO}/pulls/{number}")["check_runs"]
        return [note for run in runs for note in run["annotations"]]


@dataclass
class Stage:
    """A world, and the bot's client in it."""

    world: World
    gh: Client


def _bytes(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


@asynccontextmanager
async def stage(world: World, url: str, app_id: str, private_key: str) -> AsyncIterator[Stage]:
    repository = {"id": world.repository, "full_name": REPO}
    # Without an installation, as a repository's own webhook delivers: it is looked up.
    job = Job("test", "guid", "pull", "key", None, {"repository": repository})
    async with http() as transport:
        app = GitHubApp(
            app_id=app_id,
            private_key=private_key,
            api_url=url,
            graphql_url=url + "/graphql",
            transport=transport,
        )
        async with app.installation(job) as gh:
            yield Stage(world, gh)


async def scenario(at: Stage) -> None:
    """A pull request's life, through every call that the bot makes."""
    number = at.world.open_pull({"README.md": AFTER, "docs/large.md": LARGE})
    at.world.move_base({"LICENSE": "MIT\n"})
    head = (await pulls.read(at.gh, REPO, number, {})).head.sha
    assert await pulls.ends(at.gh, REPO, number) == ("main", head)
    changes = await pulls.compare(at.gh, REPO, "main", head, number=number)
    await _texts_are_whole(at, number, head, changes)
    await _other_repositories_are_read_where_they_are_public(at, number)
    await _review_lands(at, number, head, changes)
    await _check_run_holds_all(at, number, head)
    await _what_was_said_is_known(at, number)


async def _texts_are_whole(at: Stage, number: int, head: str, changes: pulls.Changes) -> None:
    expressions = {
        "head": f"{head}:README.md",
        "base": f"{changes.merge_base}:README.md",
        "large": f"{head}:docs/large.md",
        "folder": f"{head}:docs",
        "missing": f"{changes.base_tip}:docs/large.md",
        "tip": f"{changes.base_tip}:LICENSE",
    }
    state = await pulls.read(at.gh, REPO, number, expressions)
    found = {name: text and text.data.decode() for name, text in state.texts.items()}
    assert found == {
        "head": AFTER,
        "base": BEFORE,
        "large": LARGE,
        "folder": None,
        "missing": None,
        "tip": "MIT\n",
    }
    assert (state.head.sha, state.base_ref, state.base_tip) == (head, "main", changes.base_tip)
    assert (state.state, state.draft, state.author) == ("OPEN", False, "bob")
    assert (state.head.repository, state.head.fork) == ("bob/list", True)
    assert changes.merge_base != changes.base_tip
    assert (state.threads, state.reviews, state.comments) == ((), (), ())


async def _other_repositories_are_read_where_they_are_public(at: Stage, number: int) -> None:
    blobs = {"tip": "main:README.md"}
    before = await pulls.read(at.gh, REPO, number, blobs, "a.yml")
    assert (before.texts["defaults"], before.base_ref) == (None, "main")
    at.world.add_repository("ann/.github", {"a.yml": "x: é\n"}, private=False)
    at.world.add_repository("bob/secret", {"a.yml": "x: 1\n"}, private=True)
    made = (await pulls.read(at.gh, REPO, number, blobs, "a.yml")).texts
    assert made["tip"] == before.texts["tip"]
    assert made["defaults"]
    assert made["defaults"].data.decode() == "x: é\n"
    assert (await pulls.read(at.gh, REPO, number, {}, "b.yml")).texts == {"defaults": None}
    assert await texts.read(at.gh, "ann/.github", "a.yml") == made["defaults"]
    assert await texts.read(at.gh, "ann/.github", "b.yml") is None
    assert await texts.read(at.gh, "bob/secret", "a.yml") is None
    assert await texts.read(at.gh, "bob/nothing", "a.yml") is None


async def _review_lands(at: Stage, number: int, head: str, changes: pulls.Changes) -> None:
    assert [file.path for file in changes.files] == ["README.md", "docs/large.md"]
    hunks = diff.commentable(changes.files[0].patch)
    assert hunks == (range(6, 13), range(36, 43))
    good = [
        posts.ReviewComment(
            "README.md", 9, None, "```suggestion\n| 5 | paper 5 |\n```\n<!-- a -->"
        ),
        posts.ReviewComment("README.md", 37, 36, "both <!-- b -->"),
    ]
    across = posts.ReviewComment("README.md", 37, 9, "from hunk to hunk")
    outside = posts.ReviewComment("README.md", 20, None, "outside the diff")
    said = [good[0], outside, good[1], across]
    refused = await posts.post_review(at.gh, REPO, number, head, "Two findings.", said)
    assert refused == (outside, across)


async def _check_run_holds_all(at: Stage, number: int, head: str) -> None:
    notes = [
        posts.Annotation("README.md", line, line + 1, "warning", f"note {line}", "A title")
        for line in range(1, 121)
    ]
    check = posts.CheckRun("listwright", "neutral", "t" * 300, "é" * 40_000, "x" * 70_000, notes)
    await posts.post_check(at.gh, REPO, head, check)
    made = at.world.annotations(number)
    assert [note["message"] for note in made] == [note.message for note in notes]


async def _what_was_said_is_known(at: Stage, number: int) -> None:
    at.world.apply_suggestions(number)
    state = await pulls.read(at.gh, REPO, number, {"head": "main:README.md"})
    assert ["<!-- a -->" in thread.body for thread in state.threads] == [True, False]
    assert "Two findings." in state.reviews
    assert at.world.reviews(number)[0]["body"] == "Two findings."
    again = {"now": f"{state.head.sha}:README.md"}
    text = (await pulls.read(at.gh, REPO, number, again)).texts["now"]
    assert text is not None
    assert text.data.decode() == AFTER.replace("| Paper 5 |", "| paper 5 |")
    at.world.push(number, {"README.md": BEFORE})
    assert (await pulls.read(at.gh, REPO, number, {})).head != state.head


async def test_the_offline_github_plays_the_scenario() -> None:
    world = Offline()
    async with (
        serve(world.github) as url,
        stage(world, url, world.github.app_id, world.github.private_key) as at,
    ):
        await scenario(at)


@pytest.mark.acceptance
async def test_an_independent_github_plays_the_same_scenario_without_objection() -> None:
    with independent.github().Running() as sim:
        world = Independent(sim)
        key = sim.key_path.read_text()
        async with stage(world, sim.base, str(sim.app_id), key) as at:
            await scenario(at)
        assert sim.violations(notices=True) == []
