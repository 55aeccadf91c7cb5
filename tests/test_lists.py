from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import config, judge, lists
from bot.config import Configuration
from bot.pulls import ChangedFile
from bot.texts import Text, blob_oid
from tests.lists import good

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = good(12).encode()


@pytest.fixture(scope="module", autouse=True)
def _judge() -> Iterator[None]:
    yield
    judge.stop()


def file(path: str, status: str = "modified") -> ChangedFile:
    return ChangedFile(path, status, None, None)


def text(data: bytes | None) -> Text | None:
    return None if data is None else Text(blob_oid(data), data)


def state(**data: bytes | None) -> dict[str, Text | None]:
    """A change's texts by `head`, `base` and `tip` of README.md."""
    return {f"{name} README.md": text(content) for name, content in data.items()}


# --- which files


def test_changed_markdown_that_is_still_there_may_be_a_list_readme_first() -> None:
    files = [file("a.md"), file("README_zh.md"), file("b.MARKDOWN"), file("code.py")]
    files += [file("docs/README.md"), file("gone.md", "removed"), file("Readme.md", "added")]
    assert lists.candidates(files) == (
        "README_zh.md",
        "Readme.md",
        "a.md",
        "b.MARKDOWN",
        "docs/README.md",
    )


def test_of_very_many_files_twenty_are_taken_the_readme_among_them() -> None:
    found = lists.candidates([*(file(f"a{n:02}.md") for n in range(40)), file("readme.md")])
    assert len(found) == 20
    assert found[:2] == ("readme.md", "a00.md")


@pytest.mark.parametrize(
    ("path", "patterns", "chosen"),
    [
        ("any.md", (), True),
        ("README.md", ("README.md",), True),
        ("docs/README.md", ("README.md",), False),
        ("papers/a/b.md", ("papers/**/*.md",), True),
        ("papers/b.md", ("papers/**/*.md",), True),
        ("b.md", ("**/*.md",), True),
        ("readme.md", ("README.md",), False),
        ("b.md", ("a.md", "b.*"), True),
    ],
)
def test_the_configuration_chooses_files(
    path: str, patterns: tuple[str, ...], chosen: bool
) -> None:
    assert lists.chosen(path, patterns) is chosen


# --- their judgement


async def test_a_file_is_judged_with_its_text() -> None:
    found, head = await lists.judge_file(
        state(head=good(13).encode(), base=GOOD), "README.md", Configuration()
    )
    assert (found.rows, found.changes.added, head) == (13, (("", 1),), good(13))


async def test_a_new_file_has_no_text_before() -> None:
    found, _ = await lists.judge_file(state(head=GOOD, base=None), "README.md", Configuration())
    assert found.changes.added == (("", 12),)


async def test_line_ends_and_byte_order_mark_are_kept() -> None:
    data = "\ufeff".encode() + GOOD.replace(b"\n", b"\r\n")
    _, head = await lists.judge_file(state(head=data, base=GOOD), "README.md", Configuration())
    assert head.encode() == data


@pytest.mark.parametrize("where", ["head", "base", "tip"])
async def test_a_file_that_is_not_utf8_is_a_problem_in_words(where: str) -> None:
    texts: dict[str, bytes | None] = {"head": GOOD, "base": GOOD, where: GOOD + b"| caf\xe9 |\n"}
    found, head = await lists.judge_file(state(**texts), "README.md", Configuration())
    assert found.problem == "The file is not UTF-8 text; save it as UTF-8, please."
    assert head == ""


@pytest.mark.parametrize("where", ["head", "base"])
async def test_a_file_too_large_to_be_read_is_a_problem_in_words(where: str) -> None:
    texts: dict[str, bytes | None] = {"head": GOOD, "base": GOOD, where: None}
    cut = [f"{where} README.md"]
    found, _ = await lists.judge_file(state(**texts), "README.md", Configuration(), cut)
    assert found.problem == "The file is too large to be judged; split it, please."


async def test_the_same_texts_are_judged_anew_under_another_configuration() -> None:
    empty = GOOD.replace(b"| - |", b"|  |", 1)
    configured = config.load("rules: {missing-code-link: off}")
    texts = state(head=empty, base=GOOD)
    said, _ = await lists.judge_file(texts, "README.md", Configuration())
    silent, _ = await lists.judge_file(texts, "README.md", configured)
    assert (len(said.remarks), len(silent.remarks)) == (1, 0)


@pytest.mark.parametrize(
    ("data", "is_list"), [(GOOD, True), (b"# Words\n", False), (b"| caf\xe9 |\n|---|\n", False)]
)
async def test_a_file_is_a_list_when_it_holds_a_table_with_rows(data: bytes, is_list: bool) -> None:
    assert await lists.is_list(Text(blob_oid(data), data)) is is_list
