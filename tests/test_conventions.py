from __future__ import annotations

import rules
from rules import Conventions
from rules._conventions import Mark, Order, TableConventions
from tests import lists


def infer(text: str) -> Conventions:
    return rules.infer(rules.parse(text))


def only(text: str) -> TableConventions:
    (known,) = infer(text).tables.values()
    return known


def dated(dates: list[str]) -> str:
    return lists.table(lists.row(n, time=time) for n, time in enumerate(dates))


def months(*numbers: int) -> str:
    return dated([lists.month(n) for n in numbers])


# --- order


def test_an_order_needs_eight_neighbours() -> None:
    assert only(months(*range(8))).order is None
    assert only(months(*range(9))).order == Order(descending=True, precision=2, kept=8, total=8)


def test_rows_may_go_up() -> None:
    order = only(months(*range(9, 0, -1))).order
    assert order
    assert not order.descending


def test_an_order_that_one_in_twenty_breaks_is_one_and_beyond_that_a_coarser_one_is() -> None:
    numbers = list(range(21))
    late = [*numbers[:7], 10, *numbers[7:]]
    assert only(months(*late)).order == Order(descending=True, precision=2, kept=20, total=21)
    later = [*late[:12], 14, *late[12:]]
    assert only(months(*later)).order == Order(descending=True, precision=1, kept=22, total=22)


def test_dates_in_no_order_at_all_are_left_so() -> None:
    assert only(months(*[n * 17 % 100 for n in range(40)])).order is None


def test_rows_all_of_one_date_have_no_order() -> None:
    assert only(months(*[3] * 12)).order is None


def test_only_years_may_be_sorted_with_days_free() -> None:
    days = [f"{year}-{month:02d}-01" for year in (2025, 2024, 2023) for month in (3, 9, 5, 12)]
    order = only(dated(days)).order
    assert order
    assert (order.descending, order.precision) == (True, 1)


def test_a_short_table_takes_the_order_of_the_list_unless_its_rows_deny_it() -> None:
    parts = months(*range(60)), months(3, 4, 5), months(5, 4, 3)
    known = infer("".join(f"## Part {n}\n\n{part}\n" for n, part in enumerate(parts)))
    by_month = Order(descending=True, precision=2, kept=61, total=63)
    orders = [table.order for table in known.tables.values()]
    assert known.order == by_month
    assert orders == [Order(descending=True, precision=2, kept=59, total=59), by_month, None]


def orders_of(*parts: str) -> list[Order | None]:
    text = "".join(f"## Part {n}\n\n{part}\n" for n, part in enumerate(parts))
    return [table.order for table in infer(text).tables.values()]


def test_a_long_table_in_no_order_does_not_take_the_lists() -> None:
    mixed = months(*[n * 17 % 100 for n in range(12)])
    assert orders_of(months(*range(300)), mixed)[1] is None


def test_a_short_table_takes_an_ascending_order_as_well() -> None:
    orders = orders_of(months(*range(60, 0, -1)), months(5, 4, 3), months(3, 4, 5))
    assert [order and order.descending for order in orders] == [False, False, None]


# --- marks, styles, links


def test_a_mark_needs_eight_cells_and_nine_in_ten_of_them() -> None:
    def mark(dashes: int, others: int) -> Mark | None:
        lines = [lists.row(n, code="-" if n < dashes else "N/A") for n in range(dashes + others)]
        lines += [lists.row(90, code=lists.code(1)), lists.row(91, code=lists.code(2))]
        return only(lists.table(lines)).marks[4]

    assert mark(7, 0) is None
    assert mark(8, 0) == Mark("-", 8, 8)
    assert mark(8, 1) is None
    assert mark(9, 1) == Mark("-", 9, 10)


def test_leaving_cells_empty_is_a_mark_too() -> None:
    assert only(lists.table(lists.row(n, code="") for n in range(8))).marks[4] == Mark("", 8, 8)


def test_tables_with_few_rows_tell_the_lists_mark_together() -> None:
    parts = [lists.rows(range(start, start + 4)) for start in (0, 10, 20)]
    known = infer(
        "".join(f"## {lines[0][2]}{n}\n\n{lists.table(lines)}\n" for n, lines in enumerate(parts))
    )
    assert known.code_mark == Mark("-", 9, 9)
    assert {table.marks[4] for table in known.tables.values()} == {None}


def test_the_date_style_is_that_of_most_rows() -> None:
    assert only(dated(["2025-05", "2025.04", "2025.03"])).date_style == "YYYY.MM"
    assert only(dated(["soon", "later"])).date_style is None


def test_a_kind_of_link_that_nearly_all_links_have_is_meant() -> None:
    pinned = lists.table(lists.row(n, paper=f"[l]({lists.paper(n)}v1)") for n in range(10))
    assert only(pinned).accepted == {"pinned_version"}
    assert infer(pinned).accepted == {"pinned_version"}
    assert only(lists.good(10)).accepted == frozenset()
    few = lists.table(lists.row(n, paper=f"[l]({lists.paper(n)}v1)") for n in range(7))
    assert only(few).accepted == frozenset()


# --- which table is which


def test_tables_are_known_again_when_lines_move() -> None:
    text = f"## A\n\n{lists.good(3)}\n## B\n\n{lists.good(3)}\n{lists.good(2)}\n"
    keys = list(infer(text).tables)
    assert len(keys) == 3
    assert list(infer(f"A new line.\n\n{text}").tables) == keys
