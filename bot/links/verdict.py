"""What was found out about a link, and from what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  pydantic reads what is stored
from enum import StrEnum


class Verdict(StrEnum):
    """Only DEAD, WITHDRAWN and BROKEN_TLS are ever reported; BLOCKED and UNKNOWN never are."""

    ALIVE = "alive"
    MOVED = "moved"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"
    BLOCKED = "blocked"
    BROKEN_TLS = "broken-tls"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Paper:
    """What arXiv tells of a paper: its title, and the day of its first version."""

    title: str
    first: date


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict with its evidence.

    Attributes:
        verdict: what the link is.
        status: what was answered: an HTTP status such as "404", or a word such as "refused",
            "timeout", "soft 404", "gone", "renamed", "archived", "empty", "no such id".
        to: where it leads now, for what moved; else empty.
        chain: the addresses it was redirected through, in order, without the link itself.
        at: when it was asked, in seconds since 1970 (UTC).
        paper: what arXiv told of it; None for what is no paper there.
    """

    verdict: Verdict
    status: str
    to: str = ""
    chain: tuple[str, ...] = ()
    at: float = 0.0
    paper: Paper | None = None


def silent(_url: str, _found: Found) -> None:
    """Tell nobody of a link as soon as it is judged."""
