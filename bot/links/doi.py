"""DOIs, asked of the handle service: publishers themselves refuse machines."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from bot.bounded import USER_AGENT
from bot.links.verdict import Found, Verdict, silent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping

    from bot.pace import Pace
    from bot.responses import Response
    from bot.transport import Transport

ADDRESS = "https://doi.org/api/handles"
_HOSTS = frozenset({"doi.org", "www.doi.org", "dx.doi.org"})
_DOI = re.compile(r"/(10\.\d{4,9}(?:\.\d+)*/\S+)")
_HEADERS = {"user-agent": USER_AGENT, "accept": "application/json"}
_EVERY = 0.1  # seconds between requests
_LONGEST = 15.0  # seconds for an answer
_LONGEST_WAIT = 60.0  # that the service may ask for, once for each DOI
_FAULTS = 5  # in a row, before the rest is left for another day
_KNOWN, _UNKNOWN = 1, 100  # the service's response codes
_DOUBT = Found(Verdict.UNKNOWN, "not asked")


@dataclass(frozen=True, slots=True)
class DoiLinks:
    """Checks DOIs one after the other; where each leads is in the chain, and is not asked."""

    transport: Transport
    pace: Pace
    address: str = ADDRESS
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.time

    def takes(self, url: str) -> bool:
        return bool(doi(url))

    async def check(
        self, urls: Collection[str], progress: Callable[[str, Found], object] = silent
    ) -> dict[str, Found]:
        """What is known of each link; a service that fails makes none of them dead."""
        known: dict[str, Found] = {}
        found: dict[str, Found] = {}
        faults = 0
        for url, name in ((url, doi(url)) for url in urls):
            if name not in known and faults < _FAULTS:
                known[name] = await self._ask(name)
                faults = _count(faults, known[name])
            found[url] = known.get(name, _DOUBT)
            progress(url, found[url])
        return found

    async def _ask(self, name: str) -> Found:
        url = f"{self.address}/{quote(name, safe='/')}?type=URL"
        answer = await self._send(url)
        wait = _wait(answer) if isinstance(answer, tuple) else 0.0
        if wait:
            await self.sleep(wait)
            answer = await self._send(url)
        verdict, status, to = _judge(answer)
        return Found(verdict, status, chain=(to,) if to else (), at=self.clock())

    async def _send(self, url: str) -> Response | str:
        """The answer, or in a word why there is none."""
        await self.sleep(await self.pace.turn("doi.org", _EVERY))
        try:
            async with asyncio.timeout(_LONGEST):
                return await self.transport("GET", url, _HEADERS, b"")
        except TimeoutError:
            return "timeout"
        except OSError:
            return "no answer"


def doi(url: str) -> str:
    """The DOI that a link names, in lower case, as they are compared; empty for other links."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    match = _DOI.fullmatch(unquote(parts.path)) if host in _HOSTS else None
    return match[1].lower() if match and parts.scheme in {"http", "https"} else ""


def _count(faults: int, found: Found) -> int:
    """The faults in a row; who asks for patience after all is left alone at once."""
    if found.status == str(int(HTTPStatus.TOO_MANY_REQUESTS)):
        return _FAULTS
    return faults + 1 if found.verdict == Verdict.UNKNOWN else 0


def _wait(response: Response) -> float:
    """How long the service asks us to wait, where that is worth it."""
    told = response[1].get("retry-after", "")
    wait = float(told) if told.isdecimal() else 0.0
    limited = response[0] in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
    return wait if limited and wait <= _LONGEST_WAIT else 0.0


def _judge(answer: Response | str) -> tuple[Verdict, str, str]:
    """Verdict, status, and where the DOI leads."""
    if isinstance(answer, str):
        return Verdict.UNKNOWN, answer, ""
    status, _, body = answer
    told = _read(body) if status in {HTTPStatus.OK, HTTPStatus.NOT_FOUND} else {}
    if told.get("responseCode") == _UNKNOWN:
        return Verdict.DEAD, "no such DOI", ""
    to = _leads_to(told) if told.get("responseCode") == _KNOWN else ""
    return (Verdict.ALIVE, "known", to) if to else (Verdict.UNKNOWN, str(status), "")


def _read(body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _leads_to(told: Mapping[str, Any]) -> str:
    values = told.get("values")
    for value in values if isinstance(values, list) else ():
        match value:
            case {"type": "URL", "data": {"value": str(to)}}:
                return to
    return ""
