"""A client of arXiv's, its clock, and an offline arXiv that it asks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.arxiv import Arxiv
from bot.pace import LocalPace
from bot.practice.arxiv import URL, OfflineArxiv, Paper
from tests.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.responses import Response


class Library:
    """An arXiv of numbered papers; whoever waits for it moves its clock."""

    def __init__(self, papers: int = 0) -> None:
        self.clock = Clock()
        found = {number(n): Paper(f"Paper {n}: On a thing") for n in range(papers)}
        self.site = OfflineArxiv(self.clock, found)
        self.answers: list[Response | OSError] = []  # given first, instead of the site's
        self.asking = self.together = 0
        self.client = self.replica()

    def replica(self) -> Arxiv:
        """A client without memory, with turns of its own."""
        pace = LocalPace(self.clock)
        return Arxiv(self.send, pace, url=URL, sleep=self.sleep, clock=self.clock)

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Response:
        self.clock.now += 0.2
        self.asking += 1
        self.together = max(self.together, self.asking)
        await asyncio.sleep(0)
        self.asking -= 1
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, OSError):
            raise answer
        return answer or self.site.respond(method, url, headers, body)

    async def sleep(self, seconds: float) -> None:
        self.clock.now += seconds


def number(n: int) -> str:
    return f"2505.{10000 + n}"
