"""The client when it writes: mutations, the token that may commit, the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import queries
from bot.practice.github import OfflineGitHub
from bot.responses import GraphQLError
from bot.retry import TryLater
from tests.clock import Clock
from tests.offline import REPO, Wire, app_of, job_for

if TYPE_CHECKING:
    from bot.responses import Response

HTML = (502, {"content-type": "text/html"}, b"<html>Bad Gateway</html>")
RESOLVE = "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { clientMutationId } }"
PERMISSION = f"/repos/{REPO}/collaborators/ann/permission"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wire(clock: Clock) -> Wire:
    github = OfflineGitHub(clock)
    github.add_repository(REPO, {"README.md": b"a\n"})
    github.open_pull(REPO, {"README.md": b"b\n"})
    return Wire(github)


def asked_for(wire: Wire) -> list[str]:
    """The right to contents that each token was asked with."""
    tokens = [asked.body for asked in wire.github.requests if asked.path.endswith("_tokens")]
    return [body["permissions"]["contents"] for body in tokens]


def used(wire: Wire) -> str:
    return wire.github.requests[-1].headers["authorization"]


@pytest.mark.parametrize("stumble", [HTML, ConnectionResetError("reset"), TimeoutError("slow")])
async def test_a_mutation_is_never_repeated_as_it_may_have_been_done(
    wire: Wire, stumble: Response | OSError
) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        wire.answers = [None, stumble]
        with pytest.raises(TryLater):
            await gh.mutate(RESOLVE, id="thread 1")
    assert gh.calls == 1


async def test_what_github_says_of_a_mutation_is_told(wire: Wire) -> None:
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        with pytest.raises(GraphQLError, match="Could not resolve to a node") as caught:
            await gh.mutate(RESOLVE, id="thread 1")
    assert caught.value.data == {"resolveReviewThread": None}


async def test_mutations_are_writes_and_queries_are_none(wire: Wire) -> None:
    place = {"owner": "ann", "name": "list", "number": 1}
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        for _ in range(59):
            with pytest.raises(GraphQLError):
                await gh.mutate(RESOLVE, id="thread 1")
        for _ in range(5):
            await gh.query(queries.more_said(), **place)
        gh.require_writes(1)
        with pytest.raises(TryLater, match="as fast as GitHub allows"):
            gh.require_writes(2)
        with pytest.raises(GraphQLError):
            await gh.mutate(RESOLVE, id="thread 1")
        made = gh.calls
        with pytest.raises(TryLater, match="as fast as GitHub allows"):
            await gh.mutate(RESOLVE, id="thread 1")
        assert gh.calls == made  # GitHub was not even asked


async def test_a_token_that_may_commit_is_used_for_that_alone(wire: Wire) -> None:
    wire.github.access.granted["contents"] = "write"
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        await gh.getitem(PERMISSION)
        usual = used(wire)
        async with gh.committing() as granted:
            await gh.getitem(PERMISSION)
            wider = used(wire)
        await gh.getitem(PERMISSION)
    assert granted
    assert asked_for(wire) == ["read", "write"]
    assert wider != usual == used(wire)


async def test_the_usual_token_is_back_after_a_failure_too(wire: Wire) -> None:
    wire.github.access.granted["contents"] = "write"
    async with app_of(wire).installation(job_for(wire.github)) as gh:
        await gh.getitem(PERMISSION)
        usual = used(wire)
        with pytest.raises(GraphQLError):
            async with gh.committing():
                await gh.mutate(RESOLVE, id="thread 1")
        await gh.getitem(PERMISSION)
    assert used(wire) == usual


async def test_where_committing_is_not_granted_that_is_asked_at_times_only(
    wire: Wire, clock: Clock
) -> None:
    app, job = app_of(wire), job_for(wire.github)
    for _ in range(3):
        async with app.installation(job) as gh, gh.committing() as granted:
            await gh.getitem(PERMISSION)
            assert not granted
    assert asked_for(wire) == ["write", "read"]
    wire.github.access.granted["contents"] = "write"
    clock.now += 601
    async with app.installation(job) as gh, gh.committing() as granted:
        assert granted


async def test_a_refused_token_that_may_commit_is_replaced_by_its_like(wire: Wire) -> None:
    wire.github.access.granted["contents"] = "write"
    async with (
        app_of(wire).installation(job_for(wire.github)) as gh,
        gh.committing() as granted,
    ):
        wire.github.access.revoke_all()
        await gh.getitem(PERMISSION)
    assert granted
    assert asked_for(wire) == ["write", "write"]
