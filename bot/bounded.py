"""The way to services other than GitHub, whose answers are bounded in time and in size."""

from __future__ import annotations

from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.responses import Response
    from bot.transport import Transport

# Says who asks, and where its owner can be found.
USER_AGENT = f"listwright/{version('listwright')} (+https://github.com/listwright/listwright)"
_LONGEST = 30.0  # seconds
_MOST = 16 * 1024 * 1024  # bytes, when unpacked
_PIECE = 64 * 1024


class TooLarge(OSError):  # noqa: N818  what the answer is
    """An answer is larger than any honest one."""


@asynccontextmanager
async def http(seconds: float = _LONGEST, most: int = _MOST) -> AsyncIterator[Transport]:
    """A transport that keeps no cookies, and gives up on what is slow or endless.

    It raises TimeoutError, TooLarge, or another OSError where there is no answer.
    """
    timeout = aiohttp.ClientTimeout(total=seconds)
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(timeout=timeout, cookie_jar=jar) as session:

        async def send(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
            try:
                async with session.request(
                    method, url, headers=headers, data=body or None, max_redirects=3
                ) as response:
                    sent = {name.lower(): value for name, value in response.headers.items()}
                    return response.status, sent, await _bounded(response, most)
            except TimeoutError:
                raise  # aiohttp's are among its client errors too
            except aiohttp.ClientError as error:
                raise ConnectionError(f"{type(error).__name__}: {error}") from error

        yield send


async def _bounded(response: aiohttp.ClientResponse, most: int) -> bytes:
    pieces = bytearray()
    async for piece in response.content.iter_chunked(_PIECE):
        pieces += piece
        if len(pieces) > most:
            raise TooLarge(f"more than {most:,} bytes")
    return bytes(pieces)
