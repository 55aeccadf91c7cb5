"""Nothing but the public web is asked, however it is spelt and wherever it leads to."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.links.guard import Guard, is_public
from bot.links.probe import Probe
from bot.links.verdict import Verdict
from tests.web import BRISK, QUICK, probe, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# Each reaches this very machine, as far as its resolver knows the spelling.
OURSELVES = """
127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 017700000001
0177.0.0.0x1 127.0.0.1. localhost LOCALHOST localhost. 127.255.255.254 0.0.0.0 0 0x0 00000000
[::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:0001]
127。0。0。1 127．0．0．1 ①②⑦.⓪.⓪.① １２７.0.0.1 ⓛocalhost 127%2e0%2e0%2e1
user:secret@127.0.0.1 example.org@127.0.0.1 127.0.0.1#@example.org example.org\\@127.0.0.1
""".split()

PRIVATE = """
10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 169.254.0.1 100.64.0.1
100.100.100.200 168.63.129.16 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 0.0.0.0 0.1.2.3 127.0.0.1 127.9.9.9
:: ::1 ::127.0.0.1 ::ffff:8.8.8.8 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1
2002:7f00:1:: 2002:808:808:: 2001:0:1:: 2001:db8::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0
fec0::1 ff02::1 100::1 3fff::1 not-an-address
""".split()


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


async def test_no_spelling_of_this_machine_is_asked() -> None:
    async with listening() as (port, met):
        guard = Guard(ports=frozenset({80, 443, port}))
        urls = [_with_port(host, port) for host in OURSELVES]
        found = await Probe(guard, patience=QUICK, pace=BRISK).check(urls)
        assert met == []
    wrong = {url: each for url, each in found.items() if each.verdict in ("alive", "moved")}
    assert wrong == {}


def _with_port(host: str, port: int) -> str:
    name, mark, rest = host.partition("#")
    return f"http://{name}:{port}/{mark}{rest}"


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "192.0.1.1"])
def test_what_is_public_is_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    """ftp://example.org/ file:///etc/passwd gopher://example.org/ data:text/html,x http:///x
    http://[::1 http://example.org:99999/ //example.org/ javascript:alert(1) http://:80/""".split(),
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(OSError, match="address"):
        Guard().target(url)


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_other_ports_are_asked_only_where_the_operator_says_so(port: int) -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", port))
    with pytest.raises(OSError, match="port"):
        Guard().socket(info)
    Guard(ports=frozenset({port})).socket(info).close()


@pytest.mark.parametrize(
    "host", ["[::1]", "[::ffff:7f00:1]", "0.0.0.0", "10.0.0.1", "169.254.169.254", "[::]"]
)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_no_redirect_leads_to_what_is_not_public(host: str, status: int) -> None:
    async with listening() as (port, met), served() as web:
        for to in (f"http://{host}:{port}/", f"//u:p@{host}:{port}/", f"https://{host}:{port}/"):
            url = web.url(f"/to{status}/?to={to}")
            assert (await probe().check([url]))[url].verdict is Verdict.UNKNOWN
        assert met == []


async def test_a_redirect_to_another_kind_of_address_is_not_followed() -> None:
    async with served() as web:
        for to in ("file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:70/"):
            url = web.url(f"/to302/?to={to}")
            assert (await probe().check([url]))[url].status == "no web address"
