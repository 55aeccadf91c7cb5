"""Dates and the alphabet: what is said beyond the examples on the pages."""

from __future__ import annotations

import pytest

import rules
from tests import lists
from tests.lists import month, row, rows, table
from tests.test_rule_facts import GOOD, added, said, words
from tests.told import change, mended, told

# --- date-format


@pytest.mark.parametrize(
    ("written", "better"),
    [("2023-10", "2023.10"), ("10/2023", "2023.10"), ("October 2023", "2023.10"),
     ("2023年10月", "2023.10"), ("2023..10", "2023.10"), ("2023, 10", "2023.10")],
)  # fmt: skip
def test_a_date_of_the_same_precision_is_rewritten(written: str, better: str) -> None:
    found = added(row(20, time=written))
    assert words(found) == [("date-format", "warning")]
    whole = GOOD + row(20, time=written) + "\n"
    assert mended(whole, found) == whole.replace(written, better)


@pytest.mark.parametrize(
    "written", ["2023", "Spring 2023", "CVPR 2023", "2022-2023", "2023.10-11", "`2023-10`",
                "2023-10<!--30-->", "soon", "-", ""],
)  # fmt: skip
def test_what_is_no_date_or_tells_less_is_left_alone(written: str) -> None:
    assert added(row(20, time=written, paper="[l](https://a.example/x)")) == []


def test_a_month_that_lost_its_zero_is_mended_only_where_the_id_tells_it() -> None:
    october = row(20, time="2023.1", paper="[l](https://a.example/x)")
    january = row(29, time="2023.1")
    (unsure,), (sure,) = added(october), added(january)
    assert unsure.fix
    assert not unsure.fix.safe
    assert sure.fix
    assert sure.fix.safe


def test_dates_without_zeros_are_a_form_too() -> None:
    plain = table(row(n, time=month(n).replace(".0", ".")) for n in range(20))
    assert said(plain) == []
    (found,) = added(row(22), before=plain)
    assert found.message == (
        "Write `2023.8` instead of `2023.08`: the other 20 dates have that form."
    )


def test_days_are_not_thrown_away() -> None:
    (found,) = added(row(20, time="2023.10.17"))
    assert found.fix is None


def test_a_column_of_month_names_is_held_to_its_form_without_a_fix() -> None:
    names = "June May April March February January".split()
    dated = table(row(n, time=f"{names[n]} 2025") for n in (0, 0, 1, 1, 2, 3, 4, 4, 5, 5))
    (found,) = added(row(5, time="2025.01"), before=dated)
    assert found.message == (
        "`2025.01` is not written as the other 10 dates are, such as `June 2025`."
    )
    assert found.fix is None


def test_a_short_table_goes_by_the_list_but_not_against_itself() -> None:
    own = table(row(n, time=month(n).replace(".", "/")) for n in range(30, 33))
    assert said(f"## A\n\n{GOOD}\n## B\n\n{own}") == []
    short = table([row(30), row(31, time=month(31).replace(".", "/"))])
    assert [d.line for d in said(f"## A\n\n{GOOD}\n## B\n\n{short}")] == [31]


def test_a_few_dates_of_one_form_that_all_write_zeros_want_the_next_one_to() -> None:
    few, short = rows(range(4)), row(5, time="2025.1")
    (found,) = added(short, before=table(few))
    assert found.message == (
        "Write `2025.01` instead of `2025.1`: the other 4 dates have that form."
    )
    assert mended(f"{table(few)}{short}\n", [found]) == table([*few, row(5)])


@pytest.mark.parametrize(
    ("before", "new"),
    [
        (table(rows(range(3))), "2025.1"),
        (table(rows(range(4))), "2025-01"),
        (table([*rows(range(4)), row(4, time="2025-02")]), "2025.1"),
        (table([*rows(range(4)), row(4, time="2025.2")]), "2025.1"),
        (table(row(n, time=f"2025.{6 - n}") for n in range(4)), "2025.01"),
    ],
    ids=["three dates", "another form", "two forms", "not all write zeros", "none writes zeros"],
)
def test_a_few_dates_tell_no_more_than_that(before: str, new: str) -> None:
    assert added(row(5, time=new), before=before) == []


def test_a_column_of_two_forms_has_none() -> None:
    mixed = [row(n, time=month(n).replace(".", "-")) if n % 3 else row(n) for n in range(24)]
    assert said(table(mixed)) == []


def test_a_date_in_another_form_is_not_told_to_move() -> None:
    text = table([row(19, time="2023-11"), *rows(range(19))])
    assert told(rules.lint(rules.parse(text))) == [(3, "date-format", "warning")]


def test_a_date_without_its_zero_is_not_told_to_move_either() -> None:
    late = row(3, time="2025.3")
    text = table([*rows(range(3)), *rows(range(4, 40)), late])
    assert told(rules.lint(rules.parse(text))) == [(42, "date-format", "warning")]


# --- date-mismatch


def arxiv(identifier: str) -> str:
    return f"[link](https://arxiv.org/abs/{identifier})"


@pytest.mark.parametrize(
    ("identifier", "date", "expected"),
    [
        ("2311.07999", "2023.10", []),  # sent in at the end of October
        ("2311.08001", "2023.10", [("date-mismatch", "error")]),
        ("2312.00001", "2023.10", [("date-mismatch", "error")]),
        ("2305.00001", "2023.10", []),  # later than the id: when it was presented, perhaps
        ("2313.00001", "2023.10", []),  # no month: not an id at all
        ("2401.07999", "2023", []),
        ("2402.00001", "2023", [("date-mismatch", "error")]),
    ],
)
def test_a_date_must_not_be_earlier_than_the_id(
    identifier: str, date: str, expected: list[tuple[str, str]]
) -> None:
    assert words(added(row(20, time=date, venue="CVPR'24", paper=arxiv(identifier)))) == expected


def with_days(number: int, day: int, **cells: str) -> str:
    return row(number, time=f"{month(number).replace('.', '-')}-{day:02d}", **cells)


def test_a_day_that_the_next_row_has_too_was_perhaps_copied_from_there() -> None:
    good = [with_days(n, n + 1) for n in range(20)]
    wrong = with_days(3, 7).replace(month(3).replace(".", "-"), month(6).replace(".", "-"))
    (found,) = said(table([*good[:4], wrong.replace("3 |", "33 |", 1), *good[4:]]))
    assert (found.line, found.rule) == (7, "date-mismatch")
    assert f"it is also the date of `{lists.title(6)}`, in line 10. Which day is right?" in (
        found.message
    )
    assert found.message.endswith("In March the row already stands in its place.")


def test_a_day_that_many_rows_have_came_from_none_of_them() -> None:
    good = [with_days(n // 3, 7, title=lists.title(n)) for n in range(30)]
    wrong = with_days(12, 7, paper=arxiv("2505.12345"), title="A thing apart")
    (found,) = added(wrong, before=table(good))
    assert found.message.endswith("(ids begin with year and month). Which day is right?")


@pytest.mark.parametrize(
    ("identifier", "date", "question"),
    [
        ("2503.12345", "2024-03-17", "Is it `2025-03-17`?"),
        ("2503.12345", "2024-05-17", "Which day is right?"),
        ("2502.12345", "2024-02-29", "Which day is right?"),
    ],
)
def test_a_slip_in_the_year_alone_is_guessed(identifier: str, date: str, question: str) -> None:
    days = table(with_days(n, n + 1) for n in range(20))
    new = row(40, time=date, paper=arxiv(identifier), venue="CVPR'25")
    (found,) = added(new, before=days)
    assert found.rule == "date-mismatch"
    assert question in found.message


def test_where_dates_are_of_conferences_only_a_clear_contradiction_is_a_warning() -> None:
    later = [
        row(n, venue="ICLR'26", paper=arxiv(f"{month(n + 7)[2:].replace('.', '')}.{90_000 + n}"))
        for n in range(20)
    ]
    month_off = row(20, venue="ICLR'26", paper=arxiv("2311.99999"))
    months_off = row(20, venue="ICLR'26", paper=arxiv("2312.00001"))
    assert added(month_off, before=table(later)) == []
    assert words(added(months_off, before=table(later))) == [("date-mismatch", "warning")]


def test_a_table_with_many_earlier_dates_means_something_else_by_them() -> None:
    lines = [
        row(n, venue="X'25", paper=arxiv(f"2506.{90_000 + n}")) if n % 5 == 4 else row(n)
        for n in range(40)
    ]
    assert [d for d in said(table(lines)) if d.rule == "date-mismatch"] == []


def test_a_link_that_another_title_has_is_in_question_rather_than_the_date() -> None:
    assert added(row(20, title="A thing apart", paper=f"[link]({lists.paper(0)})")) == []


def test_a_preprint_of_another_year_is_told_and_one_of_december_only_as_a_doubt() -> None:
    march, december = row(15, venue="arXiv'23"), row(18, venue="arXiv'24")
    assert month(18) == "2023.12"
    assert words(added(march)) == [("date-mismatch", "error")]
    assert words(added(december)) == [("date-mismatch", "warning")]
    assert added(row(15, venue="ICML'25")) == []
    (found,) = added(march)
    assert found.message.endswith("Write `arXiv'24`?")
    assert GOOD.splitlines()[0] not in found.message


def test_preprints_whose_year_is_often_another_are_left_alone() -> None:
    lines = [row(n, venue="arXiv'19") if n % 4 == 0 else row(n) for n in range(40)]
    assert said(table(lines)) == []


# --- alphabet-order

NAMES = """Anchor Basalt Cinder Driftwood Ember Fjord Gravel Harbour Inlet Juniper Kelp
Lagoon Marsh Nettle Orchard Pebble Quarry Reed Sandbar Thicket Upland Valley""".split()


def named(names: list[str], header: str = "| Name | What |\n| --- | --- |\n") -> str:
    return header + "".join(
        f"| [{name}](https://example.org/{n}) | {n} |\n" for n, name in enumerate(names)
    )


def out_of_order(names: list[str]) -> list[int]:
    return [d.line for d in said(named(names)) if d.rule == "alphabet-order"]


def test_a_row_out_of_the_alphabet_moves_to_its_place() -> None:
    text = named([*NAMES[:9], "Dune", *NAMES[9:]])
    found = said(text)
    assert words(found) == [("alphabet-order", "warning")]
    lines = text.splitlines(keepends=True)
    assert mended(text, found) == "".join([*lines[:6], lines[11], *lines[6:11], *lines[12:]])
    assert said(mended(text, found)) == []


def test_a_row_goes_before_all_that_follow_it_in_any_alphabet() -> None:
    names = [name for first in NAMES for name in (first, f"{first} Two")]
    at = names.index("Gravel")
    text = named([*names[:at], "Ghost-t.com", "Ghost.io", "Glacier", "Geranium", *names[at:]])
    (found,) = said(text)
    assert "belongs before `Ghost-t.com`" in found.message


def test_a_numbered_series_is_no_alphabet() -> None:
    assert out_of_order([f"Week {n}" for n in range(20)] + ["Exam"]) == []
    assert out_of_order([f"v{n}.0" for n in range(20)] + ["Final"]) == []


def test_case_accents_and_numbers_do_not_put_a_row_out_of_its_place() -> None:
    assert out_of_order([*NAMES, "valley 9", "Valley 10", "Válvula", "Wörld", "Zoo"]) == []
    assert out_of_order([*NAMES, "Well " + "9" * 5000, "Well " + "10" * 5000]) == []


def test_names_in_other_letters_have_no_place() -> None:
    assert out_of_order(["中文", *NAMES, "Город", "🔥", "42", "_"]) == []


def test_a_table_sorted_in_groups_is_left_alone() -> None:
    many = [f"{a}{b}" for a in "bcdfghjklmn" for b in ("arrow", "ellow", "illow")]
    assert out_of_order([*many, *many, *many]) == []


def test_what_stands_at_the_top_of_a_whole_list_stays_there_but_a_new_row_does_not() -> None:
    assert out_of_order(["Sponsor", *NAMES]) == []
    before = named(NAMES)
    row = "| [Sponsor](https://example.org/s) | new |\n"
    top = before.replace("| [Anchor]", f"{row}| [Anchor]")
    assert [d.line for d in change(before, top)] == [3]


def test_an_order_needs_evidence() -> None:
    assert out_of_order([*NAMES[:7], "Dune"]) == []
    assert out_of_order([*NAMES[:6], "Acorn", *NAMES[6:], "Beach"]) == []


def test_a_short_table_is_kept_by_name_where_the_list_is() -> None:
    small = named(["Olive", "Pear", "Quince"])
    before = f"## A\n\n{named(NAMES)}\n## B\n\n{small}"
    after = before + "| [Apple](https://example.org/apple) | 9 |\n"
    assert [d.rule for d in change(before, after)] == ["alphabet-order"]


def test_tables_with_headings_between_their_rows_are_left_alone() -> None:
    text = named(NAMES) + "| **Zone** | |\n" + "| [Acorn](https://example.org/a) | 1 |\n"
    assert said(text) == []


def test_a_table_kept_by_date_is_not_kept_by_name() -> None:
    lines = [row(n, title=f"{chr(98 + n)}oats and plants") for n in range(20)]
    assert added(row(21, title="boats and stones"), before=table(lines)) == []
