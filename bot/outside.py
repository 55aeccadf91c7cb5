"""What jobs may ask besides GitHub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.arxiv import Arxiv
    from bot.links.desk import Desk


@dataclass(frozen=True, slots=True)
class Outside:
    """The services; None where there is none, and then nothing is looked up there."""

    arxiv: Arxiv | None = None
    desk: Desk | None = None  # what the check of links works with
