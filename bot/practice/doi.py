"""An offline handle service: which DOIs exist, and where they lead. Without any I/O."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.responses import Response

_PATH = "/api/handles/"
_EVERY = 0.1  # seconds between requests
_TYPE = {"content-type": "application/json;charset=UTF-8"}


@dataclass
class OfflineDoi:
    """DOIs in lower case with the addresses they lead to; `early` counts hasty requests."""

    clock: Callable[[], float] = time.time
    registered: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    early: int = 0
    _last: float = float("-inf")

    def respond(
        self, method: str, url: str, headers: Mapping[str, str], _body: bytes = b""
    ) -> Response:
        """Answer one request."""
        # A clock's own rounding is no haste.
        hurried, self._last = self.clock() < self._last + _EVERY - 1e-6, self.clock()
        self.early += hurried
        parts = urlsplit(url)
        if method != "GET" or not headers.get("user-agent") or not parts.path.startswith(_PATH):
            return 400, _TYPE, b'{"responseCode": 2, "message": "Bad request"}'
        name = unquote(parts.path.removeprefix(_PATH))
        self.asked.append(name)
        to = self.registered.get(name.lower())
        if to is None:
            return _answer(404, {"responseCode": 100, "handle": name})
        address = {"index": 1, "type": "URL", "data": {"format": "string", "value": to}}
        only = parse_qs(parts.query).get("type", ["URL"]) == ["URL"]
        return _answer(
            200, {"responseCode": 1, "handle": name, "values": [address] if only else []}
        )


def _answer(status: int, told: Mapping[str, object]) -> Response:
    return status, _TYPE, json.dumps(told).encode()
