"""What a list, or a change to it, is told: the verbs of the rules' tests."""

from __future__ import annotations

import rules
from rules import Diagnostic
from tests import lists

GOOD = lists.good(20)


def change(before: str, after: str, tip: str | None = None) -> list[Diagnostic]:
    """What a change to a list is told."""
    old = rules.parse(before)
    known = rules.infer(old)
    latest = rules.parse(tip) if tip else None
    after_said = rules.lint(rules.parse(after), conventions=known, tip=latest)
    return rules.compare(rules.lint(old, conventions=known), after_said)


def added(*lines: str) -> list[Diagnostic]:
    """What adding rows at the end of a good list is told."""
    return change(GOOD, GOOD + "".join(f"{line}\n" for line in lines))


def told(said: list[Diagnostic]) -> list[tuple[int, str, str]]:
    return [(d.line, d.rule, d.severity.value) for d in said]


def lint(text: str) -> list[Diagnostic]:
    return rules.lint(rules.parse(text))


def mended(text: str, said: list[Diagnostic]) -> str:
    fixes = [d.fix for d in said if d.fix and d.fix.safe]
    return rules.apply(text, [edit for fix in fixes for edit in fix.edits])
