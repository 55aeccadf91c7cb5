"""What is known of a request's papers: what it says itself, and what arXiv adds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import rules
from bot import arxiv as arxiv_api
from bot import escape
from bot.drafting import Wanted
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
        papers: those that may get a row.
        trouble: why arXiv told nothing of some; it is to be asked again.
        unknown: what does not exist, or was withdrawn.
    """

    papers: tuple[Wanted, ...]
    trouble: tuple[Text, ...] = ()
    unknown: tuple[Text, ...] = ()


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
    absent = answer.unknown | answer.malformed
    withdrawn = {name for name, entry in answer.papers.items() if entry.withdrawn}
    kept = [paper for paper in told if _arxiv_id(paper) not in absent | withdrawn]
    return Known(
        tuple(_wanted(_completed(paper, answer), paper) for paper in kept),
        _trouble(answer),
        (*map(_absent, sorted(absent)), *map(_withdrawn, sorted(withdrawn))),
    )


def _arxiv_id(paper: Paper) -> str:
    name = rules.identify(paper.link)
    return name.removeprefix(_ARXIV) if name.startswith(_ARXIV) else ""


def _wanted(paper: Paper, told: Paper) -> Wanted:
    names = (rules.identify(url) for url in (told.link, told.code))
    return Wanted(paper, told, tuple(filter(None, names)))


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


def _absent(name: str) -> Text:
    return say("arXiv has no paper {name}. Is the link right?", name=escape.code(name[:60]))


def _withdrawn(name: str) -> Text:
    return say(
        "arXiv says that {name} was withdrawn, so I prepare no row for it.",
        name=escape.code(name[:60]),
    )
