"""DOIs, judged by what an offline handle service says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links.doi import DoiLinks, doi
from bot.links.verdict import Verdict
from bot.pace import LocalPace
from bot.practice.doi import OfflineDoi
from tests.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.responses import Response

KNOWN = "https://doi.org/10.1145/3292500.3330701"


class Service:
    """An offline handle service whose clock moves when somebody waits for it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.site = OfflineDoi(self.clock, {"10.1145/3292500.3330701": "https://dl.acm.org/x"})
        self.answers: list[Response | OSError] = []
        pace = LocalPace(self.clock)
        self.links = DoiLinks(self.send, pace, sleep=self.sleep, clock=self.clock)

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Response:
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, OSError):
            raise answer
        return answer or self.site.respond(method, url, headers, body)

    async def sleep(self, seconds: float) -> None:
        self.clock.now += seconds


async def test_a_doi_is_alive_or_dead_as_the_service_says() -> None:
    service = Service()
    dead = "https://doi.org/10.1145/no.such"
    found = await service.links.check([KNOWN, dead])
    assert [(it.verdict, it.status) for it in found.values()] == [
        (Verdict.ALIVE, "known"),
        (Verdict.DEAD, "no such DOI"),
    ]
    assert found[KNOWN].chain == ("https://dl.acm.org/x",)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (KNOWN, "10.1145/3292500.3330701"),
        (
            "http://dx.doi.org/10.1002/(SICI)1097-0258(1998)17:1%3C1::AID%3E3.0.CO;2-2",
            ("10.1002/(sici)1097-0258(1998)17:1<1::aid>3.0.co;2-2"),
        ),
        ("https://www.doi.org/10.1000.10/ABC?x=1#y", "10.1000.10/abc"),
        ("https://doi.org/the-identifier/what-is-a-doi", ""),
        ("https://doi.org/", ""),
        ("https://doi.org/10.1/2", ""),
        ("https://dl.acm.org/doi/10.1145/3292500", ""),
        ("https://doi.org.example.org/10.1145/3292500", ""),
        ("https://[doi.org/10.1145/1", ""),
    ],
)
def test_dois_are_known_by_the_host_and_their_form(url: str, name: str) -> None:
    assert doi(url) == name


async def test_many_links_are_asked_politely_and_each_doi_once() -> None:
    service = Service()
    urls = [f"https://doi.org/10.1145/{n}" for n in range(50)]
    found = await service.links.check(
        [
            *urls,
            *(url.upper().replace("HTTPS://DOI.ORG", "https://doi.org") for url in urls),
            urls[0] + "#x",
        ]
    )
    assert (len(found), len(service.site.asked), service.site.early) == (51, 50, 0)


async def test_a_service_that_fails_makes_no_link_dead_and_is_soon_left_alone() -> None:
    service = Service()
    service.answers = [TimeoutError(), ConnectionError(), *[(500, {}, b"")] * 98]
    found = await service.links.check([f"https://doi.org/10.1145/{n}" for n in range(100)])
    assert {it.verdict for it in found.values()} == {Verdict.UNKNOWN}
    assert [it.status for it in found.values()][:6] == [
        "timeout",
        "no answer",
        "500",
        "500",
        "500",
        "not asked",
    ]
    assert len(service.answers) == 95


@pytest.mark.parametrize(
    "answer",
    [
        (404, {}, b"<html>Not found</html>"),
        (200, {}, b"[" * 100_000),
        (200, {}, b'{"responseCode": 1, "values": [{"type": "URL", "data": "x"}, 7]}'),
        (200, {}, b'{"responseCode": 200}'),
        (200, {}, b"[]"),
        (200, {}, b'{"responseCode": 1, "values": 7}'),
        (403, {}, b'{"responseCode": 100}'),
    ],
)
async def test_an_answer_that_says_nothing_sure_is_unknown(answer: Response) -> None:
    service = Service()
    service.answers = [answer]
    [found] = (await service.links.check([KNOWN])).values()
    assert found.verdict == Verdict.UNKNOWN


async def test_who_is_asked_to_wait_waits_and_asks_again() -> None:
    service = Service()
    service.answers = [(429, {"retry-after": "20"}, b"")]
    begun = service.clock.now
    [found] = (await service.links.check([KNOWN])).values()
    assert found.verdict == Verdict.ALIVE
    assert service.clock.now - begun >= 20


async def test_a_wait_of_hours_is_not_waited_for() -> None:
    service = Service()
    service.answers = [(429, {"retry-after": "7200"}, b"")]
    begun = service.clock.now
    found = await service.links.check([KNOWN, "https://doi.org/10.1145/2"])
    assert {it.verdict for it in found.values()} == {Verdict.UNKNOWN}
    assert (found[KNOWN].status, service.site.asked) == ("429", [])
    assert service.clock.now - begun < 20


@given(st.text(max_size=60))
def test_any_address_is_read(text: str) -> None:
    doi(f"https://doi.org/{text}")
    doi(text)
