from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import rules
from rules import Document, Row, parse
from tests import lists
from tests.lists import steady

if TYPE_CHECKING:
    from rules._document import Cell

# What tables, blocks and inline content are made of, and what splits lines elsewhere than here.
_PIECES = (
    "| \\| \\ || ` `` ``` ~~~ * ** _ ~~ [ ] ( ) [a](b) [a][r] ![i](j) <br> <a href='u'> <!-- -->"
    " <table> </details> <https://a.b> https://a.b/c?d=e#f --- === :-: # ## > - + 1. 2) &amp;"
    " 中文 🙂 a é"
).split()
_BLANKS = ["\n", "\n", "\n\n", "\r\n", "\r", " ", "    ", "\t", "\ufeff", "\x0b", "\x0c", "\x85"]
_LINES = ["\u2028", "\xa0", "\n|a|b|\n|-|-|\n", "\n| --- | --- |\n", "\n[r]: https://c.d\n"]
soup = st.lists(st.sampled_from([*_PIECES, *_BLANKS, *_LINES]), max_size=60).map("".join)
cells = st.lists(st.sampled_from([*_PIECES, " ", "\t", "\x0c", "\u2028"]), max_size=6).map("".join)
rows = st.lists(cells, min_size=1, max_size=6).map("|".join)
tables = st.tuples(
    st.sampled_from(["", "\ufeff", "# A\n\n", "text\n", "> ", "- "]),
    st.sampled_from(["| a | b |\n| - | - |\n", "a|b\r\n-|-\r\n", "|a|\n|:-:|\n"]),
    st.lists(rows, max_size=6).map("\n".join),
    st.sampled_from(["", "\n", "\r\n", "\n\nafter\n"]),
).map("".join)
texts = st.one_of(soup, tables, st.text(max_size=80))


def all_rows(document: Document) -> list[Row]:
    return [row for table in document.tables for row in (table.header, *table.rows)]


def contents(text: str) -> list[list[str]]:
    return [[cell.raw for cell in row.cells] for row in all_rows(parse(text))]


# --- whatever the text


@steady(300)
@given(texts)
def test_every_row_stands_where_it_says(text: str) -> None:
    found = all_rows(parse(text))
    for row in found:
        assert row.raw == text[row.span.start : row.span.end]
        assert row.line == 1 + text.count("\n", 0, row.span.start)
        assert "\n" not in row.raw
    spans = sorted(row.span for row in found)
    assert all(one.end < other.start for one, other in pairwise(spans))


@steady(300)
@given(texts)
def test_cells_and_the_pipes_between_them_make_up_their_row(text: str) -> None:
    for row in all_rows(parse(text)):
        assert row.cells
        between = [text[a.outer.end : b.outer.start] for a, b in pairwise(row.cells)]
        assert set(between) <= {"|"}
        edges = (
            text[row.span.start : row.cells[0].outer.start],
            text[row.cells[-1].outer.end : row.span.end],
        )
        assert {edge.strip() for edge in edges} <= {"", "|"}


@steady(300)
@given(texts)
@example("| a | b |\n|-|-|\n|\\\\|`|`|\\|||\n")
def test_a_cell_is_the_source_between_its_pipes_without_blanks(text: str) -> None:
    for row in all_rows(parse(text)):
        for cell in row.cells:
            assert cell.raw == text[cell.span.start : cell.span.end]
            assert cell.raw == text[cell.outer.start : cell.outer.end].strip()
            assert cell.outer.start <= cell.span.start <= cell.span.end <= cell.outer.end


@steady(300)
@given(texts)
def test_links_lie_within_their_cell_and_hold_their_address(text: str) -> None:
    for row in all_rows(parse(text)):
        for cell in row.cells:
            for link in cell.links:
                assert cell.span.start <= link.span.start <= link.span.end <= cell.span.end
                assert link.span.start <= link.target.start <= link.target.end <= link.span.end


@steady(300)
@given(st.text("aB -_/.?=#中!$^'\"", min_size=1), st.text("aB-_/.?=#%41+,$^中", min_size=1))
def test_a_link_alone_in_its_cell_is_read_like_one_with_words_beside_it(
    words: str, path: str
) -> None:
    link = f"[{words}](https://x.org/{path})"
    (row,) = parse(f"| a | b |\n|---|---|\n| {link} | see {link} |\n").tables[0].rows
    alone, beside = row.cells
    assert [(found.text, found.url) for found in alone.links] == [
        (found.text, found.url) for found in beside.links
    ]
    assert f"see {alone.text}".split() == beside.text.split()


@steady(200)
@given(texts)
def test_a_table_has_as_many_delimiters_as_headings(text: str) -> None:
    for table in parse(text).tables:
        delimiter = text.split("\n")[table.line]
        assert len(re.findall("-+", delimiter)) == len(table.headings)


@steady(200)
@given(texts)
def test_any_text_is_judged_and_mended_or_refused_with_a_reason(text: str) -> None:
    mended = rules.fix(text)
    assert rules.fix(mended) == mended


# --- how GitHub reads tables


def test_short_long_and_empty_cells_are_kept_as_they_are() -> None:
    text = "|a|b|c|\n|-|-|-|\n|1|\n|1||3|\n|1|2|3|4|\n||||\n"
    assert contents(text)[1:] == [["1"], ["1", "", "3"], ["1", "2", "3", "4"], ["", "", ""]]


def test_outer_pipes_are_optional() -> None:
    assert contents("a | b\n- | -\n1 | 2\n| 3 | 4\n5 | 6 |\n") == [
        ["a", "b"],
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
    ]


def test_an_escaped_pipe_belongs_to_its_cell_even_in_a_code_span() -> None:
    text = "| a | b |\n|-|-|\n| x \\| y | `p \\| q` |\n| `p | q` |\n"
    assert contents(text)[1:] == [["x \\| y", "`p \\| q`"], ["`p", "q`"]]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "end"])
def test_line_ends_are_no_part_of_a_row(end: str, last: str) -> None:
    text = f"intro{end}{end}| a |\tb\t|{end}|---|---|{end}| 1 | 2 |" + (end if last else "")
    header, row = all_rows(parse(text))
    assert (header.raw, header.line) == ("| a |\tb\t|", 3)
    assert (row.raw, row.line) == ("| 1 | 2 |", 5)


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    (table,) = parse("\ufeff" + lists.good(2)).tables
    assert table.headings == ("Time", "Title", "Venue", "Paper", "Code")
    assert table.header.span.start == 1


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_git_counts_them(mark: str) -> None:
    (table,) = parse(f"one{mark}line\n\n| a | b |\n|-|-|\n| x{mark}y | 中 |\n| 🙂 | z |\n").tables
    assert [(row.line, row.cells[0].raw) for row in table.rows] == [(5, f"x{mark}y"), (6, "🙂")]


def test_a_position_is_a_line_and_a_column_both_from_one() -> None:
    document = parse("| a | b |\r\n|-|-|\r\n| 🙂 | z |\r\n")
    cell = document.tables[0].rows[0].cells[1]
    assert document.position(cell.span.start) == (3, 7)
    assert document.line_span(3) == document.tables[0].rows[0].span


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|\n| 1 | 2 |\n",
        "<!--\n| a | b |\n|---|---|\n| 1 | 2 |\n-->\n",
        "```\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n",
        "    | a | b |\n    |---|---|\n    | 1 | 2 |\n",
        "| a | b |\n",
        "",
    ],
    ids=["delimiter", "comment", "fence", "indented", "header alone", "nothing"],
)
def test_what_github_does_not_show_as_a_table_is_none(text: str) -> None:
    assert parse(text).tables == ()


@pytest.mark.parametrize(
    ("before", "prefix"),
    [("", "> "), ("<details>\n<summary>More</summary>\n\n", ""), ("- point\n\n", "  ")],
    ids=["quote", "details", "list"],
)
def test_a_table_within_something_else_is_read_in_place(before: str, prefix: str) -> None:
    lines = ["| a | b |", "|---|---|", "| 1 | 2 |"]
    text = before + "".join(f"{prefix}{line}\n" for line in lines)
    (row,) = parse(text).tables[0].rows
    assert text[: row.span.start].endswith(f"|---|---|\n{prefix}")
    assert row.raw == "| 1 | 2 |"


def test_a_blank_line_or_one_without_a_pipe_ends_a_table() -> None:
    (table,) = parse("|a|b|\n|-|-|\n|1|2|\nno pipe\n|3|4|\n").tables
    assert [row.line for row in table.rows] == [3]
    (table,) = parse("|a|b|\n|-|-|\n|1|2|\n\n|3|4|\n").tables
    assert [row.line for row in table.rows] == [3]


# --- what a cell says


def cell_of(source: str) -> Cell:
    references = "\n[ref]: https://r.example/p\n"
    (table,) = parse(f"| a | b |\n|---|---|\n| {source} | x |\n{references}").tables
    return table.rows[0].cells[0]


@pytest.mark.parametrize(
    ("source", "text", "addresses"),
    [
        ("**bold** _and_ `code`", "bold and code", []),
        ("[paper](https://a.example/x)", "paper", ["https://a.example/x"]),
        ("[[Link]](https://a.example)", "[Link]", ["https://a.example"]),
        ("[paper][ref] and [ref]", "paper and ref", ["https://r.example/p"] * 2),
        ("<https://a.example/x>", "https://a.example/x", ["https://a.example/x"]),
        ("see https://a.example/x.", "see https://a.example/x.", ["https://a.example/x"]),
        ('<a href="https://a.example/?a=1&amp;b">p</a>', "p", ["https://a.example/?a=1&b"]),
        ("one<br>two", "one two", []),
        ("[![b](https://i.example)](https://a.example)", "b", ["https://a.example"]),
        ("[empty]()", "empty", [""]),
        ("`[no](https://link.example)`", "[no](https://link.example)", []),
        ("A\\*-Search \\| more", "A*-Search | more", []),
        ("中文标题 🙂", "中文标题 🙂", []),
        ("a_b_c snake_case_word", "a_b_c snake_case_word", []),
    ],
)
def test_a_cell_tells_what_a_reader_sees_and_where_its_links_lead(
    source: str, text: str, addresses: list[str]
) -> None:
    cell = cell_of(source)
    assert cell.text == text
    assert [link.url for link in cell.links if not link.image] == addresses


def test_a_badge_is_an_image_within_a_link() -> None:
    link, image = cell_of("[![stars](https://i.example/s.svg)](https://a.example)").links
    assert (link.url, link.image) == ("https://a.example", False)
    assert (image.url, image.image) == ("https://i.example/s.svg", True)


@pytest.mark.parametrize(
    "source",
    [
        "see [a](https://x.example/p) b",
        '[a]( https://x.example/p "title")',
        "[a](<https://x.example/p>)",
        "**[a](https://x.example/p)**",
        "<https://x.example/p>",
        "at https://x.example/p, or",
        "<a title='x' href='https://x.example/p'>a</a>",
    ],
)
def test_an_address_is_known_to_the_letter(source: str) -> None:
    cell = cell_of(source)
    (link,) = cell.links
    assert link.url == "https://x.example/p"
    assert cell.document.text[slice(*link.target)] == "https://x.example/p"


# --- sections


def paths(text: str) -> list[tuple[str, ...]]:
    table = "\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    return [found.section.path for found in parse(text.replace("TABLE", table)).tables]


def test_a_table_stands_in_the_section_of_the_headings_above_it() -> None:
    text = "TABLE\n# One\nTABLE\n### Deep\nTABLE\n## Two\nTABLE\n# Three\nTABLE"
    assert paths(text) == [(), ("One",), ("One", "Deep"), ("One", "Two"), ("Three",)]


@pytest.mark.parametrize(
    "heading",
    [
        "## Agents ##",
        "Agents\n------",
        "<details>\n<summary><b>Agents</b></summary>\n",
        "**Agents**",
        "## <a id='x'></a>**Agents**",
    ],
)
def test_a_section_is_named_in_any_of_these_ways(heading: str) -> None:
    assert paths(f"# List\n\n{heading}\nTABLE") == [("List", "Agents")]
