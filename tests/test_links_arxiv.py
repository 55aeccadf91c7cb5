"""Links to arXiv, judged by what its API says."""

from __future__ import annotations

from datetime import date

import pytest

from bot.links.arxiv import ArxivLinks
from bot.links.verdict import Paper as Told
from bot.links.verdict import Verdict
from bot.practice.arxiv import Paper
from tests.arxiv import Library, number


def known(library: Library) -> ArxivLinks:
    return ArxivLinks(library.client, library.clock)


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://arxiv.org/abs/2505.16782", True),
        ("http://www.arxiv.org/pdf/2505.16782v2.pdf", True),
        ("https://export.arxiv.org/abs/hep-th/9901001", True),
        ("https://arxiv.org/abs/2502.155892", True),
        ("https://doi.org/10.48550/arXiv.2505.16782", True),
        ("https://arxiv.org/html/2505.16782v1/x1.png", False),
        ("https://arxiv.org/html/2505.16782v1/extracted/1/fig.pdf", False),
        ("https://arxiv.org/list/cs.CL/recent", False),
        ("https://arxiv.org", False),
        ("https://doi.org/10.1000/182", False),
        ("https://huggingface.co/papers/2505.16782", False),
        ("https://example.org/abs/2505.16782", False),
        ("https://[broken", False),
        ("mailto:a@b.c", False),
    ],
)
def test_links_to_papers_are_taken_and_no_others(url: str, taken: bool) -> None:
    assert known(Library()).takes(url) is taken


async def test_each_link_gets_its_verdict_with_its_reason() -> None:
    library = Library(2)
    library.site.papers["2505.20000"] = Paper(
        "A mistake", comment="This paper has been withdrawn by the authors"
    )
    library.site.papers["math/0309136"] = Paper("An old one", version=2)
    found = await known(library).check(
        [
            f"https://arxiv.org/abs/{number(0)}",
            f"https://arxiv.org/pdf/{number(0)}v1.pdf",
            f"https://arxiv.org/pdf/{number(0)}v7",
            "https://arxiv.org/abs/math.GT/0309136v2",
            "https://arxiv.org/abs/2505.20000",
            "https://arxiv.org/abs/2505.29999",
            "https://arxiv.org/abs/2502.155892",
        ]
    )
    assert [(it.verdict, it.status) for it in found.values()] == [
        (Verdict.ALIVE, "known"),
        (Verdict.ALIVE, "known"),
        (Verdict.DEAD, "no such version"),
        (Verdict.ALIVE, "known"),
        (Verdict.WITHDRAWN, "withdrawn"),
        (Verdict.DEAD, "no such id"),
        (Verdict.DEAD, "malformed id"),
    ]
    assert library.site.calls == 1
    assert {it.at for it in found.values()} == {library.clock.now}


async def test_a_link_brings_its_papers_title_and_first_day() -> None:
    library = Library(1)
    library.site.papers["2505.20000"] = Paper("A second", first="2025-05-26", updated="2025-07-01")
    urls = "https://arxiv.org/pdf/2505.20000v1", "https://arxiv.org/abs/2505.29999"
    found = await known(library).check(urls)
    assert [it.paper for it in found.values()] == [Told("A second", date(2025, 5, 26)), None]


async def test_a_thousand_links_cost_ten_requests_in_thirty_seconds() -> None:
    library = Library(1000)
    urls = [f"https://arxiv.org/abs/{number(n)}" for n in range(1000)]
    begun = library.clock.now
    found = await known(library).check([*urls, *(f"{url}v1" for url in urls)])
    assert {it.verdict for it in found.values()} == {Verdict.ALIVE}
    assert (len(found), library.site.calls, library.site.early) == (2000, 10, 0)
    assert library.clock.now - begun < 40


async def test_a_service_that_fails_makes_no_link_dead() -> None:
    library = Library(10)
    library.site.mood = "down"
    urls = [f"https://arxiv.org/abs/{number(n)}" for n in range(1, 300)]
    found = await known(library).check([*urls, "https://arxiv.org/abs/2502.155892"])
    assert library.site.calls == 2
    assert {found[url].status for url in urls} == {"down"}
    assert [(it.verdict, it.status) for it in list(found.values())[-2:]] == [
        (Verdict.UNKNOWN, "down"),
        (Verdict.DEAD, "malformed id"),
    ]


async def test_links_are_told_of_as_soon_as_something_is_known() -> None:
    library = Library(150)
    told = []
    urls = [f"https://arxiv.org/abs/{number(n)}" for n in range(150)]
    await known(library).check(urls, lambda url, _: told.append((url, library.site.calls)))
    assert told == [(url, 1 if n < 100 else 2) for n, url in enumerate(urls)]
