from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules._dates import PartialDate, parse_date
from tests.lists import steady


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025.05", (2025, 5, 0, "YYYY.MM")),
        ("2025-05", (2025, 5, 0, "YYYY-MM")),
        ("2025/5", (2025, 5, 0, "YYYY/MM")),
        ("2025-05-16", (2025, 5, 16, "YYYY-MM-DD")),
        ("2025.5.6", (2025, 5, 6, "YYYY.MM.DD")),
        ("2025.0413", (2025, 4, 13, "YYYY.MMDD")),
        ("25.05", (2025, 5, 0, "YY.MM")),
        ("05/2025", (2025, 5, 0, "MM/YYYY")),
        ("05.2025", (2025, 5, 0, "MM.YYYY")),
        ("2025", (2025, 0, 0, "YYYY")),
        ("2025年5月", (2025, 5, 0, "YYYY年MM月")),
        ("2025年5月16日", (2025, 5, 16, "YYYY年MM月")),
        ("16 May 2025", (2025, 5, 16, "D Month YYYY")),
        ("May 16, 2025", (2025, 5, 16, "Month D, YYYY")),
        ("Sept. 2025", (2025, 9, 0, "Month YYYY")),
        ("2025 December", (2025, 12, 0, "YYYY Month")),
        ("  2024-02-29 ", (2024, 2, 29, "YYYY-MM-DD")),
    ],
)
def test_a_date_is_read_as_lists_write_it(text: str, date: tuple[int, int, int, str]) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "2025.13",
        "2025.00",
        "2025-02-30",
        "2025-01-00",
        "1825",
        "CVPR 2024",
        "Mai 2025",
        "2025.05 (v2)",
        "2505.16782",
        "13/2025",
        "12",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@steady(100)
@given(st.dates())
def test_every_day_of_these_two_centuries_is_read(day: object) -> None:
    text = str(day)
    date = parse_date(text)
    if text[:2] in {"19", "20"}:
        assert date
        assert f"{date.year:04d}-{date.month:02d}-{date.day:02d}" == text
    else:
        assert date is None


def test_a_date_is_compared_as_finely_as_asked() -> None:
    date = PartialDate(2025, 5, 16, "")
    assert [date.key(precision) for precision in (1, 2, 3)] == [(2025,), (2025, 5), (2025, 5, 16)]
    written = ("2025", "2025.05", "2025-05-16")
    assert [found.precision for text in written if (found := parse_date(text))] == [1, 2, 3]
