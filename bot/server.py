"""The web part: takes deliveries, stores the jobs they mean, and answers at once."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import math
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NoReturn, Protocol
from urllib.parse import parse_qs

import structlog
from aiohttp import http_exceptions, web

from bot import pages
from bot.events import Job, jobs_for
from bot.store import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from aiohttp.typedefs import Handler

log = structlog.get_logger(__name__)

MAX_BODY = 25 * 1024 * 1024  # bytes; GitHub sends no more
BODY_SECONDS = 10.0  # GitHub waits no longer for an answer
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
ACTION = web.RequestKey("action", str)  # for the log


class Engine(Protocol):
    """What stores jobs (`bot.jobs.Jobs`)."""

    @property
    def ready(self) -> bool: ...

    async def enqueue(self, jobs: Sequence[Job]) -> None: ...


def application(
    secret: str, engine: Engine, *, body_seconds: float = BODY_SECONDS
) -> web.Application:
    """The web application: `POST /webhook`, `GET /healthz` and `GET /rules/NAME`.

    Args:
        secret: the App's webhook secret; an empty one is a ValueError.
        engine: where the jobs go.
        body_seconds: how long a delivery's body may take to arrive.
    """
    if not secret:
        raise ValueError("without a webhook secret anyone could send deliveries")
    receiver = Receiver(secret.encode(), engine, body_seconds)
    app = web.Application(client_max_size=MAX_BODY + 1, middlewares=[_log])
    app.router.add_post("/webhook", receiver.receive)
    app.router.add_get("/healthz", receiver.health)
    app.router.add_get("/rules/{name}", pages.rule)
    return app


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve an application while the context lasts; gives the port (another one than 0).

    Raises:
        OSError: the address cannot be listened on; the text says which and why.
    """
    logging.getLogger("aiohttp.server").addFilter(_is_http)
    # Nothing is inflated and little time lost for a body that was refused.
    runner = web.AppRunner(app, access_log=None, auto_decompress=False, lingering_time=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


class Receiver:
    """The two handlers. GitHub shows the text of a refusal on the App's Deliveries page."""

    def __init__(self, secret: bytes, engine: Engine, body_seconds: float) -> None:
        self._secret = secret
        self._engine = engine
        self._body_seconds = body_seconds

    async def health(self, _request: web.Request) -> web.Response:
        if not self._engine.ready:
            raise web.HTTPServiceUnavailable(text="starting or stopping\n")
        return web.Response(text="ready\n")

    async def receive(self, request: web.Request) -> web.Response:
        """Check a delivery, store its jobs, answer 202; every refusal is a 4xx or 503."""
        _check_form(request)
        body = await self._body(request)
        self._check_signature(request, body)
        event = _header(request, "X-GitHub-Event", r"[a-z0-9_]{1,100}")
        delivery = _header(request, "X-GitHub-Delivery", r"[0-9A-Za-z-]{1,64}")
        payload = _payload(request.content_type, body)
        request[ACTION] = _shown(payload.get("action"))
        jobs = jobs_for(event, delivery, payload)
        try:
            await self._engine.enqueue(jobs)
        except StoreUnavailable as error:
            log.warning("cannot store jobs", delivery=delivery, reason=str(error))
            raise web.HTTPServiceUnavailable(text="the job store is away\n") from error
        return web.Response(status=202, text=f"{len(jobs)} job(s) stored\n")

    async def _body(self, request: web.Request) -> bytes:
        try:
            async with asyncio.timeout(self._body_seconds):
                return await request.read()
        except TimeoutError as error:
            raise web.HTTPRequestTimeout(text="the body came too slowly\n") from error
        except (web.RequestPayloadError, ConnectionResetError) as error:
            raise web.HTTPBadRequest(text="the body is not what its headers say\n") from error

    def _check_signature(self, request: web.Request, body: bytes) -> None:
        expected = "sha256=" + hmac.new(self._secret, body, "sha256").hexdigest()
        # As bytes: a comparison of text raises where a character is not ASCII.
        given = request.headers["X-Hub-Signature-256"].encode(errors="surrogateescape")
        if not hmac.compare_digest(expected.encode(), given):
            raise web.HTTPUnauthorized(text="the signature is not that of WEBHOOK_SECRET\n")


def _check_form(request: web.Request) -> None:
    """Refuse what needs no reading: nothing is inflated, and no large body is taken in."""
    if "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType(text="no Content-Encoding is taken\n")
    if request.content_type not in (JSON, FORM):
        raise web.HTTPUnsupportedMediaType(text=f"the content type must be {JSON} or {FORM}\n")
    if "X-Hub-Signature-256" not in request.headers:
        raise web.HTTPUnauthorized(text="no X-Hub-Signature-256: set a webhook secret\n")
    if (request.content_length or 0) > MAX_BODY:
        raise web.HTTPRequestEntityTooLarge(MAX_BODY, request.content_length or 0)


def _header(request: web.Request, name: str, pattern: str) -> str:
    value = request.headers.get(name, "")
    if not re.fullmatch(pattern, value, re.ASCII):
        raise web.HTTPBadRequest(text=f"the header {name} is missing or not GitHub's\n")
    return value


def _payload(content_type: str, body: bytes) -> dict[str, Any]:
    try:
        text = body.decode()
        if content_type == FORM:
            text = parse_qs(text, max_num_fields=10, errors="strict")["payload"][0]
        payload = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, KeyError, RecursionError) as error:
        raise web.HTTPBadRequest(text="the body is no JSON that can be read\n") from error
    if not isinstance(payload, dict):
        raise web.HTTPBadRequest(text="the body is no JSON object\n")
    return payload


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError("a number too large")
    return value


def _is_http(record: logging.LogRecord) -> bool:
    """Drops what is no HTTP: aiohttp has answered 400, and its bytes do not belong in a log."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, http_exceptions.BadHttpMessage)


def _shown(value: object) -> str:
    """An action as the log may show it: nobody's text gets there."""
    return value if isinstance(value, str) and re.fullmatch(r"[a-z_]{1,60}", value) else ""


@web.middleware
async def _log(request: web.Request, handler: Handler) -> web.StreamResponse:
    status = 500
    try:
        response = await handler(request)
        status = response.status
    except web.HTTPException as refusal:
        status = refusal.status
        raise
    finally:
        if request.path != "/healthz":
            log.info("request", status=status, **_told(request))
    return response


def _told(request: web.Request) -> dict[str, str | None]:
    wanted = {"delivery": "X-GitHub-Delivery", "github_event": "X-GitHub-Event"}
    told = {key: request.headers.get(name, "")[:100] for key, name in wanted.items()}
    return {**told, "action": request.get(ACTION), "method": request.method}
