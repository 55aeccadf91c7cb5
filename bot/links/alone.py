"""How the command asks links: as the server does, without an App."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot import bounded
from bot.arxiv import Arxiv
from bot.links.arxiv import ArxivLinks
from bot.links.check import check
from bot.links.doi import DoiLinks
from bot.links.guard import WEB_PORTS, Guard
from bot.links.local import Folder, Local
from bot.links.probe import Probe
from bot.pace import LocalPace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.command_settings import CommandSettings
    from bot.links.check import Checker
    from bot.links.limits import Progress
    from bot.links.verdict import Found


async def ask(
    urls: Sequence[str],
    root: Path,
    settings: CommandSettings,
    told: Progress,
    *,
    allow_loopback: bool = False,
) -> dict[str, Found]:
    """What each link is; those without a scheme lead to files from `root`."""
    guard = Guard(WEB_PORTS | settings.link_ports, allow_loopback)
    pace = LocalPace()
    async with bounded.http() as web, _github(settings) as github:
        known: list[Checker] = [
            Local(Folder(root)),
            *github,
            # Before DOIs: some of those are arXiv's own.
            ArxivLinks(Arxiv(web, pace, url=settings.arxiv_api_url)),
            DoiLinks(web, pace, settings.doi_api_url),
            Probe(guard),
        ]
        return await check(urls, known, told)


@asynccontextmanager
async def _github(settings: CommandSettings) -> AsyncIterator[list[Checker]]:
    """The checker for links to GitHub; none without a token, for GraphQL answers nobody else."""
    if settings.github_token is None:
        yield []
        return
    # Its client takes half as long to load as all the rest.
    from bot.links import asking, github  # noqa: PLC0415
    from bot.transport import http  # noqa: PLC0415

    token = settings.github_token.get_secret_value()
    async with http() as transport:
        yield [asking.github_links(github.personal(token, transport, settings.github_api_url))]
