from __future__ import annotations

from tests import lists
from tests.lists import row, rows, table
from tests.told import GOOD, added, change, mended


def test_new_rows_go_where_their_date_belongs_and_old_rows_stay() -> None:
    numbers = [n for n in range(40) if n not in {5, 20}]
    before = table(rows(numbers))
    after = before + "".join(f"{line}\n" for line in rows([20, 5]))
    said = change(before, after)
    assert [d.rule for d in said] == ["date-order"] * 2
    assert mended(after, said) == table(rows(range(40)))


def test_a_year_alone_is_compared_although_the_paper_came_late_in_that_year() -> None:
    def yearly(number: int) -> str:
        return row(number, time=lists.month(number)[:4], code=lists.code(number))

    before = table(yearly(n) for n in range(6, 30))
    new = yearly(30)  # December 2022
    (said,) = change(before, before.replace(yearly(6), f"{new}\n{yearly(6)}"))
    assert (said.line, said.rule) == (3, "date-order")


def test_many_new_rows_do_not_make_the_old_ones_wrong() -> None:
    before = table(rows(range(20, 40)))
    new = "".join(f"{line}\n" for line in rows(range(20)))
    said = change(before, before + new)
    assert {d.line for d in said if d.rule == "date-order"} == set(range(23, 43))


def test_a_row_whose_date_was_changed_is_judged_anew() -> None:
    after = GOOD.replace(row(8), row(8, time=lists.month(0), paper="[l](https://a.example)"))
    (said,) = change(GOOD, after)
    assert (said.line, said.rule) == (11, "date-order")


def test_old_rows_out_of_order_are_not_told_when_another_is_added() -> None:
    lines = rows(range(40))
    before = table([*lines[1:], lines[0]])
    assert (
        change(
            before,
            table(
                [
                    lists.row(0, title="Something new", paper="[link](https://a.example/new)"),
                    *lines[1:],
                    lines[0],
                ]
            ),
        )
        == []
    )


def test_a_wrong_date_is_no_reason_to_move_a_row() -> None:
    early = row(2, time=lists.month(25))
    assert [d.rule for d in change(GOOD, GOOD.replace(row(2), early))] == ["date-mismatch"]


def test_a_date_written_in_another_way_is_no_reason_to_move_a_row() -> None:
    assert [d.rule for d in added(row(20, time="2025-06"))] == ["date-format"]


def test_a_list_in_no_order_takes_rows_anywhere() -> None:
    lines = [row(n * 7 % 20) for n in range(20)]
    assert change(table(lines), table([*lines, row(20)])) == []


def test_oldest_first_is_an_order_too() -> None:
    lines = rows(range(20))[::-1]
    old = row(21)
    assert change(table(lines), table([old, *lines])) == []
    (said,) = change(table(lines), table([*lines, old]))
    assert said.message.startswith("This table goes oldest first: `2023.09` belongs before ")
    assert mended(table([*lines, old]), [said]) == table([old, *lines])


def test_a_new_table_follows_the_order_of_the_list() -> None:
    text = f"## A\n\n{GOOD}"
    said = change(text, f"{text}\n## B\n\n{table([row(31), row(30)])}")
    assert [d.rule for d in said] == ["date-order"]


def test_a_row_in_a_list_item_is_told_but_not_torn_out() -> None:
    quoted = "".join(f"> {line}\n" for line in GOOD.splitlines())
    (said,) = change(
        quoted, f"{quoted}> {row(0, title='Another one', paper='[l](https://a.example)')}\n"
    )
    assert said.rule == "date-order"
    assert said.fix is None


def test_where_only_years_are_sorted_a_row_goes_where_its_day_fits_best() -> None:
    days = "12-20 11-05 12-01 09-30 08-13 10-04 06-02 03-11".split()
    other = "[l](https://a.example)"
    lines = [
        row(n, time=f"{year}-{day}", venue="CVPR", paper=other, title=lists.title(n + 30))
        for n, (year, day) in enumerate((y, d) for y in (2025, 2024, 2023) for d in days)
    ]
    new = row(60, time="2024-09-20", venue="CVPR", paper="[l](https://b.example)")
    (said,) = change(table(lines), table([new, *lines]))
    assert "(line 15)" in said.message  # 2024-09-30, and 2024-10-04 stands two lines below
    assert mended(table([new, *lines]), [said]) == table([*lines[:12], new, *lines[12:]])
