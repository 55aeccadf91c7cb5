"""Where a link may lead us: web addresses on the public network, and nowhere else.

A name is worth nothing here. What counts is the address that a socket is about to be connected to,
so no spelling, no redirect and no name that resolves differently the next time gets past.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from yarl import URL

if TYPE_CHECKING:
    from aiohappyeyeballs import AddrInfoType

WEB_PORTS = frozenset({80, 443})
# What yarl raises for an address that is none; an index for brackets without a host.
UNREADABLE = (ValueError, IndexError)
# All IPv6 that is given out; what embeds IPv4 (mapped, NAT64) lies outside, but for 6to4.
_IPV6 = ipaddress.ip_network("2000::/3")
# What older versions of Python take for public, what embeds IPv4, and a provider's own metadata.
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        "192.0.0.0/24 192.88.99.0/24 168.63.129.16/32 2002::/16 2001::/32 3fff::/20".split(),
    )
)


class Forbidden(OSError):  # noqa: N818  it is not an error but what we want
    """An address that is not asked; the text says why."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What an operator allows beyond the public web.

    Attributes:
        ports: the ports that may be asked.
        allow_loopback: whether 127.0.0.0/8 may be asked, on every port (tests and benchmarks).
    """

    ports: frozenset[int] = WEB_PORTS
    allow_loopback: bool = False

    def target(self, address: str | URL) -> URL:
        """What to ask for an address: without its userinfo and fragment.

        Raises:
            Forbidden: it is no web address, or cannot be read.
        """
        try:
            return _bare(URL(address))
        except UNREADABLE:
            raise Forbidden("no readable address") from None

    def socket(self, info: AddrInfoType) -> socket.socket:
        """A socket for an address that was found, made just before it is connected.

        Raises:
            Forbidden: the address is not public, or the port is not allowed.
        """
        family, kind, protocol, _, address = info
        host, port = str(address[0]), int(address[1])
        if not (self.allow_loopback and _is_loopback(host)):
            self._require(host, port)
        return socket.socket(family, kind, protocol)

    def _require(self, host: str, port: int) -> None:
        if port not in self.ports:
            raise Forbidden("a port that is not asked")
        if not is_public(host):
            raise Forbidden("no public address")


def _bare(url: URL) -> URL:
    if url.scheme not in ("http", "https") or not url.raw_host or url.port is None:
        raise Forbidden("no web address")
    if url.raw_user is not None or url.raw_password is not None:
        url = url.with_user(None)
    bare = url.with_fragment(None) if url.raw_fragment else url
    if (bare.raw_host, bare.port) != (url.raw_host, url.port):
        raise ValueError("read anew, it is another address")
    return bare


@lru_cache(10_000)
def is_public(host: str) -> bool:
    """Whether a numerical address belongs to a machine on the public network."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False  # with a zone: an address of this very link
    if ip.is_multicast or ip.is_reserved or not ip.is_global:
        return False
    if any(ip in network for network in _NOT_PUBLIC if network.version == ip.version):
        return False
    return ip.version == 4 or ip in _IPV6  # noqa: PLR2004


def _is_loopback(host: str) -> bool:
    return host.startswith("127.")
