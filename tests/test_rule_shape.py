"""What table-shape and bookmarks say beyond the examples on their pages."""

from __future__ import annotations

import pytest

import rules
from rules import Diagnostic
from tests import lists
from tests.lists import HEADER, row, rows, table

GOOD = lists.good(20)
OURS = ("table-shape", "bookmarks")


def change(before: str, after: str) -> list[Diagnostic]:
    """What these two rules say of a change."""
    old = rules.parse(before)
    known = rules.infer(old)
    said = rules.compare(
        rules.lint(old, conventions=known), rules.lint(rules.parse(after), conventions=known)
    )
    return [d for d in said if d.rule in OURS]


def lint(text: str) -> list[Diagnostic]:
    return [d for d in rules.lint(rules.parse(text)) if d.rule in OURS]


def told(said: list[Diagnostic]) -> list[tuple[int, str]]:
    return [(d.line, d.severity.value) for d in said]


def mended(text: str, said: list[Diagnostic]) -> str:
    fixes = [d.fix for d in said if d.fix and d.fix.safe]
    return rules.apply(text, [edit for fix in fixes for edit in fix.edits])


# --- table-shape: blank lines


@pytest.mark.parametrize("gap", ["\n", "\n\n\n", " \t \n", "\n \n"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_blank_lines_before_the_last_rows_are_taken_out(gap: str, end: str) -> None:
    text = GOOD + gap + row(20) + "\n" + row(21) + end
    said = lint(text)
    assert told(said) == [(23 + gap.count("\n"), "error")]
    assert "river 20` and `" in said[0].message
    assert mended(text, said) == GOOD + row(20) + "\n" + row(21) + end


def test_each_gap_in_a_table_is_told_once_and_all_go() -> None:
    text = GOOD + "\n" + row(20) + "\n\n" + table(rows(range(21, 30)), header="")
    said = lint(text)
    assert told(said) == [(24, "error"), (26, "error")]
    assert "and 8 more rows" in said[1].message
    assert rules.fix(text) == lists.good(20) + table([row(20)], "") + table(rows(range(21, 30)), "")


def test_a_blank_line_right_under_the_delimiter_is_taken_out() -> None:
    text = HEADER + "\n" + table(rows(range(3)), "")
    assert mended(text, lint(text)) == table(rows(range(3)))


def test_a_row_behind_a_gap_is_known_although_its_date_is_impossible() -> None:
    text = GOOD + "\n" + row(20, time="2023.24") + "\n"
    assert mended(text, lint(text)) == GOOD + row(20, time="2023.24") + "\n"


def test_windows_line_ends_stay_when_a_gap_goes() -> None:
    text = (GOOD + "\n" + row(20) + "\n").replace("\n", "\r\n")
    assert rules.fix(text) == (GOOD + row(20) + "\n").replace("\n", "\r\n")


def test_a_row_added_behind_an_old_gap_is_told_at_the_new_row() -> None:
    before = GOOD + "\n" + row(20) + "\n"
    assert change(before, before) == []
    said = change(before, before + row(21) + "\n")
    assert told(said) == [(25, "error")]
    assert "river 21" in said[0].message
    assert "river 20" not in said[0].message


def test_a_row_added_above_an_old_gap_is_no_matter_of_the_gap() -> None:
    before = GOOD + "\n" + row(20) + "\n"
    assert change(before, GOOD + row(22) + "\n\n" + row(20) + "\n") == []


def test_a_table_with_its_own_header_may_follow_after_a_blank_line() -> None:
    assert lint(GOOD + "\n" + table(rows(range(20, 25)))) == []


def test_a_comment_that_ends_a_table_is_told_without_a_fix() -> None:
    said = lint(GOOD + "<!-- older -->\n" + row(20) + "\n")
    assert told(said) == [(24, "error")]
    assert said[0].message.startswith("The comment ends the table")
    assert said[0].fix is None


@pytest.mark.parametrize(
    "after",
    [
        "| [English](a.md) | [Deutsch](b.md) | [Français](c.md) | [Dansk](d.md) | [日本](e.md) |\n",
        "[English](a.md) | [中文](b.md)\n",
        "| one | two |\n| three | four |\n",
        "A | B\n",
        "| only one cell |\n",
        "<!--\n" + row(20) + "\n-->\n",
        "```\n" + row(20) + "\n```\n",
        "    " + row(20) + "\n",
        "Write a row like this:\n\n" + row(20) + "\n",
        "Write a row like this: " + row(20) + "\n",
        "- " + row(20) + "\n",
        "> " + row(20) + "\n",
        "![a](https://x.org/a.svg) | ![b](https://x.org/b.svg) | [c](#top)\n",
        "| | | | | |\n",
        "||\n",
    ],
)
def test_pipes_that_are_no_rows_are_left_alone(after: str) -> None:
    assert lint(GOOD + "\n" + after) == []
    assert lint("# A list\n\n" + after + "\n" + GOOD) == []
    assert lint(after) == []


# --- table-shape: headers


def test_a_delimiter_of_foreign_dashes_is_rewritten() -> None:
    text = "| Time | Title | Paper |\n|——|——|——|\n| 2025 | A | B |\n"
    assert (
        mended(text, lint(text))
        == "| Time | Title | Paper |\n| --- | --- | --- |\n| 2025 | A | B |\n"
    )


def test_a_delimiter_that_a_change_takes_away_is_put_back() -> None:
    delimiter = HEADER.splitlines()[1]
    broken = GOOD.replace(delimiter + "\n", "")
    said = change(GOOD, broken)
    assert told(said) == [(1, "error")]
    assert mended(broken, said) == GOOD


def test_a_header_that_a_change_takes_away_is_missed_but_not_invented() -> None:
    said = change(GOOD, GOOD.partition("\n")[2])
    assert told(said) == [(1, "error")]
    assert said[0].fix is None


def test_a_blank_line_between_header_and_delimiter_is_taken_out() -> None:
    text = GOOD.replace("\n", "\n\n", 1)
    said = change(GOOD, text)
    assert told(said) == [(3, "error")]
    assert mended(text, said) == GOOD


def test_rows_under_a_heading_of_their_own_need_a_header() -> None:
    text = GOOD + "\n## Older\n\n" + row(20) + "\n" + row(21) + "\n"
    assert told(lint(text)) == [(26, "error")]
    assert mended(text, lint(text)) == text


@pytest.mark.parametrize(
    ("header", "delimiter", "line", "fixed"),
    [
        ("| A | B | C |", "|---|---|", "| 1 | 2 | 3 |", "| A | B | C |\n|---|---| --- |"),
        ("| A | B | C |", "|---|---|---|---|", "| 1 | 2 | 3 |", "| A | B | C |\n|---|---|---|"),
        ("| A | B | |", "|---|---|", "| 1 | 2 |", "| A | B |\n|---|---|"),
        ("| A | B |", "|---|---|---|", "| 1 | 2 | 3 |", None),
        ("A | B | C", "---|---", "1 | 2 | 3", "A | B | C\n---|--- | ---"),
    ],
)
def test_a_delimiter_follows_its_header_where_the_rows_agree(
    header: str, delimiter: str, line: str, fixed: str | None
) -> None:
    text = f"{header}\n{delimiter}\n{line}\n{line}\n"
    said = lint(text)
    assert told(said) == [(2, "error")]
    assert mended(text, said) == (f"{fixed}\n{line}\n{line}\n" if fixed else text)
    assert lint(mended(text, said)) == ([] if fixed else said)


@pytest.mark.parametrize("text", ["Tides | Knots\n---\n\nText.\n", "Tides | Knots\n---\na | b\n"])
def test_an_underlined_heading_with_a_pipe_is_no_table(text: str) -> None:
    assert lint(text) == []


# --- table-shape: rows


def broken(at: int) -> str:
    lines = rows(range(20))
    lines[9] = row(9, venue="Journal of Lamps and Fog'24").replace(" Fog", "\nFog", at)
    return table(lines)


def test_a_broken_row_is_joined_and_its_halves_draw_no_other_remark() -> None:
    whole = broken(0)
    said = rules.lint(rules.parse(broken(1)))
    assert [(d.line, d.rule) for d in said] == [(12, "table-shape")]
    assert mended(broken(1), said) == whole


def test_a_row_broken_between_two_cells_is_joined() -> None:
    lines = rows(range(20))
    lines[9] = lines[9].replace(" | [link]", " |\n[link]", 1)
    text = table(lines)
    assert mended(text, lint(text)) == lists.good(20)


def test_two_short_rows_with_all_their_pipes_are_not_joined() -> None:
    lines = rows(range(20))
    lines[9:9] = ["| 2024.01 | Half a row |", "| arXiv'24 | - | - |"]
    assert lint(table(lines)) == []


def test_an_absent_closing_pipe_is_put_in_and_leaves_other_remarks_alone() -> None:
    lines = [*rows(range(20)), row(20, code="").rstrip("| ") + " |"]
    lines[9] = lines[9].removesuffix(" |")
    text = table(lines)
    assert told(lint(text)) == [(12, "warning")]
    assert (23, "error") in [(d.line, d.severity.value) for d in rules.lint(rules.parse(text))]
    assert mended(text, lint(text)).splitlines()[11] == row(9)


def test_both_a_pipe_and_a_code_mark_may_be_absent_from_one_row() -> None:
    lines = rows(range(20))
    lines[9] = row(9, code="?").removesuffix(" |")
    said = rules.lint(rules.parse(table(lines)))
    assert [(d.line, d.rule) for d in said] == [(12, "missing-code-link"), (12, "table-shape")]
    assert rules.fix(table(lines)) == lists.good(20)


def test_a_table_that_never_closes_its_rows_does_so_on_purpose() -> None:
    assert lint(table([line.removesuffix(" |") for line in rows(range(20))])) == []
    half = [line.removesuffix(" |") if n % 3 else line for n, line in enumerate(rows(range(20)))]
    assert lint(table(half)) == []


# --- table-shape: HTML


def test_html_tables_are_told_once_and_only_beside_other_tables() -> None:
    html = "<table>\n" + "<tr><td>a</td></tr>\n" * 4 + "</table>\n\n"
    assert told(lint(GOOD + "\n" + html * 2)) == [(24, "note")]
    assert lint(html) == []
    assert lint(GOOD + "\n<table>\n<tr><td>a</td></tr>\n</table>\n") == []


# --- bookmarks


TITLES = ["Tides", "Knots", "Lamps & Fog", "Ships", "Gulls"]


def document(entries: str, titles: list[str] = TITLES) -> str:
    sections = "".join(f"## {t}\n\n{table(rows([n]))}\n" for n, t in enumerate(titles))
    return f"# A list\n\n{entries}\n{sections}"


def entry(title: str, anchor: str = "") -> str:
    slug = title.lower().replace("&", "").replace(" ", "-")
    return f"- [{title}](#{anchor or slug})\n"


CONTENTS = "".join(map(entry, TITLES))


def test_contents_that_fit_are_left_alone() -> None:
    assert lint(document(CONTENTS)) == []
    assert lint(document("")) == []


def test_a_renamed_heading_makes_the_rule_speak_of_its_entry_and_mend_it() -> None:
    after = document(CONTENTS, ["Tides", "Knots and Ropes", *TITLES[2:]])
    said = change(document(CONTENTS), after)
    assert told(said) == [(4, "warning")]
    assert mended(after, said) == document(
        CONTENTS.replace(entry("Knots"), entry("Knots and Ropes")),
        ["Tides", "Knots and Ropes", *TITLES[2:]],
    )


def test_an_entry_of_a_heading_that_went_has_no_fix() -> None:
    after = document(CONTENTS, TITLES[:-1])
    said = change(document(CONTENTS), after)
    assert told(said) == [(7, "warning")]
    assert said[0].fix is None


def test_a_heading_that_is_another_one_altogether_is_not_taken_for_the_old() -> None:
    said = lint(document(CONTENTS, ["Tides", "Wholly Other Matters", *TITLES[2:]]))
    assert told(said) == [(4, "warning")]
    assert said[0].fix is None


def test_an_entry_that_leads_to_another_heading_gets_its_own_anchor() -> None:
    wrong = document(CONTENTS.replace("(#knots)", "(#tides)"))
    said = lint(wrong)
    assert told(said) == [(4, "warning")]
    assert mended(wrong, said) == document(CONTENTS)


@pytest.mark.parametrize("place", range(5))
def test_a_heading_without_entry_gets_one_in_its_place(place: int) -> None:
    text = document(CONTENTS.replace(entry(TITLES[place]), ""))
    said = lint(text)
    line = text.splitlines().index(f"## {TITLES[place]}") + 1
    assert told(said) == [(line, "warning")]
    assert mended(text, said) == document(CONTENTS)


def test_a_new_last_entry_stands_behind_those_that_belong_to_the_one_before() -> None:
    nested = CONTENTS + "  - [Old](#old)\n"
    titles = [*TITLES, "Whales"]
    text = document(nested, titles).replace("## Whales", "### Old\n\n## Whales")
    assert mended(text, lint(text)) == text.replace(nested, nested + entry("Whales"))


def test_headings_that_belong_in_one_place_get_their_entries_together() -> None:
    titles = [f"Part {number}" for number in range(30)]
    whole = "".join(map(entry, titles))
    lacking = "".join(map(entry, [*titles[:12], *titles[14:]]))
    text = document(lacking, titles)
    said = lint(text)
    assert len(said) == 2
    assert mended(text, said) == document(whole, titles)


def test_new_sections_that_come_without_contents_are_no_convention() -> None:
    assert lint(document(CONTENTS, [*TITLES, "Whales", "Crabs"])) == []
    assert lint(document("".join(map(entry, TITLES[:3])), TITLES[:4])) == []


def test_a_heading_without_a_table_needs_no_entry() -> None:
    assert lint(document(CONTENTS) + "## Licence\n\nFree.\n") == []


def test_numbered_entries_are_not_invented() -> None:
    numbered = "".join(f"{n}. {entry(t)[2:]}" for n, t in enumerate(TITLES[:-1], 1))
    said = lint(document(numbered))
    assert [(d.fix, d.severity.value) for d in said] == [(None, "warning")]


@pytest.mark.parametrize(
    "extra",
    [
        "- [Top](#top)\n",
        "- [Top](#)\n",
        "- [Knots](#Knots)\n",
        "- [Elsewhere](other.md#knots)\n",
        "- [Mark](#mark)\n\n<a name='mark'></a>\n",
        "- [Lamps](#lamps--%66og)\n",
        "- [User](#user-content-knots)\n",
    ],
)
def test_links_that_github_follows_are_left_alone(extra: str) -> None:
    assert lint(document(CONTENTS + extra)) == []


def test_a_summary_is_no_anchor() -> None:
    said = lint(
        document(CONTENTS + entry("Shells")) + "<details>\n<summary>Shells</summary>\n</details>\n"
    )
    assert told(said) == [(8, "warning")]


def test_a_list_whose_links_lead_nowhere_was_made_for_another_site() -> None:
    foreign = "".join(entry(t, f"section-{n}") for n, t in enumerate(TITLES))
    assert lint(document(foreign)) == []


def test_a_file_without_tables_is_left_alone() -> None:
    assert (
        lint("# A list\n\n" + CONTENTS + "\n" + "".join(f"## {t}\n\n- x\n" for t in TITLES[:4]))
        == []
    )


def test_anchors_set_by_hand_count_for_the_headings_under_them() -> None:
    named = CONTENTS.replace("(#knots)", "(#rope)")
    text = document(named).replace("## Knots", '<a id="rope"></a>\n\n## Knots')
    assert lint(text) == []
