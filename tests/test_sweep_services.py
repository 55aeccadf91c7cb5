"""Whom the command asks: arXiv and the handle service, GitHub with a token, else the web."""

from __future__ import annotations

from contextlib import ExitStack, chdir
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.practice.arxiv import OfflineArxiv, Paper
from bot.practice.doi import OfflineDoi
from bot.practice.github import OfflineGitHub
from bot.practice.serve import serve
from tests import lists
from tests.aside import aside, sweep
from tests.command_line import put, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# The column of the link in the list of papers that the tests write.
AT = lists.row(3).index(lists.paper(3)) + 1


@dataclass
class Services:
    arxiv: OfflineArxiv = field(default_factory=OfflineArxiv)
    doi: OfflineDoi = field(default_factory=OfflineDoi)
    github: OfflineGitHub = field(default_factory=OfflineGitHub)
    env: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with ExitStack() as stack:
        stack.enter_context(chdir(tmp_path))
        made = Services()
        for name, one, path in (
            ("ARXIV_API_URL", made.arxiv, "/api/query"),
            ("DOI_API_URL", made.doi, "/api/handles"),
            ("GITHUB_API_URL", made.github, ""),
        ):
            made.env[name] = stack.enter_context(aside(serve(one))) + path
        made.env["GITHUB_TOKEN"] = ""
        yield made


def host_of(services: Services) -> str:
    """The offline GitHub's host, whose links it knows."""
    return services.env["GITHUB_API_URL"].removeprefix("http://").partition(":")[0]


def statuses(services: Services, *urls: str, **more: str) -> list[str]:
    put(" ".join(f"[x]({url})" for url in urls))
    told = sweep("README.md", **services.env, **more)[1]
    return [told[url]["status"] for url in urls]


def test_arxiv_is_asked_for_a_hundred_papers_at_a_time(services: Services) -> None:
    services.arxiv.papers["2505.00001"] = Paper("A paper")
    urls = [f"https://arxiv.org/abs/2505.{n:05}" for n in range(1, 101)]
    assert statuses(services, *urls) == ["known", *["no such id"] * 99]
    assert len(services.arxiv.requests) == 1


def test_a_row_that_arxiv_contradicts_is_told_and_is_no_failure(services: Services) -> None:
    there, name = "Slow *trains* of a far land", lists.paper(3).rpartition("/")[2]
    services.arxiv.papers[name] = Paper(there)
    put(lists.table([lists.row(3), *(lists.row(n, paper="[a](a.md)") for n in range(9))]))
    put("", "a.md")
    claim = f"arXiv {name} is *{there}*, not *{lists.title(3)}*. Is the link right?"
    kept = ("README.md", "--cache", "cache.json")
    text = run("sweep", *kept, env=services.env)
    assert (text.exit_code, text.stdout.splitlines()) == (
        0,
        ["Look again:", f"README.md:3:{AT}  {claim}", "2 links: 2 alive"],
    )
    assert run("sweep", *kept, env=services.env).stdout == text.stdout
    code, told = sweep(*kept, **services.env)
    assert (code, told[lists.paper(3)]["places"][0]["claim"]) == (0, claim)
    assert "claim" not in told["a.md"]["places"][0]
    shown = run("sweep", *kept, "--format", "markdown", env=services.env).stdout
    assert shown.startswith("### Look again\n\n- README\\.md\\, line 3: arXiv ")
    assert "Slow \\*trains\\* of a far land*" in shown
    assert len(services.arxiv.requests) == 1


def test_the_handle_service_is_asked_for_dois(services: Services) -> None:
    services.doi.registered["10.1145/1"] = "https://example.org/"
    urls = "https://doi.org/10.1145/1", "https://doi.org/10.1145/gone"
    assert statuses(services, *urls) == ["known", "no such DOI"]


def test_github_is_asked_where_there_is_a_token(services: Services) -> None:
    services.github.add_repository("new/name", {"a.md": b"a"}).former.add("old/name")
    urls = [f"https://{host_of(services)}/{name}" for name in ("old/name", "no/body")]
    services.env["GITHUB_TOKEN"] = services.github.access.mint({})["token"]
    assert statuses(services, *urls) == ["renamed", "gone"]
    assert len(services.github.requests) == 1


def test_without_a_token_links_to_github_are_asked_as_pages(services: Services) -> None:
    assert statuses(services, f"https://{host_of(services)}/no/body") == ["refused"]
    assert services.github.requests == []


def test_a_token_that_github_refuses_is_told_without_the_token(services: Services) -> None:
    services.github.add_repository("ann/list", {})
    put(f"[a](https://{host_of(services)}/ann/list)")
    env = services.env | {"GITHUB_TOKEN": "ghp_old"}
    ended = run("sweep", "README.md", "--allow-loopback", env=env)
    assert (ended.exit_code, ended.stdout) == (0, "1 link: 1 unknown\n")
    assert "GitHub refused to tell of 1 link(s): look at GITHUB_TOKEN" in ended.stderr
    assert "ghp_old" not in ended.stderr


def test_only_the_operator_says_which_ports_are_asked(services: Services) -> None:
    url = "http://10.0.0.1:8080/"
    assert statuses(services, url) == ["a port that is not asked"]
    put("LINK_PORTS=8080\n", ".env")  # a list's own folder
    assert statuses(services, url) == ["a port that is not asked"]
    assert statuses(services, url, LINK_PORTS="8080") == ["no public address"]


@pytest.mark.parametrize("name", ["ARXIV_API_URL", "DOI_API_URL", "GITHUB_API_URL", "LINK_PORTS"])
def test_a_setting_that_is_wrong_is_named(services: Services, name: str) -> None:
    put("text")
    ended = run("sweep", "README.md", env=services.env | {name: "here"})
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert f"  {name}: must be" in ended.stderr
    assert "Set these in the environment:" in ended.stderr
