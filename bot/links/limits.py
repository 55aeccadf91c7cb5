"""How patiently and how much is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from bot.links.verdict import Found

# Told of each link as soon as something is known of it.
Progress: TypeAlias = Callable[[str, "Found"], None]


def silent(_url: str, _found: Found) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for an answer, which is asked for twice where none comes.

    A host that answers others at once is not waited for as long the second time, one that answers
    slowly, or has not yet answered at all, longer. One that did not answer may still be busy with
    it: its place is free again only `given_up` seconds after it was asked.
    """

    first: float = 4.5
    second: float = 2.0
    longest: float = 15.0
    body: float = 5.0
    given_up: float = 5.2
    # How many times the usual time of a host's answers is waited for.
    usual: float = 8.0

    def seconds(self, usual: float | None, *, again: bool) -> float:
        """How long to wait for a host that usually takes so long, None where it is not known."""
        if usual is None:
            return self.longest if again else self.first
        least = self.second if again else self.first
        return min(self.longest, max(least, self.usual * usual))


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one host is asked, and how many hosts at a time; in seconds."""

    at_once: int = 2
    interval: float = 0.1
    hosts: int = 256
    retry: float = 0.5
    # A host that asks for patience without saying how long, and the longest that is waited for.
    held: float = 5.0
    longest_hold: float = 120.0


@dataclass(slots=True)
class Budget:
    """What one run may cost; what is left over then is not asked."""

    seconds: float = 3600.0
    requests: int = 100_000
    bytes: int = 2_000_000_000

    @property
    def is_spent(self) -> bool:
        return self.requests <= 0 or self.bytes <= 0
