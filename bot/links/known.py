"""What is known of the repositories whose links are checked; times are seconds since 1970."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.links.streaks import Streak


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository that the app may look after."""

    id: int
    full_name: str
    installation: int


@dataclass(frozen=True, slots=True)
class Watched:
    """A repository whose links are checked.

    Attributes:
        due: when to look at it next.
        turn: changes when somebody asks to look at once.
        checked: when all its links were asked last; at first, when it was first seen.
    """

    repository: Repository
    due: int
    turn: int
    checked: float


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a repository's links.

    `issue` is a hint and no more; `lost` says that nothing was there to be read.
    """

    streaks: Mapping[str, Streak]
    issue: int | None = None
    lost: bool = False
