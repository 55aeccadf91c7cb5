"""Everything together: the engine, the client for GitHub, and the web part."""

from __future__ import annotations

import asyncio
import signal
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot import bounded, dispatch, judge, log
from bot.arxiv import Arxiv
from bot.github import GitHubApp
from bot.jobs import Jobs
from bot.outside import Outside
from bot.paces import StoredPace
from bot.server import application, serving
from bot.store import Store
from bot.transport import http

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
            web = application(settings.webhook_secret.get_secret_value(), engine)
            async with serving(web, settings.host, settings.port) as port:
                yield port
        finally:
            await engine.stop()
            judge.stop()


@asynccontextmanager
async def services(settings: Settings) -> AsyncIterator[Outside]:
    """What jobs may ask besides GitHub; all replicas take turns at it."""
    store = Store(settings.database_url)
    pace = StoredPace(store)
    try:
        async with bounded.http() as transport:
            yield Outside(Arxiv(transport, pace, url=settings.arxiv_api_url))
    finally:
        pace.close()
        store.close()


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
