"""The real lists beside the project, read and judged for the acceptance tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import rules
from rules import Diagnostic, Severity

SHARED = Path(__file__).parents[2] / "shared"
LISTS = SHARED / "lists"
SEED = next(LISTS.glob("*/SEED.md"), LISTS).parent
PULLS = sorted(LISTS.glob("*/pulls/*"))

acceptance = [
    pytest.mark.acceptance,
    pytest.mark.skipif(not LISTS.is_dir(), reason="no real lists in ../shared/lists"),
]


def read(path: Path) -> str:
    return path.read_bytes().decode()


@cache
def lint(path: Path) -> list[Diagnostic]:
    return rules.lint(rules.parse(read(path)))


def loud(said: list[Diagnostic]) -> list[Diagnostic]:
    """Errors and warnings."""
    return [d for d in said if d.severity.rank > Severity.NOTE.rank]


@cache
def change(pull: Path) -> list[Diagnostic]:
    """What a contribution is told."""
    before, after = (rules.parse(read(pull / name)) for name in ("before.md", "after.md"))
    known = rules.infer(before)
    return rules.compare(
        rules.lint(before, conventions=known), rules.lint(after, conventions=known)
    )
