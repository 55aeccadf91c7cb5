"""Links to GitHub, judged by what the offline GitHub's GraphQL says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links.github import GitHubLinks, personal
from bot.links.verdict import Found, Verdict
from bot.practice.github import OfflineGitHub
from tests.offline import REPO, Wire, app_of, job_for

if TYPE_CHECKING:
    from bot.responses import Response

HOST = "https://github.com"


@pytest.fixture
def github() -> OfflineGitHub:
    github = OfflineGitHub()
    github.add_repository(REPO, {"README.md": b"one\n", "docs/a b.md": b"a\n"})
    github.add_repository("bo/old", {"a.txt": b"a"}).archived = True
    github.add_repository("bo/none", {})
    github.add_repository("bo/secret", {"a.txt": b"a"}, private=True)
    github.add_repository("New-Owner/new", {"src/a.py": b"a"}).former.add("old/name")
    return github


async def check(github: OfflineGitHub, *paths: str, wire: Wire | None = None) -> dict[str, Found]:
    """What is found by path."""
    urls = [f"{HOST}/{path}" for path in paths]
    async with app_of(wire or Wire(github)).installation(job_for(github)) as gh:
        found = await GitHubLinks(gh.query, clock=lambda: 7.0).check(urls)
    return {url.removeprefix(f"{HOST}/"): it for url, it in found.items()}


@pytest.mark.parametrize(
    ("path", "verdict", "status"),
    [
        ("ann/list", Verdict.ALIVE, "known"),
        ("ANN/List.git", Verdict.ALIVE, "known"),
        ("ann/list/", Verdict.ALIVE, "known"),
        ("ann/list#readme", Verdict.ALIVE, "known"),
        ("ann/list/issues", Verdict.ALIVE, "known"),
        ("ann", Verdict.ALIVE, "known"),
        ("nobody", Verdict.DEAD, "gone"),
        ("ann/gone", Verdict.DEAD, "gone"),
        ("ann/gone/issues/3", Verdict.DEAD, "gone"),
        ("bo/secret", Verdict.DEAD, "gone"),
        ("bo/old", Verdict.ALIVE, "archived"),
        ("bo/none", Verdict.ALIVE, "empty"),
        ("ann/list/blob/main/README.md", Verdict.ALIVE, "known"),
        ("ann/list/blob/main/docs/a%20b.md?raw=true", Verdict.ALIVE, "known"),
        ("ann/list/tree/main/docs", Verdict.ALIVE, "known"),
        ("ann/list/tree/main", Verdict.ALIVE, "known"),
        ("ann/list/blob/main/gone.md", Verdict.DEAD, "no such file"),
    ],
)
async def test_a_link_gets_its_verdict_with_its_reason(
    github: OfflineGitHub, path: str, verdict: Verdict, status: str
) -> None:
    assert await check(github, path) == {path: Found(verdict, status, at=7.0)}


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("old/name", "New-Owner/new"),
        ("Old/Name.git", "New-Owner/new"),
        ("old/name/tree/main/src?tab=x#y", "New-Owner/new/tree/main/src?tab=x#y"),
    ],
)
async def test_a_renamed_repository_is_told_with_its_new_name(
    github: OfflineGitHub, path: str, to: str
) -> None:
    [found] = (await check(github, path)).values()
    assert (found.verdict, found.status, found.to) == (Verdict.MOVED, "renamed", f"{HOST}/{to}")


@pytest.mark.parametrize(
    "path",
    [
        "ann/list/issues/3",
        "ann/list/pull/3",
        "ann/list/wiki/Home",
        "ann/list/releases/tag/v1",
        "ann/list/blob/master/README.md",
        "ann/list/blob/gh-pages",
    ],
)
async def test_what_graphql_does_not_surely_tell_is_left_to_be_asked_over_http(
    github: OfflineGitHub, path: str
) -> None:
    assert await check(github, path) == {}


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        (f"{HOST}/ann/list", True),
        ("http://www.GitHub.com/ann/list", True),
        (f"{HOST}/ann", True),
        (HOST, False),
        (f"{HOST}/topics/llm", False),
        (f"{HOST}/sponsors/ann", False),
        (f"{HOST}/ann/li]st", False),
        (f"{HOST}/ann/list/blob/a..b/README.md", False),
        (f"{HOST}/ann/list/blob/main^{{/x}}/README.md", False),
        (f"{HOST}/-ann/list", False),
        ("https://gist.github.com/ann/1", False),
        ("https://raw.githubusercontent.com/ann/list/main/a.md", False),
        ("https://ann.github.io/list", False),
        ("https://github.com.example.org/ann/list", False),
        ("https://me@github.com/ann/list", False),
        ("ftp://github.com/ann/list", False),
        ("https://[github.com/ann", False),
    ],
)
def test_links_to_repositories_and_owners_are_taken_and_no_others(
    github: OfflineGitHub, url: str, taken: bool
) -> None:
    links = GitHubLinks(personal("t", Wire(github)).query)
    assert links.takes(url) is taken


async def test_five_hundred_links_cost_five_requests(github: OfflineGitHub) -> None:
    for n in range(250):
        github.add_repository(f"bo/r{n}", {"a.md": b"a"})
    paths = [
        *(f"bo/r{n}" for n in range(200)),
        *(f"bo/r{n}/blob/main/a.md" for n in range(100, 250)),
        *(f"bo/gone{n}" for n in range(150)),
    ]
    found = await check(github, *paths)
    assert len(found) == 500
    assert {it.verdict for path, it in found.items() if "gone" not in path} == {Verdict.ALIVE}
    assert {it.verdict for path, it in found.items() if "gone" in path} == {Verdict.DEAD}
    assert len([request for request in github.requests if request.path == "/graphql"]) <= 5


async def test_many_files_of_one_repository_are_asked_for_together(github: OfflineGitHub) -> None:
    files = {f"d{n}/a.md": b"a" for n in range(300)}
    github.add_repository("bo/big", files)
    found = await check(github, *(f"bo/big/blob/main/{path}" for path in files))
    assert (len(found), {it.status for it in found.values()}) == (300, {"known"})
    assert len([request for request in github.requests if request.path == "/graphql"]) == 1


def answered(data: dict[str, Any] | None, *errors: dict[str, Any]) -> Response:
    return (
        200,
        {"content-type": "application/json"},
        json.dumps({"data": data, "errors": errors}).encode(),
    )


async def test_a_repository_that_is_kept_from_us_is_not_gone(github: OfflineGitHub) -> None:
    wire = Wire(github)
    refused = {"type": "FORBIDDEN", "path": ["a0"], "message": "SAML"}
    absent = {"type": "NOT_FOUND", "path": ["a1"], "message": "no"}
    wire.answers = [None, answered({"a0": None, "a1": None, "a2": None}, refused, absent)]
    found = await check(github, "an/org", "an/absent", "somebody", wire=wire)
    assert {path: it.verdict for path, it in found.items()} == {"an/absent": Verdict.DEAD}


async def test_a_file_that_could_not_be_looked_up_is_not_gone(github: OfflineGitHub) -> None:
    wire = Wire(github)
    node = {"nameWithOwner": REPO, "b0_0": {"__typename": "Commit"}, "f0_0": None}
    slow = {"type": "SERVICE_UNAVAILABLE", "path": ["a0", "f0_0"], "message": "too slow"}
    wire.answers = [None, answered({"a0": node}, slow)]
    assert await check(github, f"{REPO}/blob/main/README.md", wire=wire) == {}


BROKEN = [
    (answered(None, {"message": "Something went wrong while executing your query"}), "error"),
    (answered(None, {"type": "RATE_LIMITED", "message": "API rate limit exceeded"}), "later"),
    ((403, {"retry-after": "60"}, b"{}"), "later"),
    ((401, {"content-type": "application/json"}, b'{"message": "Bad credentials"}'), "refused"),
]


@pytest.mark.parametrize(("answer", "status"), BROKEN)
async def test_a_github_that_says_nothing_makes_no_link_dead(
    github: OfflineGitHub, answer: Response, status: str
) -> None:
    wire = Wire(github)
    wire.answers = [None, answer, *([None, answer] if status == "refused" else [])]
    found = await check(github, *(f"bo/gone{n}" for n in range(150)), wire=wire)
    assert len(found) == 150
    assert {(it.verdict, it.status) for it in found.values()} == {(Verdict.UNKNOWN, status)}


async def test_an_outage_makes_no_link_dead(github: OfflineGitHub) -> None:
    wire = Wire(github)
    wire.answers = [None, *[ConnectionError("reset")] * 3]
    [found] = (await check(github, "bo/gone", wire=wire)).values()
    assert (found.verdict, found.status) == (Verdict.UNKNOWN, "later")


@given(st.text(max_size=80))
def test_any_address_is_read(path: str) -> None:
    links = GitHubLinks(personal("t", Wire(OfflineGitHub())).query)
    assert links.takes(f"{HOST}/{path}") in {True, False}
