from __future__ import annotations

import asyncio
import json
import threading
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.command_line import put, run
from tests.web import Web, served

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with chdir(tmp_path):
        yield


@pytest.fixture
def web() -> Iterator[Web]:
    """A web in a thread of its own, since the command has a loop of its own."""
    made: list[Web] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    end = asyncio.Event()

    async def serve() -> None:
        async with served() as web:
            made.append(web)
            ready.set()
            await end.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()])
    thread.start()
    assert ready.wait(10)
    yield made[0]
    loop.call_soon_threadsafe(end.set)
    thread.join()
    loop.close()


def sweep(*args: str) -> tuple[int, dict[str, dict[str, object]]]:
    ended = run("sweep", *args, "--allow-loopback", "--format", "json")
    return ended.exit_code, json.loads(ended.stdout)


def test_every_link_is_told_with_its_places(web: Web) -> None:
    good, dead, moved = web.url("/ok"), web.url("/404"), web.url("/to301/?to=/ok")
    put(f"# A\n\n[a]({good}) [b](b.md)\n\n## B\n\n[c]({dead}) [d]({moved}) [a]({good})\n")
    code, told = sweep("README.md")
    assert code == 1
    assert {url: each["verdict"] for url, each in told.items()} == {
        good: "alive",
        "b.md": "dead",
        dead: "dead",
        moved: "moved",
    }
    assert told[moved]["to"] == good
    place = {"file": "README.md", "line": 7, "column": 5, "section": ["A", "B"], "paper": ""}
    assert told[dead]["places"] == [place]
    assert [each["line"] for each in told[good]["places"]] == [3, 7]  # type: ignore[attr-defined]


def test_what_is_dead_decides_the_exit_code(web: Web) -> None:
    put(f"[a]({web.url('/ok')}) [b]({web.url('/403')})")
    ended = run("sweep", ".", "--allow-loopback")
    assert (ended.exit_code, ended.stdout) == (0, "2 links: 1 alive, 1 blocked\n")
    assert ended.stderr == ""
    put(f"[a]({web.url('/404')})")
    ended = run("sweep", ".", "--allow-loopback", "--format", "markdown")
    assert ended.exit_code == 1
    assert "| README\\.md, line 1 |" in ended.stdout.replace("\\,", ",")
    assert ended.stdout.endswith("1 link: 1 dead\n")


def test_only_new_links_are_asked(web: Web) -> None:
    put(f"[a]({web.url('/404')})", "old.md")
    put(f"[a]({web.url('/404')}) [b]({web.url('/ok')})")
    code, told = sweep("README.md", "--only-new", "--base", "old.md")
    assert (code, list(told)) == (0, [web.url("/ok")])


def test_what_is_alive_is_kept_for_a_while_and_what_failed_is_counted(web: Web) -> None:
    put(f"[a]({web.url('/ok')}) [b]({web.url('/404')}) [c]({web.url('/403')})")
    keep = ("--cache", "cache.json", "--state", "state.json")
    first, second = sweep("README.md", *keep), sweep("README.md", *keep)
    assert first == second
    assert [web.asked(path) for path in ("/ok", "/404", "/403")] == [1, 2, 2]
    state = json.loads(Path("state.json").read_text())
    assert list(state) == [web.url("/404")]
    assert state[web.url("/404")]["failures"] == 2
    put(f"[b]({web.url('/ok')})")
    Path("state.json").write_text(json.dumps({web.url("/ok"): state[web.url("/404")]}))
    sweep("README.md", "--state", "state.json")
    assert json.loads(Path("state.json").read_text()) == {}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["none.md"], "none.md: No such file"),
        (["README.md", "--only-new"], "--only-new and --base go together"),
        (["README.md", "--state", "README.md"], "README.md: no JSON"),
        (["README.md", "--cache", "list.json"], "list.json: not written by a link check"),
        (["README.md", "--format", "xml"], "'xml' is not one of"),
    ],
)
def test_bad_use_is_told_with_the_way_out(args: list[str], said: str) -> None:
    put("text")
    put("[]", "list.json")
    ended = run("sweep", *args)
    assert ended.exit_code == 2
    assert said in ended.stderr


def test_loopback_is_asked_only_when_allowed(web: Web) -> None:
    put(f"[a]({web.url('/ok')})")
    ended = run("sweep", "README.md", "--format", "json")
    assert json.loads(ended.stdout)[web.url("/ok")]["verdict"] == "unknown"
    assert web.seen == []
