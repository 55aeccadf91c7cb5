"""What mending makes of pull requests: their own rows alone, byte for byte, and only once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

import rules
from bot import own_rows, pulls, reading
from bot.comment_life import Said
from bot.config import Configuration
from bot.mending import Mended, Work, mended
from bot.reading import Reading
from bot.texts import Text, blob_oid
from tests import lists
from tests.real_lists import PULLS, acceptance
from tests.world import COUNT, GOOD, HEAD, changed

if TYPE_CHECKING:
    from pathlib import Path

PATH = "README.md"


def pull(before: bytes, after: bytes) -> Reading:
    """A pull request that changes one file."""
    blobs = {f"base {PATH}": before, f"head {PATH}": after}
    state = pulls.State(
        url="",
        head=pulls.Head("1", "patch", "bob/list", editable=True),
        base_ref="main",
        base_tip="0",
        state="OPEN",
        draft=False,
        labels=(),
        author="bob",
        bot=False,
        association="NONE",
        commits=(),
        texts={name: Text(blob_oid(data), data) for name, data in blobs.items()},
    )
    file = pulls.ChangedFile(PATH, "modified", None, None)
    return Reading("ann/list", 1, pulls.Changes("0", "0", (file,)), state, (PATH,))


async def mend(before: bytes, after: bytes) -> Mended:
    found = pull(before, after)
    settings = Configuration()
    files = await reading.judge(found, settings)
    return await mended(Work(found, settings, Said()), files)


async def text_after(before: str, after: str) -> str:
    return (await bytes_after(before.encode(), after.encode())).decode()


async def bytes_after(before: bytes, after: bytes) -> bytes:
    return (await mend(before, after)).files.get(PATH, after)


# --- real contributions


def old_and_new(pull: Path) -> tuple[bytes, bytes]:
    return (pull / "before.md").read_bytes(), (pull / "after.md").read_bytes()


def standing(before: bytes, after: bytes) -> Counter[bytes]:
    """The lines that a contribution leaves as they are."""
    return Counter(before.split(b"\n")) & Counter(after.split(b"\n"))


@pytest.mark.parametrize("pull", PULLS, ids=lambda pull: pull.name)
class TestRealPull:
    pytestmark = acceptance

    async def test_mending_twice_is_mending_once(self, pull: Path) -> None:
        before, after = old_and_new(pull)
        once = await bytes_after(before, after)
        assert await bytes_after(before, once) == once

    async def test_only_its_own_rows_change(self, pull: Path) -> None:
        before, after = old_and_new(pull)
        once = await bytes_after(before, after)
        stood = standing(before, after)
        assert stood <= Counter(once.split(b"\n"))
        was, now = ([li for li in text.split(b"\n") if li in stood] for text in (after, once))
        assert now == was, "in the same order, too"


@pytest.mark.acceptance
@pytest.mark.skipif(not PULLS, reason="no real lists in ../shared/lists")
async def test_some_real_pulls_are_mended() -> None:
    found = [pull.name for pull in PULLS if (await mend(*old_and_new(pull))).files]
    print(f"\n{len(found)} of {len(PULLS)} mended: {found}")  # noqa: T201  for -s
    assert found


# --- bytes


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "\n"])
async def test_no_byte_changes_but_those_of_the_mended_row(
    newline: str, start: str, last: str
) -> None:
    def file(text: str) -> str:
        return start + (text.rstrip("\n") + last).replace("\n", newline)

    bad = changed(r7=lists.row(7, code=""), r39=lists.row(39, code=""))
    assert await text_after(file(GOOD), file(bad)) == file(GOOD)


# --- whose rows


async def test_an_old_row_that_is_wrong_as_well_is_left() -> None:
    before = changed(r6=lists.row(6, code=""))
    after = changed(r6=lists.row(6, code=""), r7=lists.row(7, code=""))
    assert await text_after(before, after) == before


async def test_a_new_row_out_of_order_moves_and_the_old_ones_stay() -> None:
    rows = lists.rows(range(COUNT))
    without = HEAD + lists.table(rows[:5] + rows[6:])
    wrong = HEAD + lists.table([rows[5], *rows[:5], *rows[6:]])
    assert await text_after(without, wrong) == GOOD


async def test_all_that_one_mended_row_uncovers_is_mended_too() -> None:
    rows = lists.rows(range(COUNT))
    without = HEAD + lists.table(rows[:7] + rows[8:])
    written_otherwise = lists.row(7, time=lists.month(7).replace(".", "-"))
    wrong = HEAD + lists.table([*rows[:3], written_otherwise, *rows[3:7], *rows[8:]])
    assert await text_after(without, wrong) == GOOD


async def test_an_old_line_that_the_change_made_wrong_is_left() -> None:
    names = ("Agents", "Tools", "Surveys", "Data")
    entries = "".join(f"- [{name}](#{name.lower()})\n" for name in names)
    tables = [f"## {name}\n\n{lists.table([lists.row(i)])}\n" for i, name in enumerate(names)]
    before = f"# A list\n\n{entries}\n{''.join(tables)}"
    after = before.replace("## Agents", "## Agents and More")
    [file] = await reading.judge(pull(before.encode(), after.encode()), Configuration())
    assert [bool(remark.edits) for remark in file.judgement.remarks] == [True], "it can be mended"
    assert await text_after(before, after) == after


async def test_two_fixes_of_one_row_are_one_round() -> None:
    address = lists.paper(7).replace("arxiv.org", "www.arxiv.org")
    row = lists.row(7, paper=f"[link]({address})", code="")
    text = changed(r7=row)
    remarks = rules.compose(
        d for d in rules.lint(rules.parse(text)) if d.line == 14 and d.severity.rank > 1
    )
    assert own_rows.applied(text, own_rows.narrowed(text, GOOD, remarks)) == GOOD


async def test_what_was_asked_to_be_left_is_left() -> None:
    after = changed(r7=lists.row(7, code=""))
    found = pull(GOOD.encode(), after.encode())
    files = await reading.judge(found, Configuration())
    first = await mended(Work(found, Configuration(), Said()), files)
    ignored = Work(found, Configuration(), Said(ignored=first.fingerprints))
    assert (await mended(ignored, files)).files == {}


# --- what is told of it


async def test_the_message_names_rows_and_rules() -> None:
    after = changed(r7=lists.row(7, code=""), r9=lists.row(9, code=""))
    done = await mend(GOOD.encode(), after.encode())
    assert done.message.split("\n") == [
        "Mend 2 rows",
        "",
        "README.md:14: missing-code-link",
        "README.md:16: missing-code-link",
    ]


async def test_of_very_many_rows_the_message_counts_the_rest() -> None:
    numbers = lists.without_code(30)
    after = changed(**{f"r{n}": lists.row(n, code="") for n in numbers})
    message = (await mend(GOOD.encode(), after.encode())).message
    assert message.startswith("Mend 30 rows\n\n")
    assert message.endswith("\nand 10 more")
    assert message.count("missing-code-link") == 20
