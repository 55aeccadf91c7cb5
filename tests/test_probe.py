from __future__ import annotations

import socket
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from bot.links.limits import Budget, Pace
from bot.links.verdict import Verdict
from tests.web import BRISK, probe, served

if TYPE_CHECKING:
    from bot.links.verdict import Found
    from tests.web import Web


async def ask(web: Web, path: str, **options: Budget) -> Found:
    url = web.url(path)
    return (await probe(**options).check([url]))[url]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "verdict", "status"),
    [
        ("/ok/1", "alive", "200"),
        ("/404", "dead", "404"),
        ("/410", "dead", "410"),
        ("/500", "dead", "500"),
        ("/401", "blocked", "401"),
        ("/403", "blocked", "403"),
        ("/451", "blocked", "451"),
        ("/999", "blocked", "999"),
        ("/never", "blocked", "429"),
        ("/wall", "blocked", "bot wall"),
        ("/soft", "dead", "soft 404"),
        ("/about404", "alive", "200"),
        ("/once503", "alive", "200"),
        ("/later?after=0", "alive", "200"),
        ("/hang", "dead", "timeout"),
        ("/reset", "dead", "reset"),
        ("/loop", "dead", "redirect loop"),
        ("/cookies", "blocked", "cookies"),
        ("/bomb", "alive", "200"),
        ("/endless", "alive", "200"),
        ("/dripping", "alive", "200"),
        ("/wide", "dead", "no proper answer"),
        ("/to301/?to=/ok/2", "moved", "301"),
        ("/to308/?to=/ok/2", "moved", "308"),
        ("/to302/?to=/ok/2", "alive", "200"),
        ("/to307/?to=/ok/2", "alive", "200"),
        ("/to301/?to=/404", "dead", "404"),
        ("/to302/?to=/login?next=/x", "blocked", "login"),
    ],
)
async def test_an_answer_is_judged(path: str, verdict: str, status: str) -> None:
    async with served() as web:
        found = await ask(web, path)
    assert (found.verdict, found.status) == (verdict, status)


async def test_a_permanent_way_is_told_with_its_end_and_a_mixed_one_is_not() -> None:
    async with served() as web:
        end = web.url("/ok/3")
        moved = await ask(web, f"/to301/?to=/to308/%3Fto={end}")
        mixed = await ask(web, f"/to301/?to=/to302/%3Fto={end}")
    assert (moved.verdict, moved.to, moved.chain[-1]) == (Verdict.MOVED, end, end)
    assert len(moved.chain) == 2
    assert (mixed.verdict, mixed.to) == (Verdict.ALIVE, "")


async def test_who_nobody_listens_to_is_refused_and_what_is_no_https_is_broken() -> None:
    with socket.socket() as free:
        free.bind(("127.0.9.1", 0))
        url = f"http://127.0.9.1:{free.getsockname()[1]}/"
    assert (await probe().check([url]))[url].status == "refused"
    async with served() as web:
        secure = web.url("/ok").replace("http:", "https:")
        found = (await probe().check([secure]))[secure]
    assert found.verdict is Verdict.BROKEN_TLS


async def test_a_link_is_asked_once_whatever_its_fragment() -> None:
    async with served() as web:
        urls = [web.url("/ok/1#a"), web.url("/ok/1#b"), web.url("/ok/1")]
        found = await probe().check(urls)
        assert [found[url].verdict for url in urls] == [Verdict.ALIVE] * 3
        assert web.asked("/ok/1") == 1


async def test_a_passing_fault_is_asked_twice_and_a_lasting_one_no_more() -> None:
    async with served() as web:
        await probe().check([web.url("/once503"), web.url("/500"), web.url("/404")])
        assert [web.asked(path) for path in ("/once503", "/500", "/404")] == [2, 2, 1]


async def test_nothing_of_ours_is_shown_but_our_name() -> None:
    async with served() as web:
        url = web.url("/cookies").replace("http://", "http://name:secret@")
        await probe().check([url, web.url("/ok")])
    for seen in web.seen:
        assert not {"Cookie", "Authorization"} & set(seen.headers)
        assert seen.headers["User-Agent"].startswith("listwright/")


async def test_a_host_is_asked_two_at_a_time_and_with_a_pause() -> None:
    async with served() as web:
        urls = [web.url(f"/short/{n}", host) for n in range(12) for host in (1, 2)]
        found = await probe(pace=Pace(interval=0.03)).check(urls)
    assert {each.verdict for each in found.values()} == {Verdict.ALIVE}
    assert set(web.most.values()) == {2}
    for host in ("127.0.9.1", "127.0.9.2"):
        times = [seen.at for seen in web.seen if seen.host.startswith(host + ":")]
        # Both ends of the loopback take a moment of their own.
        assert all(later - before > 0.015 for before, later in pairwise(times))


async def test_a_whole_host_is_left_alone_for_as_long_as_it_asks() -> None:
    async with served() as web:
        urls = [web.url("/later?after=1"), *(web.url(f"/ok/{n}") for n in range(6))]
        found = await probe(pace=Pace(interval=0.1, at_once=1)).check(urls)
    assert {each.verdict for each in found.values()} == {Verdict.ALIVE}
    refused = web.seen[0].at
    assert all(seen.at - refused >= 1 for seen in web.seen[1:])


async def test_a_host_that_refuses_everything_is_not_asked_for_all_of_it() -> None:
    async with served() as web:
        found = await probe().check([web.url(f"/never/{n}") for n in range(60)])
    assert {each.verdict for each in found.values()} == {Verdict.BLOCKED}
    assert len(web.seen) < 30


async def test_a_page_that_hangs_delays_no_other_and_many_are_believed() -> None:
    async with served() as web:
        urls = [web.url(f"/hang/{n}") for n in range(6)] + [web.url(f"/ok/{n}") for n in range(20)]
        found = await probe().check(urls)
        assert [found[url].verdict for url in urls] == [Verdict.DEAD] * 6 + [Verdict.ALIVE] * 20
        assert sum("/hang" in seen.path for seen in web.seen) < 12


async def test_a_second_silence_speaks_for_those_that_wait_for_theirs() -> None:
    async with served() as web:
        urls = [web.url(f"/ok/{n}") for n in range(4)] + [web.url(f"/hang/{n}") for n in range(2)]
        found = await probe().check(urls)
        assert [found[url].verdict for url in urls] == [Verdict.ALIVE] * 4 + [Verdict.DEAD] * 2
        assert sum("/hang" in seen.path for seen in web.seen) == 3


async def test_what_falls_silent_at_the_very_end_is_asked_twice() -> None:
    async with served() as web:
        urls = [web.url("/ok/1"), web.url("/hang/1")]
        found = await probe().check(urls)
        assert [found[url].status for url in urls] == ["200", "timeout"]
        assert web.asked("/hang/1") == 2


async def test_a_suspicious_page_is_held_beside_a_missing_one() -> None:
    async with served() as web:
        front = await ask(web, "/to302/old?to=/")
    assert front.verdict is Verdict.DEAD  # here the front page itself is missing
    assert front.status == "404"


@pytest.mark.parametrize("budget", [Budget(requests=5), Budget(bytes=200), Budget(seconds=0.2)])
async def test_what_is_left_when_the_budget_ends_is_not_asked(budget: Budget) -> None:
    async with served() as web:
        urls = [web.url(f"/short/{n}") for n in range(40)]
        found = await probe(budget=budget).check(urls)
    left = [each for each in found.values() if each.status == "not asked"]
    assert list(found) == urls
    assert len(left) > 20
    assert {each.verdict for each in left} == {Verdict.UNKNOWN}


async def test_when_nothing_answers_at_all_it_is_our_own_network() -> None:
    async with served(hosts=1) as web:
        port = web.port
    urls = [f"http://127.0.9.{host}:{port}/" for host in range(1, 13)]
    assert {each.verdict for each in (await probe(pace=BRISK).check(urls)).values()} == {
        Verdict.UNKNOWN
    }
    few = await probe().check(urls[:3])
    assert {each.verdict for each in few.values()} == {Verdict.DEAD}
