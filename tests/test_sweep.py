"""The link check on the command line: what it asks, and what it tells."""

from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.aside import aside, sweep
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
    with aside(served()) as web:
        yield web


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
    assert told[dead] == {"verdict": "dead", "status": "404", "to": "", "places": [place]}
    assert [each["line"] for each in told[good]["places"]] == [3, 7]


def test_what_is_dead_decides_the_exit_code(web: Web) -> None:
    put(f"[a]({web.url('/ok')}) [b]({web.url('/403')})")
    ended = run("sweep", ".", "--allow-loopback")
    assert (ended.exit_code, ended.stdout) == (0, "2 links: 1 alive, 1 blocked\n")
    assert ended.stderr == ""
    put(f"[a]({web.url('/404')})")
    ended = run("sweep", ".", "--allow-loopback", "--format", "markdown")
    assert ended.exit_code == 1
    assert "| README\\.md, line 1 |" in ended.stdout.replace("\\,", ",")
    assert ended.stdout.startswith("| place |")
    assert ended.stdout.endswith("\n\n1 link: 1 dead\n")


def test_only_new_links_are_asked(web: Web) -> None:
    put(f"[a]({web.url('/404')}) [b](old.txt)", "old.md")
    put(f"[a]({web.url('/404')}) [b](old.txt) [c]({web.url('/ok')})")
    code, told = sweep("README.md", "--only-new", "--base", "old.md")
    assert (code, list(told)) == (0, [web.url("/ok")])
    assert web.asked("/404") == 0


def test_files_and_folders_are_seen_from_the_repository_that_holds_them() -> None:
    put("[gitdir]", ".git")
    put("[a](b.md) [c](/c.md#here) [d](../c.md) [e](../../x)", "docs/a.md")
    put("[f](missing.md)", "docs/b.md")
    put("# Here\n\n[g](docs) [h](docs/missing.md)", "c.md")
    put("[hidden](nowhere.md)", ".github/x.md")
    code, told = sweep("docs", "c.md", "docs/a.md")
    assert code == 1
    assert {url: each["status"] for url, each in told.items()} == {
        "docs/b.md": "here",
        "c.md#here": "here",
        "c.md": "here",
        "../x": "outside the repository",
        "docs/missing.md": "no such file",
        "docs": "here",
    }
    places = [(each["file"], each["line"]) for each in told["docs/missing.md"]["places"]]
    assert places == [("docs/b.md", 1), ("c.md", 3)]


def test_a_file_that_stands_elsewhere_is_read_as_if_it_were_here() -> None:
    put("[a](b.md)", "elsewhere/list.md")
    put("", "here/b.md")
    Path("here/README.md").symlink_to(Path("elsewhere/list.md").absolute())
    assert sweep("here") == (0, sweep("here/README.md")[1])
    assert [each["status"] for each in sweep("here")[1].values()] == ["here"]


def test_names_that_are_no_text_are_shown_all_the_same() -> None:
    Path(b"\xff.md".decode(errors="surrogateescape")).write_text("[a](b.md)")
    code, told = sweep(".")
    assert (code, told["b.md"]["places"][0]["file"]) == (1, "\ufffd.md")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["none.md"], "none.md: No such file"),
        (["README.md", "latin.md"], "latin.md, line 1: not UTF-8 text"),
        (["README.md", "--only-new"], "--only-new and --base go together"),
        (["README.md", "--base", "README.md"], "--only-new and --base go together"),
        (["README.md", "--only-new", "--base", "none.md"], "none.md: No such file"),
        ([".", "--only-new", "--base", "README.md"], "--base goes with exactly one file"),
        (["one/a.md", "two/a.md"], "not in one repository"),
        (["one/a.md", "README.md"], "not in one repository"),
        (["README.md", "--confirm-after", "2"], "--confirm-after goes with --state"),
        (["README.md", "--confirm-after", "0", "--state", "s"], "0 is not in the range"),
        (["README.md", "--state", "README.md"], "README.md: no link streaks of version 1"),
        (["README.md", "--state", "one"], "one: Is a directory"),
        (["README.md", "--state", "no/s.json"], "no/s.json: there is no folder no"),
        (["README.md", "--state", "s", "--cache", "s"], "s: --state and --cache want a file each"),
        (["README.md", "--cache", "list.json"], "list.json: not the cache of a link check"),
        (["README.md", "--format", "xml"], "'xml' is not one of"),
        ([], "Missing argument 'PATHS...'"),
    ],
)
def test_bad_use_is_told_with_the_way_out(args: list[str], said: str) -> None:
    put("text")
    put('{"dependencies": {}}', "list.json")
    Path("latin.md").write_bytes(b"caf\xe9")
    for folder in ("one", "two"):
        put("text", f"{folder}/a.md")
        put("", f"{folder}/.git/HEAD")
    ended = run("sweep", *args)
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert ended.stdout == ""
    assert Path("list.json").read_text() == '{"dependencies": {}}'


def test_loopback_is_asked_only_when_allowed(web: Web) -> None:
    put(f"[a]({web.url('/ok')})")
    ended = run("sweep", "README.md", "--format", "json")
    assert json.loads(ended.stdout)[web.url("/ok")]["verdict"] == "unknown"
    assert web.seen == []
