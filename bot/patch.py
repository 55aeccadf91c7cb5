"""A patch for people to apply, where neither a commit nor a suggestion can be made. Pure."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CHARACTERS = 50_000  # of a comment's 65,536
# A patch that is copied from a comment has lost its carriage returns.
_APPLY = "git apply --ignore-whitespace mend.patch"
_WITH_RETURNS = r"perl -0pe 's/\n(?!\\)/\r\n/g' mend.patch | git apply"
_QUOTED = re.compile(r'[\x00-\x1f"\\\x7f]')


class Patch(NamedTuple):
    """What fits into a comment, how many places did not, and the command that applies it."""

    text: str
    left: int
    command: str


def patch(changes: Mapping[str, tuple[str, str]]) -> Patch:
    """A patch for `git apply`.

    Args:
        changes: path -> the file's text now, and as it should be.
    """
    parts: list[str] = []
    size = left = 0
    for path, (old, new) in changes.items():
        header = f"--- {_name('a', path)}\n+++ {_name('b', path)}\n"
        for hunk in _hunks(old, new):
            part = header + hunk
            if size + len(part) > _CHARACTERS or "\r" in part:  # a comment would end the line there
                left += 1
                continue
            parts.append(part)
            size += len(part)
            header = ""
    returns = all("\n" not in old.replace("\r\n", "") for old, _ in changes.values())
    return Patch("".join(parts), left, _WITH_RETURNS if returns else _APPLY)


def _hunks(old: str, new: str) -> Iterator[str]:
    """Each hunk, its lines ending as they do in a comment."""
    hunk = ""
    for line in list(unified_diff(_lines(old), _lines(new), lineterm=""))[2:]:
        if line.startswith("@@") and hunk:
            yield hunk
            hunk = ""
        hunk += line.removesuffix("\r") + "\n"
    if hunk:
        yield hunk


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [*whole, f"{last}\n\\ No newline at end of file"] if last else whole


def _name(side: str, path: str) -> str:
    """A path as git writes it: quoted where it holds what would end it."""
    if not _QUOTED.search(path):
        return f"{side}/{path}" + ("\t" if " " in path else "")
    escaped = _QUOTED.sub(lambda found: f"\\{ord(found[0]):03o}", path)
    return f'"{side}/{escaped}"'
