from __future__ import annotations

from typing import TYPE_CHECKING

import gidgethub
import pytest

from bot import posts, pulls
from bot.practice.github import OfflineGitHub
from bot.responses import GraphQLError
from bot.retry import TryLater
from bot.texts import MAX_BYTES, blob_oid
from tests.offline import REPO, Wire, app_of, client, job_for

if TYPE_CHECKING:
    from bot.github import Client

LIST = b"".join(b"| %d |\n" % number for number in range(1, 101))
CHANGED = LIST.replace(b"| 50 |", b"| fifty |")


@pytest.fixture
def github() -> OfflineGitHub:
    github = OfflineGitHub()
    github.add_repository(REPO, {"README.md": LIST})
    return github


def head_of(github: OfflineGitHub) -> str:
    return github.repositories[REPO].pulls[1].head


async def read(gh: Client, github: OfflineGitHub, **paths: str) -> pulls.State:
    blobs = {name: f"{head_of(github)}:{path}" for name, path in paths.items()}
    return await pulls.read(gh, REPO, 1, blobs)


async def test_a_comparison_tells_what_changed_since_the_branch_was_left(
    github: OfflineGitHub,
) -> None:
    base = github.repositories[REPO].tip
    github.open_pull(REPO, {"README.md": CHANGED, "new {a}.md": b"x\n"})
    tip = github.move_base(REPO, {"LICENSE": b"MIT\n"})
    async with client(github) as gh:
        changes = await pulls.compare(gh, REPO, "main", head_of(github), number=1)
        assert gh.calls == 1
    assert (changes.merge_base, changes.base_tip) == (base, tip)
    assert [(file.path, file.status) for file in changes.files] == [
        ("README.md", "modified"),
        ("new {a}.md", "added"),
    ]
    assert changes.files[1].patch == "@@ -0,0 +1 @@\n+x"


async def test_a_renamed_file_keeps_its_former_path(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"README.md": None, "LIST.md": LIST})
    async with client(github) as gh:
        changes = await pulls.compare(gh, REPO, "main", head_of(github), number=1)
    assert changes.files == (pulls.ChangedFile("LIST.md", "renamed", "README.md", None),)


async def test_more_files_than_a_comparison_holds_are_paged(github: OfflineGitHub) -> None:
    names = [f"f{number:03}.md" for number in range(350)]
    github.open_pull(REPO, dict.fromkeys(names, b"x\n"))
    async with client(github) as gh:
        changes = await pulls.compare(gh, REPO, "main", head_of(github), number=1)
        assert gh.calls == 5
    assert [file.path for file in changes.files] == names


async def test_a_branch_with_any_name_is_asked_for_as_it_is(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"README.md": CHANGED})
    wire = Wire(github)
    async with app_of(wire).installation(job_for(github)) as gh:
        with pytest.raises(gidgethub.BadRequest):
            await pulls.compare(gh, REPO, "fix/{x}?#1", head_of(github), number=1)
    assert f"/compare/fix%2F%7Bx%7D%3F%231...{head_of(github)}?" in wire.urls[-1]


async def test_one_query_reads_the_pull_request_and_all_texts(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"README.md": CHANGED}, user="bob", draft=True)
    github.repositories[REPO].pulls[1].labels = ["docs"]
    async with client(github) as gh:
        state = await read(gh, github, ours="README.md", none="missing.md")
        assert gh.calls == 1
    assert state == pulls.State(
        url="https://github.com/ann/list",
        head=pulls.Head(head_of(github), "patch-1", "bob/list", editable=True),
        base_ref="main",
        base_tip=github.repositories[REPO].tip,
        state="OPEN",
        draft=True,
        labels=("docs",),
        author="bob",
        bot=False,
        association="CONTRIBUTOR",
        commits=(pulls.Commit(head_of(github), "Change files"),),
        texts=state.texts,
    )
    text = state.texts["ours"]
    assert text is not None
    assert (text.oid, text.data) == (blob_oid(CHANGED), CHANGED)
    assert state.texts["none"] is None


async def test_a_deleted_fork_and_a_closed_pull_request_are_told(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"README.md": CHANGED})
    github.repositories[REPO].pulls[1].head_repository = None
    github.close(REPO, 1)
    async with client(github) as gh:
        state = await read(gh, github)
    assert (state.head.repository, state.state) == (None, "CLOSED")


@pytest.mark.parametrize(
    "data",
    [
        "é".encode() * 256_000 + b"|",  # GraphQL cuts it, within a character even
        b"| caf\xe9 |\n",  # latin-1: GraphQL replaces the byte
        b"a\0b\n",  # binary: GraphQL gives no text
    ],
)
async def test_what_graphql_cannot_carry_whole_is_fetched_once_as_a_blob(
    github: OfflineGitHub, data: bytes
) -> None:
    github.open_pull(REPO, {"a.md": data, "same.md": data})
    async with client(github) as gh:
        state = await read(gh, github, one="a.md", other="same.md")
        assert gh.calls == 2
    for text in state.texts.values():
        assert text is not None
        assert text.data == data


async def test_a_file_too_large_to_judge_is_named_and_not_fetched(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"huge.md": b"x" * (MAX_BYTES + 1)})
    async with client(github) as gh:
        state = await read(gh, github, huge="huge.md", small="README.md")
        assert gh.calls == 1
    assert state.texts["huge"] is None
    assert state.oversized == ("huge",)


async def test_a_blob_with_other_bytes_than_its_own_is_never_used(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"a.md": b"\xe9\n"})
    github.repositories[REPO].store.blobs[blob_oid(b"\xe9\n")] = b"other\n"
    async with client(github) as gh:
        with pytest.raises(TryLater, match="other bytes than its own"):
            await read(gh, github, one="a.md")


def test_a_blob_is_named_as_git_names_it_in_either_kind_of_repository() -> None:
    sha256 = "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
    assert blob_oid(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert blob_oid(b"", like=sha256) == sha256


async def test_a_pull_request_that_is_gone_is_told_in_githubs_words(github: OfflineGitHub) -> None:
    async with client(github) as gh:
        with pytest.raises(GraphQLError, match="Could not resolve to a PullRequest"):
            await pulls.read(gh, REPO, 9, {})


async def test_all_that_we_said_is_known_and_nothing_that_others_said(
    github: OfflineGitHub,
) -> None:
    github.open_pull(REPO, {"README.md": LIST.replace(b"|\n", b"| x |\n")})
    human = {"id": 0, "user": {"login": "ann"}, "commit_id": "", "path": "README.md", "line": 1}
    async with client(github) as gh:
        for number in range(3):
            said = [
                posts.ReviewComment("README.md", line, None, f"{number}: {line}")
                for line in range(1, 91)
            ]
            await posts.post_review(gh, REPO, 1, head_of(github), f"review {number}", said)
            github.review_comments(REPO, 1).append(human | {"body": "thanks"})
        before = gh.calls
        state = await read(gh, github)
        assert gh.calls - before == 3  # 273 threads, 100 at a time
    comments = [f"{number}: {line}" for number in range(3) for line in range(1, 91)]
    assert sorted(thread.body for thread in state.threads) == sorted(comments)
    assert sorted(state.reviews) == [f"review {number}" for number in range(3)]


def comment(line: int, start: int | None = None) -> posts.ReviewComment:
    return posts.ReviewComment("README.md", line, start, f"about {line}")


async def test_a_review_is_one_call_with_all_its_comments(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"README.md": CHANGED})
    async with client(github) as gh:
        said = [comment(50), comment(51, start=49), comment(52, start=52)]
        assert await posts.post_review(gh, REPO, 1, head_of(github), "Look.", said) == ()
        assert gh.calls == 1
    (review,) = github.reviews(REPO, 1)
    assert (review["state"], review["body"]) == ("COMMENTED", "Look.")
    assert review["commit_id"] == head_of(github)
    places = [(made["start_line"], made["line"]) for made in github.review_comments(REPO, 1)]
    assert places == [(None, 50), (49, 51), (None, 52)]


@pytest.mark.parametrize("bad", [[0], [7], [29], [3, 4], [0, 29]])
async def test_comments_that_github_refuses_do_not_lose_the_others(
    github: OfflineGitHub, bad: list[int]
) -> None:
    github.open_pull(REPO, {"README.md": LIST.replace(b"|\n", b"| x |\n")})
    said = [comment(500 + n if n in bad else 1 + n) for n in range(30)]
    async with client(github) as gh:
        refused = await posts.post_review(gh, REPO, 1, head_of(github), "Look.", said)
        assert gh.calls <= 12
    made = {made["body"] for made in github.review_comments(REPO, 1)}
    assert len(made) == len(github.review_comments(REPO, 1)) >= 20
    # Whatever is not on the pull request came back; nothing is lost and nothing said twice.
    assert [one.body for one in refused] == [one.body for one in said if one.body not in made]
    assert {said[n] for n in bad} <= set(refused)
    assert [review["body"] for review in github.reviews(REPO, 1)].count("Look.") == 1


async def test_where_all_is_refused_no_review_is_posted_and_all_comes_back(
    github: OfflineGitHub,
) -> None:
    github.open_pull(REPO, {"README.md": CHANGED})
    said = [comment(1), comment(2)]
    async with client(github) as gh:
        assert await posts.post_review(gh, REPO, 1, head_of(github), "Look.", said) == tuple(said)
    assert github.reviews(REPO, 1) == []


async def test_another_refusal_than_of_a_comment_is_not_bisected(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"README.md": CHANGED})
    async with client(github) as gh:
        with pytest.raises(gidgethub.BadRequest, match="Not Found"):
            await posts.post_review(gh, REPO, 9, head_of(github), "Look.", [comment(1)])
        assert gh.calls == 1


def check_with(notes: int) -> posts.CheckRun:
    annotations = [
        posts.Annotation("README.md", line, line, "notice", f"note {line}")
        for line in range(1, notes + 1)
    ]
    return posts.CheckRun("listwright", "success", "Fine", "All is well.", None, annotations)


@pytest.mark.parametrize(("notes", "calls"), [(0, 1), (50, 1), (51, 2), (150, 3)])
async def test_a_check_run_holds_every_annotation_fifty_a_call(
    github: OfflineGitHub, notes: int, calls: int
) -> None:
    github.open_pull(REPO, {"README.md": CHANGED})
    async with client(github) as gh:
        check = check_with(notes)
        number = await posts.post_check(gh, REPO, head_of(github), check)
        assert gh.calls == calls
    (run,) = github.check_runs(REPO, head_of(github))
    assert (run["id"], run["name"], run["conclusion"]) == (number, "listwright", "success")
    assert run["output"] == {"title": "Fine", "summary": "All is well."}
    assert [made["message"] for made in run["annotations"]] == [
        note.message for note in check.annotations
    ]


async def test_what_is_too_long_for_a_check_run_is_cut_and_says_so(github: OfflineGitHub) -> None:
    github.open_pull(REPO, {"README.md": CHANGED})
    note = posts.Annotation("README.md", 1, 1, "failure", "m" * 70_000, "t" * 300)
    check = posts.CheckRun("listwright", "failure", "t" * 300, "s" * 70_000, "é" * 40_000, [note])
    async with client(github) as gh:
        await posts.post_check(gh, REPO, head_of(github), check)
    (run,) = github.check_runs(REPO)
    (made,) = run["annotations"]
    for title in (run["output"]["title"], made["title"]):
        assert title == "t" * 254 + "…"
    for text in (run["output"]["summary"], run["output"]["text"], made["message"]):
        assert 65_430 < len(text.encode()) <= 65_535
        assert text.endswith("cut here: GitHub takes no more.")
