"""The offline GitHub on the loopback, and its deliveries sent as GitHub sends them."""

from __future__ import annotations

import hashlib
import hmac
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

import aiohttp
from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.practice.github import OfflineGitHub
    from bot.practice.site import Delivery
    from bot.responses import Response

_LARGEST = 25 * 1024 * 1024  # bytes of a request
_TIMEOUT = aiohttp.ClientTimeout(total=10)  # GitHub gives a webhook as long


class Offline(Protocol):
    """Such as the offline GitHub, or the offline arXiv."""

    def respond(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Answer one request."""


@asynccontextmanager
async def serve(offline: Offline, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve what is offline and yield its address; port 0 takes a free one."""

    async def respond(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.read()
        url = f"{request.scheme}://{request.host}{request.rel_url.raw_path_qs}"
        status, sent, answer = offline.respond(request.method, url, headers, body)
        return web.Response(status=status, headers=sent, body=answer)

    app = web.Application(client_max_size=_LARGEST)
    app.router.add_route("*", "/{path:.*}", respond)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def deliver(github: OfflineGitHub, webhook_url: str, secret: str) -> list[int]:
    """Send what is in the outbox, oldest first, and return the statuses that came back.

    Raises:
        aiohttp.ClientError: nobody listens there; what was not sent stays in the outbox.
    """
    statuses = []
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        while github.deliveries:
            headers, body = signed(github.deliveries[0], secret)
            async with session.post(webhook_url, data=body, headers=headers) as response:
                statuses.append(response.status)
            del github.deliveries[0]
    return statuses


def signed(delivery: Delivery, secret: str) -> tuple[dict[str, str], bytes]:
    """The headers and the body of a delivery as GitHub sends it."""
    body = json.dumps(delivery.payload).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/offline",
        "X-GitHub-Delivery": delivery.guid,
        "X-GitHub-Event": delivery.event,
        "X-Hub-Signature-256": f"sha256={signature}",
    }
    return headers, body
