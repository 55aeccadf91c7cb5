from __future__ import annotations

from typing import Literal

import pytest

from bot import cut
from bot.words import Words


@pytest.mark.parametrize("text", ["", "é" * 255])
def test_a_title_that_fits_stays_as_it_is(text: str) -> None:
    assert cut.title(text) == text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_note_fits_in_each_language(language: Literal["en", "zh"]) -> None:
    made = Words(language)(cut.text("x" * 70_000))
    assert 65_500 < len(made.encode()) <= 65_535


def test_a_long_title_ends_in_an_ellipsis() -> None:
    assert cut.title("é" * 256) == "é" * 254 + "…"


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert cut.text("x" * 65_535) == "x" * 65_535


@pytest.mark.parametrize("before", ["", "x", "xx"])
def test_a_long_text_is_cut_between_characters_and_says_so(before: str) -> None:
    made = cut.text(before + "語" * 30_000)
    assert 65_430 < len(made.encode()) <= 65_535
    assert made.startswith(before + "語" * 20_000)
    assert made.endswith("語\n\n… cut here: GitHub takes no more.")
