"""What rows say of their papers where arXiv knows otherwise. Pure.

Only what is surely wrong is told. It makes no link dead: people look again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from rules import Agreement, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.links.verdict import Found, Paper
    from rules import Mention, Stated, Text

_LONGEST = 200  # characters of a title


def told(mention: Mention, found: Found | None, show: Callable[[str], str] = str) -> Text | None:
    """What to look at again in a link's row; None where nothing surely disagrees.

    Args:
        mention: the link in its place.
        found: what arXiv told of it, if it was asked.
        show: writes a text of others, such as a title.
    """
    if mention.stated is None or found is None or found.paper is None:
        return None
    stated, paper = mention.stated, found.paper
    claim = rules.check_claim(
        stated.title, stated.date, true_title=paper.title, first=paper.first, venue=stated.venue
    )
    if claim.title is Agreement.WRONG:  # of another paper the day says nothing
        return _other_paper(mention.url, stated, paper, show)
    return _too_early(stated, paper, show) if claim.date is Agreement.WRONG else None


def _other_paper(url: str, stated: Stated, paper: Paper, show: Callable[[str], str]) -> Text:
    return say(
        "arXiv {id} is *{there}*, not *{here}*. Is the link right?",
        id=rules.written_arxiv_id(url),
        there=show(_short(paper.title)),
        here=show(_short(stated.title)),
    )


def _too_early(stated: Stated, paper: Paper, show: Callable[[str], str]) -> Text:
    return say(
        "The row says {date}, arXiv has it first on {first}. Which is right?",
        date=show(stated.date),
        first=paper.first,
    )


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"
