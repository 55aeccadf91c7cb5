"""The client of arXiv against an offline arXiv that minds its manners."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot import arxiv
from bot.arxiv import Trouble
from bot.arxiv_told import Venue
from bot.bounded import TooLarge
from bot.practice.arxiv import Paper
from tests.arxiv import Library, number

if TYPE_CHECKING:
    from bot.practice.arxiv import Mood
    from bot.responses import Response

FAULTS = [
    ("down", Trouble.DOWN),
    ("slow", Trouble.SLOW),
    ("empty", Trouble.EMPTY),
    ("nonsense", Trouble.NONSENSE),
    ("refusing", Trouble.BUSY),
]


async def test_a_paper_is_told_with_all_that_arxiv_knows() -> None:
    library = Library()
    library.site.papers["2505.16782"] = Paper(
        "Thinking in Latents: A Survey",
        first="2025-05-22",
        updated="2025-08-01",
        authors=("Xinghao Chen", "Ån Bø <b>"),
        abstract="We survey. Code: https://github.com/EIT-NLP/Awesome-Latent-CoT.",
        comment="22 pages; Accepted at ACL 2025 (Findings)",
        doi="10.1000/x",
        version=3,
    )
    answer = await library.client.papers(["2505.16782v1"])
    paper = answer.papers["2505.16782v1"]
    assert (paper.id, paper.version, paper.title) == (
        "2505.16782",
        3,
        "Thinking in Latents: A Survey",
    )
    assert (paper.first, paper.updated) == (date(2025, 5, 22), date(2025, 8, 1))
    assert paper.authors == ("Xinghao Chen", "Ån Bø <b>")
    assert paper.code == ("https://github.com/EIT-NLP/Awesome-Latent-CoT",)
    assert paper.venue == Venue("ACL", 2025, "Findings")
    assert (paper.doi, paper.withdrawn, answer.trouble) == ("10.1000/x", False, None)


async def test_a_thousand_papers_cost_ten_requests_at_the_pace_that_arxiv_asks_for() -> None:
    library = Library(1000)
    answer = await library.client.papers(number(n) for n in range(1000))
    assert len(answer.papers) == 1000
    assert (library.site.calls, library.site.early) == (10, 0)
    assert max(map(len, library.site.requests)) == 100


async def test_several_who_ask_at_once_go_one_after_the_other() -> None:
    library = Library(3)
    asked = (library.client.papers([number(n)]) for n in range(3))
    answers = await asyncio.gather(*asked)
    assert [len(answer.papers) for answer in answers] == [1, 1, 1]
    assert (library.site.early, library.together) == (0, 1)


async def test_a_paper_is_asked_for_once_in_half_a_day() -> None:
    library = Library(2)
    for _ in range(3):
        await library.client.papers([number(0), number(0) + "v2"])
    assert library.site.calls == 1
    library.clock.now += 13 * 3600
    await library.client.papers([number(0), number(1)])
    assert library.site.requests[-1] == [number(0), number(1)]


async def test_what_arxiv_does_not_have_is_unknown() -> None:
    library = Library(3)
    answer = await library.client.papers([number(0), number(77)])
    assert (set(answer.papers), answer.unknown) == ({number(0)}, frozenset([number(77)]))
    assert (answer.trouble, library.site.calls) == (None, 1)


async def test_one_unknown_paper_alone_is_asked_for_beside_one_that_exists() -> None:
    library = Library()
    library.site.papers["1706.03762"] = Paper("Attention Is All You Need", first="2017-06-12")
    answer = await library.client.papers([number(1)])
    assert (answer.unknown, answer.trouble) == (frozenset([number(1)]), None)


async def test_papers_that_an_answer_left_out_are_asked_for_again() -> None:
    library = Library(100)
    whole = library.site.respond("GET", address(20), {"user-agent": "t"})
    library.clock.now += 60
    cut = whole[2].split(b"  <entry>")
    library.answers = [(200, {}, b"  <entry>".join(cut[:11]) + b"</feed>")]
    answer = await library.client.papers(number(n) for n in range(20))
    assert (len(answer.papers), answer.unknown, answer.trouble) == (20, frozenset(), None)


def address(count: int) -> str:
    ids = ",".join(number(n) for n in range(count))
    return f"{arxiv.ADDRESS}?id_list={ids}&max_results={count}"


async def test_malformed_ids_are_not_asked_for() -> None:
    library = Library(1)
    odd = ["2502.155892", "2513.12345", "not an id", "", "2505.1000"]
    answer = await library.client.papers([*odd, number(0)])
    assert (answer.malformed, set(answer.papers)) == (frozenset(odd), {number(0)})
    assert library.site.requests == [[number(0)]]


async def test_ids_that_spoil_a_request_are_found_and_the_others_told() -> None:
    library = Library(100)
    ids = [*(number(n) for n in range(98)), "cats-and-dogs/0301001", "no-such-field/9901001"]
    answer = await library.client.papers(ids)
    assert (len(answer.papers), answer.unknown) == (98, frozenset(ids[-2:]))
    assert (answer.trouble, library.site.early) == (None, 0)
    assert library.site.calls < 20


async def test_an_arxiv_that_refuses_everything_is_not_asked_for_ever() -> None:
    library = Library(1000)
    library.answers = [(400, {}, b"")] * 2000
    answer = await library.client.papers(number(n) for n in range(1000))
    assert answer.trouble == Trouble.NONSENSE
    assert 2000 - len(library.answers) <= 21


@pytest.mark.parametrize("name", ["math/0309136", "math.GT/0309136", "hep-th/9901001v2"])
async def test_ids_of_the_old_form_are_found(name: str) -> None:
    library = Library()
    for known in ("math/0309136", "hep-th/9901001"):
        library.site.papers[known] = Paper("An old one", first="2003-09-08")
    assert name in (await library.client.papers([name])).papers


@pytest.mark.parametrize(("mood", "trouble"), FAULTS)
async def test_a_fault_is_named_and_nothing_is_called_unknown(mood: Mood, trouble: Trouble) -> None:
    library = Library(150)
    library.site.mood = mood
    answer = await library.client.papers(number(n) for n in range(150))
    assert (answer.trouble, answer.papers, answer.unknown) == (trouble, {}, frozenset())
    assert library.site.early == 0
    assert library.site.calls <= 3
    assert arxiv.words(trouble).endswith(".")


@pytest.mark.parametrize("mood", ["down", "slow", "empty", "nonsense"])
async def test_a_passing_fault_hides_no_paper(mood: Mood) -> None:
    library = Library(150)
    library.site.mood, library.site.passing = mood, 1
    answer = await library.client.papers(number(n) for n in range(150))
    assert (len(answer.papers), answer.trouble) == (150, None)
    assert library.site.early == 0
    assert library.site.calls <= 4


ENTITY = b"""<?xml version="1.0"?><!DOCTYPE f [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&b;</title></entry></feed>"""


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (ConnectionError("reset"), Trouble.DOWN),
        (TooLarge("more"), Trouble.NONSENSE),
        ((200, {}, b""), Trouble.EMPTY),
        ((200, {}, b"Rate exceeded."), Trouble.BUSY),
        ((429, {}, b""), Trouble.BUSY),
        ((404, {}, b"gone"), Trouble.NONSENSE),
        ((200, {}, ENTITY), Trouble.NONSENSE),
        ((200, {}, b"<feed>" * 200_000), Trouble.NONSENSE),
        ((200, {}, b'{"papers": []}'), Trouble.NONSENSE),
        ((200, {}, b"\xff\xfe\x00\x01"), Trouble.NONSENSE),
    ],
)
async def test_hostile_answers_are_nonsense(answer: Response | OSError, trouble: Trouble) -> None:
    library = Library(1)
    library.answers = [answer, answer]
    told = await library.client.papers([number(0)])
    assert (told.trouble, told.papers, told.unknown) == (trouble, {}, frozenset())


async def test_an_answer_about_other_papers_denies_nothing() -> None:
    library = Library(5)
    other = library.site.respond("GET", address(5), {"user-agent": "t"})
    library.clock.now += 60
    library.answers = [other, other]
    told = await library.client.papers([number(7)])
    assert (told.trouble, told.unknown) == (Trouble.NONSENSE, frozenset())


async def test_a_long_queue_for_a_turn_is_told_as_busy() -> None:
    library = Library(3000)
    library.clock.now = 0
    first = await library.client.papers([number(0)])
    assert first.trouble is None
    for _ in range(30):
        await library.client._pace.turn("arxiv", 3.2)
    assert (await library.client.papers([number(1)])).trouble == Trouble.BUSY
