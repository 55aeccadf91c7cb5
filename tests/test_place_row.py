"""Where the row of a new paper goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import Paper
from tests import lists
from tests.papers import SECTION, TOP, known, read, written

NAMES = "Alder Beech Cedar Elm Fir Gorse Hazel Ivy Larch Maple Oak Pine Rowan".split()


def dated(*dates: str) -> str:
    rows = (f"| {date} | A long title {n} of rivers |" for n, date in enumerate(dates))
    return TOP + "| Date | Title |\n| - | - |\n" + "".join(f"{row}\n" for row in rows)


def linked(*ids: str) -> str:
    rows = (
        f"| A long title {n} of rivers | https://arxiv.org/abs/{i} |" for n, i in enumerate(ids)
    )
    return TOP + "| Title | Paper |\n| - | - |\n" + "".join(f"{row}\n" for row in rows)


def test_newest_first_a_row_comes_on_top_of_its_month() -> None:
    text = TOP + lists.table(lists.rows([0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
    found = written(text, known(1, title="Tides of May", link="https://arxiv.org/abs/2505.77001"))
    assert (found.at, found.place) == (8, "at the top of 2025.05")
    assert (found.after, found.before) == (lists.title(0), lists.title(1))
    newest = written(text, known(-1))
    assert (newest.at, newest.place, newest.after) == (7, "at the top", "")
    between = written(TOP + lists.table(lists.rows(range(0, 40, 2))), known(5))
    assert between.place == f"after `{lists.title(4)}` (line 9)"
    assert written(text, known(30)).place == "at the end"


def test_oldest_first_a_row_comes_below_its_month() -> None:
    text = TOP + lists.table(lists.rows([10, 9, 8, 7, 6, 5, 4, 3, 3, 3, 2, 1]))
    found = written(text, known(3, title="Tides of March", link="https://arxiv.org/abs/2503.77001"))
    assert (found.after, found.before) == (lists.title(3), lists.title(2))


def test_where_days_are_free_within_a_month_they_still_tell_the_place() -> None:
    days = [f"2024-{month:02d}-{day}" for month in range(9, 0, -1) for day in (25, 20, 15)]
    found = written(dated(*days), Paper("Tides", date="2024-05-18"))
    assert found.after == "A long title 13 of rivers"


def test_a_table_that_is_mostly_sorted_takes_a_row_where_most_agree() -> None:
    dates = "2024-09 2024-08 2024-08 2024-12 2024-06 2024-05 2024-01 2024-03 2024-02 2024-01"
    assert written(dated(*dates.split()), Paper("Tides", date="2024-05")).at == 12


@pytest.mark.parametrize(
    ("ids", "at"),
    [
        ("2401.00001 2402.00001 2402.00001 2404.00001", 11),
        ("2404.00001 2402.00001 2402.00001 2401.00001", 7),
        ("2404.00001 2401.00001 2403.00001 2402.00001", 11),
    ],
)
def test_without_dates_a_row_comes_where_the_newest_papers_stand(ids: str, at: int) -> None:
    link = "https://arxiv.org/abs/2405.00001"
    assert written(linked(*ids.split()), Paper("Tides of the sea", link)).at == at


@lists.steady(30)
@given(st.sampled_from([*NAMES, "Aspen", "Zelkova", "Juniper", "The Yew", "éclair", "2 Pears"]))
def test_in_a_table_kept_by_name_a_row_goes_where_the_alphabet_has_it(name: str) -> None:
    rows = (f"| [{n}](https://{n.lower()}.example) | a tree |" for n in NAMES if n != name)
    text = TOP + "| Tree | What |\n| - | - |\n" + "\n".join(rows)
    found = written(text, Paper(name, "https://tree.example/a", extra={"What": "a tree"}))
    assert found.said == ()
    if name in NAMES:
        assert found.at == 7 + NAMES.index(name)


@lists.steady(50)
@given(st.lists(st.integers(0, 30), min_size=9, max_size=30), st.integers(0, 30), st.booleans())
def test_a_table_in_order_stays_in_order(months: list[int], new: int, upwards: bool) -> None:
    dates = [lists.month(number) for number in sorted(months, reverse=upwards)]
    text = dated(*dates)
    found = rules.write_row(*read(text), SECTION, Paper("Tides", date=lists.month(new)))
    assert found is not None
    if len(set(dates)) > 1:
        lines = rules.apply(text, [found.edit]).splitlines()[6:]
        after = [line.split(" | ")[0][2:] for line in lines]
        assert after == sorted(after, reverse=not upwards)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(end: str) -> None:
    text = (TOP + lists.good(12)).replace("\n", end)
    for cut in (text, text.removesuffix(end)):
        for number in (-1, 40):
            found = rules.write_row(*read(cut), SECTION, known(number))
            assert found is not None
            after = rules.apply(cut, [found.edit])
            assert after.replace(end, "").count("\r") == after.replace(end, "").count("\n") == 0
            assert after.endswith(end) == cut.endswith(end)
            assert len(after.split(end)) == len(cut.split(end)) + 1
