"""Where a review comment of the offline GitHub stands after more pushes."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.practice.store import Store


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
