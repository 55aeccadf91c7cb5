"""The one signal by which a handler asks to be run again later."""

from __future__ import annotations


class TryLater(Exception):  # noqa: N818  a request to wait, not an error
    """The work cannot go on before `seconds` have passed (Retry-After, rate limits)."""

    def __init__(self, seconds: float, reason: str = "") -> None:
        """`seconds`: how long to wait; `reason`: for the log, without secrets."""
        super().__init__(reason or f"try again in {seconds:g} s")
        self.seconds = seconds
