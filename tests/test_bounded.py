"""The bounded transport against a server that does not play fair."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from bot import bounded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nSet-Cookie: a=b\r\n"


@asynccontextmanager
async def serving(answer: bytes, *, forever: bytes = b"") -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that sends `answer`, then `forever` until nobody listens; and what it was asked."""
    asked: list[bytes] = []
    opened: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(writer)
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        with suppress(ConnectionError):
            while forever and not writer.is_closing():
                writer.write(forever)
                await writer.drain()
        if answer:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", asked
    finally:
        server.close()
        for writer in opened:
            writer.close()
        await asyncio.gather(*(w.wait_closed() for w in opened), return_exceptions=True)


async def test_an_answer_comes_with_lower_case_headers_and_cookies_are_dropped() -> None:
    whole = HEAD + b"Content-Length: 2\r\nConnection: close\r\n\r\nhi"
    async with serving(whole) as (url, asked), bounded.http() as send:
        status, headers, body = await send("GET", url, {"user-agent": "t"}, b"")
        await send("GET", url, {"user-agent": "t"}, b"")
    assert (status, headers["content-type"], body) == (200, "text/plain", b"hi")
    assert not any(b"cookie" in request.lower() for request in asked)


async def test_an_endless_body_is_given_up() -> None:
    endless = HEAD + b"\r\n"
    async with serving(endless, forever=b"x" * 4096) as (url, _), bounded.http(most=10_000) as send:
        with pytest.raises(bounded.TooLarge):
            await send("GET", url, {}, b"")


async def test_a_silent_server_is_given_up() -> None:
    async with serving(b"") as (url, _), bounded.http(seconds=0.2) as send:
        with pytest.raises(TimeoutError):
            await send("GET", url, {}, b"")


async def test_half_an_answer_is_none() -> None:
    half = HEAD + b"Content-Length: 9\r\n\r\nhi"
    async with serving(half) as (url, _), bounded.http() as send:
        with pytest.raises(ConnectionError):
            await send("GET", url, {}, b"")
