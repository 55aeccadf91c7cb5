"""One bounded request: an answer's status, some of its headers, and the beginning of its page."""

from __future__ import annotations

import asyncio
import zlib
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from multidict import istr

from bot.bounded import USER_AGENT
from bot.links.faults import TIMEOUT, Fault, fault, unresolved
from bot.links.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from yarl import URL

    from bot.links.guard import Guard
    from bot.links.limits import Budget, Patience
    from bot.links.names import Names

PAGE = 65_536
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
_TYPE, _LENGTH, _ENCODING = istr("Content-Type"), istr("Content-Length"), istr("Content-Encoding")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said; `page` is the beginning of a page of text, unpacked."""

    status: int
    headers: Mapping[str, str]
    page: bytes = b""


class Fetcher:
    """Asks for one address at a time, within what a run may cost."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        names: Names,
        patience: Patience,
        budget: Budget,
    ) -> None:
        self._session = session
        self._names = names
        self._patience = patience
        self._budget = budget

    async def get(self, url: URL, seconds: float) -> Answer:
        """Ask once; a redirect is an answer.

        Raises:
            Fault: no answer came, and why.
            TimeoutError: none came within the seconds.
        """
        self._budget.requests -= 1
        try:
            async with asyncio.timeout(seconds):
                response = await self._session.get(url, allow_redirects=False)
        except TimeoutError:
            if self._names.is_pending(url.raw_host or ""):
                raise unresolved() from None
            raise
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise fault(error) from None
        try:
            page = await self._page(response)
        finally:
            if response.content.at_eof():
                response.release()
            else:
                response.close()
        return Answer(response.status, response.headers, page)

    async def _page(self, response: aiohttp.ClientResponse) -> bytes:
        """The beginning of the body. One that breaks off or never ends is judged by what came."""
        if not _is_worth_reading(response.headers):
            return b""
        chunks: list[bytes] = []
        try:
            if response.content.is_eof():  # most pages come with their headers
                chunks.append(response.content.read_nowait(PAGE))
            else:
                async with asyncio.timeout(self._patience.body):
                    await _read(response.content, chunks)
        except (aiohttp.ClientError, OSError):  # a timeout is an OSError
            response.close()
        body = b"".join(chunks)
        self._budget.bytes -= len(body)
        return _unpacked(body, response.headers.get(_ENCODING, ""))


async def _read(content: aiohttp.StreamReader, chunks: list[bytes]) -> None:
    room = PAGE
    while room > 0 and (chunk := await content.read(room)):
        chunks.append(chunk)
        room -= len(chunk)


def _is_worth_reading(headers: Mapping[str, str]) -> bool:
    """A short body is read to its end to keep the connection; a long one only if it is a page."""
    length = headers.get(_LENGTH, "")
    return "html" in headers.get(_TYPE, "html") or (length.isdecimal() and int(length[:9]) <= PAGE)


def _unpacked(body: bytes, encoding: str) -> bytes:
    """The beginning of what a body holds; what cannot be unpacked is no page."""
    if encoding.strip().lower() in ("", "identity"):
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, PAGE)
    except zlib.error:
        return b""


@asynccontextmanager
async def session(guard: Guard, names: Names) -> AsyncIterator[aiohttp.ClientSession]:
    """Connections to where the guard lets through: no cookies, no proxy, no credentials."""
    connector = aiohttp.TCPConnector(
        limit=0,
        resolver=names,
        socket_factory=guard.socket,
        ttl_dns_cache=300,
        keepalive_timeout=3,
    )
    async with aiohttp.ClientSession(
        connector=connector,
        headers=_HEADERS,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(),
        auto_decompress=False,
        trust_env=False,
        read_bufsize=PAGE,
    ) as made:
        # It would ask again by itself where a connection broke: that is for us to decide.
        made._retry_connection = False  # noqa: SLF001
        yield made


def late() -> Fault:
    """No answer within the time that it was given."""
    return Fault(Verdict.DEAD, TIMEOUT, passing=True)
