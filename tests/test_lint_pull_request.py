"""The handler on the offline GitHub, in process: deliveries in, reviews and check runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import judge
from bot.dispatch import run
from bot.events import Job, jobs_for
from bot.practice.github import OfflineGitHub
from bot.retry import TryLater
from tests import lists
from tests.alive import HOSTILE, alive
from tests.offline import REPO, Wire, app_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COUNT = 40
HEAD = "# A list\n\n## Agents\n\n"
GOOD = HEAD + lists.good(COUNT)
CONFIG = ".github/listwright.yml"


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


class World:
    """A repository with a good list, its app, and what people do there."""

    def __init__(self, **files: str) -> None:
        self.github = OfflineGitHub()
        self.wire = Wire(self.github)
        self.app = app_of(self.wire)
        texts = {"README.md": GOOD, **files}
        self.github.add_repository(REPO, {path: text.encode() for path, text in texts.items()})

    def open(self, files: Mapping[str, str | bytes | None], *, draft: bool = False) -> Job:
        self.github.open_pull(REPO, encoded(files), draft=draft)
        return self.job()

    def push(self, files: Mapping[str, str | bytes | None]) -> Job:
        self.github.push(REPO, 1, encoded(files))
        return self.job()

    def job(self) -> Job:
        """What the newest delivery asks for."""
        delivery = self.github.deliveries[-1]
        [job] = jobs_for(delivery.event, delivery.guid, delivery.payload)
        return job

    async def do(self, *jobs: Job) -> int:
        """Do some jobs, one after the other, and count the calls without those for tokens."""
        before = len(self.wire.urls)
        for job in jobs:
            await run(job, self.app)
        made = self.wire.urls[before:]
        return len([url for url in made if not url.endswith("access_tokens")])

    @property
    def head(self) -> str:
        return self.github.repositories[REPO].pulls[1].head

    @property
    def reviews(self) -> list[dict[str, Any]]:
        return self.github.reviews(REPO, 1)

    @property
    def lines(self) -> list[int]:
        return [comment["line"] for comment in self.github.review_comments(REPO, 1)]

    @property
    def checks(self) -> list[tuple[str, str]]:
        """Conclusion and title of the check runs on the present head."""
        runs = self.github.check_runs(REPO, self.head)
        return [(check["conclusion"], check["output"]["title"]) for check in runs]

    @property
    def summary(self) -> str:
        return str(self.github.check_runs(REPO, self.head)[-1]["output"]["summary"])

    @property
    def annotated(self) -> list[int]:
        runs = self.github.check_runs(REPO, self.head)
        return [note["start_line"] for note in runs[-1]["annotations"]]


def encoded(files: Mapping[str, str | bytes | None]) -> dict[str, bytes | None]:
    return {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}


def changed(**numbers: str) -> str:
    rows = lists.rows(range(COUNT))
    for name, row in numbers.items():
        rows[int(name[1:])] = row
    return HEAD + lists.table(rows)


def empty(*numbers: int) -> str:
    return changed(**{f"r{n}": lists.row(n, code="") for n in numbers})


def line(number: int) -> int:
    return number + 7


# --- the way it goes


async def test_a_pull_request_gets_one_review_on_the_right_lines_and_its_check() -> None:
    world = World()
    calls = await world.do(world.open({"README.md": empty(7, 20)}))
    [review] = world.reviews
    assert review["body"].startswith("Thank you! 2 rows need a small touch")
    assert review["commit_id"] == world.head
    assert world.lines == [line(7), line(20)]
    assert world.checks == [("neutral", "2 rows could use a touch")]
    assert "2 rows changed in **Agents**." in world.summary
    assert world.annotated == []
    assert calls == 4


async def test_a_clean_pull_request_gets_a_green_check_and_no_review() -> None:
    world = World()
    calls = await world.do(world.open({"README.md": HEAD + lists.good(COUNT + 1)}))
    assert world.reviews == []
    assert world.checks == [("success", "1 row added, nothing to fix")]
    assert calls == 3


async def test_a_token_is_fetched_once_for_many_jobs() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    await world.do(job, job, job)
    assert len([url for url in world.wire.urls if url.endswith("access_tokens")]) == 1


async def test_pressing_the_buttons_mends_it_all_and_turns_the_check_green() -> None:
    world = World()
    rows = lists.rows(range(COUNT))
    rows.insert(10, rows.pop(14))
    rows[3], rows[30] = lists.row(3, code=""), lists.row(30).removesuffix("- |")
    await world.do(world.open({"README.md": HEAD + lists.table(rows)}))
    assert len(world.lines) == 3
    world.github.apply_suggestions(REPO, 1)
    await world.do(world.job())
    store = world.github.repositories[REPO].store
    assert store.commits[world.head].files["README.md"].decode() == changed(
        r3=lists.row(3), r30=lists.row(30)
    )
    assert len(world.reviews) == 1
    assert world.checks == [("success", "1 row changed, nothing to fix")]


# --- again


async def test_a_second_push_repeats_nothing_and_says_what_is_new() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}))
    calls = await world.do(world.push({"README.md": HEAD + "Words.\n\n" + empty(7)[len(HEAD) :]}))
    assert len(world.reviews) == 1
    assert world.checks == [("neutral", "1 row could use a touch")]
    assert world.annotated == []
    assert calls == 3
    await world.do(world.push({"README.md": empty(7, 20)}))
    assert world.lines == [line(7), line(20)]
    assert len(world.reviews) == 2


async def test_a_rebase_repeats_nothing() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}))
    world.github.move_base(REPO, encoded({"README.md": GOOD.replace("# A list", "# A\n\nlist")}))
    moved = empty(7).replace("# A list", "# A\n\nlist")
    world.github.rebase(REPO, 1, encoded({"README.md": moved}))
    await world.do(world.job())
    assert len(world.reviews) == 1
    assert world.checks == [("neutral", "1 row could use a touch")]


async def test_a_push_that_mends_everything_gets_a_green_check_and_no_review() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}))
    calls = await world.do(world.push({"README.md": changed(r7=lists.row(7, venue="ICLR'25"))}))
    assert len(world.reviews) == 1
    assert world.checks == [("success", "1 row changed, nothing to fix")]
    assert calls == 3


async def test_deliveries_in_the_wrong_order_judge_the_newest_head() -> None:
    world = World()
    older = world.open({"README.md": empty(7)})
    newer = world.push({"README.md": empty(20)})
    await world.do(newer, older)
    assert world.lines == [line(20)]
    assert len(world.reviews) == 1
    runs = world.github.check_runs(REPO)
    assert {run["head_sha"] for run in runs} == {world.head}
    assert {title for _, title in world.checks} == {"1 row could use a touch"}


async def test_a_head_that_is_gone_leads_to_the_one_that_is_there() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    lost = Job(**{**_fields(job), "data": {**job.data, "head": "0" * 40}})
    await world.do(lost)
    assert world.lines == [line(7)]
    assert world.checks == [("neutral", "1 row could use a touch")]


async def test_a_pull_request_that_keeps_moving_is_left_until_later() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    respond = world.github.respond

    class Moving(Wire):
        async def __call__(self, method: str, url: str, *rest: Any) -> Any:
            self.urls.append(url)
            if url.endswith("/graphql"):
                world.github.push(REPO, 1, encoded({"README.md": empty(8)}))
            return respond(method, url, *rest)

    wire = Moving(world.github)
    with pytest.raises(TryLater, match="keeps moving"):
        await run(job, app_of(wire))
    assert sum(url.endswith("/graphql") for url in wire.urls) == 3
    assert (world.reviews, world.checks) == ([], [])


def _fields(job: Job) -> dict[str, Any]:
    return {name: getattr(job, name) for name in Job.__dataclass_fields__}


# --- when it is silent


async def test_a_closed_pull_request_is_left_alone() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    world.github.close(REPO, 1)
    await world.do(job)
    assert (world.reviews, world.github.check_runs(REPO)) == ([], [])


async def test_a_draft_waits_in_green_and_is_reviewed_once_it_is_ready() -> None:
    world = World()
    await world.do(world.open({"README.md": empty(7)}, draft=True))
    assert world.reviews == []
    assert world.checks == [("success", "Waiting until ready for review")]
    world.github.repositories[REPO].pulls[1].draft = False
    world.github.deliver(REPO, 1, "ready_for_review")
    await world.do(world.job())
    assert world.lines == [line(7)]
    assert world.checks[-1] == ("neutral", "1 row could use a touch")


@pytest.mark.parametrize("readme", ["# Words only\n", None])
async def test_where_no_list_is_kept_nothing_is_said_at_all(readme: str | None) -> None:
    world = World()
    world.github.move_base(REPO, encoded({"README.md": readme, "a.md": "words\n"}))
    calls = await world.do(world.open({"code.py": "x = 1\n", "a.md": "more words\n"}))
    assert (world.reviews, world.github.check_runs(REPO)) == ([], [])
    assert calls == 2


async def test_a_pull_request_that_touches_no_list_is_green() -> None:
    world = World()
    calls = await world.do(world.open({"code.py": "x = 1\n", "CONTRIBUTING.md": "words\n"}))
    assert world.reviews == []
    assert world.checks == [("success", "No list touched, nothing to check")]
    assert calls == 3


async def test_an_edit_of_the_base_is_judged_and_another_edit_is_not() -> None:
    world = World()
    world.open({"README.md": empty(7)})
    world.github.deliver(REPO, 1, "edited", changes={"title": {"from": "x"}})
    delivery = world.github.deliveries[-1]
    assert jobs_for(delivery.event, delivery.guid, delivery.payload) == []
    world.github.deliver(REPO, 1, "edited", changes={"base": {"ref": {"from": "old"}}})
    await world.do(world.job())
    assert world.lines == [line(7)]


# --- the configuration


async def test_a_broken_configuration_is_told_with_its_line_and_the_defaults_apply() -> None:
    world = World(**{CONFIG: "max_comments: 0\nrules:\n  missing-code-lnk: off\n"})
    await world.do(world.open({"README.md": empty(7)}))
    assert world.lines == [line(7)]
    assert world.checks == [("neutral", "The configuration needs a look")]
    said = "line 3, column 3: `missing-code-lnk` is no key here; did you mean `missing-code-link`?"
    assert said in world.summary
    assert "docs/configuration.md" in world.summary


async def test_a_configuration_that_is_not_utf8_is_told() -> None:
    world = World()
    world.github.move_base(REPO, {CONFIG: b"files: [caf\xe9.md]\n"})
    await world.do(world.open({"README.md": HEAD + lists.good(COUNT + 1)}))
    assert world.checks == [("neutral", "The configuration needs a look")]
    assert "not UTF-8" in world.summary


async def test_a_pull_request_does_not_configure_its_own_judgement() -> None:
    world = World(**{CONFIG: "fail_on: warning\n"})
    await world.do(world.open({"README.md": empty(7), CONFIG: "rules: {missing-code-link: off}\n"}))
    assert world.lines == [line(7)]
    assert world.checks == [("failure", "1 row could use a touch")]


async def test_the_base_branchs_configuration_says_what_is_said_where() -> None:
    rules = "rules: {missing-code-link: off}\n"
    world = World(**{CONFIG: f"files: ['papers/*.md']\n{rules}", "papers/a.md": GOOD})
    double = changed(r7=lists.row(6), r20=lists.row(20, code=""))
    await world.do(world.open({"README.md": double, "papers/a.md": double}))
    comments = world.github.review_comments(REPO, 1)
    assert [(comment["path"], comment["line"]) for comment in comments] == [
        ("papers/a.md", line(7))
    ]


# --- what GitHub does not give, or not take


async def test_a_deleted_fork_changes_nothing() -> None:
    world = World()
    world.github.open_pull(REPO, encoded({"README.md": empty(7)}))
    world.github.repositories[REPO].pulls[1].head_repository = None
    world.github.deliver(REPO, 1, "reopened")
    await world.do(world.job())
    assert world.lines == [line(7)]


async def test_a_list_that_graphql_cuts_is_judged_whole() -> None:
    long = HEAD + lists.good(4_000)
    assert len(long.encode()) > 512_000
    world = World(**{"README.md": long})
    rows = lists.rows(range(4_000))
    rows[3_990] = lists.row(3_990, code="")
    calls = await world.do(world.open({"README.md": HEAD + lists.table(rows)}))
    assert world.lines == [line(3_990)]
    assert calls == 6  # one more for each of the two texts


async def test_a_file_whose_patch_is_left_out_is_annotated() -> None:
    world = World()
    job = world.open({"README.md": empty(7)})
    respond = world.github.respond

    class NoPatch(Wire):
        async def __call__(self, method: str, url: str, *rest: Any) -> Any:
            status, headers, body = respond(method, url, *rest)
            return status, headers, body.replace(b'"patch"', b'"other"')

    await run(job, app_of(NoPatch(world.github)))
    assert world.reviews == []
    assert world.annotated == [line(7)]
    assert world.checks == [("neutral", "1 row could use a touch")]


async def test_a_row_off_the_diff_is_told_in_the_check_run() -> None:
    """The address of a row's link may stand far below the row."""
    text = changed(r7=lists.row(7, paper="[link][seven]")) + "\n[seven]: {}\n"
    world = World(**{"README.md": text.format(lists.paper(7))})
    mirror = lists.paper(7).replace("arxiv", "www.arxiv")
    calls = await world.do(world.open({"README.md": text.format(mirror)}))
    assert world.reviews == []
    assert world.checks == [("neutral", "1 row could use a touch")]
    assert world.annotated == [line(7)]
    assert f"| {line(7)} | " in world.summary
    assert calls == 3


async def test_a_comment_that_github_refuses_does_not_lose_the_others() -> None:
    world = World()
    job = world.open({"README.md": empty(7, 20, 30)})
    respond = world.github.respond
    off = f'"line": {line(20)},'.encode()

    class Refusing(Wire):
        async def __call__(
            self, method: str, url: str, headers: Mapping[str, str], body: bytes
        ) -> Any:
            return respond(method, url, headers, body.replace(off, b'"line": 9999,'))

    await run(job, app_of(Refusing(world.github)))
    assert sorted(world.lines) == [line(7), line(30)]
    assert world.annotated == [line(20)]
    assert "| 27 | " in world.summary


async def test_judging_that_takes_too_long_is_told_in_a_neutral_check() -> None:
    world = World()
    await world.do(world.open({"README.md": GOOD + "\nWords.\n"}))  # the process has started
    judge.shared().seconds = 0.5
    await world.do(world.push({"README.md": HEAD + lists.good(30_000)}))
    judge.stop()
    assert world.checks == [("neutral", "Judging took too long")]
    assert "README\\.md took longer than allowed" in world.summary
    assert world.reviews == []


async def test_what_the_base_branch_got_meanwhile_is_told() -> None:
    world = World()
    new = lists.row(-1)
    job = world.open({"README.md": HEAD + lists.table([new, *lists.rows(range(COUNT))])})
    theirs = lists.row(-1, venue="ICML'25")
    tip = HEAD + lists.table([theirs, *lists.rows(range(COUNT))])
    world.github.move_base(REPO, encoded({"README.md": tip}))
    await world.do(job)
    [comment] = world.github.review_comments(REPO, 1)
    assert comment["line"] == line(0)
    assert "was added to this section meanwhile" in comment["body"]


async def test_a_file_that_is_not_utf8_is_told_and_the_others_are_judged() -> None:
    world = World(**{"more.md": GOOD})
    latin = GOOD.replace("gardener", "jardinière").encode("latin-1")
    await world.do(world.open({"README.md": latin, "more.md": empty(7)}))
    assert world.lines == [line(7)]
    assert "README\\.md: The file is not UTF\\-8 text" in world.summary
    only = World()
    await only.do(only.open({"README.md": latin}))
    assert only.checks == [("neutral", "README.md could not be judged")]
    assert only.reviews == []


async def test_a_brand_new_list_is_judged_by_itself() -> None:
    world = World()
    rows = [lists.row(n, code="" if n == 4 else "-") for n in range(10)]
    await world.do(world.open({"papers/new.md": lists.table(rows)}))
    [comment] = world.github.review_comments(REPO, 1)
    assert (comment["path"], comment["line"]) == ("papers/new.md", 7)


async def test_a_renamed_list_is_held_against_its_former_self() -> None:
    world = World(**{"old.md": empty(7)})
    await world.do(world.open({"old.md": None, "new.md": empty(7)}))
    assert world.checks == [("success", "No row touched, nothing to fix")]


async def test_more_rows_than_a_review_takes_stand_in_the_check_run() -> None:
    world = World()
    calls = await world.do(world.open({"README.md": empty(*range(1, 12))}))
    assert world.lines == [line(n) for n in range(1, 6)]
    assert world.annotated == [line(n) for n in range(6, 12)]
    assert calls == 4


@pytest.mark.parametrize("title", HOSTILE[:8])
async def test_nothing_that_a_contributor_wrote_comes_alive(title: str) -> None:
    head = HEAD.replace("Agents", title)
    world = World(**{"README.md": head + lists.good(COUNT), "@team.md": head + lists.good(COUNT)})
    rows = lists.rows(range(COUNT))
    rows[5], rows[9] = lists.row(5, title=title, code=""), lists.row(8, title=title)
    text = head + lists.table(rows)
    await world.do(world.open({"README.md": text, "@team.md": text}))
    bodies = [comment["body"] for comment in world.github.review_comments(REPO, 1)]
    bodies += [review["body"] for review in world.reviews]
    assert len(bodies) > 2
    assert [body for body in (*bodies, world.summary) if alive(body)] == []
