"""Hosts whose names nobody knows, and those that are looked up for too long."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from bot.links.guard import Guard
from bot.links.names import Names
from bot.links.probe import Probe
from bot.links.verdict import Verdict
from tests.web import BRISK, QUICK, served

URL = "http://a.example/"


def asked(look: Any) -> Probe:
    guard = Guard(ports=frozenset(range(65_536)), allow_loopback=True)
    return Probe(guard, patience=QUICK, pace=BRISK, names=lambda: Names(look))


@pytest.mark.parametrize(
    ("code", "verdict", "status"),
    [
        (socket.EAI_NONAME, "dead", "no such host"),
        (socket.EAI_AGAIN, "unknown", "name not resolved"),
        (socket.EAI_FAIL, "unknown", "name not resolved"),
    ],
)
async def test_only_a_name_that_does_not_exist_is_dead(
    code: int, verdict: str, status: str
) -> None:
    def look(*_args: Any, **_options: Any) -> Any:
        raise socket.gaierror(code, "no")

    found = (await asked(look).check([URL]))[URL]
    assert (found.verdict, found.status) == (verdict, status)


async def test_a_name_that_takes_too_long_is_not_the_hosts_fault() -> None:
    known = threading.Event()

    def look(*_args: Any, **_options: Any) -> Any:
        known.wait(10)
        return []

    found = (await asked(look).check([URL]))[URL]
    known.set()
    assert (found.verdict, found.status) == (Verdict.UNKNOWN, "name not resolved")


async def test_a_name_that_turns_private_the_second_time_is_not_asked() -> None:
    answers = iter(["127.0.9.1", "10.0.0.1", "169.254.169.254"])

    def look(_host: str, port: int, *_args: Any, **_options: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    async with served() as web:
        urls = [f"http://a{n}.example:{web.port}/ok" for n in range(3)]
        found = await asked(look).check(urls)
        assert len(web.seen) == 1
    assert [found[url].verdict for url in urls] == ["alive", "unknown", "unknown"]
    assert found[urls[1]].status == "no public address"
