from __future__ import annotations

import asyncio
import json
import traceback
from typing import TYPE_CHECKING

import gidgethub
import pytest

from bot.github import Client
from bot.practice.github import OfflineGitHub
from bot.responses import GraphQLError, Response
from bot.retry import TryLater
from bot.transport import http
from tests.clock import Clock
from tests.offline import API, REPO, Wire, app_of, job_for, no_sleep

if TYPE_CHECKING:
    from collections.abc import Mapping

PULL = f"/repos/{REPO}/pulls/1"
QUERY = """
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { number } }
}
"""
HTML = (502, {"content-type": "text/html"}, b"<html>Bad Gateway</html>")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def github(clock: Clock) -> OfflineGitHub:
    github = OfflineGitHub(clock)
    github.add_repository(REPO, {"README.md": b"a\n"})
    github.add_repository("ann/other", {"README.md": b"a\n"}, private=True)
    github.open_pull(REPO, {"README.md": b"b\n"})
    github.open_pull("ann/other", {"README.md": b"b\n"})
    return github


@pytest.fixture
def wire(github: OfflineGitHub) -> Wire:
    return Wire(github)


def minted(github: OfflineGitHub) -> list[object]:
    return [asked.body for asked in github.requests if asked.path.endswith("/access_tokens")]


def error(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    sent = {"content-type": "application/json", **(headers or {})}
    return status, sent, json.dumps({"message": message}).encode()


async def test_jobs_at_once_share_one_token_narrowed_to_repository_and_rights(wire: Wire) -> None:
    app, job = app_of(wire), job_for(wire.github)

    async def work() -> None:
        async with app.installation(job) as gh:
            await gh.getitem(PULL)

    await asyncio.gather(*(work() for _ in range(5)))
    rights = {
        "checks": "write",
        "contents": "read",
        "issues": "write",
        "metadata": "read",
        "pull_requests": "write",
    }
    repository = wire.github.repositories[REPO].id
    assert minted(wire.github) == [{"repository_ids": [repository], "permissions": rights}]
    assert app.calls == 6


async def test_each_repository_gets_a_token_of_its_own(wire: Wire) -> None:
    app = app_of(wire)
    async with app.installation(job_for(wire.github)) as gh:
        await gh.getitem(PULL)
        with pytest.raises(gidgethub.BadRequest, match="Not Found"):
            await gh.getitem("/repos/ann/other/pulls/1")
    async with app.installation(job_for(wire.github, "ann/other")) as gh:
        await gh.getitem("/repos/ann/other/pulls/1")
    assert len(minted(wire.github)) == 2


async def test_a_token_is_renewed_shortly_before_it_ends(wire: Wire, clock: Clock) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        await gh.getitem(PULL)
        clock.now += 3600 - 301
        await gh.getitem(PULL)
        assert len(minted(wire.github)) == 1
        clock.now += 2
        await gh.getitem(PULL)
    assert len(minted(wire.github)) == 2


async def test_a_refused_token_is_replaced_and_the_request_repeated(wire: Wire) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        await gh.getitem(PULL)
        wire.github.access.revoke_all()
        assert (await gh.getitem(PULL))["number"] == 1
    assert len(minted(wire.github)) == 2


async def test_a_token_is_replaced_once_only(wire: Wire) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        wire.answers = [None, error(401, "Bad credentials"), None, error(401, "Bad credentials")]
        with pytest.raises(gidgethub.BadRequest, match="Bad credentials"):
            await gh.getitem(PULL)
    assert len(minted(wire.github)) == 2


async def test_the_installation_is_looked_up_where_the_delivery_names_none(wire: Wire) -> None:
    async with app_of(wire).installation(job_for(wire.github, installation=None)) as gh:
        assert (await gh.getitem(PULL))["number"] == 1
    assert wire.urls[0] == f"{API}/repos/{REPO}/installation"


async def test_every_request_names_us_and_the_version_of_the_api(wire: Wire) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        await gh.getitem(PULL)
        with pytest.raises(GraphQLError):
            await gh.query(QUERY, owner="ann", name="list", number=99)
    assert len(wire.github.requests) == 3
    for asked in wire.github.requests:
        assert asked.headers["user-agent"] == "listwright"
        assert asked.headers["x-github-api-version"] == "2022-11-28"


async def test_graphql_goes_where_the_settings_say(wire: Wire) -> None:
    app = app_of(wire, "https://ghe.test/api/v3", "https://ghe.test/api/graphql")
    async with app.installation(job_for(wire.github)) as gh:
        await gh.getitem(PULL)
        with pytest.raises(GraphQLError):
            await gh.query(QUERY, owner="ann", name="list", number=99)
    assert wire.urls[0].startswith("https://ghe.test/api/v3/app/installations/")
    assert wire.urls[1:] == [f"https://ghe.test/api/v3{PULL}", "https://ghe.test/api/graphql"]


@pytest.mark.parametrize(
    "stumble",
    [
        HTML,
        error(503, "Unavailable"),
        (520, {}, b""),
        (200, {"content-type": "application/json"}, b'{"number":'),
        (200, {"content-type": "text/html"}, b"<html></html>"),
        ConnectionResetError("reset"),
        TimeoutError("slow"),
        error(404, "Not Found"),
    ],
)
async def test_a_read_is_repeated_when_github_stumbles(
    wire: Wire, stumble: Response | OSError
) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        wire.answers = [None, stumble, stumble]
        assert (await gh.getitem(PULL))["number"] == 1
    assert gh.calls == 3


async def test_a_query_is_repeated_as_well(wire: Wire) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        wire.answers = [None, HTML]
        asked = {"owner": "ann", "name": "list", "number": 1}
        assert (await gh.query(QUERY, **asked))["repository"]["pullRequest"]
    assert gh.calls == 2


async def test_an_outage_asks_to_be_run_again_later(wire: Wire) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        wire.answers = [None, HTML, ConnectionResetError(), HTML]
        with pytest.raises(TryLater, match=r"GET /repos/ann/list/pulls/1: GitHub answered 502"):
            await gh.getitem(PULL)


@pytest.mark.parametrize("stumble", [HTML, ConnectionResetError("reset")])
async def test_a_write_is_not_repeated_as_it_may_have_been_done(
    wire: Wire, stumble: Response | OSError
) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        wire.answers = [None, stumble]
        with pytest.raises(TryLater):
            await gh.post(f"{PULL}/reviews", data={})
    assert gh.calls == 1


async def test_what_stays_missing_is_told(wire: Wire) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        with pytest.raises(gidgethub.BadRequest, match="Not Found"):
            await gh.getitem(f"/repos/{REPO}/pulls/99")
    assert gh.calls == 3


SPENT = {
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "1800000900",
}


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (error(403, "API rate limit exceeded for installation", SPENT), 901),
        (error(429, "Too many requests", {"retry-after": "17"}), 17),
        (error(429, "Too many requests"), 60),
        (error(403, "You have exceeded a secondary rate limit", {"retry-after": "120"}), 120),
        (error(403, "You have exceeded a secondary rate limit"), 60),
    ],
)
async def test_a_rate_limit_is_waited_for_as_long_as_github_says(
    wire: Wire, answer: Response, seconds: float
) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        for attempt in (gh.getitem(PULL), gh.query(QUERY)):
            wire.answers = [None, answer] if not gh.calls else [answer]
            with pytest.raises(TryLater) as caught:
                await attempt
            assert caught.value.seconds == seconds
    assert gh.calls == 2


@pytest.mark.parametrize(("headers", "seconds"), [(SPENT, 901), ({}, 60)])
async def test_a_spent_graphql_limit_is_waited_for(
    wire: Wire, headers: Mapping[str, str], seconds: float
) -> None:
    spent = {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}
    sent = {"content-type": "application/json", **headers}
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        wire.answers = [None, (200, sent, json.dumps(spent).encode())]
        with pytest.raises(TryLater) as caught:
            await gh.query(QUERY)
    assert caught.value.seconds == seconds


async def test_a_right_that_is_missing_is_no_rate_limit(wire: Wire) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        wire.answers = [None, error(403, "Resource not accessible by integration")]
        with pytest.raises(gidgethub.BadRequest, match="not accessible"):
            await gh.getitem(PULL)


async def test_a_failed_query_tells_every_message_and_keeps_what_github_gave(wire: Wire) -> None:
    answer = {
        "data": {"repository": {"id": "R_1"}},
        "errors": [{"type": "FORBIDDEN", "message": "one"}, {"message": "two"}],
    }
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        sent = {"content-type": "application/json"}
        wire.answers = [None, (200, sent, json.dumps(answer).encode())]
        with pytest.raises(GraphQLError, match="one; two") as caught:
            await gh.query(QUERY)
    assert caught.value.data == {"repository": {"id": "R_1"}}


@pytest.mark.parametrize(
    "trouble",
    [
        error(401, "Bad credentials"),
        error(403, "This installation has been suspended"),
        error(422, "The permissions requested are not granted to this installation."),
        HTML,
        ConnectionResetError(),
    ],
)
async def test_no_trouble_shows_a_token_or_the_key(wire: Wire, trouble: Response | OSError) -> None:
    app, job = app_of(wire), job_for(wire.github)
    async with app.installation(job) as gh:
        await gh.getitem(PULL)
        token = wire.github.requests[-1].headers["authorization"].removeprefix("token ")
        wire.answers = [trouble] * 3
        with pytest.raises((gidgethub.GitHubException, TryLater)) as caught:
            await gh.getitem(PULL)
    told = "".join(traceback.format_exception(caught.value)) + repr((app, gh, vars(gh)))
    assert token.startswith("ghs_")
    assert "ghs_" not in told
    assert wire.github.private_key[40:80] not in told


async def test_a_connection_that_fails_shows_nothing_of_the_request() -> None:
    async with http() as transport:
        gh = Client(
            transport,
            api_url="http://127.0.0.1:1",  # nobody listens there
            graphql_url="http://127.0.0.1:1/graphql",
            sleep=no_sleep,
            token=secret,
        )
        with pytest.raises(TryLater, match="no answer") as caught:
            await gh.getitem(PULL)
    assert "ghs_secret" not in "".join(traceback.format_exception(caught.value))
    assert gh.calls == 3


async def secret(_refused: str | None) -> str:
    return "ghs_secret"
