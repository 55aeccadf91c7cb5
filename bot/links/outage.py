"""When nearly nothing answers, it is our own network that is down. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.links.verdict import Found, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

# What is said where no answer came; links do not all end so at once.
SILENT = frozenset({"no such host", "refused", "timeout", "reset", "unreachable", "our network"})
_HOSTS, _SILENT = 10, 0.9


def without_outage(found: Mapping[str, Found]) -> dict[str, Found]:
    """What was found, without the deaths that speak of our network rather than of the links."""
    answered: defaultdict[str, bool] = defaultdict(bool)
    for url, result in found.items():
        answered[_host(url)] |= result.status not in SILENT
    silent = len(answered) - sum(answered.values())
    if len(answered) < _HOSTS or silent < _SILENT * len(answered):
        return dict(found)
    return {url: _doubted(result) for url, result in found.items()}


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""  # no readable address, which is an answer as well


def _doubted(result: Found) -> Found:
    if result.verdict is Verdict.DEAD and result.status in SILENT:
        return replace(result, verdict=Verdict.UNKNOWN, status=f"{result.status}, as everything")
    return result
