"""What became of our earlier comments, told on GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import gidgethub
import structlog

from bot import comment_life
from bot.pulls import place_of
from bot.responses import GraphQLError
from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.comment_life import Life
    from bot.github import Client
    from bot.pulls import Thread

log = structlog.get_logger(__name__)

_EDIT = "updatePullRequestReviewComment"
_MENDED = say("**Mended, thank you.**")
_SETTLED = say("**Settled, thank you.**")
_WHAT = say("What this was about")


class _Step(NamedTuple):
    """A field of the mutation, its input by the argument's name, and the comment's new text.

    The text is written by itself where GitHub refuses the field.
    """

    field: str
    values: Mapping[str, str]
    thread: Thread
    body: str


async def settle(gh: Client, repo: str, life: Life) -> None:
    """Resolve or edit our comments: one call for all of them together.

    With contents: write, mended threads are resolved; without, their comments say that they are.
    What GitHub refuses, as a comment that was deleted meanwhile, stops none of the others.
    """
    if not life.mended and not life.back:
        return
    back = [(thread, gh.words(body)) for thread, body in life.back]
    async with gh.committing() as granted:
        await _take(gh, repo, [*_again(back, granted), *_over(life.mended, granted)])


def _again(back: Sequence[tuple[Thread, str]], granted: bool) -> Iterator[_Step]:
    for thread, body in back:
        if granted and thread.resolved:
            yield _Step("unresolveReviewThread", {"threadId": thread.id}, thread, body)
        if body != thread.body:
            yield _edit_step(thread, body)


def _over(threads: Sequence[Thread], granted: bool) -> Iterator[_Step]:
    for thread in threads:
        body = mended(thread.body)
        if granted:
            yield _resolve_step(thread, body)
        else:
            yield _edit_step(thread, body)


async def leave(gh: Client, repo: str, edits: Sequence[tuple[Thread, str]]) -> None:
    """Write comments anew about rows that are left as they are, and resolve their threads.

    One call for all of them; without contents: write the threads stay open.
    """
    if not edits:
        return
    async with gh.committing() as granted:
        steps = [_resolve_step(*edit) for edit in edits if granted and not edit[0].resolved]
        await _take(gh, repo, [*steps, *(_edit_step(*edit) for edit in edits)])


def ignored(body: str, headline: str) -> str:
    """A comment on a row that is left as it is."""
    return comment_life.folded(body, headline, _WHAT, "ignored")


def mended(body: str) -> str:
    """A comment on a row that is mended now, or on another pull request that is out of its way."""
    headline = _SETTLED if comment_life.mark_of(body).pull else _MENDED
    return comment_life.folded(body, headline, _WHAT, "mended")


async def _take(gh: Client, repo: str, steps: Sequence[_Step]) -> None:
    alone = len(steps) == 1 and steps[0].field == _EDIT
    refused = steps if alone else await _refused(gh, steps)
    for thread, body in {step.thread: step.body for step in refused}.items():
        await _edit_if_there(gh, repo, thread, body)


async def _refused(gh: Client, steps: Sequence[_Step]) -> list[_Step]:
    """Take the steps in one call; those that GitHub would not take."""
    if not steps:
        return []
    try:
        await gh.mutate(_operation(steps), **_variables(steps))
    except GraphQLError as error:
        taken = error.data or {}
        return [step for index, step in enumerate(steps) if not taken.get(f"m{index}")]
    return []


async def _edit_if_there(gh: Client, repo: str, thread: Thread, body: str) -> None:
    try:
        await edit(gh, repo, thread, body)
    except gidgethub.BadRequest as error:
        log.warning("comment not settled", repository=repo, status=error.status_code)


async def edit(gh: Client, repo: str, thread: Thread, body: str) -> None:
    """Write our comment in a thread anew."""
    url = "/repos/{owner}/{name}/pulls/comments/{number}"
    await gh.patch(url, place_of(repo) | {"number": thread.number}, data={"body": body})


def _resolve_step(thread: Thread, body: str) -> _Step:
    return _Step("resolveReviewThread", {"threadId": thread.id}, thread, body)


def _edit_step(thread: Thread, body: str) -> _Step:
    values = {"pullRequestReviewCommentId": thread.comment, "body": body}
    return _Step(_EDIT, values, thread, body)


def _operation(steps: Sequence[_Step]) -> str:
    """One mutation of many fields, each with its own variables."""
    declared, fields = [], []
    for index, step in enumerate(steps):
        given = {name: f"${name}{index}" for name in step.values}
        declared += [f"{v}: {'String' if name == 'body' else 'ID'}!" for name, v in given.items()]
        asked = ", ".join(f"{name}: {variable}" for name, variable in given.items())
        fields.append(f"  m{index}: {step.field}(input: {{{asked}}}) {{ clientMutationId }}")
    return f"mutation({', '.join(declared)}) {{\n" + "\n".join(fields) + "\n}"


def _variables(steps: Sequence[_Step]) -> dict[str, str]:
    return {
        f"{name}{i}": value for i, step in enumerate(steps) for name, value in step.values.items()
    }
