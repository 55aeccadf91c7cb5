"""`/listwright ignore`: rows are left as they are, because somebody who may said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import comment_life, escape, judge, reading, replies, review, threads
from bot.comment_life import Said
from rules import say

if TYPE_CHECKING:
    from bot.commands import Command
    from bot.github import Client
    from bot.pulls import Thread
    from bot.reading import Reading

_MOST = 3_000  # rows in a comment; GitHub takes 65,536 characters of it


async def on_request(
    gh: Client, found: Reading, command: Command, by: str, thread: int | None
) -> str:
    """Mark in our comments what is not to be spoken of, for as long as the pull request lives.

    Args:
        gh: a client.
        found: the pull request.
        command: the rule, if one is named, and the reason.
        by: the login of whoever asks.
        thread: the comment that begins the thread it was asked in.

    Returns:
        What to reply; "" when it is done.
    """
    ours = next((t for t in found.state.threads if t.number == str(thread)), None)
    if not command.rule and not ours:
        return say(
            "Which rule? In a thread of mine, `/listwright ignore WHY` leaves that row as it is. "
            "Here it takes the rule's name: `/listwright ignore RULE WHY` leaves all rows of this "
            "pull request as they are. It stands at the end of each comment of mine, or of the "
            "address behind Why."
        )
    try:
        marks = await _marks(gh, found, command.rule, ours)
    except judge.TooSlowError as error:
        path = escape.plain(str(error))
        return say("Reading {path} took longer than allowed, so nothing was changed.", path=path)
    if not marks:
        rule = escape.code(command.rule)
        return say("Nothing here is about {rule}, so there is nothing to leave.", rule=rule)
    await _leave(gh, found, command, by, marks)
    return ""


async def _marks(gh: Client, found: Reading, rule: str, thread: Thread | None) -> frozenset[str]:
    """The fingerprints of what is to be left."""
    told = comment_life.mark_of(thread.body).fingerprints if thread else None
    if not rule:
        return told or frozenset()
    base = await reading.settings(gh, found)
    marks = frozenset(
        review.fingerprint(file.path, diagnostic)
        for file in await reading.judge(found, base.settings)
        for remark in file.judgement.remarks
        for diagnostic in remark.diagnostics
        if diagnostic.rule == rule
    )
    return marks if told is None else marks & told


async def _leave(
    gh: Client, found: Reading, command: Command, by: str, marks: frozenset[str]
) -> None:
    """Say so in our threads that are about nothing else, and of the rest in one comment."""
    left = marks - Said.on(found.state, found.touched).ignored
    headline = _headline(command, by)
    edits = []
    for thread in found.state.threads:
        told = comment_life.mark_of(thread.body).fingerprints
        if told & left and told <= marks:
            edits.append((thread, threads.ignored(thread.body, headline)))
            left -= told
    await threads.leave(gh, found.repo, edits)
    if left:
        words = _told(command, headline, len(left))
        body = comment_life.marked(words, sorted(left)[:_MOST], "ignored")
        await replies.comment(gh, found.repo, found.number, body)


def _headline(command: Command, by: str) -> str:
    who, why = escape.plain(by), escape.plain(command.reason)
    if not why:
        return say("**Left as it is**, as {who} asked.", who=who)
    return say("**Left as it is**, as {who} asked: {why}", who=who, why=why)


def _told(command: Command, headline: str, number: int) -> str:
    rule = escape.code(command.rule)
    if number == 1:
        return say("{headline}\n\nThis is about {rule} in one row.", headline=headline, rule=rule)
    return say(
        "{headline}\n\nThis is about {rule} in {number} rows.",
        headline=headline,
        rule=rule,
        number=number,
    )
