"""What a check of links works with: handlers find it at their client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bot.links.limits import Progress
from bot.links.outage import without_outage

if TYPE_CHECKING:
    from bot.github import Client
    from bot.links.memory import Memory
    from bot.links.verdict import Found

_BATCH = 1.0  # seconds between writes of what was found out


# Asks links what they are, and tells each as soon as it is known. It raises TryLater where it
# cannot go on now: what was told is not asked again then.
Ask: TypeAlias = Callable[["Client", Sequence[str], Progress], Awaitable[Mapping[str, "Found"]]]
# The archived copy of a page nearest to a day (digits, or ""); "" without one.
Copy: TypeAlias = Callable[[str, str], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Desk:
    """`clock`: seconds since 1970; `sleep` waits so many; contributors wait `soon` seconds."""

    memory: Memory
    ask: Ask
    copy: Copy
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    soon: float = 18.0  # of the twenty within which the check run is to stand

    async def found(
        self, gh: Client, repository: int, run: str, urls: Sequence[str]
    ) -> dict[str, Found]:
        """Ask these links, except those that the same run asked before a crash.

        What becomes known is kept about each second, so no link is asked more than twice.
        """
        before = await self.memory.found(repository, run)
        batch: dict[str, Found] = {}

        async def flush() -> None:
            taken = dict(batch)
            batch.clear()
            if taken:
                await self.memory.add(repository, run, taken)

        async def keep() -> None:
            while True:
                await self.sleep(_BATCH)
                await flush()

        keeping = asyncio.create_task(keep())
        try:
            left = [url for url in urls if url not in before]
            return without_outage(before | dict(await self.ask(gh, left, batch.__setitem__)))
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping
            await flush()
