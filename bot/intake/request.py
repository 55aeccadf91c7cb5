"""A request as it stands: the issue, what is known of its papers, and the rows it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot import judge, replies, shelf
from bot.intake import conversation, drafting, preview
from bot.intake.draft import Kind
from bot.intake.drafting import Asked
from bot.intake.papers import look_up
from bot.intake.preview import Place
from bot.pulls import place_of

if TYPE_CHECKING:
    from bot.config import Configuration
    from bot.github import Client
    from bot.intake.conversation import Comment, Conversation
    from bot.intake.draft import Drafted
    from bot.shelf import Shelf
    from rules import Text

_NEEDING = (Kind.ROW, Kind.UNPLACED, Kind.UNTITLED)  # what arXiv could have told more of

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Intake:
    """A request, read and drafted.

    Attributes:
        repo: "owner/name".
        number: the issue's.
        place: where people see the lists.
        settings: the configuration.
        talk: the issue with its comments.
        drafted: what comes of it.
        trouble: what could not be looked up, and will be asked for again.
    """

    repo: str
    number: int
    place: Place
    settings: Configuration
    talk: Conversation
    drafted: Drafted
    trouble: tuple[Text, ...] = ()

    @property
    def said(self) -> Comment | None:
        """Our comment that answers it."""
        ours = (c for c in self.talk.comments if c.ours and preview.is_preview(c.body))
        return next(ours, None)

    @property
    def pull(self) -> int | None:
        """The pull request that has it already."""
        return preview.pull_of(self.said.body) if self.said else None


async def read(
    gh: Client, repo: str, number: int, section: str = "", *, wanted: bool = False
) -> Intake | None:
    """Read an issue and draft what it asks for; None where it asks for nothing.

    Args:
        gh: a client.
        repo: "owner/name".
        number: the issue's.
        section: the heading that a maintainer names for the rows.
        wanted: whether a maintainer asks for it, whatever is configured.
    """
    found = await shelf.read(gh, repo)
    if found is None or found.archived or (found.settings.requests == "off" and not wanted):
        return None
    talk = await conversation.read(gh, repo, number)
    if talk is None or not talk.open or talk.bot:
        return None
    return await _draft(gh, found, number, talk, section)


async def _draft(
    gh: Client, found: Shelf, number: int, talk: Conversation, section: str
) -> Intake | None:
    process = judge.shared()
    title = drafting.foreign(found.repo, talk.title)
    body = drafting.foreign(found.repo, "\n\n".join((talk.body, *talk.added)))
    try:
        lists = await shelf.contents(gh, found)
        told = await process.run(found.repo, drafting.told, (title, body, lists))
        if told is None:
            return None
        known = await look_up(gh.outside.arxiv, told.papers)
        asked = Asked(
            lists=lists,
            configs={path: found.settings.for_path(path) for path in lists},
            title=title,
            body=body,
            papers=known.papers,
            sections=(section,) if section else told.sections,
            decided=bool(section),
            reports=told.reports,
            about=told.about,
            corrects=told.corrects,
            entry=told.entry,
        )
        drafted = await process.run(found.repo, drafting.draft, asked)
    except judge.TooSlowError:
        log.warning("a request took too long to be read", repository=found.repo, issue=number)
        return None
    place = Place(found.url, found.branch, found.tip)
    trouble = known.trouble if drafted.of(*_NEEDING) else ()
    return Intake(found.repo, number, place, found.settings, talk, drafted, trouble)


async def answer(gh: Client, found: Intake) -> None:
    """Write our comment as it is to be now, where there is anything to say."""
    if found.drafted.drafts:
        await write(gh, found, preview.compose(found.drafted, found.place, found.trouble))


async def write(gh: Client, found: Intake, body: Text) -> None:
    """Write our one comment, or write it anew where that says something else."""
    if found.said is None:
        await replies.comment(gh, found.repo, found.number, body)
    elif found.said.body.replace("\r\n", "\n") != gh.words(body):
        url = "/repos/{owner}/{name}/issues/comments/{comment}"
        place = place_of(found.repo) | {"comment": str(found.said.number)}
        await gh.patch(url, place, data={"body": body})
