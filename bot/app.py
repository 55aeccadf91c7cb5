"""Everything together: the engine, the client for GitHub, and the web part."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot import bounded, dispatch, judge, log
from bot.arxiv import Arxiv
from bot.github import GitHubApp
from bot.jobs import Jobs
from bot.links import archive, asking
from bot.links.desk import Desk
from bot.links.doi import DoiLinks
from bot.links.guard import WEB_PORTS, Guard
from bot.links.memory import Memory
from bot.links.probe import Probe
from bot.outside import Outside
from bot.paces import StoredPace
from bot.server import application, serving
from bot.store import Store
from bot.transport import http
from bot.watch import Watching

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings

told = structlog.get_logger(__name__)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[int]:
    """Listwright at work while the context lasts; gives the port it listens on.

    Raises:
        StoreUnavailable: the database cannot be opened.
        OSError: the address cannot be listened on.
    """
    async with http() as transport, services(settings) as outside:
        github = GitHubApp(
            app_id=settings.app_id,
            private_key=settings.private_key.get_secret_value(),
            api_url=settings.github_api_url,
            graphql_url=settings.graphql_url,
            pages_url=settings.public_url,
            outside=outside,
            transport=transport,
        )
        engine = Jobs(settings.database_url, partial(dispatch.run, app=github))
        await engine.start()
        try:
            pages = application(settings.webhook_secret.get_secret_value(), engine)
            async with (
                serving(pages, settings.host, settings.port) as port,
                _watching(outside, github, engine),
            ):
                yield port
        finally:
            await engine.stop()
            judge.stop()


@asynccontextmanager
async def services(settings: Settings) -> AsyncIterator[Outside]:
    """What jobs may ask besides GitHub; all replicas take turns at it."""
    store = Store(settings.database_url)
    pace, memory = StoredPace(store), Memory(store)
    try:
        async with bounded.http() as web:
            arxiv = Arxiv(web, pace, url=settings.arxiv_api_url)
            doi = DoiLinks(web, pace, settings.doi_api_url)
            ask = asking.Asking(arxiv, doi, Probe(Guard(WEB_PORTS | settings.link_ports)))
            desk = Desk(memory, ask, archive.copy_from(web), time.time)
            yield Outside(arxiv, desk if settings.link_check else None)
    finally:
        pace.close()
        memory.close()
        store.close()


@asynccontextmanager
async def _watching(outside: Outside, app: GitHubApp, engine: Jobs) -> AsyncIterator[None]:
    """Look for links that are due while the context lasts, where links are asked at all."""
    if outside.desk is None:
        yield
        return
    watching = Watching(outside.desk.memory, app, engine, time.time)
    task = asyncio.create_task(watching.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM."""
    log.configure(settings.log_level)
    async with running(settings) as port:
        told.info("serving", host=settings.host, port=port, github=settings.github_api_url)
        await until_told()


async def until_told() -> None:
    """Wait for SIGINT or SIGTERM."""
    end = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, end.set)
    await end.wait()
