"""Git's content as the offline GitHub needs it: commits of whole files and the patches between."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from bot.texts import blob_oid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Files = dict[str, bytes]


@dataclass(frozen=True)
class Commit:
    sha: str
    parents: tuple[str, ...]
    files: Mapping[str, bytes]
    message: str = ""

    @property
    def tree(self) -> str:
        return tree_sha(self.files)


class Store:
    """The objects of a repository and of its forks, as GitHub keeps them together."""

    def __init__(self) -> None:
        self.commits: dict[str, Commit] = {}
        self.blobs: dict[str, bytes] = {}
        self.trees: dict[str, Mapping[str, bytes]] = {}  # each with all files below it

    def commit(
        self, files: Mapping[str, bytes | None], *parents: str, message: str = "Change files"
    ) -> str:
        """Commit `files` on top of the first parent's (None removes one); returns the SHA."""
        tree: Files = dict(self.commits[parents[0]].files) if parents else {}
        tree |= {path: data for path, data in files.items() if data is not None}
        for path in [path for path, data in files.items() if data is None]:
            tree.pop(path, None)
        # The number makes two commits of the same content two commits.
        sha = _sha(str(len(self.commits)), *parents, self.tree(tree))
        self.commits[sha] = Commit(sha, parents, tree, message)
        return sha

    def tree(self, files: Mapping[str, bytes]) -> str:
        """Keep a tree of these files; returns its SHA."""
        sha = tree_sha(files)
        self.trees[sha] = files
        self.blobs |= {blob_oid(data): data for data in files.values()}
        return sha

    def ancestors(self, sha: str) -> Iterator[str]:
        """The commit itself and all before it, nearest first."""
        seen, waiting = set[str](), deque([sha])
        while waiting:
            current = waiting.popleft()
            if current not in seen:
                seen.add(current)
                waiting.extend(self.commits[current].parents)
                yield current

    def merge_base(self, one: str, other: str) -> str | None:
        """The nearest commit that both have, None where their histories never met."""
        theirs = set(self.ancestors(other))
        return next((sha for sha in self.ancestors(one) if sha in theirs), None)

    def between(self, base: str | None, head: str) -> list[Commit]:
        """The commits that `head` has and `base` has not, newest first."""
        known = set(self.ancestors(base)) if base else set()
        return [self.commits[sha] for sha in self.ancestors(head) if sha not in known]

    def changes(self, base: str, head: str) -> list[dict[str, str]]:
        """The changed files as GitHub lists them, by path."""
        old, new = self.commits[base].files, self.commits[head].files
        removed = {path for path in old if path not in new}
        entries = []
        for path in sorted(new):
            source = path
            if path not in old:
                source = next((was for was in sorted(removed) if old[was] == new[path]), path)
                removed.discard(source)
            if source != path or old.get(path) != new[path]:
                entries.append(_entry(path, source, old.get(source), new[path]))
        entries += [_entry(path, path, old[path], None) for path in removed]
        return sorted(entries, key=lambda entry: entry["filename"])


def tree_sha(files: Mapping[str, bytes]) -> str:
    """The name of a tree of these files."""
    return _sha(*(f"{path} {blob_oid(data)}" for path, data in sorted(files.items())))


def _sha(*content: str) -> str:
    return hashlib.sha1("\n".join(content).encode(), usedforsecurity=False).hexdigest()


def _entry(path: str, source: str, old: bytes | None, new: bytes | None) -> dict[str, str]:
    patch = patch_of(old or b"", new or b"")
    entry = {"sha": blob_oid((old if new is None else new) or b""), "filename": path}
    entry["status"] = _status(old, new)
    if patch:
        entry["patch"] = patch
    if source != path:
        entry |= {"status": "renamed", "previous_filename": source}
    return entry


def _status(old: bytes | None, new: bytes | None) -> str:
    if old is None:
        return "added"
    return "removed" if new is None else "modified"


def patch_of(old: bytes, new: bytes) -> str | None:
    """The hunks of git's unified diff; None where a side is binary."""
    if b"\0" in old[:8000] + new[:8000]:
        return None
    hunks = list(unified_diff(_lines(old), _lines(new), lineterm=""))[2:]
    return "\n".join(hunks)


def _lines(data: bytes) -> list[str]:
    """Lines at line feeds alone; one without its line feed carries git's remark about it."""
    *whole, last = data.decode(errors="replace").split("\n")
    return [*whole, f"{last}\n\\ No newline at end of file"] if last else whole
