"""Names to addresses, in threads of our own: many hosts at a time, and slow ones delay no other."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from aiohttp.abc import AbstractResolver, ResolveResult

if TYPE_CHECKING:
    from collections.abc import Callable

_THREADS = 128
_NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


class Names(AbstractResolver):
    """The system's resolver; it remembers what it has not answered yet."""

    def __init__(self, look: Callable[..., Any] = socket.getaddrinfo) -> None:
        self._look = look
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="names")
        self._pending: Counter[str] = Counter()

    def is_pending(self, host: str) -> bool:
        """Whether a name is still being looked up: then it is not the host that is slow."""
        return self._pending[host] > 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name.

        Raises:
            OSError: it has none, or nobody knows.
        """
        self._pending[host] += 1
        try:
            found = await asyncio.get_running_loop().run_in_executor(
                self._pool,
                lambda: self._look(
                    host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
                ),
            )
        finally:
            self._pending[host] -= 1
        return [_result(host, kind, protocol, at) for kind, _, protocol, _, at in found]

    async def close(self) -> None:
        """Wait for nothing: what is still looked up is of no use any more."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _result(host: str, family: int, protocol: int, address: tuple[Any, ...]) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address[0],
        port=address[1],
        family=family,
        proto=protocol,
        flags=_NUMERIC,
    )
