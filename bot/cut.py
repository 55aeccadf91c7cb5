"""What GitHub takes of a long text. Pure."""

from __future__ import annotations

from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules import Text

COMMENT = 65_536  # of a comment or a review's body
OUTPUT = 65_535  # of a check run; both counted in bytes, the stricter reading of "characters"
_TITLE = 255  # characters


def title(text: str) -> str:
    """The title of a check run or annotation: at most 255 characters, "…" where it was cut."""
    return text if len(text) <= _TITLE else text[: _TITLE - 1] + "…"


def text(text: str) -> str:
    """A check run's summary or text, an annotation's message: cut with a note at its end."""
    data = text.encode()
    if len(data) <= OUTPUT:
        return text
    kept = data[: OUTPUT - size(_noted(""))].decode(errors="ignore")
    return _noted(kept.rpartition("\n")[0] or kept)  # at a line's end: no code span stays open


def _noted(kept: str) -> Text:
    return say("{kept}\n\n… cut here: GitHub takes no more.", kept=kept)


def size(text: str) -> int:
    """What GitHub may count of a text: its bytes, which are never fewer than its characters."""
    return len(text.encode(errors="surrogatepass"))


def whole(parts: Iterable[str], room: int) -> tuple[list[str], int]:
    """The first parts that fit into so many bytes with a line end each, and how many are left.

    None is cut: a code span that stays open would let what follows come alive.
    """
    parts = list(parts)
    ends = accumulate(size(part) + 2 for part in parts)
    kept = sum(1 for _ in takewhile(lambda end: end <= room, ends))
    return parts[:kept], len(parts) - kept
