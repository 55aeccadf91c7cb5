"""A pull request's files brought together with what its base branch has now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import rules
from bot import escape, judge, merge_commit, merging
from bot.merge_commit import New
from rules import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.github import Client
    from bot.merge_commit import Change
    from bot.merging import Plan
    from bot.reading import Reading
    from rules import Merged, Text

_SIDES = ("base", "tip", "head")
_TOLD = 10  # paths that a reply names


class ImpossibleError(Exception):
    """Why a pull request cannot be updated, in words for people."""

    def __init__(self, words: Text) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Joined:
    """The lists that both sides changed, merged: path -> what came of each."""

    found: Reading
    plan: Plan
    lists: Mapping[str, Merged]

    @property
    def changes(self) -> dict[str, Change]:
        """What differs from the base branch."""
        texts = {path: one.text for path, one in self.lists.items() if one.text is not None}
        new = {path: New(self.plan.joined[path], text) for path, text in texts.items()}
        return {**self.plan.taken, **new}


async def join(gh: Client, found: Reading) -> Joined:
    """Merge the trees, and the texts of lists that both sides changed.

    Raises:
        ImpossibleError: that is for people to do.
    """
    changes, texts = found.changes, found.state.texts
    trees = [
        await merge_commit.tree(gh, found.repo, commit)
        for commit in (changes.merge_base, changes.base_tip, found.state.head.sha)
    ]
    base, tip, head = trees
    if base is None or tip is None or head is None:
        raise ImpossibleError(say("There are more files here than GitHub lists at once."))
    known = {p for p in found.paths if all(texts.get(f"{side} {p}") for side in _SIDES)}
    plan = merging.plan(base, tip, head, known)
    if plan.clashing:
        raise ImpossibleError(_both_changed(found, plan.clashing))
    return Joined(found, plan, {path: await _merged(found, path) for path in plan.joined})


async def _merged(found: Reading, path: str) -> Merged:
    texts = [found.state.texts[f"{side} {path}"] for side in _SIDES]
    try:
        base, tip, head = (text.data.decode() if text else "" for text in texts)
        return await judge.shared().run(path, _merge, (base, tip, head))
    except UnicodeDecodeError:
        words = say("{path} is not UTF-8 text; save it as UTF-8, please.", path=escape.code(path))
    except judge.TooSlowError:
        words = say("Merging {path} took longer than allowed.", path=escape.code(path))
    except rules.DocumentError as error:
        words = say("{path}: {problem}", path=escape.code(path), problem=error.words)
    raise ImpossibleError(words)


def _merge(texts: tuple[str, str, str]) -> Merged:
    return rules.merge(*texts)


def _both_changed(found: Reading, paths: Sequence[str]) -> Text:
    return say(
        "Both this pull request and {branch} changed {paths:, }. I can only bring texts together, "
        "so somebody has to merge this by hand. Nothing was changed.",
        branch=escape.code(found.state.base_ref),
        paths=[*map(escape.code, paths[:_TOLD]), *(["…"] if paths[_TOLD:] else [])],
    )
