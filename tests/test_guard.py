"""Which addresses are public, and which ports are asked; test_tricks.py tries to get past."""

from __future__ import annotations

import socket

import pytest

from bot.links.guard import Guard, is_public

PRIVATE = """
10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 169.254.0.1 100.64.0.1
100.100.100.200 168.63.129.16 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 0.0.0.0 0.1.2.3 127.0.0.1 127.9.9.9
:: ::1 ::127.0.0.1 ::ffff:8.8.8.8 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1
2002:7f00:1:: 2002:808:808:: 2001:0:1:: 2001:db8::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0
fec0::1 ff02::1 100::1 3fff::1 not-an-address
""".split()


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
