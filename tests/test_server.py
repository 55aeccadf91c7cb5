from __future__ import annotations

import asyncio
import gzip
import hmac
import json
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.server import MAX_BODY, application, serving
from bot.store import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.events import Job

SECRET = "the secret of the webhook"
FORM = "application/x-www-form-urlencoded"
OPENED = {
    "action": "opened",
    "number": 2,
    "pull_request": {
        "number": 2,
        "title": "Add \N{SNOWMAN}",
        "head": {"sha": "b" * 40},
        "base": {"ref": "main"},
    },
    "repository": {"id": 9, "name": "lists", "full_name": "o/lists", "owner": {"login": "o"}},
    "installation": {"id": 42},
}
BODY = json.dumps(OPENED).encode()


@dataclass
class Engine:
    """Takes jobs in memory, unless it is away."""

    ready: bool = True
    away: bool = False
    jobs: list[Job] = field(default_factory=list)

    async def enqueue(self, jobs: Sequence[Job]) -> None:
        if self.away:
            raise StoreUnavailable("disk full")
        self.jobs.extend(jobs)


@dataclass
class Server:
    engine: Engine
    session: aiohttp.ClientSession
    port: int

    async def post(self, body: bytes = BODY, **headers: str | None) -> int:
        """Deliver as GitHub does; a header given as None is left out."""
        url = f"http://127.0.0.1:{self.port}/webhook"
        async with self.session.post(url, data=body, headers=signed(body, **headers)) as answer:
            return answer.status


def signature(body: bytes, secret: str = SECRET, algorithm: str = "sha256") -> str:
    return f"{algorithm}=" + hmac.new(secret.encode(), body, algorithm).hexdigest()


def signed(body: bytes, **headers: str | None) -> dict[str, str]:
    given = {
        "Content-Type": "application/json",
        "X-GitHub-Event": "pull_request",
        "X-GitHub-Delivery": str(uuid.uuid4()),
        "X-Hub-Signature-256": signature(body),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return {name: value for name, value in given.items() if value is not None}


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    engine = Engine()
    app = application(SECRET, engine, body_seconds=0.2)
    async with serving(app, "127.0.0.1", 0) as port, aiohttp.ClientSession() as session:
        yield Server(engine, session, port)


async def test_a_signed_delivery_is_stored_and_accepted(server: Server) -> None:
    assert await server.post(X_GitHub_Delivery="guid-1") == 202
    [job] = server.engine.jobs
    assert (job.delivery, job.handler, job.key) == ("guid-1", "lint_pull_request", "9#2")


async def test_a_form_delivery_means_the_same(server: Server) -> None:
    body = b"payload=" + quote(BODY, safe="").encode()
    assert await server.post(body, Content_Type=FORM) == 202
    assert [job.key for job in server.engine.jobs] == ["9#2"]


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "sha256=" + "0" * 64,
        signature(BODY, "another secret"),
        signature(BODY, ""),
        signature(BODY)[7:],
        signature(BODY, algorithm="sha1"),
        "sha256=\N{LATIN SMALL LETTER E WITH ACUTE}" + "0" * 63,
    ],
)
async def test_a_signature_that_is_not_ours_is_unauthorized(
    server: Server, given: str | None
) -> None:
    sha1 = signature(BODY, algorithm="sha1")
    assert await server.post(X_Hub_Signature_256=given, X_Hub_Signature=sha1) == 401
    assert server.engine.jobs == []


async def test_a_signature_that_is_not_even_text_is_unauthorized(server: Server) -> None:
    line, writer = await send(server, READY.replace("=0", "=\xff"))
    writer.close()
    assert line.split()[1] == b"401"


@pytest.mark.parametrize("header", ["X_GitHub_Event", "X_GitHub_Delivery"])
async def test_a_delivery_without_its_headers_is_a_bad_request(server: Server, header: str) -> None:
    assert await server.post(BODY, **{header: None}) == 400
    assert await server.post(BODY, **{header: "../ OR 1"}) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        BODY + BODY,
        b"[]",
        b"1",
        b'"text"',
        b"null",
        b'{"a":NaN}',
        b'{"a":1e999}',
        b'{"a":' + b"9" * 10_000 + b"}",
        b'{"a":"\xff"}',
        "{}".encode("utf-16"),
        b"\xef\xbb\xbf{}",
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
    ids=lambda body: repr(body[:12]),
)
async def test_a_body_that_is_no_json_object_is_a_bad_request(server: Server, body: bytes) -> None:
    assert await server.post(body) == 400


@pytest.mark.parametrize("body", [b"", b"x=1", b"payload=%7Bnope", b"payload=%ff", b"\xff"])
async def test_a_form_without_a_readable_payload_is_a_bad_request(
    server: Server, body: bytes
) -> None:
    assert await server.post(body, Content_Type=FORM) == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/octet-stream"])
async def test_another_content_type_is_unsupported(server: Server, kind: str) -> None:
    assert await server.post(Content_Type=kind) == 415


async def test_an_encoded_body_is_unsupported(server: Server) -> None:
    body = gzip.compress(BODY)
    assert await server.post(body, Content_Encoding="gzip") == 415


async def test_a_body_over_25_megabytes_is_too_large(server: Server) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY // 2**20 + 1):
            yield b" " * 2**20

    url = f"http://127.0.0.1:{server.port}/webhook"
    for length in ({}, {"Content-Length": str(MAX_BODY + 2**20)}):
        headers = signed(b"") | length
        async with server.session.post(url, data=chunks(), headers=headers) as answer:
            assert answer.status == 413


async def send(server: Server, text: str) -> tuple[bytes, asyncio.StreamWriter]:
    """The first line that answers what no HTTP client would send."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(text.encode("latin-1"))
    async with asyncio.timeout(20):
        return await reader.readline(), writer


READY = (
    "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    "X-Hub-Signature-256: sha256=0\r\nContent-Length: 2\r\n\r\n{}"
)
HALF_SENT = READY.replace("Length: 2", "Length: 100")


async def test_a_body_that_comes_too_slowly_times_out(server: Server) -> None:
    line, writer = await send(server, HALF_SENT)
    writer.close()
    assert line.split()[1] == b"408"
    assert await server.post() == 202


async def test_a_sender_that_goes_away_harms_nothing_and_is_logged_as_its_own_fault(
    server: Server,
) -> None:
    with capture_logs() as logs:
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(HALF_SENT.encode())
        await writer.drain()
        writer.close()
        async with asyncio.timeout(20):
            while not logs:  # noqa: ASYNC110  a log tells nobody when it grows
                await asyncio.sleep(0.01)
    assert logs[0]["status"] in {400, 408}
    assert await server.post() == 202


async def test_what_is_no_http_is_refused(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    line, writer = await send(server, HALF_SENT.replace("Length: 100", "Length: -5"))
    writer.close()
    assert line.split()[1] == b"400"
    assert caplog.records == []


@pytest.mark.parametrize(
    ("event", "action"),
    [
        ("ping", None),
        ("event_from_2030", "opened"),
        ("pull_request", "labeled"),
        ("pull_request", ["opened"]),
        ("pull_request", "\ud800"),
    ],
)
async def test_what_we_do_not_use_is_accepted_and_forgotten(
    server: Server, event: str, action: object
) -> None:
    body = json.dumps({**OPENED, "action": action}).encode()
    assert await server.post(body, X_GitHub_Event=event) == 202
    assert server.engine.jobs == []


async def test_when_the_store_is_away_github_is_asked_to_come_again(server: Server) -> None:
    server.engine.away = True
    assert await server.post() == 503
    server.engine.away = False
    assert await server.post() == 202


async def test_the_health_check_answers_once_ready(server: Server) -> None:
    async def health() -> int:
        url = f"http://127.0.0.1:{server.port}/healthz"
        async with server.session.get(url) as answer:
            return answer.status

    server.engine.ready = False
    assert await health() == 503
    server.engine.ready = True
    assert await health() == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/webhook", 405), ("PUT", "/webhook", 405), ("POST", "/", 404), ("GET", "/x", 404)],
)
async def test_other_methods_and_paths_are_not_served(
    server: Server, method: str, path: str, status: int
) -> None:
    url = f"http://127.0.0.1:{server.port}{path}"
    async with server.session.request(method, url) as answer:
        assert answer.status == status


async def test_the_log_tells_what_came_and_nothing_that_was_in_it(server: Server) -> None:
    odd = json.dumps({**OPENED, "action": "\x1b[2J from the payload"}).encode()
    with capture_logs() as logs:
        await server.post(X_GitHub_Delivery="guid-1")
        await server.post(odd)
        await server.post(X_Hub_Signature_256="sha256=0")
    told: list[Any] = [(line["github_event"], line["action"], line["status"]) for line in logs]
    assert told == [
        ("pull_request", "opened", 202),
        ("pull_request", "", 202),
        ("pull_request", None, 401),
    ]
    assert logs[0]["delivery"] == "guid-1"
    assert not any(word in str(logs) for word in (SECRET, "payload", "Add", signature(BODY)))


def test_an_empty_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="anyone could send"):
        application("", Engine())
