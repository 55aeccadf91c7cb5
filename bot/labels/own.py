"""Labels that stand for no section: what a pull request does, and what waits for a person. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.config_sections import Labels
    from rules import Changes, Label, Text


def triage(named: Labels) -> tuple[Label, ...]:
    """The label of issues in which no section was recognised, if one is configured."""
    words = say("No section was recognised. Set by Listwright; remove it and it stays away.")
    return _made([(named.triage, words)])


def kinds(named: Labels, changes: Iterable[Changes] | None = None) -> tuple[Label, ...]:
    """The labels of what a pull request does to rows; without any, all there are."""
    added = say("Adds rows. Set by Listwright; remove it and it stays away.")
    edited = say("Changes or moves rows. Set by Listwright; remove it and it stays away.")
    removed = say("Takes rows out. Set by Listwright; remove it and it stays away.")
    names = [(named.added, added), (named.edited, edited), (named.removed, removed)]
    if changes is None:
        return _made(names)
    done = [(each.added, each.edited + each.moved, each.removed) for each in changes]
    return _made(name for at, name in enumerate(names) if any(each[at] for each in done))


def verdicts(named: Labels, *, clean: bool | None = None) -> tuple[Label, ...]:
    """The label of pull requests that are ready, or of those that are not; without any, both."""
    fix = say("A row could use a touch. Set by Listwright; remove it and it stays away.")
    ready = say("Nothing to fix. Set by Listwright; remove it and it stays away.")
    names = [(named.needs_fix, fix), (named.ready, ready)]
    return _made(names if clean is None else [names[clean]])


def _made(names: Iterable[tuple[str, Text]]) -> tuple[Label, ...]:
    """The labels that have a name."""
    return tuple(rules.Label.named(name, words) for name, words in names if name.strip())
