"""A request's rows as a pull request, which closes the issue and credits who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import escape, proposal
from bot.intake import preview, request
from bot.intake.draft import Kind
from bot.proposal import Opened, Proposal
from rules import say

if TYPE_CHECKING:
    from bot.github import Client
    from bot.intake.draft import Draft
    from bot.intake.request import Intake
    from rules import Text

_TITLE = 200  # characters


async def open_for(gh: Client, found: Intake) -> bool:
    """Open or renew the pull request and say so in our comment; whether it is there."""
    place = found.place
    made = Proposal(
        branch=f"listwright/request-{found.number}",
        title=_title(found),
        body=_body(found),
        files=found.drafted.files,
        credits=_credits(found),
    )
    outcome = await proposal.propose(gh, found.repo, place.branch, place.tip, made)
    if isinstance(outcome, Opened):
        await request.write(gh, found, preview.opened(found.drafted, place, outcome))
        return True
    await request.write(gh, found, preview.refused(found.drafted, place, outcome))
    return False


def _title(found: Intake) -> Text:
    drafts = found.drafted.proposed
    if len(drafts) > 1 and all(draft.kind is Kind.CORRECTION for draft in drafts):
        return say("Correct what issue {number} reports", number=found.number)
    if len(drafts) > 1:
        return say("Add what issue {number} asks for", number=found.number)
    name = escape.headline(drafts[0].name)[:_TITLE]
    if drafts[0].kind is Kind.ROW:
        return say("Add {name}", name=name)
    return say("Correct the row of {name}", name=name)


def _body(found: Intake) -> Text:
    author = found.talk.author
    credit = [say("Suggested by @{author}.", author=author)] if author else []
    return say(
        "{lines:\n}\n\n{credit: }\n\nCloses #{number}.",
        lines=[_line(draft) for draft in found.drafted.proposed],
        credit=credit,
        number=found.number,
    )


def _line(draft: Draft) -> Text:
    name, section = escape.plain(draft.name[:_TITLE]), escape.plain(draft.section)
    if draft.kind is Kind.ROW:
        return say(
            "- {name}, {place} in **{section}**", name=name, place=draft.place, section=section
        )
    return say("- The row of {name} in **{section}**", name=name, section=section)


def _credits(found: Intake) -> tuple[str, ...]:
    talk = found.talk
    if not talk.author or talk.author_id is None:
        return ()
    address = f"{talk.author_id}+{talk.author}@users.noreply.github.com"
    return (f"Co-authored-by: {talk.author} <{address}>",)
