"""A push changed headings: the labels of sections that are called otherwise now are renamed.

Only a label that is still as we made it gets another name; one that people renamed keeps theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import judge
from bot.labels import sections, settle, sorting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client
    from bot.labels.sections import State
    from rules import Label

EVENTS: Mapping[str, frozenset[str]] = {}  # it follows `check_push`
QUEUE = "pull"
EVERY = True  # each push renames its own


def trim(_payload: Mapping[str, Any]) -> None:
    """No delivery means it by itself."""


async def handle(job: Job, gh: Client) -> None:
    """Rename what the push renamed."""
    data = job.data
    repo = data["repository"]["full_name"]
    before = await sections.read(gh, repo, data["before"])
    now = await sections.read(gh, repo, data["after"])  # the last that is read tells the language
    if before is None or now is None:
        return
    if not (now.settings.labels.issues or now.settings.labels.pulls):
        return
    lists = await before.lists(gh), await now.lists(gh)
    for old, new in await judge.shared().run(repo, sorting.renamed, (lists, now.settings.naming)):
        await _rename(gh, now, old, new)


async def _rename(gh: Client, state: State, old: Label, new: Label) -> None:
    known = settle.find(old, state.labels)
    if known is None or not settle.is_ours(old, known):
        return
    own_name = known.name.casefold() == old.key
    await settle.rename(gh, state.shelf.repo, known, new, new.name if own_name else known.name)
