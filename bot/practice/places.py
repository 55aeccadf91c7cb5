"""Where a review comment of the offline GitHub stands after more pushes, and its suggestion."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.practice.store import Store

SUGGESTION = re.compile(r"(?ms)^(`{3,})suggestion[^\n]*\n(.*?)^\1`*[ \t]*$")


def lines_now(store: Store, head: str, comment: Mapping[str, Any]) -> range | None:
    """The lines of the head that a comment is about; None where it is outdated."""
    path, last = comment["path"], int(comment["line"])
    said = range(comment["start_line"] or last, last + 1)
    old, new = (
        store.commits[sha].files.get(path, b"").split(b"\n") for sha in (comment["commit_id"], head)
    )
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if block.a < said[0] and said[-1] <= block.a + block.size:
            shift = block.b - block.a
            return range(said.start + shift, said.stop + shift)
    return None


def with_suggestion(data: bytes, comment: Mapping[str, Any]) -> bytes:
    """A file with a comment's suggestion committed."""
    found = SUGGESTION.search(comment["body"].replace("\r\n", "\n"))
    lines = data.split(b"\n")
    last = int(comment["line"])
    first = int(comment["start_line"] or last)
    ending = b"\r" if lines[last - 1].endswith(b"\r") else b""
    text = found[2].encode() if found else b""
    lines[first - 1 : last] = [line + ending for line in text.split(b"\n")[:-1]]
    return b"\n".join(lines)
