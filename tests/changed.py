"""Judged changes for the tests of what is said about them."""

from __future__ import annotations

from difflib import unified_diff

from bot import diff, judge, review

WHY = "https://listwright.example/rules/{}"


def file(before: str | None, after: str, path: str = "README.md") -> review.File:
    """A change to a list, judged, with the hunks that GitHub would show of it."""
    found = judge.judge_change(judge.Change(path, after, before))
    old, new = (before or "").split("\n"), after.split("\n")
    patch = "\n".join(list(unified_diff(old, new, lineterm=""))[2:])
    return review.File(found, after, diff.commentable(patch))
