"""What is known of a request's papers: what it says itself, and what arXiv adds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import rules
from bot import arxiv as arxiv_api
from bot.intake.draft import Kind
from bot.intake.drafting import Wanted
from rules import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.arxiv import Answer, Arxiv
    from rules import Paper, Text

_ARXIV = "arxiv:"


@dataclass(frozen=True, slots=True)
class Known:
    """The papers with all that is known of them.

    Attributes:
        papers: all of them, in the request's order.
        trouble: why arXiv told nothing of some; it is to be asked again.
    """

    papers: tuple[Wanted, ...]
    trouble: tuple[Text, ...] = ()


async def look_up(service: Arxiv | None, told: Sequence[Paper]) -> Known:
    """Ask arXiv about its papers, all at once.

    Args:
        service: arXiv; None where it is not to be asked.
        told: what the request says.
    """
    ids = list(dict.fromkeys(filter(None, map(_arxiv_id, told))))
    answer = await service.papers(ids) if service and ids else None
    if answer is None:
        return Known(tuple(_wanted(paper, paper) for paper in told))
    papers = (_wanted(_completed(p, answer), p, _obstacle(p, answer)) for p in told)
    return Known(tuple(papers), _trouble(answer))


def _arxiv_id(paper: Paper) -> str:
    name = rules.identify(paper.link)
    return name.removeprefix(_ARXIV) if name.startswith(_ARXIV) else ""


def _wanted(paper: Paper, told: Paper, obstacle: Kind | None = None) -> Wanted:
    names = (rules.identify(url) for url in (told.link, told.code))
    return Wanted(paper, told, tuple(filter(None, names)), obstacle)


def _obstacle(paper: Paper, answer: Answer) -> Kind | None:
    name = _arxiv_id(paper)
    if name in answer.unknown | answer.malformed:
        return Kind.ABSENT
    entry = answer.papers.get(name)
    return Kind.WITHDRAWN if entry and entry.withdrawn else None


def _completed(paper: Paper, answer: Answer) -> Paper:
    """The request's word on code and venue, which are its author's; arXiv's on all else."""
    entry = answer.papers.get(_arxiv_id(paper))
    if entry is None:
        return paper
    return replace(
        paper,
        title=entry.title,
        date=entry.first.isoformat(),
        authors=entry.authors,
        venue=paper.venue or str(entry.venue or ""),
        code=paper.code or next(iter(entry.code), ""),
    )


def _trouble(answer: Answer) -> tuple[Text, ...]:
    if answer.trouble is None:
        return ()
    return (
        say(
            "{why} I look again in half an hour; nothing more is needed from you.",
            why=arxiv_api.words(answer.trouble),
        ),
    )
