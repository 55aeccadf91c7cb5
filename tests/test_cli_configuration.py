from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot import schema
from tests.command_line import CONFIG, ERROR, SHORT, put, run

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with chdir(tmp_path):
        yield


def test_the_configuration_of_the_folder_or_a_named_one_is_obeyed() -> None:
    put("rules: {column-count: off}\n", str(CONFIG))
    assert run("lint", put(ERROR)).exit_code == 0
    put("rules: {missing-code-link: error}\n", "other.yml")
    assert "2 errors" in run("lint", put(ERROR), "--config", "other.yml").stdout


def test_rules_of_a_path_hold_for_that_path_however_it_is_named(tmp_path: Path) -> None:
    put("paths: {'papers/*.md': {rules: {column-count: off}}}\n", str(CONFIG))
    put(ERROR), put(ERROR, "papers/a.md")
    assert run("lint", "README.md").exit_code == 1
    for name in ("papers/a.md", "./papers/../papers/a.md", str(tmp_path / "papers/a.md")):
        assert run("lint", name).exit_code == 0
    told = json.loads(run("lint", ".", "--format", "json").stdout)
    assert [each["path"] for each in told if each["rule"] == "column-count"] == ["README.md"]
    run("fix", "papers/a.md")
    assert SHORT in Path("papers/a.md").read_text().splitlines()


def test_what_a_configuration_extends_is_told_to_be_left_out() -> None:
    put("extends: bob/shared\nrules: {column-count: off}\n", str(CONFIG))
    result = run("lint", put(ERROR), "--format", "json")
    assert result.exit_code == 0
    assert result.stderr == (
        ".github/listwright.yml extends bob/shared, "
        "which is read on GitHub and not on the command line.\n"
    )
    assert len(json.loads(result.stdout)) == 1


@pytest.mark.parametrize("command", ["lint", "fix"])
def test_a_broken_configuration_is_told_with_its_place(command: str) -> None:
    put("rules:\n  column-cuont: off\n", str(CONFIG))
    result = run(command, put(ERROR))
    assert result.exit_code == 2
    assert result.stderr == (
        ".github/listwright.yml:2:3: `column-cuont` is no key here; did you mean `column-count`?\n"
    )
    assert Path("README.md").read_text() == ERROR


def test_schema_prints_the_json_schema_of_the_configuration() -> None:
    result = run("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == schema.schema()
