"""How the server asks links: each by the checker that knows its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.links.check import check
from bot.links.probe import Probe
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.github import Client
    from bot.links.check import Checker
    from bot.links.limits import Progress
    from bot.links.verdict import Found


def checkers(_gh: Client) -> list[Checker]:
    """Those that know a kind of link, and last the one that asks the web."""
    return [Probe()]


async def ask(gh: Client, urls: Sequence[str], told: Progress) -> Mapping[str, Found]:
    """What each link is; see `bot.links.desk.Ask`.

    Raises:
        TryLater: one of the checkers has no turn for now.
    """
    try:
        return await check(urls, checkers(gh), told)
    except ExceptionGroup as group:
        later, others = group.split(TryLater)
        if later is None or others:
            raise
        raise _longest(later) from None


def _longest(group: ExceptionGroup[TryLater]) -> TryLater:
    found = (one for one in group.exceptions if isinstance(one, TryLater))
    return max(found, key=lambda one: one.seconds)
