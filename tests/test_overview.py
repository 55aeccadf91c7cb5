from __future__ import annotations

import rules
from bot import overview
from tests import lists


def shown(text: str) -> list[str]:
    return list(overview.as_text(overview.as_data(rules.infer(rules.parse(text)))))


def test_what_was_inferred_comes_with_the_cells_behind_it() -> None:
    [table] = overview.as_data(rules.infer(rules.parse(lists.good(20))))
    assert table["rows"] == table["full_rows"] == 20
    assert table["columns"] == {"date": 0, "title": 1, "venue": 2, "paper": 3, "code": 4}
    assert table["date_format"] == {"format": "YYYY.MM", "cells": 20, "of": 20}
    assert (table["order"]["direction"], table["order"]["by"]) == ("newest first", "month")
    assert (table["order"]["neighbours"], table["order"]["of"]) == (19, 19)
    assert table["no_code"]["text"] == "-"
    assert table["no_code"]["cells"] == table["no_code"]["of"] > 8


def test_a_person_reads_the_same() -> None:
    lines = shown(lists.good(20))
    assert "  rows     20, 20 of them as wide as the header" in lines
    assert "  dates    YYYY.MM (20 of 20 cells)" in lines
    assert "  order    newest first, by month (19 of 19 neighbours)" in lines
    assert any(line.startswith("  no code  `-` (") for line in lines)


def test_dates_in_no_order_are_said_to_have_none() -> None:
    mixed = [lists.row(n) for n in (5, 1, 9, 3, 7, 2, 8, 0, 6, 4)]
    assert "  order    none that rows keep; nothing is said about it" in shown(lists.table(mixed))


def test_a_file_without_a_table_says_so() -> None:
    assert shown("# A title\n\n- [a](b)\n") == [
        "No table that GitHub shows: nothing to infer.",
    ]
