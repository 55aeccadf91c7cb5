"""What a change is told about links and words that older rows had before it."""

from __future__ import annotations

import pytest

import rules
from tests import told
from tests.lists import HEADER, month, paper, row, table

# No two of these could be one paper; each repository is named after its row.
NAMES = """Tidewatch|Knotless|Whisperer|Beachmap|Antladder|Echoweight|Breadriser|Cloudsort|Wetbridge
Daylamp|Rustcolour|Mondaykite""".replace("\n", "|").split("|")
ABOUT = """Tides as Seen by a Snail|Untying What Was Never Tied|How Far Sound Travels
Maps of a Changing Shore|Ladders for Short Insects|Why Nothing Heavy Returns|Yeast That Works Twice
Sorting the Sky with Both Hands|Crossings Made from Paper|Lanterns at Noon
Iron Considered as Paint|Flying without Wind""".replace("\n", "|").split("|")


def repository(number: int) -> str:
    return f"[link](https://github.com/garden-{number}/{NAMES[number].lower()})"


def entry(number: int, **cells: str) -> str:
    good = {"title": f"{NAMES[number]}: {ABOUT[number]}", "code": repository(number)}
    return row(number, **(good | cells))


LINES = [entry(n) for n in range(12)]
CODED = table(LINES)


def change(after: str, before: str = CODED) -> list[tuple[int, str]]:
    """The lines and rules of what a change is told above a note."""
    said = told.change(before, after)
    return [(d.line, d.rule) for d in said if d.severity is not rules.Severity.NOTE]


def edit(line: str) -> list[tuple[int, str]]:
    """What changing the row number 5, in line 8, is told."""
    return change(CODED.replace(LINES[5], line))


LOST = [(8, "lost-link")]

# --- what is told


@pytest.mark.parametrize("nothing", ["", "-", "n/a", "[link]()"])
def test_a_lost_link_is_told_and_nothing_else_is_said_of_its_cell(nothing: str) -> None:
    assert edit(entry(5, code=nothing)) == LOST


def test_it_tells_the_link_that_was_there() -> None:
    (said,) = told.change(CODED, CODED.replace(repository(5), "-"))
    assert said.message == (
        "Before this change Code linked `https://github.com/garden-5/echoweight` here, "
        "and now nothing. Is that meant?"
    )
    assert CODED.replace(repository(5), "-")[said.span.start : said.span.end] == "-"


@pytest.mark.parametrize("cells", [{"paper": ""}, {"paper": "-"}, {"venue": ""}])
def test_a_paper_and_words_can_be_lost_too(cells: dict[str, str]) -> None:
    assert edit(entry(5, **cells)) == LOST


def test_a_link_lost_with_its_cell_is_told_beside_the_missing_cell() -> None:
    short = entry(5).removesuffix(f" {repository(5)} |")
    assert edit(short) == [(8, "column-count"), (8, "lost-link")]


def test_a_row_is_known_again_under_a_new_title_and_in_another_place() -> None:
    renamed = entry(5, title="Echoweight: Why Hardly Anything Heavy Returns", code="-")
    assert edit(renamed) == LOST
    moved = [*LINES[:5], entry(6, code="-"), *LINES[7:], LINES[5]]
    assert (8, "lost-link") in change(table(moved))


@pytest.mark.parametrize("number", [0, 1])
def test_copies_of_a_row_in_other_sections_are_told_apart(number: int) -> None:
    before = [f"## A\n\n{CODED}\n", f"## B\n\n{CODED}"]
    after = list(before)
    after[number] = before[number].replace(repository(5), "-")
    assert change("".join(after), "".join(before)) == [(10 + 17 * number, "lost-link")]


@pytest.mark.parametrize("section", ["Small", "Tiny"])
def test_where_no_column_has_titles_rows_are_known_by_how_they_begin(section: str) -> None:
    header = "| Model | Size | Code |\n| - | - | - |\n"
    models = table((f"| {NAMES[n]} | {n} B | {repository(n)} |" for n in range(12)), header)
    after = models.replace(repository(5), "-")
    said = change(f"## {section}\n\n{after}", f"## Small\n\n{models}")
    assert said == [(10, "lost-link")]


@pytest.mark.parametrize(("heading", "first"), [("No", "{}"), ("Date", "{} May 2025")])
def test_rows_that_begin_with_a_number_or_a_date_are_no_pair(heading: str, first: str) -> None:
    header = f"| {heading} | Model | Code |\n| - | - | - |\n"
    lines = [f"{NAMES[n]} | {repository(n)} |" for n in range(12)]
    numbered = [
        table((f"| {first.format(n + 1)} | {line}" for n, line in enumerate(found)), header)
        for found in (lines, [*lines[:5], "Newcomer | - |", *lines[6:]])
    ]
    assert change(numbered[1], numbered[0]) == []


def test_another_row_of_the_paper_under_another_title_does_not_keep_its_link() -> None:
    other = table([entry(5, title="Mass and Memory of Sound"), entry(6)])
    before = f"## A\n\n{CODED}\n## B\n\n{other}"
    assert (10, "lost-link") in change(before.replace(repository(5), "-", 1), before)


def test_who_means_to_empty_a_code_cell_learns_what_to_write_there() -> None:
    others = [row(n, code="-") for n in range(20, 40)]
    for written, ending in (("", "Is that meant? Then write `-`."), ("-", "Is that meant?")):
        (said,) = told.change(table([LINES[5], LINES[6], *others]),
                              table([entry(5, code=written), LINES[6], *others]))  # fmt: skip
        assert said.message.endswith(ending)


# --- what is no loss


def test_a_list_by_itself_has_lost_nothing() -> None:
    assert "lost-link" not in {d.rule for d in told.lint(CODED.replace(repository(5), "-"))}


@pytest.mark.parametrize(
    "cells",
    [
        {"paper": "[link](https://aclanthology.org/2025.acl-long.5/)"},
        {"paper": f"[link]({paper(5).replace('https', 'http')})"},
        {"paper": "[link](https://openreview.net/forum?id=Echo5)"},
        {"code": "[link](https://github.com/meadow/echoweight)"},
        {"code": "[link](https://echoweight.github.io)"},
        {"code": "coming soon"},
        {"paper": f"[link]({paper(5)}) {repository(5)}", "code": "-"},
        {"paper": f"[link]({paper(5)}) [page](https://echoweight.github.io)", "code": "-"},
        {"paper": "[link](https://doi.org/10.1234/echo.5)", "code": "-"},
        {"code": f"- <!-- {repository(5)} -->"},
        {"venue": "-"},
        {"venue": "ICML'25"},
        {"venue": "", "code": f"{repository(5)} arXiv'25"},
    ],
)
def test_what_was_corrected_moved_hidden_or_answered_is_not_lost(cells: dict[str, str]) -> None:
    assert "lost-link" not in {name for _, name in edit(entry(5, **cells))}


def test_a_row_that_went_moved_or_was_replaced_has_lost_nothing() -> None:
    assert change(table([*LINES[:5], *LINES[6:]])) == []
    assert change(table([*LINES[:4], LINES[5], LINES[4], *LINES[6:]])) == [(7, "date-order")]
    new = row(5, title="An Entirely Different Work", paper="[link](https://a.example/123)")
    assert change(table([*LINES[:5], new, *LINES[6:]])) == []


def test_a_row_that_moved_to_another_section_with_its_links_has_lost_nothing() -> None:
    before = f"## A\n\n{CODED}\n## B\n\n{table([entry(5, code='-')])}"
    after = f"## A\n\n{table([*LINES[:5], *LINES[6:]])}\n## B\n\n{table([LINES[5]])}"
    assert change(after, before) == []


def test_a_link_that_goes_to_a_new_row_of_the_paper_is_not_lost() -> None:
    rest = table([row(20, title="Other"), row(21, title="Another")])
    before = f"## A\n\n{CODED}\n## B\n\n{rest}"
    after = before.replace(repository(5), "-") + entry(5, venue="ICLR'25") + "\n"
    assert "lost-link" not in {name for _, name in change(after, before)}


def test_a_link_that_goes_to_the_row_it_belongs_to_is_not_lost() -> None:
    wrong = [*LINES[:5], entry(5, code=repository(9)), *LINES[6:9], entry(9, code="-"), *LINES[10:]]
    right = [*LINES[:5], entry(5, code="-"), *LINES[6:]]
    assert change(table(right), table(wrong)) == []
    twice = CODED.replace(repository(5), repository(9))
    assert change(twice.replace(repository(9), "-", 1), twice) == []


@pytest.mark.parametrize(
    "astray",
    [
        f"[link]({paper(30)})",
        "[link](https://github.com/)",
        "[link](https://echoweight.github.io/it)",
    ],
)
def test_what_never_was_code_is_not_lost_from_its_column(astray: str) -> None:
    before = CODED.replace(repository(5), astray)
    assert change(before.replace(astray, "-"), before) == []


def test_words_that_only_some_rows_have_are_not_lost() -> None:
    half = CODED.replace("arXiv'25", "")
    assert change(half.replace("arXiv'24", "", 1), half) == []


@pytest.mark.parametrize(
    ("cells", "left"),
    [({"venue": "n/a"}, []), ({"code": "coming soon"}, [(8, "missing-code-link")])],
)
def test_marks_and_answers_are_not_lost(cells: dict[str, str], left: list[tuple[int, str]]) -> None:
    before = CODED.replace(LINES[5], entry(5, **cells))
    after = CODED.replace(LINES[5], entry(5, **dict.fromkeys(cells, "")))
    assert change(after, before) == left


def test_what_stood_past_the_last_column_is_not_lost() -> None:
    before = CODED.replace(LINES[5], f"{LINES[5]} [more](https://a.example/123) |")
    assert change(CODED, before) == []


def test_of_two_rows_of_one_title_neither_is_taken_for_the_other() -> None:
    twin, edited = entry(5, venue="ICML'25", code="-"), entry(5, venue="ICML'25 oral", code="-")
    before = table([*LINES[:6], twin, *LINES[6:]])
    after = table([*LINES[:5], edited, *LINES[6:]])
    assert change(after, before) == []


# --- what is meant, as so much goes at once


def cleared(numbers: range) -> str:
    return table(entry(n, code="-") if n in numbers else LINES[n] for n in range(12))


def test_up_to_three_links_of_a_column_are_told_and_more_are_a_clean_up() -> None:
    assert len(change(cleared(range(3)))) == 3
    assert change(cleared(range(4))) == []


def test_a_clean_up_of_several_tables_is_one() -> None:
    def whole(lines: list[str]) -> str:
        parts = [lines[n : n + 3] for n in range(0, 12, 3)]
        return "\n".join(f"## {n}\n\n{table(part)}" for n, part in enumerate(parts))

    after = [entry(n, code="-") if n % 3 == 0 else LINES[n] for n in range(12)]
    assert change(whole(after), whole(LINES)) == []


def test_a_column_that_is_emptied_is_a_clean_up_however_short() -> None:
    links = [*(row(n, code="-") for n in range(20, 30)), entry(0), entry(1)]
    gone = [*links[:-2], entry(0, code="-"), entry(1, code="-")]
    assert change(table(gone), table(links)) == []
    assert change(table([*gone[:-2], *gone[-1:]]), table([*gone[:-2], *links[-1:]])) != []


def test_a_column_that_is_dropped_or_renamed_has_lost_nothing() -> None:
    dropped = table((line.rpartition(f" {repository(n)} |")[0] for n, line in enumerate(LINES)),
                    HEADER.replace(" Code |", "", 1).removesuffix(" ---- |\n") + "\n")  # fmt: skip
    assert change(dropped) == []
    moved = "".join(
        f"| {month(n)} | {NAMES[n]}: {ABOUT[n]} | {repository(n)} | [link]({paper(n)}) |\n"
        for n in range(12)
    )
    assert change(f"| Time | Title | Code | Paper |\n| - | - | - | - |\n{moved}") == []


# --- repositories that became another row's


def test_a_repository_that_gave_way_to_another_rows_is_told_with_both() -> None:
    (said,) = told.change(CODED, CODED.replace(repository(5), repository(4)))
    assert (said.line, said.rule) == (8, "lost-link")
    assert said.message == (
        "This is the repository of `Antladder: Ladders for Short Insects` (one line above). "
        "Before this change `https://github.com/garden-5/echoweight` stood here. Is that meant?"
    )


def test_a_new_rows_repository_may_have_got_into_its_neighbour() -> None:
    before = table([*LINES[:4], *LINES[5:]])
    after = CODED.replace(repository(5), repository(4))
    assert change(after, before) == LOST


@pytest.mark.parametrize(
    ("old", "new", "title", "other"),
    [
        ("air/plot", "ants/antladder", "Echoweight: Mass", "Antladder: Steps"),  # it was wrong
        ("air/echoweight", "ants/tools", "Echoweight: Mass", "Antladder: Steps"),  # of neither
        ("air/echoweight", "ants/antladder", "Echoweight on Antladder: Mass", "Antladder: Steps"),
        ("ants/echoweight", "ants/antladder", "Echoweight: Mass", "Antladder: Steps"),  # renamed
        ("air/echoweight", "ants/echoweight2", "Echoweight: Mass", "Echoweight2: Steps"),
    ],
)
def test_works_may_be_renamed_and_share_a_repository(
    old: str, new: str, title: str, other: str
) -> None:
    before, after = (
        table(
            [
                *LINES[:4],
                entry(4, title=other, code=f"[link](https://github.com/{new})"),
                entry(5, title=title, code=f"[link](https://github.com/{code})"),
                *LINES[6:],
            ]
        )
        for code in (old, new)
    )
    assert change(after, before) == []
