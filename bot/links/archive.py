"""Archived copies of pages that are gone, from the Internet Archive's availability API."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import structlog

from bot.bounded import USER_AGENT
from bot.links.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.links.desk import Copy
    from bot.links.places import Place
    from bot.links.streaks import Streak
    from bot.transport import Transport

told = structlog.get_logger(__name__)

_API = "https://archive.org/wayback/available"
_COPIES = "web.archive.org/web/"
_MOST = 20  # links asked in a run: the next one asks for more
_PAUSE = 1.0  # seconds between two questions
_LONGEST = 100_000  # bytes of an answer
_HEADERS = {"user-agent": USER_AGENT}


def copy_from(
    send: Transport, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep, api: str = _API
) -> Copy:
    """Copies by way of a transport; politely, one after the other."""
    return partial(_copy, send, sleep, api)


async def copies(
    copy: Copy, sure: Mapping[str, Streak], links: Mapping[str, Sequence[Place]]
) -> dict[str, Streak]:
    """The streaks of pages of which there is a copy, each with its address.

    Args:
        copy: finds copies.
        sure: the streaks of links that are to be reported.
        links: all links, with their places.
    """
    wanted = [
        url
        for url, streak in sure.items()
        if "://" in url and not streak.instead and streak.verdict is not Verdict.WITHDRAWN
    ]
    found = {}
    for url in wanted[:_MOST]:
        days = (place.day for place in links[url] if place.day)
        there = await copy(url, next(days, ""))
        if there:
            found[url] = replace(sure[url], instead=there)
    return found


async def _copy(
    send: Transport,
    sleep: Callable[[float], Awaitable[None]],
    api: str,
    url: str,
    day: str,
) -> str:
    await sleep(_PAUSE)
    asked = {"url": url} | ({"timestamp": day} if day else {})
    try:
        status, _, body = await send("GET", f"{api}?{urlencode(asked)}", _HEADERS, b"")
    except OSError as error:  # the report goes without it
        told.info("no answer from the archive", reason=type(error).__name__)
        return ""
    return _address(body) if status == 200 and len(body) <= _LONGEST else ""  # noqa: PLR2004


def _address(body: bytes) -> str:
    """The copy's address in an answer; "" where there is none that we would pass on."""
    try:
        closest = json.loads(body)["archived_snapshots"]["closest"]
        address = str(closest["url"]) if closest["available"] else ""
    except (ValueError, LookupError, TypeError):
        return ""
    _, _, rest = address.partition("://")
    return f"https://{rest}" if rest.startswith(_COPIES) else ""
