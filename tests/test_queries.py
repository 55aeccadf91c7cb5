from __future__ import annotations

import json

import pytest

from bot import pulls
from bot.practice.github import OfflineGitHub
from bot.responses import GraphQLError
from tests.offline import REPO, Wire, app_of, client, job_for

README = b"words\n"


@pytest.fixture
def github() -> OfflineGitHub:
    github = OfflineGitHub()
    github.add_repository(REPO, {"README.md": README})
    return github


@pytest.mark.parametrize(
    ("files", "private", "found"),
    [
        ({"a.yml": b"x: 1\n"}, False, b"x: 1\n"),
        ({"a.yml": b"caf\xe9\n"}, False, b"caf\xe9\n"),  # by REST: GraphQL replaces the byte
        ({"b.yml": b"x: 1\n"}, False, None),
        ({"a.yml": b"x: 1\n"}, True, None),
        (None, False, None),
    ],
)
async def test_the_owners_file_comes_with_the_same_query_where_it_can_be_read(
    github: OfflineGitHub, files: dict[str, bytes] | None, private: bool, found: bytes | None
) -> None:
    github.open_pull(REPO, {"a.txt": b"x"})
    if files is not None:
        github.add_repository("ann/.github", files, private=private)
    blobs = {"ours": "main:README.md"}
    async with client(github) as gh:
        state = await pulls.read(gh, REPO, 1, blobs, "a.yml")
        assert gh.calls == (2 if found == b"caf\xe9\n" else 1)
    texts = {name: text and text.data for name, text in state.texts.items()}
    assert texts == {"ours": README, "defaults": found}


async def test_a_pull_request_that_is_gone_stays_an_error_beside_the_owners_file(
    github: OfflineGitHub,
) -> None:
    async with client(github) as gh:
        with pytest.raises(GraphQLError, match="Could not resolve to a PullRequest"):
            await pulls.read(gh, REPO, 9, {}, "a.yml")


async def test_another_failure_at_the_owners_file_is_no_missing_file(github: OfflineGitHub) -> None:
    wire = Wire(github)
    github.open_pull(REPO, {"a.txt": b"x"})
    error = {"type": "INTERNAL", "path": ["owner"], "message": "Something went wrong"}
    body = json.dumps({"data": {"repository": None, "owner": None}, "errors": [error]}).encode()
    async with app_of(wire).installation(job_for(github)) as gh:
        await gh.getitem(f"/repos/{REPO}/pulls/1")  # the token is there
        wire.answers = [(200, {"content-type": "application/json"}, body)]
        with pytest.raises(GraphQLError, match="Something went wrong"):
            await pulls.read(gh, REPO, 1, {}, "a.yml")
