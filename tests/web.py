"""A small web on the loopback with every behaviour, and what it saw."""

from __future__ import annotations

import asyncio
import gzip
import os
import signal
import socket
import struct
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from bot.links.guard import Guard
from bot.links.limits import Budget, Pace, Patience
from bot.links.probe import Probe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

PAGE = "<html><head><title>{}</title></head><body><h1>{}</h1></body></html>"
QUICK = Patience(first=0.5, second=0.3, longest=0.6, body=0.3, given_up=0.5)
BRISK = Pace(interval=0.01, retry=0.02, held=0.1)


@dataclass
class Seen:
    """A request: when, to which host and path, with which headers."""

    at: float
    host: str
    path: str
    headers: Mapping[str, str]


@dataclass
class Web:
    """Several hosts of one server; `seen` is in order, `most` the requests at once by host."""

    port: int = 0
    seen: list[Seen] = field(default_factory=list)
    now: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)

    def url(self, path: str, host: int = 1) -> str:
        return f"http://127.0.9.{host}:{self.port}{path}"

    def asked(self, path: str) -> int:
        return sum(seen.path == path for seen in self.seen)

    @web.middleware
    async def watch(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        self.seen.append(Seen(time.monotonic(), request.host, request.path_qs, request.headers))
        self.now[request.host] = self.now.get(request.host, 0) + 1
        self.most[request.host] = max(self.most.get(request.host, 0), self.now[request.host])
        try:
            return await handler(request)
        finally:
            self.now[request.host] -= 1

    async def answer(self, request: web.Request) -> web.StreamResponse:
        kind, _, rest = request.path.lstrip("/").partition("/")
        first = self.asked(request.path_qs) == 1
        if kind.isdecimal():
            return _page(int(kind), "Something")
        if kind in _PAGES:
            return _page(*_PAGES[kind])
        if kind.startswith("to"):
            return _leads(int(kind[2:]), request.query["to"], rest)
        made = getattr(self, f"_{kind}", None)
        return await made(request, first) if made else _page(404, "No")

    async def _once503(self, _request: web.Request, first: bool) -> web.StreamResponse:
        return _page(503 if first else 200, "Fine")

    async def _later(self, request: web.Request, first: bool) -> web.StreamResponse:
        if first:
            return web.Response(status=429, headers={"Retry-After": request.query["after"]})
        return _page(200, "Fine")

    async def _never(self, _request: web.Request, _first: bool) -> web.StreamResponse:
        return web.Response(status=429, headers={"Retry-After": "0"})

    async def _short(self, request: web.Request, _first: bool) -> web.StreamResponse:
        await asyncio.sleep(0.05)
        return _page(200, request.path)

    async def _hang(self, _request: web.Request, _first: bool) -> web.StreamResponse:
        await asyncio.sleep(30)
        return _page(200, "Late")

    async def _reset(self, request: web.Request, _first: bool) -> web.StreamResponse:
        assert request.transport
        sock = request.transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
        return _page(200, "Gone")

    async def _interrupt(self, request: web.Request, _first: bool) -> web.StreamResponse:
        os.kill(os.getpid(), signal.SIGINT)  # as Ctrl-C does
        return await self._hang(request, _first)

    async def _loop(self, request: web.Request, _first: bool) -> web.StreamResponse:
        return _leads(302, request.path, "")

    async def _cookies(self, request: web.Request, _first: bool) -> web.StreamResponse:
        response = _leads(302, request.path, "")
        response.set_cookie("seen", "1")
        return response

    async def _bomb(self, _request: web.Request, _first: bool) -> web.StreamResponse:
        body = gzip.compress(PAGE.format("Large", "Large").encode() + b"\0" * 50_000_000, 1)
        return web.Response(
            body=body, headers={"Content-Encoding": "gzip"}, content_type="text/html"
        )

    async def _endless(self, request: web.Request, _first: bool) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"more and more " * 5_000)

    async def _dripping(self, request: web.Request, _first: bool) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        await response.write(b"<title>Slowly</title>")
        await asyncio.sleep(30)
        return response

    async def _wide(self, _request: web.Request, _first: bool) -> web.StreamResponse:
        return web.Response(headers={f"X-{n}": "x" * 4_000 for n in range(500)})


_PAGES = {
    "ok": (200, "Something"),
    "soft": (200, "404 - Page not found"),
    "wall": (200, "Just a moment..."),
    "login": (200, "Sign in"),
    "about404": (200, "404 ways to be found by nobody: a survey"),
}


def _page(status: int, title: str) -> web.Response:
    return web.Response(status=status, text=PAGE.format(title, title), content_type="text/html")


def _leads(status: int, to: str, _rest: str) -> web.Response:
    return web.Response(status=status, headers={"Location": to})


@asynccontextmanager
async def served(hosts: int = 12) -> AsyncIterator[Web]:
    """A web of so many hosts, 127.0.9.1 and on, all on one port."""
    made = Web()
    app = web.Application(middlewares=[made.watch])
    app.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        for host in range(1, hosts + 1):
            site = web.TCPSite(runner, f"127.0.9.{host}", made.port)
            await site.start()
            made.port = made.port or runner.addresses[0][1]
        yield made
    finally:
        await runner.cleanup()


def probe(patience: Patience = QUICK, pace: Pace = BRISK, budget: Budget | None = None) -> Probe:
    return Probe(Guard(allow_loopback=True), patience=patience, pace=pace, budget=budget)
