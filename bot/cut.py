"""What GitHub takes of a long text. Pure."""

from __future__ import annotations

_TITLE = 255  # characters
_OUTPUT = 65_535  # counted in bytes, the stricter reading of GitHub's "characters"
_NOTE = "\n\n… cut here: GitHub takes no more."


def title(text: str) -> str:
    """The title of a check run or annotation: at most 255 characters, "…" where it was cut."""
    return text if len(text) <= _TITLE else text[: _TITLE - 1] + "…"


def text(text: str) -> str:
    """A check run's summary or text, an annotation's message: cut with a note at its end."""
    data = text.encode()
    if len(data) <= _OUTPUT:
        return text
    kept = data[: _OUTPUT - len(_NOTE.encode())].decode(errors="ignore")
    return (kept.rpartition("\n")[0] or kept) + _NOTE  # at a line's end: no code span stays open
