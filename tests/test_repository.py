"""What the project says about itself is true: paths, commands, locks, licence, change log."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.cli import main

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LOCKS = ("requirements.lock", "requirements-dev.lock")
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

FENCED = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)

# In folders of ours, but files that a reader's own repository has.
READERS_OWN = frozenset(
    {".github/listwright.yml", ".github/ISSUE_TEMPLATE", ".github/workflows/links.yml"}
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code(text: str) -> list[str]:
    """Every fenced block and every code span of a page."""
    blocks = FENCED.findall(text)
    return blocks + re.findall(r"`([^`\n]+)`", FENCED.sub("", text))


def prose(text: str) -> str:
    return re.sub(r"`[^`\n]+`", "", FENCED.sub("", text))


def paths_in(text: str) -> set[str]:
    """The paths in code that begin with a file or folder of this project's top."""
    words = {word for piece in code(text) for word in re.split(r"[\s'\"=,;]+", piece)}
    ours = {entry.name for entry in ROOT.iterdir()}
    return {
        word.removesuffix("/") for word in words if word.partition("/")[0] in ours
    } - READERS_OWN


def links_in(text: str) -> set[str]:
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(text))
    return {target.partition("#")[0] for target in targets if "://" not in target} - {""}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [path for path in paths_in(text) if not any(ROOT.glob(path))] == []
    assert [link for link in links_in(text) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    pieces = "\n".join(code(page.read_text(encoding="utf-8")))
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert isinstance(main, click.Group)
    assert set(re.findall(r"(?:^|\s)make ([a-z]+)", pieces)) <= targets
    assert set(re.findall(r"(?:^|[\s]|bin/)listwright ([a-z]+)", pieces)) <= set(
        main.list_commands(click.Context(main))
    )


def test_readme_names_the_two_commands_that_do_everything() -> None:
    pieces = "\n".join(code(read("README.md")))
    assert "make run" in pieces
    assert "make test" in pieces


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_each_package_by_hash(lock: str) -> None:
    packages = re.split(r"^(?=\S)", read(lock), flags=re.MULTILINE)[1:]
    assert packages
    for package in packages:
        assert re.match(
            r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+ .*\\\n    --hash=sha256:[0-9a-f]{64}", package
        )


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_host(lock: str) -> None:
    assert "://" not in read(lock)
    assert "index-url" not in read(lock)


def test_the_lock_file_holds_every_dependency() -> None:
    locked = set(re.findall(r"^([a-z0-9.-]+)", read("requirements.lock"), re.MULTILINE))
    wanted = {Requirement(each).name for each in PYPROJECT["project"]["dependencies"]}
    assert {canonicalize_name(name) for name in wanted} <= locked


def test_the_licence_is_mit() -> None:
    assert PYPROJECT["project"]["license"] == "MIT"
    assert read("LICENSE").startswith("MIT License\n")


def test_the_change_log_tells_about_this_version_or_what_is_to_come() -> None:
    headings = re.findall(r"^## \[?([\w.]+)", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] in {"Unreleased", PYPROJECT["project"]["version"]}


@pytest.mark.parametrize("script", [".ci/run", "bin/install-test-services", "bin/generate.py"])
def test_a_script_can_be_executed(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert read(script).startswith("#!/")


@pytest.mark.parametrize("workflow", [".ci/run", ".github/workflows/ci.yml"])
def test_ci_runs_both_commands(workflow: str) -> None:
    assert {"make test", "make check"} <= set(re.findall(r"make \w+", read(workflow)))
