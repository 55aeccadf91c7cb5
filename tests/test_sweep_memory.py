"""What the command remembers between two checks, and when it is stopped."""

from __future__ import annotations

import json
import time
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.links import streaks
from bot.links.streaks import DAY, Streak
from bot.links.verdict import Verdict
from tests.aside import aside, sweep
from tests.command_line import put, run
from tests.web import Web, served

if TYPE_CHECKING:
    from collections.abc import Iterator

STATE, CACHE = Path("state.json"), Path("cache.json")
KEEP = ("--state", str(STATE), "--cache", str(CACHE))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with chdir(tmp_path):
        yield


@pytest.fixture
def web() -> Iterator[Web]:
    with aside(served()) as web:
        yield web


def failed(url: str, times: int, days: float) -> dict[str, Streak]:
    """A link that failed so often, first so many days ago and last a day ago."""
    now = time.time()
    return {url: Streak(times, now - days * DAY, now - DAY, Verdict.DEAD, "404")}


def remembered() -> dict[str, int]:
    return {url: streak.failures for url, streak in streaks.load(STATE.read_text()).items()}


def test_what_is_alive_is_kept_for_a_day_and_what_failed_is_counted(web: Web) -> None:
    good, dead, blocked = (web.url(path) for path in ("/ok", "/404", "/403"))
    put(f"[a]({good}) [b]({dead}) [c]({blocked}) [d](README.md)")
    first, second = sweep("README.md", *KEEP), sweep("README.md", *KEEP)
    assert first == second
    assert [web.asked(path) for path in ("/ok", "/404", "/403")] == [1, 2, 2]
    assert remembered() == {dead: 1}  # twice within six hours counts once
    [kept] = json.loads(CACHE.read_text())["alive"].values()
    CACHE.write_text(CACHE.read_text().replace(str(kept["at"]), str(kept["at"] - DAY)))
    sweep("README.md", *KEEP)
    assert web.asked("/ok") == 2


def test_failures_in_a_row_are_told_until_the_link_works_or_leaves(web: Web) -> None:
    dead, well, left = web.url("/404"), web.url("/ok"), web.url("/410")
    put(f"[a]({dead}) [b]({well})")
    before = failed(dead, 2, 7) | failed(well, 2, 7) | failed(left, 2, 7)
    STATE.write_text(streaks.dump(before))
    code, told = sweep("README.md", *KEEP)
    since = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(before[dead].since))
    assert code == 1
    assert [told[dead][key] for key in ("failures", "since", "confirmed")] == [3, since, True]
    assert "failures" not in told[well]
    assert remembered() == {dead: 3}


def test_only_new_links_are_asked_and_the_others_stay_counted(web: Web) -> None:
    dead = web.url("/404")
    put(f"[a]({dead})", "old.md")
    put(f"[a]({dead}) [b]({web.url('/410')})")
    STATE.write_text(streaks.dump(failed(dead, 2, 7)))
    sweep("README.md", "--only-new", "--base", "old.md", *KEEP)
    assert remembered() == {dead: 2, web.url("/410"): 1}


@pytest.mark.parametrize(
    ("times", "days", "more", "confirmed"),
    [
        (2, 7, [], True),
        (1, 7, [], False),
        (2, 1.5, [], False),
        (1, 7, ["--confirm-after", "2"], True),
        (2, 7, ["--confirm-after", "4"], False),
    ],
)
def test_what_is_confirmed_stands_apart_from_what_is_only_suspected(
    web: Web, times: int, days: float, more: list[str], confirmed: bool
) -> None:
    put(f"[a]({web.url('/404')}) [b]({web.url('/410')}) [c]({web.url('/to301/?to=/ok')})")
    STATE.write_text(streaks.dump(failed(web.url("/404"), times, days)))
    lines = run("sweep", ".", *KEEP, "--allow-loopback", *more).stdout.splitlines()
    headings = [line for line in lines if line.endswith(":")]
    assert headings == (["Confirmed:"] if confirmed else []) + ["Suspected:", "Moved:"]
    [old] = [line for line in lines if "/404" in line]
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - days * DAY))
    assert old.endswith(f"({times + 1} times since {day})")
    assert (lines.index(old) < lines.index("Suspected:")) is confirmed
    [new] = [line for line in lines if "/410" in line]
    assert "(once since " in new


def test_markdown_has_a_table_for_each_of_them(web: Web) -> None:
    put(f"[a]({web.url('/404')}) [b]({web.url('/410')})")
    STATE.write_text(streaks.dump(failed(web.url("/404"), 5, 9)))
    ended = run("sweep", ".", *KEEP, "--allow-loopback", "--format", "markdown")
    parts = ended.stdout.split("### ")
    assert [part.split("\n")[0] for part in parts] == ["", "Confirmed", "Suspected"]
    assert "6 times since" in parts[1]
    assert all("\n\n| place |" in part for part in parts[1:])
    assert ended.stdout.endswith("|\n\n2 links: 2 dead\n")


def test_ctrl_c_ends_the_check_and_keeps_what_is_known(web: Web) -> None:
    put(f"[a](gone.md) [b]({web.url('/interrupt')})")
    CACHE.write_text(json.dumps({"version": 1, "alive": {}}))
    ended = run("sweep", "README.md", *KEEP, "--allow-loopback")
    assert (ended.exit_code, ended.stdout) == (130, "")
    assert ended.stderr == "Stopped: 1 of 2 links were asked.\n"
    assert remembered() == {"gone.md": 1}


@pytest.mark.parametrize("since", ["-1", "1e300"])
def test_a_state_of_impossible_times_is_told(since: str) -> None:
    put("text")
    text = streaks.dump({"u": Streak(1, 12345.0, 0.0, Verdict.DEAD, "404")})
    STATE.write_text(text.replace("12345.0", since))
    ended = run("sweep", "README.md", *KEEP)
    assert ended.exit_code == 2
    assert "state.json: no link streaks of version 1: streaks.u.since" in ended.stderr
