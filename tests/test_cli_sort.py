from __future__ import annotations

import json
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from tests import sorting
from tests.command_line import put, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KETTLE = "A Quieter Whistle for Every Copper Kettle"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with chdir(tmp_path):
        put(sorting.text())
        yield


def _classify(*args: str) -> str:
    result = run("classify", "--list", "README.md", *args)
    assert result.exit_code == 0
    return result.stdout


def test_json_holds_sections_and_scores_best_first() -> None:
    found = json.loads(_classify("--title", KETTLE, "--format", "json"))
    assert found[0]["section"] == "Papers > Kettles and Teapots"
    assert [list(each) for each in found] == [["section", "score"]] * 3
    assert [each["score"] for each in found] == sorted((e["score"] for e in found), reverse=True)


def test_the_body_counts() -> None:
    found = _classify("--title", "Add it", "--body", "Section: Night Trains", "--format", "json")
    assert found == '[{"section": "Papers > Night Trains", "score": 0.95}]\n'


def test_what_is_unsure_is_an_empty_list() -> None:
    assert _classify("--title", "Quantum Flavour Dynamics", "--format", "json") == "[]\n"
    assert (
        _classify("--title", "Quantum Flavour Dynamics") == "Nothing is sure enough to be said.\n"
    )


def test_text_says_why() -> None:
    line = _classify("--title", "Add it", "--body", "Section: Night Trains")
    assert line == "0.95  Papers > Night Trains  (named)\n"


def test_a_list_without_a_title_of_its_own_keeps_all_headings() -> None:
    put(sorting.text().removeprefix(sorting.TITLE))
    assert "Papers > Kettles" in _classify("--title", KETTLE)


def test_evaluate_prints_five_shares() -> None:
    found = json.loads(_classify("--evaluate"))
    assert found == {"top1": 1, "top3": 1, "macro": 1, "coverage": 1, "accuracy": 1}


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--list", "README.md"], "--title is missing"),
        (["--list", "README.md", "--title", " "], "--title is missing"),
        (["--title", "A"], "--list is missing"),
        (["--list", "absent.md", "--title", "A"], "absent.md: No such file"),
        (["--list", "absent.md", "--evaluate"], "absent.md: No such file"),
        (["--list", "binary.md", "--title", "A"], "binary.md, line 1: not UTF-8"),
    ],
)
def test_what_is_missing_is_said_in_one_line(args: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe")
    result = run("classify", *args)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
