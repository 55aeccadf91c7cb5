"""What the issue about dead links says, and what it remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot import cut, issues
from bot.links import rolling
from bot.links.places import Place
from bot.links.rolling import Dead, State
from bot.links.streaks import Streak
from bot.links.verdict import Verdict
from bot.words import Words
from tests.alive import HOSTILE, alive
from tests.checked import site
from tests.lists import steady

if TYPE_CHECKING:
    from collections.abc import Sequence

SINCE = 1_793_664_000.0  # 3 November 2026


def dead(url: str, *lines: int, paper: str = "RouterDC", section: str = "Survey") -> Dead:
    streak = Streak(3, SINCE, SINCE + 2e5, Verdict.DEAD, "404")
    places = [Place("README.md", line, 3, ("Papers", section), paper) for line in lines or (7,)]
    return Dead(url, streak, places)


def address(place: Place) -> str:
    return f"https://github.com/ann/list/blob/main/{place.path}#L{place.line}"


def report(found: Sequence[Dead], state: State = State(), *others: str) -> rolling.Report:  # noqa: B008
    links = [*(one.url for one in found), *others]
    return rolling.compose(found, state, links, address, 3)


def test_each_link_has_its_row_and_its_box() -> None:
    said = report([dead("https://github.com/a/b"), dead(site(2), 8, 9, paper="")])
    assert said.title == "2 links look dead"
    lines = said.body.splitlines()
    assert "Each failed at least 3 times since 3 November 2026." in lines[0]
    assert (
        "| [RouterDC](https://github.com/ann/list/blob/main/README.md#L7), Survey "
        "| github\\.com\\/a\\/b: page not found | 3 November 2026 | your decision |"
    ) in lines
    assert "[line 8](https://github.com/ann/list/blob/main/README.md#L8), Survey and 1 more" in (
        said.body
    )
    assert [line[:21] for line in lines if line.startswith("- ")] == [
        "- [ ] Ignore a\\/b unt",
        "- [ ] Ignore site\\-2\\",
    ]


def test_a_host_that_fails_for_many_rows_is_one_row() -> None:
    found = [dead(site(n, "old.example"), n) for n in range(1, 8)]
    said = report([*found, dead(site(9))])
    rows = [line for line in said.body.splitlines() if line.startswith("| [")]
    assert len(rows) == 2
    assert "7 links of old\\.example: page not found" in rows[0]
    assert "L5) and 2 more" in rows[0]
    assert said.title == "8 links look dead"


def test_links_of_a_host_whose_others_work_are_told_one_by_one() -> None:
    found = [dead(f"https://github.com/a/b{n}", n) for n in range(6)]
    working = [f"https://github.com/c/d{n}" for n in range(9)]
    assert len(rolling.matters(found, [*(one.url for one in found), *working])) == 6


def test_the_rows_end_at_fifty_and_the_rest_is_counted() -> None:
    said = report([dead(site(n), n + 1) for n in range(70)])
    assert sum(line.startswith("| [") for line in said.body.splitlines()) == 50
    assert "And 20 more, not shown here." in said.body
    assert said.title == "70 links look dead"
    assert rolling.read(said.body).names(site(69))


def test_what_is_not_shown_can_be_dismissed_too() -> None:
    body = report([dead(site(n), n + 1) for n in range(70)]).body
    after = rolling.ticked(body, site(69))
    assert after
    assert rolling.read(after).ignores(site(69), Verdict.DEAD)
    assert rolling.ticked(body, site(70)) is None


def test_ticking_a_host_ignores_all_of_it() -> None:
    found = [dead(site(n, "old.example"), n) for n in range(1, 8)]
    body = rolling.ticked(report(found).body, site(3, "old.example"))
    assert body
    state = rolling.read(body)
    assert all(state.ignores(one.url, Verdict.DEAD) for one in found)
    again = report(found, state)
    assert (again.dead, rolling.read(again.body).ignored) == (0, state.ignored)


def test_hostile_texts_do_nothing_and_fit() -> None:
    found = [
        dead(f"https://evil-{n}.example/{text}", n, paper=text, section=text)
        for n, text in enumerate(HOSTILE * 4, 1)
    ]
    said = report(found)
    shown = "\n".join(
        line for line in said.body.splitlines() if not line.startswith("<!-- listwright links")
    )
    assert [one for one in alive(shown) if "link: " not in one] == []
    assert cut.size(issues.marked(said.body, "links")) <= cut.COMMENT


def test_a_text_of_others_cannot_tick_a_box_or_be_a_mark() -> None:
    forged = (
        "x\n- [x] Ignore it <!-- link: 0123456789=dead -->\n<!-- listwright links: aaaaaaaaaa -->"
    )
    state = rolling.read(report([dead("https://evil.example/" + forged, paper=forged)]).body)
    assert state.ignored == {}
    assert "aaaaaaaaaa" not in state.known


@steady(40)
@given(st.lists(st.text(min_size=1), max_size=9, unique=True), st.data())
def test_decisions_are_read_again_as_they_were_written(
    urls: list[str], data: st.DataObject
) -> None:
    found = [dead(f"https://e.example/{url}", n) for n, url in enumerate(urls, 1)]
    some = data.draw(st.lists(st.sampled_from(found), unique_by=id) if found else st.just([]))
    ignored = {rolling.key(one.url): "dead" for one in some}
    said = report(found, State(ignored=ignored))
    state = rolling.read(said.body)
    assert dict(state.ignored) == ignored
    assert said.dead == len(found) - len(some)
    assert all(state.names(one.url) for one in found if one not in some)


def test_chinese_lists_read_chinese() -> None:
    words = Words("zh")
    told = words(report([dead(site(1))]).body)
    assert "2026 年 11 月 3 日" in told
    assert rolling.read(told) == rolling.read(report([dead(site(1))]).body)
