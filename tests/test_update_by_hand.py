"""`/listwright update` where GitHub takes no commit: commands and a patch, run with real git."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from bot import judge
from tests import lists
from tests.offline import REPO
from tests.outdated import BOTH, OURS, THEIRS, conflict, files_of, tip_of, updated
from tests.world import COUNT, GOOD, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FENCED = re.compile(r"(?s)(`{3,})(\w+)\n(.*?)\n?\1")


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


async def test_where_workflows_are_changed_no_commit_is_tried() -> None:
    path = ".github/workflows/a.yml"
    world = conflict({"README.md": OURS, path: "on: push\n"}, **{"README.md": THEIRS})
    done, words = await updated(world)
    assert not done
    assert words.startswith("GitHub does not let me commit where workflows are changed.")
    assert not [r for r in world.github.requests if r.path.endswith("/git/trees")]


async def test_a_patch_that_is_too_long_for_a_comment_is_not_torn() -> None:
    many = "".join(f"{lists.row(COUNT + 10 + n)}\n" for n in range(500))
    world = conflict({"README.md": GOOD + many}, **{"README.md": THEIRS})
    refused(world, "not granted")
    done, words = await updated(world)
    assert not done
    assert "does not fit into a comment" in words
    assert "```" not in words


def refused(world: World, why: str) -> None:
    github = world.github
    pull = github.repositories[REPO].pulls[1]
    match why:
        case "not granted":
            github.access.granted["contents"] = "read"
        case "fork":
            github.fork_pushes = False
        case "organisation":
            pull.owner_type = "Organization"
        case "not editable":
            pull.editable = False
        case "gone":
            pull.head_repository = None
        case "protected":
            github.repositories[REPO].protected.add(pull.branch)


REFUSALS = {
    "not granted": "contents: write",
    "fork": "GitHub does not let me commit to this fork.",
    "organisation": "belongs to an organisation",
    "not editable": "Allow edits by maintainers",
    "gone": "is gone",
    "protected": "is protected",
}


@pytest.mark.parametrize("why", REFUSALS)
async def test_where_no_commit_can_be_made_commands_and_a_patch_do_the_same(
    why: str, tmp_path: Path
) -> None:
    ours = {"README.md": OURS, "notes.txt": None, "it's new.txt": "New.\n"}
    world = conflict(ours, **{"README.md": THEIRS, "run.sh": None, "late.md": "Late.\n"})
    refused(world, why)
    head = world.head
    done, words = await updated(world)
    assert (done, world.head) == (False, head)
    assert REFUSALS[why] in words

    fences = {kind: text for _, kind, text in FENCED.findall(words)}
    got = applied(world, fences["sh"], fences["diff"], tmp_path)
    assert got == {
        "README.md": BOTH,
        "late.md": "Late.\n",
        "more.md": GOOD,
        "it's new.txt": "New.\n",
    }


def applied(world: World, commands: str, patch: str, folder: Path) -> dict[str, str]:
    """The files after somebody did what was said, in a checkout with the same history."""
    store, names = world.github.repositories[REPO].store, dict[str, str]()
    folder.joinpath("mend.patch").write_text(patch + "\n")

    def git(*args: str) -> str:
        return run_in(folder, "git", *args)

    git("init", "-q")
    base = store.merge_base(tip_of(world), world.head)
    assert base
    for sha in (base, tip_of(world), world.head):
        if sha != base:
            git("checkout", "-q", names[base])
        for path in git("ls-files", "-z").split("\0")[:-1]:
            (folder / path).unlink()
        for path, text in files_of(world, sha).items():
            (folder / path).write_text(text)
        git("add", "--all", ":!mend.patch")
        git("commit", "-qm", "x")
        names[sha] = git("rev-parse", "HEAD").strip()
    for sha, name in names.items():
        commands = commands.replace(sha, name)
    lines = [li for li in commands.splitlines() if not re.match("git (fetch|push)", li)]
    run_in(folder, "sh", "-ec", "\n".join(lines))
    assert git("show", "-s", "--format=%P").split() == [names[world.head], names[tip_of(world)]]
    paths = git("ls-tree", "-rz", "--name-only", "HEAD").split("\0")[:-1]
    return {path: git("show", f"HEAD:{path}") for path in paths}


def run_in(folder: Path, *command: str) -> str:
    names = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    environment = {**os.environ, **dict.fromkeys(names, "a@b.example")}
    done = subprocess.run(
        command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout
