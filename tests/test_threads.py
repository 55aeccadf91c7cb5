"""What GitHub refuses while earlier comments are settled: the others are, and the check stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot import judge
from bot.dispatch import run
from tests.conversation import MENDED, bodies, grant, resolved
from tests.offline import REPO, Wire, app_of
from tests.world import World, empty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.responses import Response


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


class Deleting(Wire):
    """Somebody deletes a comment of ours once the check run is there."""

    async def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Response:
        if url.endswith("/check-runs"):
            del self.github.repositories[REPO].pulls[1].comments[1]
        return await super().__call__(method, url, headers, body)


@pytest.mark.parametrize("right", [False, True])
async def test_a_comment_that_was_deleted_meanwhile_stops_no_other(right: bool) -> None:
    world = grant(World()) if right else World()
    await world.do(world.open({"README.md": empty(7, 21, 31)}))
    await run(world.push(MENDED), app_of(Deleting(world.github)))
    assert world.checks == [("success", "1 row edited, nothing to fix")]
    told = [body.startswith("**Mended") for body in bodies(world)]
    assert told == [not right] * 2
    assert resolved(world) == ["listwright[bot]" if right else None] * 2


class Refusing(Wire):
    """A GitHub that takes no mutation of some kind."""

    def __init__(self, world: World, field: bytes, data: object) -> None:
        super().__init__(world.github)
        self.field = field
        self.data = data

    async def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Response:
        if self.field not in body:
            return await super().__call__(method, url, headers, body)
        self.urls.append(url)
        answer = {"data": self.data, "errors": [{"type": "FORBIDDEN", "message": "No."}]}
        return 200, {"content-type": "application/json"}, json.dumps(answer).encode()


@pytest.mark.parametrize("field", [b"updatePullRequestReviewComment", b"resolveReviewThread"])
@pytest.mark.parametrize("data", [None, {"m0": None, "m1": None}])
async def test_where_github_refuses_the_call_for_all_each_comment_is_edited_by_itself(
    field: bytes, data: object
) -> None:
    world = World() if field.startswith(b"update") else grant(World())
    await world.do(world.open({"README.md": empty(7, 21)}))
    wire = Refusing(world, field, data)
    await run(world.push(MENDED), app_of(wire))
    assert [body.startswith("**Mended") for body in bodies(world)] == [True, True]
    assert sum(url.endswith("/graphql") for url in wire.urls) == 2  # one to read, one refused
    assert world.checks == [("success", "1 row edited, nothing to fix")]
