"""Every link to the checker that knows its kind; the web itself is the last of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from bot.links.limits import silent
from bot.links.verdict import Found, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.links.limits import Progress


class Checker(Protocol):
    """What knows links of one kind; a module with these two functions is one."""

    def takes(self, url: str) -> bool:
        """Whether a link is of this kind."""

    async def check(self, urls: Sequence[str], progress: Progress) -> dict[str, Found]:
        """What each of the links is; told to `progress` as soon as it is known."""


async def check(
    urls: Sequence[str], checkers: Sequence[Checker], progress: Progress = silent
) -> dict[str, Found]:
    """Check links, each by the first checker that takes it; all checkers at a time.

    Returns:
        what was found by link, in the order given; UNKNOWN for what nobody takes.
    """
    found = await _check(urls, checkers, progress)
    left = Found(Verdict.UNKNOWN, "not checked")
    return {url: found.get(url, left) for url in urls}


async def _check(
    urls: Sequence[str], checkers: Sequence[Checker], progress: Progress
) -> dict[str, Found]:
    """The same without what nobody takes; what a checker leaves open, the later ones are asked."""

    async def ask(at: int, taken: Sequence[str]) -> dict[str, Found]:
        found = await checkers[at].check(taken, progress)
        left = [url for url in taken if url not in found]
        return found | (await _check(left, checkers[at + 1 :], progress) if left else {})

    groups = _by_checker(urls, checkers)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask(at, taken)) for at, taken in groups.items()]
    return {url: result for task in tasks for url, result in task.result().items()}


def _by_checker(urls: Sequence[str], checkers: Sequence[Checker]) -> Mapping[int, list[str]]:
    groups: dict[int, list[str]] = {}
    for url in dict.fromkeys(urls):
        at = next((at for at, checker in enumerate(checkers) if checker.takes(url)), None)
        if at is not None:
            groups.setdefault(at, []).append(url)
    return groups
