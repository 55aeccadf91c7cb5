"""Mending on request: a commit, else suggestions, else a patch, and why each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import comment_life, commits, escape, judge, mending, patch, posts, reading, review
from bot.comment_life import Said
from bot.mending import Work
from bot.retry import TryLater
from bot.voice import Voice
from rules import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commits import Refused
    from bot.github import Client
    from bot.reading import Reading
    from bot.review import File, Row
    from rules import Text

TRIES = 3  # while the branch moves
SETTLE = 10.0  # seconds until it may have come to rest


async def on_request(gh: Client, found: Reading) -> str:
    """Mend a pull request for somebody who asked and may ask.

    Args:
        gh: a client.
        found: the pull request.

    Returns:
        Nothing where it is done; else what to reply, Markdown.

    Raises:
        TryLater: the branch keeps moving.
    """
    for _ in range(TRIES):
        if found.state.state != "OPEN":
            return say("This pull request is closed, so there is nothing to mend any more.")
        settings = (await reading.settings(gh, found)).settings
        try:
            files = await reading.judge(found, settings)
            work = Work(found, settings, Said.on(found.state, found.touched))
            done = await mending.mended(work, files)
            if not done.files:
                return _nothing(found)
            outcome = await commits.push(gh, found.state.head, done.files, done.message)
            if isinstance(outcome, commits.Pushed):
                return ""
            if outcome.reason is not commits.Reason.MOVED:
                return await _step_down(gh, work, files, outcome)
        except judge.TooSlowError as error:
            path = escape.plain(str(error))
            return say("Reading {path} took longer than allowed, so nothing is mended.", path=path)
        found = await reading.read(gh, found.repo, found.number)
    raise TryLater(SETTLE, "the branch moves faster than it can be mended")


def _nothing(found: Reading) -> str:
    """Silence where our own commit is the newest: a job that died after it has run again."""
    newest = found.state.commits[-1:]
    if any(commits.is_ours(commit.message) for commit in newest):
        return ""
    return say("Nothing here can be mended without asking you.")


async def _step_down(gh: Client, work: Work, files: Sequence[File], why: Refused) -> Text:
    """Suggest what can be suggested, and tell a patch for the rest."""
    rows = [row for file in files for row in work.own(file)]
    inline = review.with_suggestions(files, [row for row in rows if row.inline])
    made = [row for row in inline if row.suggestion]
    standing = [row for row in made if _stands(row, work.found)]
    fresh = [row for row in made if row not in standing][: work.settings.max_comments]
    fresh = await _suggest(gh, work, fresh)
    carried = {
        (row.path, line)
        for row in (*standing, *fresh)
        if row.suggestion
        for line in row.suggestion.rows
    }
    told = _instead(why.words, fresh, standing)
    patched = await _patch(work, files, [row for row in rows if row.place not in carried])
    return say("{why}\n\n{patch}", why=told, patch=patched) if patched else told


def _stands(row: Row, found: Reading) -> bool:
    """Whether a row's suggestion can be pressed already."""
    pressable = [t.body for t in found.state.threads if comment_life.can_be_pressed(t)]
    made = row.suggestion.markdown if row.suggestion else ""
    return any(made in body.replace("\r\n", "\n") for body in pressable)


async def _suggest(gh: Client, work: Work, rows: Sequence[Row]) -> list[Row]:
    """Post suggestions, and return the rows whose suggestion GitHub took."""
    if not rows:
        return []
    voice, found = Voice.on(work.found, gh.page_of, gh.words), work.found
    comments = [review.comment(row, work.said.before, voice) for row in rows]
    body = say("Here is what was asked for: **Commit suggestion** takes it.")
    refused = await posts.post_review(
        gh, found.repo, found.number, found.state.head.sha, body, comments
    )
    return [row for row, each in zip(rows, comments, strict=True) if each not in refused]


def _instead(why: Text, fresh: Sequence[Row], standing: Sequence[Row]) -> Text:
    if fresh:
        return say("{why} So I suggest it instead: **Commit suggestion** takes each row.", why=why)
    if standing:
        return say("{why} The suggestions above do the same when pressed.", why=why)
    return why


async def _patch(work: Work, files: Sequence[File], rows: Sequence[Row]) -> Text | None:
    """What no suggestion can carry, as a patch to apply."""
    changes = {file.path: (file.text, work.with_edits(file, rows)) for file in files}
    changes = {path: texts for path, texts in changes.items() if texts[0] != texts[1]}
    if not changes:
        return None
    made = await judge.shared().run("the patch", patch.patch, changes)
    if not made.text:
        return say("The rest does not fit into a comment, so it is for you to mend.")
    fence = escape.fence(made.text)
    told = say(
        "A suggestion cannot stand on every line, nor on very many; this patch mends the rest.\n\n"
        "<details><summary>Patch</summary>\n\nSave it as `mend.patch` in a checkout of the branch "
        "as it is now, then:\n\n```sh\n{command}\n```\n\n{fence}diff\n{patch}{fence}\n\n</details>",
        command=made.command,
        fence=fence,
        patch=made.text,
    )
    if made.left:
        return say("{patch}\n\nMore did not fit here; please ask again afterwards.", patch=told)
    return told
