"""Links within the repository: files, folders, pictures, and anchors in Markdown files."""

from __future__ import annotations

import posixpath
import re
import time
from functools import cache
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

import rules
from bot.links.limits import silent
from bot.links.verdict import Found, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.links.limits import Progress

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_MARKDOWN = (".md", ".markdown")
# GitHub's own anchors in files of code: a line, or lines.
_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?")


def is_local(url: str) -> bool:
    """Whether a link leads to somewhere in the same repository."""
    return not _SCHEME.match(url)


class Tree(Protocol):
    """The files that a link may lead to; paths are from the root, with `/`."""

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder of this name."""

    def text(self, path: str) -> str | None:
        """A Markdown file's text; None where it cannot be read."""


class Folder:
    """A tree on this machine's disk; nothing outside of it exists."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def exists(self, path: str) -> bool:
        return self._inside(path) is not None

    def text(self, path: str) -> str | None:
        found = self._inside(path)
        try:
            return found.read_text(encoding="utf-8") if found else None
        except (OSError, UnicodeDecodeError):
            return None  # its anchors are not known then, so no link to them is called dead

    def _inside(self, path: str) -> Path | None:
        try:
            found = (self._root / path).resolve()
            return found if found.is_relative_to(self._root) and found.exists() else None
        except (OSError, ValueError):
            return None  # a name that no file can have


def address(url: str, path: str) -> str:
    """A link as seen from the root: that of a file to another, or to an anchor, by its path.

    Args:
        url: the link as it stands in the file.
        path: the file, from the root.
    """
    if not is_local(url):
        return url
    target, mark, fragment = url.partition("#")
    name = target.partition("?")[0]
    if not name:
        return f"{path}{mark}{fragment}"
    folder = "" if name.startswith("/") else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(folder, name.lstrip("/")))
    return f"{joined}{mark}{fragment}"


class Local:
    """The checker for links that `address` has seen from the root."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._anchors = cache(self._read)

    def takes(self, url: str) -> bool:
        return is_local(url)

    async def check(self, urls: Sequence[str], progress: Progress = silent) -> dict[str, Found]:
        """Look each of them up; nothing is asked."""
        found = {}
        for url in urls:
            found[url] = self._look(url)
            progress(url, found[url])
        return found

    def _look(self, url: str) -> Found:
        name, mark, fragment = url.partition("#")
        path = unquote(name)
        if path == ".." or path.startswith("../"):
            return _found(Verdict.UNKNOWN, "outside the repository")  # such as ../../issues
        if not self._tree.exists(path):
            return _found(Verdict.DEAD, "no such file")
        if mark and not self._leads(path, unquote(fragment)):
            return _found(Verdict.DEAD, "no such heading")
        return _found(Verdict.ALIVE, "here")

    def _leads(self, path: str, fragment: str) -> bool:
        if not path.lower().endswith(_MARKDOWN) or _LINES.fullmatch(fragment):
            return True
        anchors = self._anchors(path)
        return anchors is None or anchors.resolve(fragment)

    def _read(self, path: str) -> rules.Anchors | None:
        text = self._tree.text(path)
        try:
            return None if text is None else rules.anchors(rules.parse(text))
        except rules.DocumentError:
            return None  # too large to be judged, so nothing is said of its headings


def _found(verdict: Verdict, status: str) -> Found:
    return Found(verdict, status, at=time.time())
