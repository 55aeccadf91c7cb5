"""What a configuration asks of a column's cells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constraint:
    """What each cell under a heading must be; nothing is asked where a field has its default."""

    one_of: tuple[str, ...] = ()
    max_length: int | None = None
    pattern: str | None = None
    final_period: bool | None = None
