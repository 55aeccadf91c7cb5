"""Threads, comments and commits: our own offline GitHub and an independent one must agree."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Protocol

import gidgethub
import pytest

from bot import posts, pulls, threads
from bot.comment_life import Life
from bot.practice.serve import serve
from bot.responses import GraphQLError
from tests import independent
from tests.offline import REPO
from tests.test_contract import AFTER, BEFORE, Independent, Offline, Stage, stage

if TYPE_CHECKING:
    from bot.github import Client
    from bot.pulls import State, Thread

RIGHTS = dict.fromkeys(("checks", "issues", "pull_requests"), "write") | {"metadata": "read"}
RESOLVE = "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { clientMutationId } }"
COMMIT = """
mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}
"""
FORBIDDEN = "Resource not accessible by integration"


class People(Protocol):
    """What people do on a GitHub, besides opening pull requests."""

    def reply(self, number: int, thread: Thread) -> None: ...
    def resolve(self, number: int, thread: Thread) -> None: ...
    def comment(self, number: int) -> None: ...
    def branch(self, files: dict[str, str]) -> int: ...
    def grant(self, level: str) -> None: ...


class OfflinePeople:
    def __init__(self, world: Offline) -> None:
        self.github = world.github
        self.github.fork_pushes = False

    def reply(self, number: int, thread: Thread) -> None:
        self.github.reply(REPO, number, int(thread.number), "So it is.", user="ann")

    def resolve(self, number: int, thread: Thread) -> None:
        self.github.repositories[REPO].pulls[number].resolved[int(thread.number)] = "ann"

    def comment(self, number: int) -> None:
        self.github.comment(REPO, number, "Hello.", user="ann")

    def branch(self, files: dict[str, str]) -> int:
        made = {path: text.encode() for path, text in files.items()}
        return self.github.open_pull(REPO, made, user="ann", fork=False)

    def grant(self, level: str) -> None:
        self.github.access.granted["contents"] = level


class IndependentPeople:
    def __init__(self, world: Independent) -> None:
        self.sim = world.sim
        self.installation = world.installation

    def reply(self, number: int, thread: Thread) -> None:
        independent.reply(self.sim, "ann", REPO, number, int(thread.number))

    def resolve(self, number: int, thread: Thread) -> None:  # noqa: ARG002
        self.sim.post(f"/repos/{REPO}/threads/{thread.number}/resolve", user="ann")

    def comment(self, number: int) -> None:
        self.sim.post(f"/repos/{REPO}/issues/{number}/comments", body="Hello.", user="ann")

    def branch(self, files: dict[str, str]) -> int:
        made = self.sim.post(f"/repos/{REPO}/pulls", files=files, user="ann", fork=False)
        return int(made["number"])

    def grant(self, level: str) -> None:
        rights = RIGHTS | {"contents": level}
        self.sim.patch(f"/installations/{self.installation}", permissions=rights)


async def scenario(at: Stage, people: People) -> None:
    people.grant("read")
    number = at.world.open_pull({"README.md": AFTER})
    await _what_people_do_in_threads_is_known(at.gh, people, number)
    await _comments_are_edited_and_answered(at.gh, people, number)
    await _who_may_do_what_is_told(at.gh)
    await _threads_are_resolved_where_that_is_granted(at.gh, people, number)
    await _lines_follow_pushes(at, number)
    await _commits_land_on_branches_of_the_repository_alone(at.gh, people, number)


async def read(gh: Client, number: int) -> State:
    return await pulls.read(gh, REPO, number, {})


async def _what_people_do_in_threads_is_known(gh: Client, people: People, number: int) -> None:
    said = [posts.ReviewComment("README.md", line, None, f"about {line}") for line in (8, 9, 38)]
    head = (await read(gh, number)).head.sha
    assert await posts.post_review(gh, REPO, number, head, "Look.", said) == ()
    first, second, third = (await read(gh, number)).threads
    assert {(t.resolved, t.answered, t.path) for t in (first, second, third)} == {
        (None, False, "README.md")
    }
    people.reply(number, first)
    people.resolve(number, second)
    url = f"/repos/{REPO}/pulls/{number}/comments/{third.number}/replies"
    await gh.post(url, data={"body": "One more word of ours."})
    found = (await read(gh, number)).threads
    assert [(t.resolved, t.answered) for t in found] == [
        (None, True),
        ("others", False),
        (None, False),
    ]


async def _comments_are_edited_and_answered(gh: Client, people: People, number: int) -> None:
    *_, third = (await read(gh, number)).threads
    await threads.edit(gh, REPO, third, "Said better.")
    *_, third = (await read(gh, number)).threads
    assert third.body == "Said better."
    people.comment(number)
    made = await gh.post(f"/repos/{REPO}/issues/{number}/comments", data={"body": "Ours."})
    assert [comment.body for comment in (await read(gh, number)).comments] == ["Ours."]
    await gh.patch(f"/repos/{REPO}/issues/comments/{made['id']}", data={"body": "Ours, new."})
    assert [comment.body for comment in (await read(gh, number)).comments] == ["Ours, new."]
    for place in (f"issues/comments/{made['id']}", f"pulls/comments/{third.number}"):
        got = await gh.post(f"/repos/{REPO}/{place}/reactions", data={"content": "+1"})
        assert got["content"] == "+1"
    for kind in ("issues", "pulls"):
        with pytest.raises(gidgethub.BadRequest, match="Not Found"):
            await gh.patch(f"/repos/{REPO}/{kind}/comments/999999", data={"body": "x"})
    with pytest.raises(gidgethub.BadRequest, match="Not Found"):
        await gh.post(f"/repos/{REPO}/pulls/comments/999999/reactions", data={"content": "+1"})


async def _who_may_do_what_is_told(gh: Client) -> None:
    async def permission(user: str) -> Any:
        found = await gh.getitem(f"/repos/{REPO}/collaborators/{user}/permission")
        return found["permission"]

    assert (await permission("ann"), await permission("bob")) == ("admin", "read")


async def _threads_are_resolved_where_that_is_granted(
    gh: Client, people: People, number: int
) -> None:
    first, *_, third = (await read(gh, number)).threads
    with pytest.raises(GraphQLError, match=FORBIDDEN):
        await gh.mutate(RESOLVE, id=third.id)
    people.grant("write")
    await threads.settle(gh, REPO, Life(mended=(third, first)))
    assert [t.resolved for t in (await read(gh, number)).threads] == ["us", "others", "us"]
    first, *_, third = (await read(gh, number)).threads
    await threads.settle(gh, REPO, Life(back=((third, third.body),)))
    assert [t.resolved for t in (await read(gh, number)).threads] == ["us", "others", None]


async def _lines_follow_pushes(at: Stage, number: int) -> None:
    state = await read(at.gh, number)
    assert [t.lines for t in state.threads] == [range(8, 9), range(9, 10), range(38, 39)]
    several = posts.ReviewComment("README.md", 37, 36, "about two")
    await posts.post_review(at.gh, REPO, number, state.head.sha, "Look.", [several])
    more = AFTER.replace("| 1 | paper 1 |", "| 0 | paper 0 |\r\n| 1 | paper 1 |")
    at.world.push(number, {"README.md": more.replace("Paper 5 ", "PAPER 5 ")})
    now = {t.body: t.lines for t in (await read(at.gh, number)).threads}
    assert list(now.values()) == [range(9, 10), None, range(39, 40), range(37, 39)]


async def _commits_land_on_branches_of_the_repository_alone(
    gh: Client, people: People, of_fork: int
) -> None:
    own = people.branch({"README.md": AFTER})
    state = await read(gh, own)
    assert (state.head.repository, state.head.fork) == (REPO, False)
    with pytest.raises(GraphQLError, match=FORBIDDEN):
        await gh.mutate(COMMIT, input=asked(state))  # with the usual token
    async with gh.committing() as granted:
        assert granted
        with pytest.raises(GraphQLError, match="Expected branch to point to"):
            await gh.mutate(COMMIT, input=asked(state) | {"expectedHeadOid": state.base_tip})
        made = await gh.mutate(COMMIT, input=asked(state))
        with pytest.raises(GraphQLError, match="Expected branch to point to"):
            await gh.mutate(COMMIT, input=asked(state))
        fork = await read(gh, of_fork)
        with pytest.raises(GraphQLError):
            await gh.mutate(COMMIT, input=asked(fork))
    after = await read(gh, own)
    assert made["createCommitOnBranch"]["commit"]["oid"] == after.head.sha != state.head.sha
    assert [commit.sha for commit in after.commits] == [state.head.sha, after.head.sha]
    assert after.commits[-1].message == "Mend a row\n\nAs asked."
    texts = await pulls.read(gh, REPO, own, {"now": f"{after.head.sha}:README.md"})
    assert texts.texts["now"]
    assert texts.texts["now"].data.decode() == BEFORE


def asked(state: State) -> dict[str, Any]:
    assert state.head.repository
    contents = base64.b64encode(BEFORE.encode()).decode()
    return {
        "branch": {
            "repositoryNameWithOwner": state.head.repository,
            "branchName": state.head.branch,
        },
        "expectedHeadOid": state.head.sha,
        "message": {"headline": "Mend a row", "body": "As asked."},
        "fileChanges": {"additions": [{"path": "README.md", "contents": contents}]},
    }


async def test_the_offline_github_plays_the_scenario() -> None:
    world = Offline()
    async with (
        serve(world.github) as url,
        stage(world, url, world.github.app_id, world.github.private_key) as at,
    ):
        await scenario(at, OfflinePeople(world))


@pytest.mark.acceptance
async def test_an_independent_github_plays_the_same_scenario_without_objection() -> None:
    with independent.github().Running() as sim:
        world = Independent(sim)
        key = sim.key_path.read_text()
        async with stage(world, sim.base, str(sim.app_id), key) as at:
            await scenario(at, IndependentPeople(world))
        assert sim.violations(notices=True) == []
