"""Every way to have us ask a machine that is not on the public web: none gets a byte sent."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from bot.links.guard import Guard
from bot.links.names import Names
from bot.links.probe import Probe
from bot.links.verdict import Verdict
from tests.web import BRISK, QUICK, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohappyeyeballs import AddrInfoType

# PORT is one that the operator allows, and where this machine listens on all of its addresses.
TRICKS = r"""
http://127.0.0.1:PORT/ http://127.255.255.254:PORT/ http://127.1:PORT/ http://127.0.1:PORT/
http://2130706433:PORT/ http://0x7f000001:PORT/ http://0x7F.0.0.1:PORT/ http://0x7f.1:PORT/
http://0177.0.0.1:PORT/ http://017700000001:PORT/ http://0177.0.0.0x1:PORT/ http://127.0.0.01:PORT/
http://127.0.0.1.:PORT/ http://127.1.:PORT/ http://0:PORT/ http://0.0.0.0:PORT/ http://0x0:PORT/
http://00000000:PORT/ http://0.0:PORT/ http://4294967295:PORT/ http://18446744071562067969:PORT/
http://[::1]:PORT/ http://[::]:PORT/ http://[0:0:0:0:0:0:0:1]:PORT/ http://[::0001]:PORT/
http://[::127.0.0.1]:PORT/ http://[::ffff:127.0.0.1]:PORT/ http://[::ffff:7f00:1]:PORT/
http://[::FFFF:7F00:0001]:PORT/ http://[0:0:0:0:0:ffff:7f00:0001]:PORT/ http://[::ffff:0:0]:PORT/
http://[::ffff:0:127.0.0.1]:PORT/ http://[64:ff9b::127.0.0.1]:PORT/ http://[64:ff9b:1::7f00:1]:PORT/
http://[2002:7f00:1::]:PORT/ http://[2002:7f00:0001::1]:PORT/ http://[2001:0:7f00:1::80ff:fffe]:PORT/
http://[::1%25lo]:PORT/ http://[::1%251]:PORT/ http://[fe80::1%25eth0]:PORT/ http://[fe80::1]:PORT/
http://[::1.]:PORT/ http://[127.0.0.1]:PORT/ http://[fd00:ec2::254]:PORT/ http://[ff02::1]:PORT/
http://localhost:PORT/ http://LOCALHOST:PORT/ http://localhost.:PORT/ http://a.localhost:PORT/
http://ours.example:PORT/ http://ours6.example:PORT/ http://mapped.example:PORT/
http://metadata.example/ http://both.example:PORT/
http://127。0。0。1:PORT/ http://127．0．0．1:PORT/ http://127｡0｡0｡1:PORT/ http://①②⑦.⓪.⓪.①:PORT/
http://１２７.0.0.1:PORT/ http://١٢٧.٠.٠.١:PORT/ http://ⓛocalhost:PORT/ http://ｌｏｃａｌｈｏｓｔ:PORT/
http://127%2e0%2e0%2e1:PORT/ http://%31%32%37.0.0.1:PORT/ http://127.0.0.1%00.example:PORT/
http://127.0.0.1%09:PORT/ http://127.0.0.1%23.public.example:PORT/
http://user:secret@127.0.0.1:PORT/ http://public.example@127.0.0.1:PORT/
http://public.example:80@127.0.0.1:PORT/ http://public.example%40127.0.0.1:PORT/
http://@127.0.0.1:PORT/ http://:@127.0.0.1:PORT/ http://a@public.example@127.0.0.1:PORT/
http://127.0.0.1:PORT#@public.example/ http://127.0.0.1:PORT?@public.example/
http://127.0.0.1:PORT\@public.example/ http://public.example\@127.0.0.1:PORT/
http://127.0.0.1\@public.example:PORT/ http:\\127.0.0.1:PORT/ http:/127.0.0.1:PORT/
http:///127.0.0.1:PORT/ http:////127.0.0.1:PORT/ http:127.0.0.1:PORT/ HTTP://127.0.0.1:PORT/
https://127.0.0.1:PORT/ //127.0.0.1:PORT/ //u:p@[::1]:PORT/
http://10.0.0.1:PORT/ http://172.16.0.1:PORT/ http://192.168.0.1:PORT/ http://100.64.0.1:PORT/
http://169.254.169.254/latest/ http://2852039166/ http://0xa9fea9fe/ http://[::ffff:a9fe:a9fe]/
http://100.100.100.200/ http://168.63.129.16/ http://192.0.0.192/ http://224.0.0.1:PORT/
http://255.255.255.255:PORT/ http://240.0.0.1:PORT/ http://198.18.0.1:PORT/
http://8.8.8.8:22/ http://8.8.8.8:25/ http://8.8.8.8:6379/ http://8.8.8.8:0/ http://8.8.8.8:65616/
https://8.8.8.8:8443/ http://[2606:4700::1111]:8080/
file:///etc/passwd file://127.0.0.1:PORT/ ftp://127.0.0.1:PORT/ gopher://127.0.0.1:PORT/_
ws://127.0.0.1:PORT/ dict://127.0.0.1:PORT/ jar:http://127.0.0.1:PORT/!/ data:text/html,x
javascript:alert(1) unix:///var/run/docker.sock
""".split()

# What names lead to; every other name leads nowhere, and no name server is asked.
_NAMES = {
    "localhost": ["127.0.0.1"],
    "a.localhost": ["::1"],
    "ours.example": ["127.0.0.1"],
    "ours6.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "both.example": ["10.0.0.1", "127.0.0.1", "::1"],
}


def look(host: str, port: int, *_args: Any, **_options: Any) -> list[Any]:
    """What a name leads to; whatever reads as a number does so by itself."""
    found = []
    for address in _NAMES.get(host.rstrip(".").lower(), [host]):
        found += socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )
    return found


@dataclass(frozen=True, slots=True)
class Narrow(Guard):
    """Admits the hosts that redirect, and notes every other socket that it lets be made."""

    made: list[AddrInfoType] = field(default_factory=list)

    def socket(self, info: AddrInfoType) -> socket.socket:
        if str(info[4][0]).startswith("127.0.9."):
            return socket.socket(*info[:3])
        made = Guard.socket(self, info)
        self.made.append(info)
        return made


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[int, list[object]]]:
    """A port on every address of this machine, and what came in."""
    met: list[object] = []

    def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.append(reader)
        writer.close()

    family = socket.AF_INET6 if socket.has_dualstack_ipv6() else socket.AF_INET
    sock = socket.create_server(("", 0), family=family, dualstack_ipv6=family == socket.AF_INET6)
    async with await asyncio.start_server(meet, sock=sock):
        yield sock.getsockname()[1], met


@pytest.mark.parametrize("status", [None, 302, 308])
@pytest.mark.parametrize("trick", TRICKS)
async def test_no_trick_gets_a_byte_sent(trick: str, status: int | None) -> None:
    """Directly, and as where a redirect leads."""
    async with listening() as (port, met), served(hosts=1) as web:
        guard = Narrow(ports=frozenset({80, 443, port}))
        probe = Probe(guard, patience=QUICK, pace=BRISK, names=lambda: Names(look))
        to = trick.replace("PORT", str(port))
        url = f"{web.url(f'/to{status}/')}?to={quote(to, safe='')}" if status else to
        [found] = (await probe.check([url])).values()
    assert (met, guard.made) == ([], [])
    assert found.verdict in {Verdict.UNKNOWN, Verdict.DEAD}


def test_there_are_tricks_enough() -> None:
    assert len(set(TRICKS)) == len(TRICKS) >= 40
