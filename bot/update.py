"""A pull request's rows put into the list as its base branch has it now, after a conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot import commits, escape, judge, merge_commit, patch, reading, update_words
from bot.joined import ImpossibleError, join
from bot.retry import TryLater
from rules import say

if TYPE_CHECKING:
    from bot.commits import Refused
    from bot.github import Client
    from bot.joined import Joined
    from bot.reading import Reading
    from rules import Text

_TRIES = 3  # while the branch moves
_SETTLE = 10.0  # seconds until it may have come to rest


class Told(NamedTuple):
    """Whether the branch is up to date now, and what to reply; nothing where all is said."""

    done: bool
    words: str = ""


async def on_request(gh: Client, found: Reading) -> Told:
    """Update a pull request for somebody who asked and may ask.

    Raises:
        TryLater: the branch keeps moving.
    """
    for _ in range(_TRIES):
        told = await _update(gh, found)
        if told:
            return told
        found = await reading.read(gh, found.repo, found.number)
    raise TryLater(_SETTLE, "the branch moves faster than it can be updated")


async def _update(gh: Client, found: Reading) -> Told | None:
    """Nothing where the branch has moved meanwhile."""
    if found.changes.merge_base == found.changes.base_tip:
        return _nothing(found)
    try:
        joined = await join(gh, found)
    except ImpossibleError as error:
        return Told(False, error.words)
    if any(one.clashes for one in joined.lists.values()):
        return Told(False, update_words.clashing(joined))
    outcome = await merge_commit.push(gh, found, joined.changes)
    if isinstance(outcome, commits.Pushed):
        return Told(True, update_words.known(joined))
    if outcome.reason is commits.Reason.MOVED:
        return None
    return Told(False, await _step_down(joined, outcome))


def _nothing(found: Reading) -> Told:
    """Silence where our own commit is the newest: a job that died after it has run again."""
    newest = found.state.commits[-1:]
    if any(commits.is_ours(commit.message) for commit in newest):
        return Told(True)
    branch = escape.code(found.state.base_ref)
    return Told(True, say("This pull request has all of {branch} already.", branch=branch))


async def _step_down(work: Joined, why: Refused) -> Text:
    """A patch for people to apply, and why."""
    tips = {path: work.found.state.texts[f"tip {path}"] for path in work.lists}
    texts = {
        path: (old.data.decode(), one.text)
        for path, one in work.lists.items()
        if (old := tips[path]) and one.text is not None
    }
    made = await judge.shared().run("the patch", patch.patch, texts)
    return update_words.by_hand(work, why, made)
