"""Links that are no addresses stand in real lists; none of them stops a check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.links.arxiv import paper_id
from bot.links.doi import doi
from bot.links.github_query import place
from bot.links.guard import Forbidden, Guard
from bot.links.limits import Budget
from bot.links.outage import without_outage
from bot.links.rolling import host_of
from bot.links.verdict import Found, Verdict
from tests.lists import steady
from tests.web import probe, served

_STARTS = ["http://", "https://arxiv.org/abs/", "http://[", "https://doi.org/10.1/", "//", ""]
_ENDS = ["", "/abs/2501.00001", "/10.1000/x", "]"]
_ANY = st.builds(
    lambda start, middle, end: start + middle + end,
    st.sampled_from(_STARTS),
    st.text("a[]:/#?@1.%℀。\\ \tİxn-", max_size=12),
    st.sampled_from(_ENDS),
)


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1/x",
        "http://[::1#x",
        "https://[arxiv.org/abs/2501.00001",
        "http://℀.com/",
        "http://a:b:c/#y",
        "http://[]@",
    ],
)
async def test_what_is_no_address_is_told_so_and_the_rest_is_asked(url: str) -> None:
    async with served() as web:
        found = await probe().check([url, web.url("/ok")])
    assert found[url].status == "no readable address"
    assert found[web.url("/ok")].verdict is Verdict.ALIVE


async def test_a_redirect_to_what_is_no_address_is_dead() -> None:
    async with served() as web:
        url = web.url("/to302/?to=http://%5B%5D@")
        [found] = (await probe().check([url])).values()
    assert (found.verdict, found.status) == (Verdict.DEAD, "redirect to no address")


@steady(300)
@given(_ANY)
def test_every_part_reads_every_text(url: str) -> None:
    paper_id(url), doi(url), place(url, "github.com"), host_of(url)
    assert without_outage({url: Found(Verdict.DEAD, "404")})
    try:
        target = Guard().target(url)
    except Forbidden:
        return
    assert target.raw_host
    assert (target / "x").raw_host == target.raw_host == URL(str(target)).raw_host


async def test_each_run_has_the_whole_budget() -> None:
    async with served() as web:
        asking = probe(budget=Budget(requests=3))
        for number in range(3):
            urls = [web.url(f"/short/{number}/{each}") for each in range(2)]
            found = await asking.check(urls)
            assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
