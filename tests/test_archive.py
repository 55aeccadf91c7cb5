"""Archived copies of pages that are gone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.links.archive import copies, copy_from
from bot.links.places import Place
from bot.links.streaks import Streak
from bot.links.verdict import Verdict
from tests.checked import site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.responses import Response

COPY = "http://web.archive.org/web/20240501/https://a.example/"


def answer(**closest: Any) -> Response:
    good = {"available": True, "url": COPY, "timestamp": "20240501", "status": "200"}
    return 200, {}, json.dumps({"archived_snapshots": {"closest": good | closest}}).encode()


@dataclass
class Archive:
    """An archive that answers this, and knows what it was asked."""

    answer: Response | OSError = field(default_factory=answer)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    async def send(
        self, method: str, url: str, _headers: Mapping[str, str], _body: bytes
    ) -> Response:
        assert (method, urlsplit(url).netloc) == ("GET", "archive.org")
        self.asked.append(parse_qs(urlsplit(url).query))
        if isinstance(self.answer, OSError):
            raise self.answer
        return self.answer

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


def dead(verdict: Verdict = Verdict.DEAD, instead: str = "") -> Streak:
    return Streak(3, 0, 3e5, verdict, "404", instead)


async def asked(archive: Archive, sure: dict[str, Streak], day: str = "") -> dict[str, str]:
    links = {url: [Place("README.md", 1, 1, day=day)] for url in sure}
    found = await copies(copy_from(archive.send, archive.sleep), sure, links)
    return {url: streak.instead for url, streak in found.items()}


async def test_the_copy_nearest_to_the_rows_date_is_asked_for() -> None:
    archive, url = Archive(), site(1) + "?a=b&c"
    assert await asked(archive, {url: dead()}, "202405") == {
        url: COPY.replace("http:", "https:", 1)
    }
    assert archive.asked == [{"url": [url], "timestamp": ["202405"]}]


async def test_it_is_asked_slowly_and_not_for_ever() -> None:
    archive = Archive()
    await asked(archive, {site(n): dead() for n in range(500)})
    assert len(archive.asked) == len(archive.pauses) == 20
    assert min(archive.pauses) >= 1


async def test_what_has_a_replacement_or_was_withdrawn_is_not_asked_for() -> None:
    archive = Archive()
    sure = {site(1): dead(instead=site(2)), site(3): dead(Verdict.WITHDRAWN)}
    assert await asked(archive, sure) == {}
    assert archive.asked == []


@pytest.mark.parametrize(
    "bad",
    [
        OSError("no way"),
        (503, {}, b"{}"),
        (200, {}, b"<html>"),
        (200, {}, b'{"archived_snapshots": {}}'),
        (200, {}, b"[" + b" " * 200_000 + b"]"),
        answer(available=False),
        answer(url="https://evil.example/web.archive.org/web/"),
        answer(url=None),
    ],
)
async def test_other_answers_are_no_copy(bad: Response | OSError) -> None:
    assert await asked(Archive(bad), {site(1): dead()}) == {}
