"""What the rules about links say beyond the examples on their pages."""

from __future__ import annotations

import pytest

import rules
from rules import Diagnostic
from tests import lists
from tests.lists import code, paper, row, rows, table, title

FAMILY = ("link-syntax", "arxiv-id", "shared-link", "link-column")
# No two of these could be one paper.
TITLES = """Tides as Seen by a Snail|Knots That Untie Themselves|How Far a Whisper Travels
Maps of a Changing Beach|Ladders for Short Ants|Why the Echo Weighs Nothing|Bread That Rises Twice
Sorting Clouds with Both Hands|Bridges Made from Wet Paper|Lanterns in Plain Daylight
Rust Considered as Colour|Kites on Windless Mondays""".replace("\n", "|").split("|")
CODED = table(row(n, title=TITLES[n], code=code(n)) for n in range(12))


def lint(text: str, *names: str) -> list[Diagnostic]:
    """What a whole list is told by these rules, or by the whole family."""
    return [d for d in rules.lint(rules.parse(text)) if d.rule in (names or FAMILY)]


def change(before: str, after: str) -> list[Diagnostic]:
    """What a change to a list is told by the family."""
    old = rules.parse(before)
    known = rules.infer(old)
    now = rules.lint(rules.parse(after), conventions=known)
    return [d for d in rules.compare(rules.lint(old), now) if d.rule in FAMILY]


def told(said: list[Diagnostic]) -> list[tuple[int, str, str]]:
    return [(d.line, d.rule, d.severity.value) for d in said]


def cell(text: str) -> str:
    """A list with a cell of its own in line 6, where nothing else is to be said."""
    return table([*rows(range(3)), row(3, venue=text)])


def mended(text: str) -> str:
    """The cell of its own after all fixes."""
    line = rules.fix(text).splitlines()[5]
    return line.split(" | ", 2)[2].rpartition(" | [link](https://arxiv")[0]


def link(url: str) -> str:
    return f"[link]({url})"


# --- link-syntax


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("see [[it]] (https://a.example/c)", "see [[it]](https://a.example/c)"),
        ("[a](https://a.example/c(d)e", "[a](https://a.example/c(d)e)"),
        ("[a](https://a.example <br> [b](https://b.example)",
         "[a](https://a.example) <br> [b](https://b.example)"),
        ("[![b](https://b.example/x.svg)](https://a.example", None),
        ("[![b](https://b.example/x.svg)] (https://a.example)", None),
        ("[a](https://a.example]", "[a](https://a.example)"),
        ("[a](https://a.example）", "[a](https://a.example)"),
        ("[a]（https://a.example）", "[a](https://a.example)"),
        ("[a]{https://a.example}", "[a](https://a.example)"),
        ("[a][https://a.example]", "[a](https://a.example)"),
        ("(a)[https://a.example]", "[a](https://a.example)"),
        ("[a](https://a.example))", "[a](https://a.example)"),
        ("[[a(https://a.example)", "[[a]](https://a.example)"),
        ("[a]([https://a.example](https://a.example))", "[a](https://a.example)"),
        (link("https://https://a.example"), link("https://a.example")),
        (link("https://a.example/https://a.example/"), link("https://a.example/")),
        (link("https:\\\\a.example\\b"), link("https://a.example/b")),
        (link("https：//a.example"), link("https://a.example")),
        (link("http//a.example"), link("http://a.example")),
        (link("www.a.example/b"), link("https://www.a.example/b")),
        (link("https://github.comair/echo"), link("https://github.com/air/echo")),
        (link("https://a.example/b，"), link("https://a.example/b")),
        (link("https://a.example/b}"), link("https://a.example/b")),
    ],
)  # fmt: skip
def test_a_broken_link_with_one_reading_is_mended(written: str, meant: str | None) -> None:
    text = cell(written)
    assert told(lint(text)) == [(6, "link-syntax", "error")]
    if meant:
        assert mended(text) == meant
    assert lint(rules.fix(text)) == []


@pytest.mark.parametrize(
    "written",
    [
        "[a](https://a.example b)",
        link("https://a.example/bhttps://c.example"),
        "[a]([https://a.example](https://b.example))",
        link("https://a.example/b\\_c，"),
    ],
)
def test_a_broken_link_with_several_readings_is_told_but_not_mended(written: str) -> None:
    text = cell(written)
    assert told(lint(text)) == [(6, "link-syntax", "error")]
    assert rules.fix(text) == text


@pytest.mark.parametrize(
    "written",
    [
        "[1] (https://a.example)",
        "[x] (https://a.example)",
        "[tag] (text) [a](https://a.example)",
        "([a](https://a.example))",
        "[[a](https://a.example)]",
        "[[a](https://a.example]",
        "[a (https://b.example)](https://a.example)",
        "[a(https://b.example)](https://a.example)",
        "[see [b] (https://b.example)](https://a.example)",
        "[https://a.example](https://a.example)",
        '[a]( https://a.example "title" )',
        "[a](<https://a.example/b c>)",
        link("https://a.example/b\\_c"),
        link("https://a.example/?q=a\\b"),
        link("https://a.example/{b}"),
        link("https://a.example/?u=https://a.example"),
        link("https://a.example/share?text=see%20https://b.example"),
        link("https://github.community/t/1"),
        link("https://zh.example/wiki/桥（纸）"),
        link("docs/paper.md"),
        link("#code"),
        link("//a.example"),
        link("mailto:me@a.example"),
        '<a href="https://a.example">a</a>',
    ],
)
def test_an_unusual_link_that_works_is_left_alone(written: str) -> None:
    assert lint(cell(written)) == []


def test_what_closes_a_link_may_stand_behind_the_last_pipe() -> None:
    text = table([*rows(range(8)), row(8, code="[link](https://github.com/a/b").rstrip("|") + "|}"])
    (said,) = rules.lint(rules.parse(text))
    assert (said.line, said.rule) == (11, "link-syntax")
    assert rules.fix(text).splitlines()[10] == row(
        8, code="[link](https://github.com/a/b )"
    ).replace("b )", "b)")


def test_a_pipe_inside_an_address_is_escaped_and_explains_the_extra_cell() -> None:
    text = table([*rows(range(8)), row(8, code=link("https://github.com/a/b|c"))])
    (said,) = rules.lint(rules.parse(text))
    assert (said.line, said.rule, said.severity.value) == (11, "link-syntax", "error")
    assert rules.fix(text) == text.replace("b|c", "b\\|c")


def test_a_broken_code_link_is_not_also_called_missing() -> None:
    text = table([*rows(range(12)), row(12, code="[link]()")])
    assert {d.rule for d in rules.lint(rules.parse(text)) if d.line == 15} <= {"link-syntax"}


def test_an_empty_code_link_becomes_the_lists_mark() -> None:
    lines = [*(row(n, code=code(n)) for n in range(10)), *(row(n) for n in range(10, 20))]
    text = table([*lines, row(20, code="[code]()")])
    assert told(lint(text)) == [(23, "link-syntax", "warning")]
    assert rules.fix(text).splitlines()[22] == row(20)


def test_empty_links_that_a_list_writes_again_and_again_are_its_way() -> None:
    lines = [row(n, code=code(n) if n % 2 else "[code]()") for n in range(20)]
    assert lint(table(lines)) == []
    lines = [row(n, paper=link(paper(n)) if n % 2 else "[paper]()") for n in range(20)]
    assert lint(table(lines)) == []


def test_an_address_alone_is_told_where_eight_others_are_links() -> None:
    bare = row(8, paper=paper(8))
    assert lint(table([*rows(range(7)), bare])) == []
    assert told(change(lists.good(8), lists.good(8) + bare + "\n")) == [
        (11, "link-syntax", "warning")
    ]
    text = table([*rows(range(9)), row(9, paper=paper(9))])
    assert told(lint(text)) == [(12, "link-syntax", "warning")]
    assert rules.fix(text).splitlines()[11] == row(9)


def test_an_address_alone_is_not_mended_where_each_link_has_a_text_of_its_own() -> None:
    lines = [row(n, paper=f"[Paper {n}]({paper(n)})") for n in range(12)]
    text = table([*lines, row(12, paper=paper(12))])
    assert told(lint(text)) == [(15, "link-syntax", "warning")]
    assert rules.fix(text) == text


def test_an_older_row_is_not_told_what_a_change_tips() -> None:
    old = [row(0, paper=paper(0)), *rows(range(1, 8))]
    assert lint(table(old)) == []
    assert change(table(old), table([*old, *rows(range(8, 20))])) == []


# --- arxiv-id


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/2506.900001",
        "https://arxiv.org/pdf/2506.9000.pdf",
        "https://www.arxiv.org/abs/2500.90000",
        "https://export.arxiv.org/abs/1412.90001",
        "https://arxiv.org/html/25066.90000",
        "https://arxiv.org/abs/250690000",
        "https://arxiv.org/abs/0612.9001",
        "https://arxiv.org/abs/cs/011201",
        "https://arxiv.org/abs/cs/0113201",
        "https://arxiv.org/abs/2506.90000&v=1",
        "https://alphaxiv.org/abs/2506.900001",
        "https://ar5iv.labs.arxiv.org/html/2513.90001",
        "https://doi.org/10.48550/arXiv.2506.900001",
    ],
)
def test_an_impossible_arxiv_id_is_told_in_any_form_of_link(address: str) -> None:
    text = lists.good(3).replace(paper(0), address)
    assert told(lint(text, "arxiv-id")) == [(3, "arxiv-id", "error")]


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/2506.90000v12",
        "https://arxiv.org/pdf/2506.90000.pdf",
        "https://arxiv.org/abs/1412.9001",
        "https://arxiv.org/abs/0704.0001",
        "https://arxiv.org/abs/9912.90001",
        "https://arxiv.org/abs/hep-th/9711200",
        "https://arxiv.org/abs/math.GT/0309136",
        "https://arxiv.org/html/2506.90000v1/x1.png",
        "https://arxiv.org/abs/2506.90000?context=cs",
        "https://arxiv.org/pdf/2506.90000#page=3.00",
        "https://arxiv.org/a/somebody_1",
        "https://arxiv.org/abs/placeholder",
        "https://huggingface.co/papers/trending",
        "https://example.org/abs/2506.900001",
    ],
)
def test_what_can_be_an_arxiv_id_or_is_none_is_left_alone(address: str) -> None:
    assert lint(lists.good(3).replace(paper(0), address), "arxiv-id") == []


def test_an_id_is_told_once_a_row_and_at_its_own_column() -> None:
    bad = "https://arxiv.org/abs/2506.900001"
    text = table([row(0, paper=f"{link(bad)} {link(bad)}"), *rows(range(1, 3))])
    (said,) = lint(text, "arxiv-id")
    assert text[slice(*said.span)] == bad


# --- shared-link


def test_every_row_of_a_shared_link_is_told_with_the_lines_of_the_others() -> None:
    said = lint(CODED.replace(paper(4), paper(1)).replace(paper(7), paper(1)), "shared-link")
    assert told(said) == [(line, "shared-link", "error") for line in (4, 7, 10)]
    assert "in line 7" in said[0].message
    assert "in line 10" in said[0].message


def test_a_change_speaks_of_its_own_row_with_an_older_ones_link() -> None:
    before = lists.good(10)
    taken = row(10, title="A Dictionary of Sounds Made by Snow", paper=link(paper(2)))
    assert told(change(before, before + taken + "\n")) == [(13, "shared-link", "error")]
    third = row(11, title="Why Winter Birds Whisper at Noon", paper=link(paper(2)))
    both = before + taken + "\n"
    assert told(change(both, both + third + "\n")) == [(14, "shared-link", "error")]


@pytest.mark.parametrize(
    ("other", "address"),
    [
        (f"Pebbles: {title(2)}", paper(2)),
        (f"{title(2)} (Extended Version)", paper(2)),
        ("PebbleNet", paper(2)),
        ("A Dictionary of Sounds Made by Snow", "https://doi.org/10.1145/3123456"),
        ("A Dictionary of Sounds Made by Snow", "https://example.org/"),
        ("A Dictionary of Sounds Made by Snow", "https://github.com/river/pebbles"),
    ],
)
def test_a_nickname_a_short_name_a_book_a_site_and_a_repository_may_be_shared(
    other: str, address: str
) -> None:
    good = lists.good(10).replace(paper(2), address)
    assert lint(good + row(10, title=other, paper=link(address)) + "\n", "shared-link") == []


def test_a_link_under_many_titles_is_a_collection() -> None:
    lines = [row(n, title=TITLES[n], paper=link(paper(0))) for n in range(8)]
    assert told(lint(table(lines[:2]), "shared-link")) != []
    assert lint(table(lines), "shared-link") == []


@pytest.mark.parametrize("heading", ["Dataset", "Name"])
def test_names_of_data_sets_may_share_a_paper(heading: str) -> None:
    header = f"| {heading} | Size | Paper |\n| --- | --- | --- |\n"
    lines = [f"| {TITLES[n]} | {n} | {link(paper(n // 2))} |" for n in range(12)]
    assert lint(table(lines, header), "shared-link") == []


def test_an_article_under_two_titles_is_only_probably_wrong() -> None:
    address = "https://journal.example/articles/20250601-rivers"
    lines = rows(range(10))
    lines[2] = row(2, title="A Dictionary of Sounds Made by Snow", paper=link(address))
    lines[3] = row(3, title="Why Winter Birds Whisper at Noon", paper=link(address))
    assert told(lint(table(lines))) == [
        (5, "shared-link", "warning"),
        (6, "shared-link", "warning"),
    ]


# --- link-column


def added(**cells: str) -> list[Diagnostic]:
    return change(CODED, CODED + row(12, **cells) + "\n")


def test_a_paper_in_the_code_cell_may_be_replaced_by_the_lists_mark() -> None:
    before = CODED + table(rows(range(20, 40)), "").replace(lists.HEADER, "")
    (said,) = change(before, before + row(40, code=link(paper(40))) + "\n")
    assert (said.rule, said.severity.value) == ("link-column", "warning")
    assert said.fix is not None
    assert not said.fix.safe
    assert [edit.text for edit in said.fix.edits if isinstance(edit, rules.Edit)] == ["-"]


@pytest.mark.parametrize(
    "address",
    [
        "https://doi.org/10.5281/zenodo.123456",
        "https://openreview.net/attachment?id=abc&name=code",
        "https://gitlab.example.edu/river/code",
        "https://colab.research.google.com/drive/abc",
        "https://example.org/river/code.zip",
    ],
)
def test_archives_supplements_and_unknown_pages_may_be_code(address: str) -> None:
    assert added(code=link(address)) == []


def test_a_projects_own_site_is_only_counted() -> None:
    own = [
        added(code=link("https://riverbed.example/"), title="RiverBed: Stones Seen From Above"),
        added(code=link("https://stones.example/"), title="RiverBed: Stones Seen From Above"),
        added(code=link("https://river.github.io")),
    ]
    assert [told(said) for said in own] == [[(15, "link-column", "note")]] * 3


def test_a_link_in_the_code_cell_of_a_row_without_paper_belongs_to_the_paper() -> None:
    page = link("https://example.org/2025/a-report")
    (said,) = added(paper="-", code=page)
    assert (said.rule, said.severity.value) == ("link-column", "warning")
    text = CODED + row(12, paper="-", code=page) + "\n"
    assert said.fix is not None
    assert rules.apply(text, said.fix.edits).splitlines()[14] == row(12, paper=page, code="-")


def test_a_link_gone_astray_explains_the_cell_it_left_empty_and_a_badge_explains_nothing() -> None:
    page, badge = (
        link("https://example.org/2025/a-report"),
        "![s](https://img.shields.io/github/stars/a/b)",
    )
    astray = CODED + row(12, paper="-", code=page) + "\n"
    assert {d.rule for d in rules.lint(rules.parse(astray))} == {"link-column"}
    beside = CODED + row(12, paper="-", code=f"{code(12)} {badge}") + "\n"
    assert {d.rule for d in rules.lint(rules.parse(beside))} == {"link-column", "empty-cell"}


def test_a_repository_in_the_paper_cell_of_a_row_without_code_belongs_to_the_code() -> None:
    assert told(added(paper=link("https://github.com/a/b"))) == [(15, "link-column", "warning")]
    both = link("https://github.com/a/b")
    assert told(added(paper=both, code=both)) == [(15, "link-column", "note")]


def test_links_of_one_row_that_changed_places_are_exchanged() -> None:
    text = CODED + row(12, paper=code(12) and link("https://github.com/a/b"), code=link(paper(12)))
    (said,) = lint(text, "link-column")
    assert said.fix is not None
    right = row(12, paper=link(paper(12)), code=link("https://github.com/a/b"))
    assert rules.apply(text, said.fix.edits).splitlines()[14] == right


def test_repositories_of_two_rows_that_changed_places_are_exchanged_by_one_fix() -> None:
    one, other = "https://github.com/a/RiverBed", "https://github.com/b/old-stonewall-code"
    titles = {4: "River Bed: Stones Seen From Above", 9: "StoneWall: Walls That Hold Water"}

    def text(first: str, second: str) -> str:
        lines = [row(n, code=code(n)) for n in range(12)]
        lines[4] = row(4, title=titles[4], code=link(first))
        lines[9] = row(9, title=titles[9], code=link(second))
        return table(lines)

    assert lint(text(one, other)) == []
    swapped = text(other, one)
    twice = swapped.replace(row(0, code=code(0)), row(0, title=titles[4]))
    assert lint(twice, "link-column") == []
    assert told(lint(swapped)) == [(7, "link-column", "warning"), (12, "link-column", "warning")]
    assert rules.fix(swapped, unsafe=True) == text(one, other)


def test_a_column_of_all_sorts_of_links_is_left_alone() -> None:
    lines = [row(n, code=code(n) if n % 2 else link(f"https://a{n}.example/")) for n in range(24)]
    assert lint(table(lines)) == []
    papers = [row(n, code=code(n) if n % 3 else link(paper(n))) for n in range(24)]
    assert lint(table(papers)) == []


def test_a_table_with_links_of_its_own_kind_is_left_alone() -> None:
    coded = [row(n, code=code(n)) for n in range(40)]
    sites = [row(n, code=link(f"https://a{n}.example/")) for n in range(42, 46)]
    other = table([row(40, code=code(40)), row(41, code=code(41)), *sites])
    assert lint(f"## A\n\n{table(coded)}\n## B\n\n{other}") == []


def test_a_list_with_another_kind_of_link_in_each_table_is_left_alone() -> None:
    text = ""
    for first in (0, 10, 20):
        site = row(first + 4, code=link(f"https://a{first}.example/"))
        coded = [row(n, code=code(n)) for n in range(first, first + 4)]
        text += f"## Part {first}\n\n{table([*coded, site])}\n"
    assert lint(text) == []


def test_project_pages_beside_repositories_do_not_speak_for_a_site() -> None:
    pages = [row(n, code=link(f"https://a{n}.github.io/b")) for n in range(12, 18)]
    site = row(18, code=link("https://somebody.example/"))
    said = lint(CODED + table([*pages, site], header=""), "link-column")
    assert [(d.line, d.severity.value) for d in said][-2:] == [(20, "note"), (21, "warning")]
    more = [row(n, code=link(f"https://a{n}.github.io/b")) for n in range(20, 40)]
    assert lint(CODED + table([*pages, site, *more], header=""), "link-column") == []


def test_a_project_page_of_a_row_without_paper_is_only_counted() -> None:
    said = added(paper="-", code=link("https://river.github.io/bed"))
    assert told(said) == [(15, "link-column", "note")]


def test_a_badge_may_be_written_in_another_case_and_stand_beside_several_repositories() -> None:
    badge = "![s](https://img.shields.io/github/stars/River/Bed?style=social)"
    both = f"{link('https://github.com/river/bed/tree/main/x')} {link('https://github.com/a/b')} "
    assert added(code=both + badge) == []
    assert told(added(code=f"{code(12)} {badge}")) == [(15, "link-column", "warning")]
    assert added(code=f"{badge} {link('https://example.org/river/bed.zip')}") == []


def test_an_older_row_is_not_told_when_a_change_brings_the_evidence() -> None:
    old = [row(0, code=link("https://a.example/")), *(row(n, code=code(n)) for n in range(1, 6))]
    new = [row(n, code=code(n)) for n in range(6, 20)]
    assert change(table(old), table([*old, *new])) == []
