"""Links to arXiv's papers, asked of its API: a page of a withdrawn paper looks alive."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import rules
from bot import arxiv, arxiv_feed
from bot.batches import batched
from bot.links.verdict import Found, Paper, Verdict, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.arxiv import Answer, Arxiv, Trouble

# Not its mirrors and readers, which have pages of their own.
_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org", "doi.org", "dx.doi.org"})
_VERSION = re.compile(r"v(\d+)(?:\.pdf)?/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArxivLinks:
    """Checks a hundred links with a request; figures of papers are no papers."""

    client: Arxiv
    clock: Callable[[], float] = time.time

    def takes(self, url: str) -> bool:
        name = paper_id(url)
        return bool(arxiv_feed.key(name) or rules.arxiv_mistake(name))

    async def check(
        self, urls: Collection[str], progress: Callable[[str, Found], object] = silent
    ) -> dict[str, Found]:
        """What is known of each link; all that arXiv does not tell now is unknown, never dead."""
        links: dict[str, list[str]] = {}
        for url in filter(self.takes, urls):
            links.setdefault(paper_id(url), []).append(url)
        found: dict[str, Found] = {}
        trouble = None
        for names in batched(links, arxiv.AT_ONCE):
            answer = await self._ask(names, trouble)
            trouble = answer.trouble
            for url in (url for name in names for url in links[name]):
                found[url] = self._found(url, answer)
                progress(url, found[url])
        return found

    async def _ask(self, names: list[str], trouble: Trouble | None) -> Answer:
        return arxiv.untold(names, trouble) if trouble else await self.client.papers(names)

    def _found(self, url: str, answer: Answer) -> Found:
        name = paper_id(url)
        verdict, status = _judge(url, name, answer)
        entry = answer.papers.get(name)
        paper = Paper(entry.title, entry.first) if entry else None
        return Found(verdict, status, at=self.clock(), paper=paper)


def paper_id(url: str) -> str:
    """What stands in a link where arXiv's ids do, without version; empty for other links."""
    name = rules.written_arxiv_id(url)
    return name if name and urlsplit(url).hostname in _HOSTS else ""


def _judge(url: str, name: str, answer: Answer) -> tuple[Verdict, str]:
    if name in answer.malformed:
        return Verdict.DEAD, "malformed id"
    if name in answer.unknown:
        return Verdict.DEAD, "no such id"
    paper = answer.papers.get(name)
    if paper is None:
        return Verdict.UNKNOWN, str(answer.trouble)
    if paper.withdrawn:
        return Verdict.WITHDRAWN, "withdrawn"
    version = _VERSION.search(unquote(urlsplit(url).path))
    if version and int(version[1]) > paper.version:
        return Verdict.DEAD, "no such version"
    return Verdict.ALIVE, "known"
