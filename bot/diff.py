"""Where a patch takes review comments. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Inside a hunk a line begins with " ", "+", "-" or "\": only a header can begin with "@@", and
# with MULTILINE "^" follows "\n" alone, so that no other character that splits lines matters.
_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def commentable(patch: str | None) -> tuple[range, ...]:
    """The lines of the new file that GitHub shows in a unified patch, one range per hunk.

    Added and context lines alike take a comment on the RIGHT side; 1-based. A patch that GitHub
    left out (None) has none.
    """
    hunks = ((int(start), int(count or 1)) for start, count in _HUNK.findall(patch or ""))
    return tuple(range(start, start + count) for start, count in hunks if count)


def fits(hunks: Iterable[range], first: int, last: int) -> bool:
    """Whether a comment on the lines `first` to `last` stays within one hunk."""
    return any(first in hunk and last in hunk for hunk in hunks)
