"""`listwright label --plan`, alone and beside a repository on the offline GitHub."""

from __future__ import annotations

import asyncio
import json
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from bot.practice import serve
from tests.command_line import CONFIG, put, run
from tests.desk import LIST, Desk
from tests.offline import REPO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAN = ("label", "--plan")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    with chdir(tmp_path):
        yield


def test_it_shows_the_labels_of_a_list() -> None:
    put(LIST)
    lines = run(*PLAN).stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["Survey", "Agent Router", "Reasoning Safety"]
    assert lines[1].endswith(
        'Rows of "Agent Router". Set by Listwright; remove it and it stays away.'
    )


def test_json_has_what_github_would_get() -> None:
    first, *_ = json.loads(run(*PLAN, put(LIST), "--format", "json").stdout)
    assert list(first) == ["name", "color", "description", "sections"]
    assert (first["name"], first["sections"]) == ("Survey", ["Papers > Survey"])
    assert len(first["color"]) == 6


def test_the_configuration_of_the_folder_holds() -> None:
    put(LIST, "lists/a.md")
    put("# News\n", "README.md")
    put("labels: {prefix: 's: ', map: {Survey: off}}\nlanguage: zh\n", str(CONFIG))
    lines = run(*PLAN, ".").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["s: Agent Router", "s: Reasoning Safety"]
    assert "“Agent Router”" in lines[0]


def test_a_folder_has_the_lists_that_github_would_have() -> None:
    put(LIST)
    put(LIST.replace("Survey", "Overview"), "old.md")
    assert "Overview" not in run(*PLAN, ".").stdout
    put("files: ['*.md']\n", str(CONFIG))
    assert "Overview" in run(*PLAN, ".").stdout


def test_where_there_is_none_it_says_why() -> None:
    assert "labels.map in the configuration" in run(*PLAN, put("# No table\n")).output
    assert run(*PLAN, put(""), "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("label", "README.md"), "Say --plan"),
        ((*PLAN, "missing.md"), "missing.md: No such file or directory"),
        ((*PLAN, "--repo", "ann/list"), "in GITHUB_TOKEN"),
        ((*PLAN, "--repo", "https://github.com/ann/list"), "write OWNER/NAME"),
    ],
)
def test_bad_use_is_told_in_a_line(args: tuple[str, ...], words: str) -> None:
    put(LIST)
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr


async def beside(
    desk: Desk, text: str, monkeypatch: pytest.MonkeyPatch, repo: str = REPO
) -> list[str]:
    """The lines that it prints about a list beside the repository."""
    put(text)
    monkeypatch.setenv("GITHUB_TOKEN", desk.github.access.mint({})["token"])
    before = list(desk.writes)
    async with serve.serve(desk.github) as address:
        monkeypatch.setenv("GITHUB_API_URL", address)
        result = await asyncio.to_thread(run, *PLAN, "--repo", repo)
    assert desk.writes == before
    return [*result.stdout.splitlines(), *result.stderr.splitlines()]


async def test_beside_a_repository_it_says_what_would_be_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    await desk.ask("Survey")
    await desk.ask("Agent Router")
    after = LIST.replace("## Agent Router", "## Model Routing")
    lines = await beside(desk, after, monkeypatch)
    assert lines[0].startswith("keep    Survey ")
    assert lines[1].startswith("rename  Agent Router -> Model Routing ")
    assert lines[2].startswith("create  Reasoning Safety ")


async def test_a_label_that_people_renamed_is_kept_under_their_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    await desk.ask("Survey")
    label = desk.repository.labels.pop("survey")
    desk.repository.labels["overviews"] = label | {"name": "overviews"}
    lines = await beside(desk, LIST, monkeypatch)
    assert lines[0].startswith("keep    overviews (for Survey) ")
    after = LIST.replace("## Survey", "## Reading")
    assert (await beside(desk, after, monkeypatch))[0].startswith("keep    overviews (for Reading)")


async def test_a_label_that_people_made_theirs_is_not_renamed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    await desk.ask("Survey")
    desk.repository.labels["survey"]["description"] = "To read first"
    after = LIST.replace("## Survey", "## Reading")
    assert (await beside(desk, after, monkeypatch))[0].startswith("create  Reading ")


async def test_a_repository_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    [line] = await beside(Desk(), LIST, monkeypatch, "ann/other")
    assert line.startswith("ann/other cannot be read on GitHub: Could not resolve")
