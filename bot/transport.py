"""The way to the real GitHub."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import aiohttp

from bot.responses import Response

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# (method, url, headers, body) -> (status, headers with lower-case names, body);
# raises OSError when there is no answer.
Transport: TypeAlias = Callable[[str, str, Mapping[str, str], bytes], Awaitable[Response]]

_TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)


@asynccontextmanager
async def http() -> AsyncIterator[Transport]:
    """The transport to the real GitHub: one session of connections, with a time limit."""
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:

        async def send(
            method: str, url: str, headers: Mapping[str, str], body: bytes
        ) -> tuple[int, Mapping[str, str], bytes]:
            try:
                async with session.request(method, url, headers=headers, data=body) as response:
                    return response.status, response.headers, await response.read()
            except aiohttp.ClientError as error:
                # Not chained: an aiohttp error can hold the request's headers, so the token.
                raise ConnectionError(type(error).__name__) from None

        yield send
