from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any

import gidgethub
import jwt
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot import pulls
from bot.practice.github import OfflineGitHub
from bot.practice.serve import deliver
from bot.practice.store import patch_of
from tests.offline import REPO, client

ROWS = b"| a |\r\n| b |\r\n| c |\r\n"


@pytest.fixture
def github() -> OfflineGitHub:
    github = OfflineGitHub()
    github.add_repository(REPO, {"README.md": ROWS})
    return github


def ask(
    github: OfflineGitHub, method: str, path: str, token: str = ""
) -> tuple[int, dict[str, Any]]:
    headers = {"authorization": f"bearer {token}"}
    status, _, body = github.respond(method, f"http://127.0.0.1{path}", headers, b"")
    return status, json.loads(body)


async def review(github: OfflineGitHub, *comments: dict[str, Any]) -> None:
    head = github.repositories[REPO].pulls[1].head
    said = {"event": "COMMENT", "body": "Look.", "commit_id": head, "comments": list(comments)}
    async with client(github) as gh:
        await gh.post(f"/repos/{REPO}/pulls/1/reviews", data=said)


def test_a_route_that_it_does_not_play_is_named(github: OfflineGitHub) -> None:
    status, answer = ask(github, "DELETE", "/user")
    assert status == 404
    assert answer == {"message": "The offline GitHub knows no DELETE /user"}


def test_a_jwt_of_another_key_gets_no_token(github: OfflineGitHub) -> None:
    forged = jwt.encode({"iss": github.app_id, "iat": 0, "exp": 2**33}, "k" * 32, "HS256")
    assert ask(github, "POST", "/app/installations/7/access_tokens", forged)[0] == 401


def test_a_jwt_that_lasts_too_long_gets_no_token(github: OfflineGitHub) -> None:
    claims = {"iss": github.app_id, "iat": 1_700_000_000, "exp": 2**33}
    token = jwt.encode(claims, github.private_key, "RS256")
    status, answer = ask(github, "POST", "/app/installations/7/access_tokens", token)
    assert status == 401
    assert "too far in the future" in answer["message"]


def test_an_installation_token_lasts_an_hour() -> None:
    now = [1_800_000_000.0]
    github = OfflineGitHub(lambda: now[0])
    github.add_repository(REPO, {"README.md": ROWS})
    token = github.access.mint({})["token"]
    now[0] += 3599
    assert ask(github, "GET", f"/repos/{REPO}/pulls/1", token)[0] == 404  # no such pull request
    now[0] += 1
    assert ask(github, "GET", f"/repos/{REPO}/pulls/1", token)[0] == 401


def test_a_request_without_a_token_is_refused(github: OfflineGitHub) -> None:
    assert ask(github, "GET", f"/repos/{REPO}/pulls/1")[0] == 401


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ({"line": 9}, "must be part of the diff"),
        ({"path": "LICENSE"}, "path is invalid"),
        ({"start_line": 2}, "must precede"),
        ({"start_line": 31, "line": 32}, "must be part of the diff"),
        ({"line": 30, "start_line": 3}, "same hunk"),
        ({"body": " "}, "Body cannot be blank"),
        ({"body": "x" * 65_537}, "too long"),
    ],
)
async def test_one_bad_comment_refuses_the_whole_review(
    github: OfflineGitHub, bad: dict[str, Any], why: str
) -> None:
    long = b"".join(b"| %d |\n" % number for number in range(30))
    github.move_base(REPO, {"README.md": long})
    github.open_pull(REPO, {"README.md": long.replace(b"| 1 |", b"| x |") + b"| y |\n"})
    good = {"path": "README.md", "line": 2, "side": "RIGHT", "body": "fine"}
    with pytest.raises(gidgethub.BadRequest, match=why):
        await review(github, good, good | bad)
    assert github.reviews(REPO, 1) == github.review_comments(REPO, 1) == []


async def test_more_than_fifty_annotations_at_once_are_refused(github: OfflineGitHub) -> None:
    head = github.repositories[REPO].tip
    output = {"title": "t", "summary": "s", "annotations": [{}] * 51}
    data = {"name": "x", "head_sha": head, "output": output}
    async with client(github) as gh:
        with pytest.raises(gidgethub.BadRequest, match="50 items are allowed; 51"):
            await gh.post(f"/repos/{REPO}/check-runs", data=data)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ({"label": "x" * 21}, "20 characters"),
        ({"description": "x" * 41}, "40 characters"),
        ({"identifier": "x" * 21}, "20 characters"),
        (None, "No more than 3"),
    ],
)
async def test_buttons_that_github_would_not_take_are_refused(
    github: OfflineGitHub, bad: dict[str, str] | None, why: str
) -> None:
    good = {"label": "x" * 20, "description": "x" * 40, "identifier": "x" * 20}
    head = github.repositories[REPO].tip
    data = {"name": "x", "head_sha": head, "output": {"title": "t", "summary": "s"}}
    url = f"/repos/{REPO}/check-runs"
    async with client(github) as gh:
        await gh.post(url, data=data | {"actions": [good] * 3})
        with pytest.raises(gidgethub.BadRequest, match=why):
            await gh.post(url, data=data | {"actions": [good | bad] if bad else [good] * 4})
    [run] = github.check_runs(REPO)
    assert run["actions"] == [good] * 3


async def test_pressing_the_suggestions_changes_those_lines_and_no_other_byte(
    github: OfflineGitHub,
) -> None:
    number = github.open_pull(REPO, {"README.md": ROWS.upper() + b"| D |"})
    place = {"path": "README.md", "side": "RIGHT"}
    await review(
        github,
        place | {"line": 1, "body": "Say\n\n```suggestion\n| one |\n| two |\n```\nWhy"},
        place | {"line": 3, "start_line": 2, "body": "````suggestion\n```\n````"},
        place | {"line": 4, "body": "No suggestion here."},
    )
    sha = github.apply_suggestions(REPO, number)
    assert sha == github.repositories[REPO].pulls[number].head
    files = github.repositories[REPO].store.commits[sha].files
    assert files["README.md"] == b"| one |\r\n| two |\r\n```\r\n| D |"
    assert github.apply_suggestions(REPO, number) is None


def test_what_people_do_is_delivered_in_githubs_shape(github: OfflineGitHub) -> None:
    number = github.open_pull(REPO, {"README.md": b"x\n"}, title="Add x", user="bob", draft=True)
    before = github.repositories[REPO].pulls[number].head
    after = github.push(REPO, number, {"README.md": b"y\n"})
    opened, pushed = github.deliveries
    assert (opened.event, opened.payload["action"]) == ("pull_request", "opened")
    assert opened.payload["pull_request"]["head"]["repo"]["full_name"] == "bob/list"
    assert opened.payload["pull_request"]["draft"] is True
    assert opened.payload["repository"]["full_name"] == REPO
    assert opened.payload["installation"] == {"id": 7}
    assert pushed.payload["action"] == "synchronize"
    assert (pushed.payload["before"], pushed.payload["after"]) == (before, after)
    assert opened.guid != pushed.guid


async def test_deliveries_are_sent_signed_and_in_order(github: OfflineGitHub) -> None:
    got = []

    async def receive(request: web.Request) -> web.Response:
        got.append((request.headers, await request.read()))
        return web.Response(status=202)

    app = web.Application()
    app.router.add_post("/webhook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    github.open_pull(REPO, {"README.md": b"x\n"})
    github.push(REPO, 1, {"README.md": b"y\n"})
    guids = [delivery.guid for delivery in github.deliveries]
    try:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
        assert await deliver(github, url, "s3cret") == [202, 202]
    finally:
        await runner.cleanup()
    assert [headers["X-GitHub-Delivery"] for headers, _ in got] == guids
    for headers, body in got:
        digest = hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
        assert headers["X-Hub-Signature-256"] == f"sha256={digest}"
        assert headers["X-GitHub-Event"] == "pull_request"
    assert github.deliveries == []


async def test_a_rebase_moves_the_merge_base_with_it(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"README.md": ROWS + b"| d |\r\n"})
    tip = github.move_base(REPO, {"LICENSE": b"MIT\n"})
    head = github.rebase(REPO, 1, {"README.md": ROWS + b"| e |\r\n"})
    async with client(github) as gh:
        changes = await pulls.compare(gh, REPO, "main", head, number=1)
    assert (changes.merge_base, changes.base_tip) == (tip, tip)
    assert [file.path for file in changes.files] == ["README.md"]


texts = st.lists(st.sampled_from([b"a", b"b", b"a\r", b"\xe2\x80\xa8", b""]), max_size=12)


@given(texts, texts, st.booleans(), st.booleans())
def test_a_patch_makes_the_new_text_of_the_old(
    old: list[bytes], new: list[bytes], old_ends: bool, new_ends: bool
) -> None:
    before = b"\n".join(old) + b"\n" * old_ends
    after = b"\n".join(new) + b"\n" * new_ends
    assert applied(patch_of(before, after) or "", before) == after


def test_binary_files_have_no_patch() -> None:
    assert patch_of(b"a\0", b"b\0") is None


def applied(patch: str, before: bytes) -> bytes:
    """The text that a patch makes, done as `patch` does it: line by line."""
    rest = re.findall(r"[^\n]*\n|[^\n]+", before.decode())
    made: list[str] = []
    taken = 0
    for line in patch.replace("\n\\ No newline at end of file", "\0").split("\n"):
        if line.startswith("@@"):
            start, _, count = line.split()[1][1:].partition(",")
            first = int(start) - (count != "0")
            made += rest[taken:first]
            taken = first
        elif line:
            text = line[1:-1] if line.endswith("\0") else line[1:] + "\n"
            assert line[0] == "+" or rest[taken] == text
            taken += line[0] in " -"
            made += [text] if line[0] in " +" else []
    return "".join(made + rest[taken:]).encode()


async def test_comments_are_listed_by_pages_from_a_time_on(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"README.md": ROWS + b"x"})
    for n in range(3):
        github.comment(REPO, 1, f"{n}", user="ann")
    url = f"/repos/{REPO}/issues/1/comments?per_page=2&since="
    async with client(github) as gh:
        bodies = [one["body"] async for one in gh.getiter(url + "2001-01-01T00:00:00Z")]
        assert bodies == ["0", "1", "2"]
        assert [one async for one in gh.getiter(url + "2999-01-01T00:00:00Z")] == []


async def test_a_reply_to_a_reply_and_an_unknown_reaction_are_refused(
    github: OfflineGitHub,
) -> None:
    github.open_pull(REPO, {"README.md": ROWS + b"| d |\r\n"})
    await review(github, {"path": "README.md", "line": 4, "side": "RIGHT", "body": "Hm."})
    first = github.review_comments(REPO, 1)[0]["id"]
    reply = github.reply(REPO, 1, first, "Why?", user="ann")
    comments = f"/repos/{REPO}/pulls/1/comments"
    async with client(github) as gh:
        await gh.post(f"{comments}/{first}/replies", data={"body": "So."})
        for url, data, status in (
            (f"{comments}/{reply}/replies", {"body": "So."}, 404),
            (f"/repos/{REPO}/pulls/comments/{reply}/reactions", {"content": "ok"}, 422),
            (f"/repos/{REPO}/pulls/comments/999/reactions", {"content": "+1"}, 404),
        ):
            with pytest.raises(gidgethub.BadRequest) as refused:
                await gh.post(url, data=data)
            assert refused.value.status_code == status
