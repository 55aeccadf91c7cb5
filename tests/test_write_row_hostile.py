"""Whatever a paper is called and linked, it becomes one row that shows it as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import Paper
from tests import lists
from tests.odd_lists import TOKENS, odd_lists
from tests.papers import SECTION, TOP, read

LIST = TOP + lists.good(12)
TABLES = {
    "plain": LIST,
    "linked": TOP
    + "Title | Venue\n--- | ---\n"
    + "".join(f"[{lists.title(n)}]({lists.paper(n)}) | ICLR 2025\n" for n in range(9)),
    "bold": LIST.replace("Counting every", "**Counting every").replace(" | arXiv", "** | arXiv"),
}
_BITS = st.sampled_from([*TOKENS, "@everyone", "$x$", "word "])
TEXT = st.lists(_BITS | st.text(max_size=8), max_size=12).map("".join)
EVIL = [
    "a | b", "a \\| b", "a \\", "\\", "| |", "one\ntwo\r\n\r\n# three", "<script>alert(1)</script>",
    "<!-- hidden", "`code", "**", "[x](https://evil.example)", "![x](https://evil.example/a.png)",
    "[//]: # (no)", "@everyone and @org/team", "&lt;b&gt;", "https://evil.example www.evil.example",
    "\u202eright to left", "\x00\x1b[31m", "~~gone~~", "-", "N/A", "- a", "> b", "# c", "1. d",
    "$a|b$", "x" * 5_000, "[" * 400, "*" * 400, "[a](" * 400, "| " * 400,
]  # fmt: skip


def check(text: str, paper: Paper) -> str:
    """One line more, of as many cells as the header; and the title shows as it was given."""
    document, conventions = read(text)
    found = rules.write_row(document, conventions, SECTION, paper)
    assert found is not None
    after = rules.apply(text, [found.edit])
    assert after.count("\n") == text.count("\n") + 1
    (table,) = rules.parse(after).tables
    (row,) = [row for row in table.rows if row.line == found.at]
    assert len(row.cells) == len(table.headings)
    assert [r.raw for r in table.rows if r is not row] == [r.raw for r in document.tables[0].rows]
    title = row.cells[conventions.tables[next(iter(conventions.tables))].columns.title or 0]
    links = [link.url for cell in row.cells for link in cell.links]
    assert all("evil" not in link for link in links)
    return title.text


@pytest.mark.parametrize("name", list(TABLES))
@pytest.mark.parametrize("title", EVIL)
def test_a_title_stays_text_in_one_row(name: str, title: str) -> None:
    check(
        TABLES[name], Paper(title, lists.paper(50), date="2025-06", venue=title, authors=(title,))
    )


@pytest.mark.parametrize(
    "title",
    [
        "A* Search | with pipes", "The <b> Tag in `Code`", "snake_case and __init__", "Re: [Re] a",
        "Cost \\ Benefit", "@everyone at https://evil.example", "R&D &amp; more", "1 < 2 > 0",
        "What [is](https://evil.example) this", "Half an emphasis **here", "Ünï — 中文「题目」",
    ],
)  # fmt: skip
def test_a_reader_sees_the_title_as_it_was_given(title: str) -> None:
    for text in TABLES.values():
        shown = check(text, Paper(title, lists.paper(50), date="2025-06"))
        assert shown.replace("\\", "") == title.replace("\\", "")


@lists.steady(150)
@given(TEXT, TEXT, TEXT, st.sampled_from(sorted(TABLES)))
def test_nothing_breaks_the_row(title: str, venue: str, author: str, name: str) -> None:
    check(TABLES[name], Paper(title, lists.paper(50), "", venue, author, (author,), {title: venue}))


@lists.steady(100)
@given(TEXT)
def test_an_address_is_one_link_or_none(tail: str) -> None:
    for link in (tail, f"https://x.example/{tail}", f"javascript:{tail}"):
        check(LIST, Paper("Tides of the sea", link, link, date="2025-06"))


@lists.steady(60)
@given(odd_lists(), TEXT)
def test_odd_lists_get_a_row_too(text: str, title: str) -> None:
    document, conventions = read(text)
    for section in {table.section.path for table in document.tables}:
        found = rules.write_row(document, conventions, section, Paper(title, lists.paper(50)))
        assert found is not None
        assert "\n" not in found.line
