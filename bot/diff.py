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


def unbroken(patch: str | None) -> tuple[range, ...]:
    """The same lines, parted where the patch takes lines out.

    GitHub shows a comment across a deleted line, but does not commit its suggestion.
    """
    found: list[range] = []
    for line in (patch or "").split("\n"):
        header = _HUNK.match(line)
        if header:
            found.append(range(int(header[1]), int(header[1])))
        elif line.startswith("-"):
            found.append(range(found[-1].stop, found[-1].stop))
        elif line.startswith((" ", "+")):
            found[-1] = range(found[-1].start, found[-1].stop + 1)
    return tuple(lines for lines in found if lines)


def fits(hunks: Iterable[range], first: int, last: int) -> bool:
    """Whether the lines `first` to `last` stay within one of the ranges."""
    return any(first in hunk and last in hunk for hunk in hunks)
