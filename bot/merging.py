"""A merge of whole trees: what a pull request's files are on its base as that is now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

_FILES = frozenset({"100644", "100755"})


class Entry(NamedTuple):
    """A file as git's trees have it, by the name of its content; links and submodules too."""

    mode: str
    kind: str
    sha: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to change in the tip's tree.

    Attributes:
        taken: path -> the head's file, None where the head removed it.
        joined: path -> the mode of a file that both sides changed, whose texts are to be merged.
        clashing: paths that both sides changed, and that are no texts.
    """

    taken: Mapping[str, Entry | None]
    joined: Mapping[str, str]
    clashing: tuple[str, ...]


def plan(
    base: Mapping[str, Entry],
    tip: Mapping[str, Entry],
    head: Mapping[str, Entry],
    texts: Container[str],
) -> Plan:
    """Take the head's files where the tip did not change them.

    Args:
        base: the tree where the head left the base branch.
        tip: the base branch's tree now.
        head: the pull request's tree.
        texts: the paths whose texts are known on all three sides.
    """
    changed = sorted(p for p in {*base, *head} if base.get(p) != head.get(p))
    ours = [path for path in changed if tip.get(path) != head.get(path)]
    both = [path for path in ours if tip.get(path) != base.get(path)]
    joined = {
        path: head[path].mode
        for path in both
        if path in texts and _are_files(base.get(path), tip.get(path), head.get(path))
    }
    return Plan(
        {path: head.get(path) for path in ours if path not in both},
        joined,
        tuple(path for path in both if path not in joined),
    )


def _are_files(*entries: Entry | None) -> bool:
    """Whether it is one file on all sides, and none of them changed its mode."""
    modes = {entry.mode if entry else "" for entry in entries}
    return len(modes) == 1 and modes <= _FILES
