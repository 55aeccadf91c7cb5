"""A paper becomes a row in the forms of the table that it comes to."""

from __future__ import annotations

from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import Paper
from tests import lists
from tests.papers import SECTION, TOP, known, line, read, written

BADGE = "https://img.shields.io/github/stars"
NEW = Paper(
    "Tides: A Map of Every Harbour",
    "https://arxiv.org/abs/2505.77001",
    "https://github.com/gardener/tides",
    "ACL 2025",
    "2025-05-14",
    ("Ada Byron", "Charles Cabbage"),
)


def table(head: str, *rows: str) -> str:
    columns = head.count("|") + 1 if not head.startswith("|") else head.count("|") - 1
    return TOP + f"{head}\n|{' - |' * columns}\n" + "".join(f"{row}\n" for row in rows)


def many(head: str, row: str, count: int = 9) -> str:
    """A table of rows written alike; `#` stands for a number."""
    return table(head, *(row.replace("#", str(n)) for n in range(1, count + 1)))


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def test_a_row_of_known_facts_comes_back_as_it_was() -> None:
    numbers = range(20)
    for gone in numbers:
        rows = lists.rows(numbers)
        text = TOP + lists.table(rows[:gone] + rows[gone + 1 :])
        found = written(text, known(gone))
        assert found.line == rows[gone]
        assert found.at == gone + 7
        assert (found.said, found.missing) == ((), ())


FORMS = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["{y}.{m}", "{y}-{m}", "{y}/{m}", "{m}/{y}"]),
        "title": st.sampled_from(["{t}", "**{t}**", "*{t}*", "[{t}]({p})", "[**{t}**]({p})"]),
        "venue": st.sampled_from(["arXiv'{s}", "arXiv {y}", "arXiv '{s}", "arXiv"]),
        "paper": st.sampled_from(
            ["[link]({p})", "[[Paper]]({p})", "{p}", "[![P](https://b.example/a.svg)]({p})"]
        ),
        "code": st.sampled_from(["[link]({c})", f"[![s]({BADGE}/{{r}})]({{c}})", "[Code]({c})"]),
        "mark": st.sampled_from(["-", "N/A", "✘", "–"]),
    }
)


def row_of(number: int, form: dict[str, str], pipes: str) -> str:
    year, month = lists.month(number).split(".")
    paper = known(number)
    repository = paper.code.removeprefix("https://github.com/")
    told = {"y": year, "m": month, "s": year[2:], "t": paper.title, "p": paper.link}
    found = [form[name].format(**told) for name in ("date", "title", "venue", "paper")]
    code = form["code"].format(c=paper.code, r=repository) if paper.code else form["mark"]
    return pipes.format(" | ".join([*found, code]))


@lists.steady(60)
@given(
    FORMS,
    st.sampled_from(["| {} |", "| {}", "{} |"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sets(st.integers(0, 39), min_size=1, max_size=4),
    st.booleans(),
)
def test_whatever_the_forms_a_row_that_was_taken_out_comes_back(  # noqa: PLR0913, PLR0917
    form: dict[str, str], pipes: str, end: str, closed: bool, gone: set[int], upwards: bool
) -> None:
    numbers = [*range(40)][:: -1 if upwards else 1]
    rows = {number: row_of(number, form, pipes) for number in numbers}
    full = TOP + lists.HEADER + "\n".join(rows.values()) + "\n" * closed
    stay = TOP + lists.HEADER + "\n".join(rows[n] for n in numbers if n not in gone) + "\n" * closed
    text = stay.replace("\n", end)
    for number in sorted(gone):
        found = rules.write_row(*read(text), SECTION, known(number))
        assert found is not None
        assert (found.said, found.missing) == ((), ())
        text = rules.apply(text, [found.edit])
    assert text == full.replace("\n", end)


def test_code_that_is_known_gets_the_columns_badge_and_other_code_a_link() -> None:
    text = many(
        "| Title | Code |",
        f"| A long title # of rivers | [![s]({BADGE}/a/b#)](https://github.com/a/b#) |",
    )
    assert (
        cells(line(text, NEW))[1]
        == f"[![s]({BADGE}/gardener/tides)](https://github.com/gardener/tides)"
    )
    elsewhere = Paper("Tides of the North Sea", code="https://gitlab.example.org/a/b")
    assert cells(line(text, elsewhere))[1] == "[Code](https://gitlab.example.org/a/b)"


def test_one_cell_can_hold_title_venue_and_authors_and_another_both_links() -> None:
    row = (
        "| [**A long title # of rivers**](https://arxiv.org/abs/2501.0000#)<br>*ACL 2024*<br>Ann A,"
        " Bob B | [Paper](https://arxiv.org/pdf/2501.0000#) [Code](https://github.com/a/b#) |"
    )
    first, second = cells(line(many("| Title & Authors | Links |", row), NEW))
    assert first == (
        "[**Tides: A Map of Every Harbour**](https://arxiv.org/abs/2505.77001)"
        "<br>*ACL 2025*<br>Ada Byron, Charles Cabbage"
    )
    assert second == (
        "[Paper](https://arxiv.org/pdf/2505.77001) [Code](https://github.com/gardener/tides)"
    )


def test_without_authors_a_cell_that_has_them_is_written_without_and_tells_so() -> None:
    title = "[A long title # of rivers](https://arxiv.org/abs/2501.0000#)"
    row = f"| {title} <br> Ann A, Bob B | ACL 2024 |"
    text = many("| Title & Authors | Venue |", row)
    found = written(text, Paper(NEW.title, NEW.link, venue=NEW.venue))
    assert cells(found.line)[0] == f"[{NEW.title}]({NEW.link})"
    assert found.missing == ("Title & Authors",)


def test_first_authors_are_written_where_the_others_are() -> None:
    text = many("| Title | Authors |", "| A long title # of rivers | Ann A et al. |")
    assert cells(line(text, NEW))[1] == "Ada Byron et al."


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [
        ("ICLR'24", "ACL'25"),
        ("ICLR 2024", "ACL 2025"),
        ("ICLR '24", "ACL '25"),
        ("ICLR2024", "ACL2025"),
        ("ICLR (2024)", "ACL (2025)"),
    ],
)
def test_a_venue_has_its_year_as_the_others(written_as: str, expected: str) -> None:
    text = many("| Title | Venue |", f"| A long title # of rivers | {written_as} |")
    for said in ("ACL 2025", "ACL'25", "acl-2025".upper()):
        assert cells(line(text, Paper(NEW.title, venue=said)))[1] == expected
    findings = cells(line(text, Paper(NEW.title, venue="ACL 2025 Findings")))[1]
    assert findings == f"{expected} Findings"


def test_a_preprint_is_one_where_the_list_names_them_so() -> None:
    rows = islice(cycle(["arXiv'24", "ICLR'24"]), 10)
    text = table(
        "| Title | Venue | Link |",
        *(
            f"| A long title {n} of rivers | {venue} | [link](https://arxiv.org/abs/2401.0000{n}) |"
            for n, venue in enumerate(rows)
        ),
    )
    unknown = Paper(NEW.title, NEW.link, date="2025-05")
    assert cells(line(text, unknown))[1] == "arXiv'25"
    assert cells(line(text.replace("arXiv'24", "-"), unknown))[1] == "-"


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("2024.1#", "2025.05"), ("2024-01-1#", "2025-05-14"), ("2024/1#", "2025/05"),
        ("1#/2024", "05/2025"), ("2024", "2025"), ("1# May 2024", "14 May 2025"),
        ("May 1#, 2024", "May 14, 2025"), ("Jan 2024", "May 2025"), ("24.01", "25.05"),
        ("2024年1#月", "2025年05月"), ("`2024.1#`", "`2025.05`"),
    ],
)  # fmt: skip
def test_a_date_is_written_as_the_columns(shape: str, expected: str) -> None:
    text = many("| Title | Date |", f"| A long title # of rivers | {shape} |", 2)
    assert cells(line(text, NEW))[1] == expected


def test_a_day_that_is_not_known_is_missed_and_not_invented() -> None:
    text = many("| Title | Date |", "| A long title # of rivers | 2024-01-0# |")
    found = written(text, Paper(NEW.title, date="2025-05"))
    assert cells(found.line)[1] == ""
    assert found.missing == ("Date",)


def test_what_is_asked_for_is_what_nearly_all_rows_have() -> None:
    text = many(
        "| Title | Model | Data | Code |", "| A long title # of rivers | Willow | sand | - |"
    )
    found = written(text, Paper(NEW.title, extra={"model": "willow"}))
    assert cells(found.line) == [NEW.title, "Willow", "", "-"]
    assert found.missing == ("Data",)


def test_what_is_unknown_gets_the_columns_mark_though_one_row_leaves_it_blank() -> None:
    row = "| A long title # of rivers | N/A | N/A |"
    text = many("| Title | Data | Code |", row).replace("3 of rivers | N/A |", "3 of rivers | |")
    assert cells(line(text, Paper(NEW.title))) == [NEW.title, "N/A", "N/A"]


def test_a_value_of_a_column_is_written_with_its_ticks() -> None:
    text = many("| Title | Key |", "| A long title # of rivers | `apiKey` |")
    assert cells(line(text, Paper(NEW.title, extra={"Key": "apikey"})))[1] == "`apiKey`"
    assert cells(line(text, Paper(NEW.title, extra={"Key": "other"})))[1] == "`other`"


def test_a_nickname_is_what_the_title_begins_with_where_the_others_do() -> None:
    text = many("| Name | Title |", "| `Row#` | Row#: a long title of rivers |")
    assert cells(line(text, NEW)) == ["`Tides`", NEW.title]
    assert written(text, Paper("A Map of Every Harbour")).missing == ("Name",)


def test_numbers_go_on() -> None:
    up = many("| No. | Title |", "| # | A long title # of rivers |")
    assert cells(line(up, NEW)) == ["10", NEW.title]
    assert written(up, NEW).before == ""
    down = table(
        "| No. | Title |", *(f"| {n} | A long title {n} of rivers |" for n in range(9, 0, -1))
    )
    found = written(down, NEW)
    assert (cells(found.line)[0], found.after) == ("10", "")


def test_an_address_loses_what_no_link_needs() -> None:
    text = many(
        "| Title | Paper | Code |",
        "| A long title # of rivers | [link](https://arxiv.org/abs/2501.0000#) "
        "| [link](https://github.com/a/b#) |",
    )
    link = "http://www.arxiv.org/pdf/2505.77001v3.pdf"
    paper = Paper(NEW.title, link, "https://github.com/a/tides.git/")
    assert cells(line(text, paper))[1:] == [
        "[link](https://arxiv.org/abs/2505.77001)",
        "[link](https://github.com/a/tides)",
    ]


def test_cells_that_stand_in_columns_still_do() -> None:
    text = TOP + "| Title                 | Code |\n| --------------------- | ---- |\n"
    text += "".join(
        f"| {name.ljust(21)} | -    |\n"
        for name in ("Pebbles in the river", "Willows", "Lanterns of May")
    )
    assert line(text, Paper("Tides")) == "| Tides                 | -    |"


def test_the_first_row_of_a_table_is_written_as_in_another_one() -> None:
    other = many(
        "| Title | Paper | Code |",
        "| **A long title # of rivers** | [pdf](https://arxiv.org/pdf/2501.0000#) | - |",
    )
    text = other + "\n## Tools\n\n| Title | Paper | Code |\n|---|---|---|\n"
    found = written(text, NEW, ("A list", "Tools"))
    assert found.line == (
        "| **Tides: A Map of Every Harbour** | [pdf](https://arxiv.org/pdf/2505.77001) "
        "| [Code](https://github.com/gardener/tides) |"
    )
    assert found.place == "as its first row"


def test_without_any_example_plain_forms_are_used() -> None:
    found = written(TOP + "| Date | Title | Paper | Code |\n|-|-|-|-|", NEW)
    assert cells(found.line) == [
        "2025-05-14", NEW.title, f"[Paper]({NEW.link})", f"[Code]({NEW.code})"
    ]  # fmt: skip


def test_a_section_without_a_table_has_no_row() -> None:
    document, conventions = read(TOP + "Nothing yet.\n")
    assert rules.write_row(document, conventions, SECTION, NEW) is None
    assert rules.write_row(document, conventions, ("Elsewhere",), NEW) is None


def test_rows_in_a_quote_stay_in_it() -> None:
    text = TOP + "> | Title | Code |\n> | - | - |\n> | A long title of rivers | - |\n"
    assert line(text, Paper(NEW.title)) == f"> | {NEW.title} | - |"


def test_what_the_rules_say_of_the_row_is_told() -> None:
    text = TOP + lists.good(12)
    twice = written(text, known(3))
    assert {said.rule for said in twice.said} == {"duplicate-paper"}
