"""When a failing link is worth a report."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import streaks
from bot.links.streaks import DAY, Streak, StreaksError
from bot.links.verdict import Found, Verdict
from tests.lists import steady

URL = "https://a.example/"
DEAD = Found(Verdict.DEAD, "404")
HOUR = 3600.0


def after(*checks: tuple[float, Verdict]) -> dict[str, Streak]:
    """The streaks after checks at these hours."""
    known: dict[str, Streak] = {}
    for hour, verdict in checks:
        known = streaks.advance(known, {URL: Found(verdict, "x")}, hour * HOUR)
    return known


def test_three_failures_over_two_days_are_sure_and_fewer_or_quicker_are_not() -> None:
    dead = Verdict.DEAD
    assert streaks.confirmed(after((0, dead), (24, dead), (48, dead)), 3)
    assert not streaks.confirmed(after((0, dead), (200, dead)), 3)
    assert not streaks.confirmed(after((0, dead), (12, dead), (24, dead), (36, dead)), 3)
    assert URL in streaks.suspects(after((0, dead), (200, dead)), 3)
    assert not streaks.suspects(after((0, dead), (24, dead), (48, dead)), 3)


def test_a_check_that_is_done_again_counts_once() -> None:
    assert after((0, Verdict.DEAD), (0.1, Verdict.DEAD), (1, Verdict.DEAD))[URL].failures == 1


@pytest.mark.parametrize("verdict", [Verdict.DEAD, Verdict.WITHDRAWN, Verdict.BROKEN_TLS])
def test_these_are_failures(verdict: Verdict) -> None:
    assert after((0, Verdict.DEAD), (24, verdict))[URL].failures == 2


@pytest.mark.parametrize("verdict", [Verdict.ALIVE, Verdict.MOVED])
def test_these_end_a_streak(verdict: Verdict) -> None:
    assert after((0, Verdict.DEAD), (24, verdict)) == {}


@pytest.mark.parametrize("verdict", [Verdict.BLOCKED, Verdict.UNKNOWN])
def test_these_change_nothing(verdict: Verdict) -> None:
    assert after((0, verdict)) == {}
    assert after((0, Verdict.DEAD), (24, verdict)) == after((0, Verdict.DEAD))


def test_links_that_left_the_list_are_forgotten_and_those_not_asked_are_not() -> None:
    known = streaks.advance(after((0, Verdict.DEAD)), {"https://b.example": DEAD}, DAY)
    assert set(known) == {URL, "https://b.example"}
    assert set(streaks.kept(known, {URL})) == {URL}


_FLOATS = st.floats(0, 1e11)
_STREAKS = st.builds(
    Streak, st.integers(1, 99), _FLOATS, _FLOATS, st.sampled_from(Verdict), st.text(), st.text()
)


@steady(50)
@given(st.dictionaries(st.text(), _STREAKS))
def test_streaks_survive_as_json(known: dict[str, Streak]) -> None:
    text = streaks.dump(known)
    assert text.isascii()
    assert streaks.load(text) == known


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "the whole text"),
        ("[]", "the whole text"),
        ('{"version": 2, "streaks": {}}', "version"),
        ('{"version": 1, "streaks": {"u": {"failures": "many"}}}', "streaks.u"),
    ],
)
def test_what_holds_no_streaks_says_where_it_is_wrong(text: str, place: str) -> None:
    with pytest.raises(StreaksError, match=f"no link streaks of version 1: {place}"):
        streaks.load(text)


@steady(100)
@given(st.lists(st.tuples(st.sampled_from(Verdict), st.floats(0, 100)), max_size=12))
def test_what_is_sure_failed_as_often_and_as_long_without_a_recovery(
    checks: list[tuple[Verdict, float]],
) -> None:
    hours, history = 0.0, []
    for verdict, pause in checks:
        hours += pause
        history.append((hours, verdict))
    known = after(*history)
    if streaks.confirmed(known, 3):
        recovered = [at for at, v in history if v in {Verdict.ALIVE, Verdict.MOVED}]
        since = max(recovered, default=-1.0)
        failed = [at for at, v in history if at > since and v in streaks.FAILED]
        assert len(failed) >= 3
        assert failed[-1] - failed[0] >= 48 - 1e-6


def test_the_form_is_named() -> None:
    assert json.loads(streaks.dump({})) == {"version": 1, "streaks": {}}
