"""How the server asks links: each by the checker that knows its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.links.arxiv import ArxivLinks
from bot.links.check import check
from bot.links.github import GitHubLinks
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.arxiv import Arxiv
    from bot.github import Client
    from bot.links.check import Checker
    from bot.links.doi import DoiLinks
    from bot.links.limits import Progress
    from bot.links.verdict import Found

_API = "api.github.com"


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks for a repository; see `bot.links.desk.Ask`.

    Attributes:
        arxiv: its API.
        doi: the handle service.
        web: the checker for everything else.
    """

    arxiv: Arxiv
    doi: DoiLinks
    web: Checker

    async def __call__(
        self, gh: Client, urls: Sequence[str], told: Progress
    ) -> Mapping[str, Found]:
        """What each link is.

        Raises:
            TryLater: one of the checkers has no turn for now.
        """
        known: list[Checker] = [
            github_links(gh),
            ArxivLinks(self.arxiv),  # before DOIs: some of those are its own
            self.doi,
            self.web,
        ]
        try:
            return await check(urls, known, told)
        except ExceptionGroup as group:
            later, others = group.split(TryLater)
            if later is None or others:
                raise
            raise _longest(later) from None


def github_links(gh: Client) -> GitHubLinks:
    """The checker for links to a client's GitHub."""
    host = urlsplit(gh.base_url).hostname or ""
    # An Enterprise Server knows nothing of the links to github.com.
    return GitHubLinks(gh.query, "github.com" if host == _API else host)


def _longest(group: ExceptionGroup[TryLater]) -> TryLater:
    found = (one for one in group.exceptions if isinstance(one, TryLater))
    return max(found, key=lambda one: one.seconds)
