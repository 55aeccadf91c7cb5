"""The life of comments end to end: the real server beside an independent GitHub."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests import independent, lists
from tests.test_acceptance import calls, contribute, settled
from tests.test_acceptance import objections as all_objections
from tests.world import GOOD, HEAD, changed, empty

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.acceptance

MENDED = changed(r7=lists.row(7, venue="ICLR'25"))
RIGHTS = dict.fromkeys(("checks", "issues", "pull_requests"), "write") | {"metadata": "read"}
_NUMBERS = count(1)


class Pull:
    """A pull request of its own, and what people do with it."""

    def __init__(self, sim: Any, before: str, after: str, *, owner: str = "ann") -> None:
        self.sim = sim
        self.repo = f"{owner}/said{next(_NUMBERS)}"
        self.began = calls(sim)
        self.number = contribute(sim, self.repo, before, after)
        self._checks = 0
        self.wait()

    def wait(self, checks: int = 1) -> None:
        """Until the newest head has its check run."""
        self._checks += checks
        self.got = settled(self.sim, self.repo, self.number, self._checks)

    def push(self, text: str, *, force: bool = False) -> int:
        """Push the list anew; how many calls Listwright made of it."""
        before = calls(self.sim)
        place = f"/repos/{self.repo}/pulls/{self.number}/push"
        self.sim.post(place, files={"README.md": text}, user="bob", force=force)
        if force:
            self._checks = 0  # the commits before are no part of it any more
        self.wait()
        return calls(self.sim) - before

    @property
    def bodies(self) -> list[str]:
        return [comment["body"] for comment in self.got["review_comments"]]

    @property
    def mended(self) -> list[bool]:
        return [body.startswith("**Mended") for body in self.bodies]

    @property
    def resolved(self) -> list[bool]:
        return [thread["resolved"] for thread in self.got["threads"]]

    @property
    def title(self) -> str:
        head = self.got["pull"]["head"]["sha"]
        [*_, newest] = [run for run in self.got["check_runs"] if run["head_sha"] == head]
        return str(newest["output"]["title"])


@pytest.fixture(scope="module")
def sim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with independent.world(tmp_path_factory.mktemp("server")) as (found, _):
        found.patch("/app", permissions=RIGHTS | {"contents": "read"})
        yield found


def objections(sim: Any) -> list[dict[str, Any]]:
    """What is said against our requests; the mutation that edits comments is not played there."""
    return [found for found in all_objections(sim) if found["level"] != "not-simulated"]


def grant(sim: Any, owner: str) -> None:
    """Let the app commit in all repositories of an owner, from the start."""
    made = sim.post("/repos", full_name=f"{owner}/first", files={"a.md": "x"}, install=True)
    rights = RIGHTS | {"contents": "write"}
    sim.patch(f"/installations/{made['installation']['id']}", permissions=rights)


def test_three_pushes_repeat_nothing_and_say_once_what_is_new(sim: Any) -> None:
    pull = Pull(sim, GOOD, empty(7))
    assert calls(sim) - pull.began == 4
    assert pull.push("Words.\n\n" + empty(7)) == 3
    assert pull.push(empty(7, 21)) == 4
    assert len(pull.got["reviews"]) == len(pull.bodies) == 2
    assert pull.title == "2 rows could use a touch"
    assert objections(sim) == []


def test_a_force_push_repeats_nothing(sim: Any) -> None:
    pull = Pull(sim, GOOD, empty(7))
    assert pull.push("Words.\n\n" + empty(7), force=True) == 3
    assert len(pull.bodies) == 1
    assert objections(sim) == []


def test_what_is_mended_says_so_and_what_comes_back_has_its_comment_again(sim: Any) -> None:
    pull = Pull(sim, GOOD, empty(7))
    [said] = pull.bodies
    assert pull.push(MENDED) == 4
    assert pull.mended == [True]
    assert pull.push(empty(7)) == 4
    assert pull.bodies == [said]
    assert len(pull.got["reviews"]) == 1
    assert objections(sim) == []


def test_several_are_told_one_by_one_where_the_one_call_for_all_is_refused(sim: Any) -> None:
    pull = Pull(sim, GOOD, empty(7, 21, 31))
    pull.push(empty(31))
    assert pull.mended == [True, True, False]
    assert pull.title == "1 row could use a touch"
    assert objections(sim) == []


def test_with_the_right_to_it_threads_are_resolved_by_one_call_and_opened_again(sim: Any) -> None:
    grant(sim, "wim")
    pull = Pull(sim, GOOD, empty(7, 21, 31), owner="wim")
    before = pull.bodies
    assert pull.push(empty(31)) == 4
    assert (pull.resolved, pull.bodies) == ([True, True, False], before)
    assert pull.push(empty(7, 31)) == 4
    assert (pull.resolved, pull.bodies) == ([False, True, False], before)
    assert len(pull.got["reviews"]) == 1
    assert objections(sim) == []


def test_where_a_human_replied_or_resolved_the_thread_is_theirs(sim: Any) -> None:
    pull = Pull(sim, GOOD, empty(7))
    before = pull.bodies
    [first] = pull.got["review_comments"]
    independent.reply(sim, "ann", pull.repo, pull.number, first["id"])
    assert pull.push(MENDED) == 3
    assert pull.bodies[:1] == before
    other = Pull(sim, GOOD, empty(7))
    [first] = other.got["review_comments"]
    sim.post(f"/repos/{other.repo}/threads/{first['id']}/resolve", user="ann")
    assert other.push(MENDED) == 3
    assert other.push(empty(7)) == 3
    assert (other.bodies, other.resolved) == (before, [True])


def test_of_300_rows_five_are_commented_on_however_often_is_pushed(sim: Any) -> None:
    rows = lists.rows(range(1200))
    before = HEAD + lists.table(rows)
    for number in lists.without_code(300):
        rows[number] = lists.row(number, code="")
    after = HEAD + lists.table(rows)
    pull = Pull(sim, before, after)
    pull.push(after + "\nWords.\n")
    assert len(pull.bodies) == 5
    assert pull.title == "300 rows could use a touch"
    [*_, check] = pull.got["check_runs"]
    assert len(check["annotations"]) == 200
    assert objections(sim) == []


def test_a_list_over_a_megabyte_that_graphql_cuts_is_judged_whole(sim: Any) -> None:
    words = "Words that weigh something, above the table.\n" * 25_000
    assert len(words) > 1_000_000
    pull = Pull(sim, words + GOOD, words + empty(7))
    assert [comment["line"] for comment in pull.got["review_comments"]] == [25_000 + 14]
    assert calls(sim) - pull.began == 6  # one more for each of the two texts
    assert objections(sim) == []


def test_among_300_files_a_list_without_a_patch_is_told_in_the_check_run(sim: Any) -> None:
    repo = f"ann/said{next(_NUMBERS)}"
    sim.post("/repos", full_name=repo, files={"README.md": GOOD}, install=True)
    files = {"README.md": empty(7)} | {f"notes/{number}.txt": "x" for number in range(300)}
    before = calls(sim)
    sim.patch("/config", patch_max_bytes=10)
    try:
        number = sim.post(f"/repos/{repo}/pulls", files=files, user="bob")["number"]
        got = settled(sim, repo, number)
    finally:
        sim.patch("/config", patch_max_bytes=500_000)
    assert got["reviews"] == []
    assert [note["start_line"] for note in got["check_runs"][0]["annotations"]] == [14]
    assert calls(sim) - before == 3 + 4  # the files by the hundred
    assert objections(sim) == []


def test_a_row_off_the_diff_is_told_in_the_check_run(sim: Any) -> None:
    """The address of a row's link may stand far below the row."""
    text = changed(r7=lists.row(7, paper="[link][seven]")) + "\n[seven]: {}\n"
    mirror = lists.paper(7).replace("arxiv", "www.arxiv")
    pull = Pull(sim, text.format(lists.paper(7)), text.format(mirror))
    assert pull.got["reviews"] == []
    assert [note["start_line"] for note in pull.got["check_runs"][0]["annotations"]] == [14]
    assert objections(sim) == []


def test_a_fork_that_was_deleted_changes_nothing(sim: Any) -> None:
    pull = Pull(sim, GOOD, empty(7))
    sim.delete(f"/repos/{pull.got['pull']['head']['repo']['full_name']}")
    before = calls(sim)
    sim.patch(f"/repos/{pull.repo}/pulls/{pull.number}", state="closed")
    sim.patch(f"/repos/{pull.repo}/pulls/{pull.number}", state="open")
    pull.wait()
    assert (len(pull.bodies), pull.title) == (1, "1 row could use a touch")
    assert calls(sim) - before == 1 + 3  # closed: whether others waited for it
    assert objections(sim) == []


def test_two_installations_at_once_each_get_their_own_answer(sim: Any) -> None:
    sim.post("/deliveries/pause")
    repos = [f"{owner}/both{number}" for owner in ("uma", "vic") for number in range(3)]
    numbers = [contribute(sim, repo, GOOD, empty(7, 9)) for repo in repos]
    sim.post("/deliveries/release", order="shuffle")
    for place, number in zip(repos, numbers, strict=True):
        got = settled(sim, place, number)
        assert len(got["reviews"]) == 1
        assert len(got["review_comments"]) == 2
    assert objections(sim) == []
