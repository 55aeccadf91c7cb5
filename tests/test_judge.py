from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

import rules
from bot import config, judge
from bot.judge import Change, Judge, TooSlowError, judge_change
from rules import Severity
from tests import lists

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = lists.good(30)
HUGE = 45_000  # rows, which take many times the limit below
LIMIT = 1.5


@pytest.fixture(scope="module")
def impatient() -> Iterator[Judge]:
    judge = Judge(LIMIT)
    yield judge
    judge.stop()


def with_row(number: int, row: str) -> str:
    rows = lists.rows(range(30))
    rows[number] = row
    return lists.table(rows)


# --- the pure part


def test_a_change_that_brings_nothing_wrong_is_counted_by_section() -> None:
    before = f"## One\n\n{GOOD}\n## Two\n\n{lists.table(lists.rows(range(30, 50)))}"
    rows = lists.rows([*range(30, 35), *range(36, 50), 50, 51])
    other = with_row(3, lists.row(3, venue="ICLR'25"))
    after = f"## One\n\n{other}\n## Two\n\n{lists.table(rows)}"
    found = judge_change(Change("README.md", after, before))
    assert found.rows == 51
    assert (found.changes.added, found.changes.edited, found.changes.removed) == (
        (("Two", 2),),
        (("One", 1),),
        (("Two", 1),),
    )
    assert found.changes.touched == 3
    assert (found.remarks, found.notes, found.problem) == ((), (), None)


def test_removed_rows_are_counted_and_touch_nothing() -> None:
    found = judge_change(Change("README.md", lists.good(28), GOOD))
    assert (found.changes.added, found.changes.edited, found.changes.removed) == (
        (),
        (),
        (("", 2),),
    )
    assert found.changes.touched == 0


def test_only_what_the_change_brought_is_remarked_on() -> None:
    before = with_row(3, lists.row(3, code=""))
    rows = before.splitlines()
    rows[10] = lists.row(8, code="")
    [remark] = judge_change(Change("README.md", "\n".join(rows), before)).remarks
    assert (remark.line, remark.severity) == (11, Severity.WARNING)


def test_older_rows_that_could_use_a_touch_are_one_number() -> None:
    before = with_row(3, lists.row(3, code="")).splitlines()
    before[20] = lists.row(18, venue="", code="")
    after = [*before]
    after[10] = lists.row(8, code="")
    after[13] = lists.row(11, paper=f"[link]({lists.paper(11)}v2)")
    texts = ["\n".join(lines) for lines in (before, after)]
    found = judge_change(Change("README.md", texts[1], texts[0]))
    assert (len(found.remarks), found.older) == (1, 2)
    assert judge_change(Change("README.md", texts[0], None)).older == 0


def test_notes_are_kept_apart() -> None:
    after = with_row(3, lists.row(3, paper=f"[link]({lists.paper(3)}v2)"))
    found = judge_change(Change("README.md", after, GOOD))
    assert found.remarks == ()
    assert [(note.line, note.severity) for note in found.notes] == [(6, Severity.NOTE)]


def test_a_new_file_is_judged_by_its_own_ways() -> None:
    after = with_row(3, lists.row(3, code=""))
    found = judge_change(Change("README.md", after, None))
    assert found.changes.added == (("", 30),)
    assert [remark.line for remark in found.remarks] == [6]


def test_a_new_file_whose_dates_go_one_way_is_held_to_it() -> None:
    rows = lists.rows(range(30))
    rows.insert(3, rows.pop(20))
    [remark] = judge_change(Change("README.md", lists.table(rows), None)).remarks
    assert remark.diagnostics[0].rule == "date-order"


def test_the_list_as_it_was_says_what_its_ways_are() -> None:
    rows = lists.rows(range(30))
    for n in lists.without_code(20):
        rows[n] = lists.row(n, code="")
    assert len(judge_change(Change("README.md", lists.table(rows), GOOD)).remarks) == 20


def test_a_file_without_a_table_has_no_rows_and_nothing_to_say() -> None:
    assert judge_change(Change("a.md", "# Words\n", "# Word\n")) == judge.Judgement("a.md")


def test_a_paper_that_the_branch_got_meanwhile_is_told() -> None:
    after = lists.table([lists.row(-1), *lists.rows(range(30))])
    tip = lists.table([lists.row(-1, venue="ICML'25"), *lists.rows(range(30))])
    [remark] = judge_change(Change("README.md", after, GOOD, tip)).remarks
    assert remark.line == 3
    assert "was added to this section meanwhile" in remark.diagnostics[0].message
    assert judge_change(Change("README.md", after, GOOD, GOOD)).remarks == ()


def test_the_configuration_is_obeyed() -> None:
    off = rules.Config({"missing-code-link": Severity.OFF})
    after = with_row(3, lists.row(3, code=""))
    assert judge_change(Change("README.md", after, GOOD, config=off)).remarks == ()


def test_what_the_configuration_speaks_of_is_not_new_where_it_was_before() -> None:
    strict = rules.Config({"link-format": Severity.ERROR})
    before = with_row(3, lists.row(3, paper=f"[link]({lists.paper(3)}v2)"))
    after = before.replace("| - |", "| -  |", 1)
    assert judge_change(Change("README.md", after, before, config=strict)).remarks == ()
    options = config.load("rules: {link-format: {pdf: error}}").for_path("README.md")
    before = with_row(3, lists.row(3, paper=f"[link]({lists.paper(3).replace('abs', 'pdf')})"))
    after = before.replace("| - |", "| -  |", 1)
    assert judge_change(Change("README.md", after, before, config=options)).remarks == ()


@pytest.mark.parametrize("where", ["after", "before", "tip"])
def test_a_file_over_the_limits_is_a_problem_in_words(where: str) -> None:
    texts = dict.fromkeys(("after", "before", "tip"), GOOD)
    texts[where] = lists.table([lists.row(0, title="x" * 20_001)])
    found = judge_change(Change("README.md", texts["after"], texts["before"], texts["tip"]))
    assert found.problem == "A cell in line 3 is longer than 20,000 characters; shorten it."
    assert (found.rows, found.remarks) == (0, ())


# --- the process


async def test_the_other_process_finds_the_same(impatient: Judge) -> None:
    change = Change("README.md", with_row(3, lists.row(3, code="")), GOOD)
    assert await impatient.judge(change, "same") == judge_change(change)


async def test_what_takes_too_long_is_stopped_and_the_next_is_judged(impatient: Judge) -> None:
    slow = Change("huge.md", lists.good(HUGE), GOOD)
    quick = Change("README.md", GOOD, GOOD)
    first = asyncio.create_task(impatient.judge(slow, "slow"))
    then = asyncio.create_task(impatient.judge(quick, "quick"))
    with pytest.raises(TooSlowError, match=r"huge\.md"):
        await first
    assert (await then).rows == 30
    with pytest.raises(TooSlowError):  # nothing was remembered of it
        await impatient.judge(slow, "slow")


async def test_a_file_is_judged_once_by_its_key(impatient: Judge) -> None:
    one = await impatient.judge(Change("README.md", GOOD, GOOD), ("oid", 1))
    again = await impatient.judge(Change("README.md", lists.good(5), GOOD), ("oid", 1))
    other = await impatient.judge(Change("README.md", lists.good(5), GOOD), ("oid", 2))
    assert again is one
    assert (one.rows, other.rows) == (30, 5)


async def test_the_shared_judge_can_be_stopped_and_starts_again() -> None:
    first = judge.shared()
    assert judge.shared() is first
    judge.stop()
    judge.stop()
    assert judge.shared() is not first
    assert (await judge.shared().judge(Change("README.md", GOOD, None), 1)).rows == 30
    judge.stop()


async def test_a_pool_that_has_ended_is_replaced() -> None:
    judge = Judge()
    change = Change("README.md", lists.good(9), None)
    assert (await judge.judge(change, "one")).rows == 9
    judge.stop()
    assert (await judge.judge(change, "two")).rows == 9
    judge.stop()
