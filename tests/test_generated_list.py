"""A list of 20,000 made rows, in which every planted defect is known."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

import rules
from tests.real_lists import SHARED, loud

if TYPE_CHECKING:
    from rules import Diagnostic

GENERATOR = SHARED / "bench" / "lists" / "gen_list.py"
SHAPE = "--rows 20000 --sections 40 --defect-rate 0.02 --seed 1".split()
# What is planted -> the rule that is to see it.
SEEN_BY = {
    "missing_cell": "column-count",
    "extra_cell": "column-count",
    "bad_arxiv_id": "arxiv-id",
    "shared_arxiv_id": "shared-link",
    "date_order": "date-order",
    "duplicate_other_section": "duplicate-paper",
    "code_is_arxiv": "link-column",
    "link_host": "link-format",
    "link_version": "link-format",
    "empty_code": "missing-code-link",
    "bare_url": "link-syntax",
    "date_format": "date-format",
}
# Planted, but no more than worth knowing.
NOTES = {"link_version", "duplicate_other_section"}
ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf)/([\d.]+)")

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(not GENERATOR.is_file(), reason="no generator in ../shared/bench/lists"),
]


class Generated(NamedTuple):
    lines: list[str]
    planted: dict[int, str]
    said: list[Diagnostic]

    def papers(self, line: int) -> set[str]:
        return set(ARXIV.findall(self.lines[line - 1]))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    folder = tmp_path_factory.mktemp("generated")
    out, truth = folder / "README.md", folder / "truth.json"
    files = ["--out", str(out), "--truth", str(truth)]
    subprocess.run([sys.executable, GENERATOR, *SHAPE, *files], check=True)
    text = out.read_bytes().decode()
    planted = {it["line"]: it["kind"] for it in json.loads(truth.read_bytes())}
    return Generated(text.split("\n"), planted, rules.lint(rules.parse(text)))


def test_every_planted_defect_is_told_by_its_rule(generated: Generated) -> None:
    everything = {(said.line, said.rule) for said in generated.said}
    aloud = {(said.line, said.rule) for said in loud(generated.said)}
    missed = [
        (line, kind)
        for line, kind in generated.planted.items()
        if (line, SEEN_BY[kind]) not in (everything if kind in NOTES else aloud)
    ]
    assert set(generated.planted.values()) == set(SEEN_BY)
    assert missed == []


def test_nothing_else_is_told_but_the_other_row_of_a_shared_link(generated: Generated) -> None:
    lenders = (line for line, kind in generated.planted.items() if kind == "shared_arxiv_id")
    lent = set[str]().union(*map(generated.papers, lenders))
    wrong = [
        (said.line, said.rule, said.message)
        for said in loud(generated.said)
        if said.line not in generated.planted
        and not (said.rule == "shared-link" and generated.papers(said.line) & lent)
    ]
    assert wrong == []
