"""What became of our earlier comments, told on GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot import comment_life
from bot.pulls import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.comment_life import Life
    from bot.github import Client
    from bot.pulls import Thread

_MENDED = "**Mended, thank you.**"
_SETTLED = "**Settled, thank you.**"
_WHAT = "What this was about"


class _Step(NamedTuple):
    """A field of the mutation: its name, and its input by the argument's name."""

    field: str
    values: Mapping[str, str]


async def settle(gh: Client, repo: str, life: Life) -> None:
    """Resolve or edit our comments: one call for all of them together.

    With contents: write, mended threads are resolved; without, their comments say that they are.

    Raises:
        GraphQLError: GitHub did not take it.
    """
    if not life.mended and not life.back:
        return
    async with gh.committing() as granted:
        edits = [(t, body) for t, body in life.back if not granted or _kind(t) != "said"]
        steps = [
            _Step("unresolveReviewThread", {"threadId": t.id})
            for t, _ in life.back
            if granted and t.resolved
        ]
        if granted:
            steps += [_Step("resolveReviewThread", {"threadId": t.id}) for t in life.mended]
        else:
            edits += [(t, mended(t.body)) for t in life.mended]
        await _write(gh, repo, steps, edits)


def mended(body: str) -> str:
    """A comment on a row that is mended now, or on another pull request that is out of its way."""
    headline = _SETTLED if comment_life.mark_of(body).pull else _MENDED
    return comment_life.folded(body, headline, _WHAT, "mended")


def _kind(thread: Thread) -> comment_life.Kind:
    return comment_life.mark_of(thread.body).kind


async def _write(
    gh: Client, repo: str, steps: Sequence[_Step], edits: Sequence[tuple[Thread, str]]
) -> None:
    if not steps and len(edits) == 1:
        await edit(gh, repo, *edits[0])
        return
    both = [*steps, *(_edit_step(thread, body) for thread, body in edits)]
    await gh.mutate(_operation(both), **_variables(both))


async def edit(gh: Client, repo: str, thread: Thread, body: str) -> None:
    """Write our comment in a thread anew."""
    url = "/repos/{owner}/{name}/pulls/comments/{number}"
    await gh.patch(url, place_of(repo) | {"number": thread.number}, data={"body": body})


def _edit_step(thread: Thread, body: str) -> _Step:
    values = {"pullRequestReviewCommentId": thread.comment, "body": body}
    return _Step("updatePullRequestReviewComment", values)


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
