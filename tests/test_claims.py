"""What a row says of its paper, beside what arXiv knows of it."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import Agreement, Claim, check_claim

TRUE = "ConCISE: Confidence-guided Compression in Step-by-step Efficient Reasoning"
FIRST = date(2025, 5, 8)


def of_title(claimed: str, true: str = TRUE) -> Agreement:
    return check_claim(claimed, "", true_title=true, first=FIRST).title


def of_date(when: str, venue: str = "") -> Agreement:
    return check_claim(TRUE, when, true_title=TRUE, first=FIRST, venue=venue).date


@pytest.mark.parametrize(
    ("claimed", "true"),
    [
        (TRUE, TRUE),
        (TRUE.upper(), TRUE),
        ("ConCISE", TRUE),
        ("Confidence-Guided Compression in Step-by-Step Efficient Reasoning", TRUE),
        ("Con-CISE - confidence guided compression in step by step efficient reasoning", TRUE),
        ("$\\alpha$-Gödel: Proofs", '\\textbf{$\\alpha$-G\\"odel}: Proofs'),
        ("Poincaré embeddings for trees", "Poincar\\'e Embeddings for Trees"),
        ("CoT", "Chain-of-Thought Prompting Elicits Reasoning in Large Language Models"),
        ("LoRA (with code)", "LoRA: Low-Rank Adaptation of Large Language Models (with code)"),
    ],
)
def test_one_title_in_other_words_is_right(claimed: str, true: str) -> None:
    assert of_title(claimed, true) == Agreement.RIGHT


@pytest.mark.parametrize(
    "claimed",
    [
        "Efficient Reasoning via Chain of Unconscious Thought",
        "LIMOPro: Reasoning Refinement for Efficient and Effective Test-time Scaling",
        "Attention Is All You Need for Translation Between Languages",
    ],
)
def test_the_title_of_another_paper_is_wrong(claimed: str) -> None:
    assert of_title(claimed) == Agreement.WRONG


@pytest.mark.parametrize(
    ("claimed", "true"),
    [
        ("", TRUE),
        ("RecBench+", TRUE),
        ("[Paper]", TRUE),
        ("逐步推理的压缩方法综述与展望 一二三四", TRUE),
        (
            "Could Small Language Models Serve as Recommenders? Data-centric Cold-start",
            "Towards Personalized Cold-Start Recommendation with Prompts",
        ),
        ("Compressing thoughts: what a model can leave out", TRUE),
    ],
)
def test_in_doubt_nothing_is_said_of_a_title(claimed: str, true: str) -> None:
    assert of_title(claimed, true) in {Agreement.UNSURE, Agreement.RIGHT}


@pytest.mark.parametrize(
    ("when", "venue", "told"),
    [
        ("2025-05-08", "arXiv'25", Agreement.RIGHT),
        ("2025.05", "", Agreement.RIGHT),
        ("May 2025", "", Agreement.RIGHT),
        ("2025", "", Agreement.RIGHT),
        ("2025-12", "EMNLP 2025", Agreement.RIGHT),
        ("2027", "", Agreement.RIGHT),
        ("2025-05-06", "", Agreement.RIGHT),  # sent in on a day that zones tell differently
        ("2025-04", "", Agreement.WRONG),
        ("2025-02-29", "arXiv", Agreement.WRONG),
        ("2024", "-", Agreement.WRONG),
        ("2024-12", "NeurIPS 2024", Agreement.UNSURE),
        ("24.05", "", Agreement.UNSURE),
        ("2025.1", "", Agreement.UNSURE),
        ("soon", "", Agreement.UNSURE),
        ("", "", Agreement.UNSURE),
    ],
)
def test_a_date_is_wrong_only_before_the_paper_was_there(
    when: str, venue: str, told: Agreement
) -> None:
    assert of_date(when, venue) == told


WORDS = st.lists(st.from_regex(r"[A-Za-z]{2,12}", fullmatch=True), min_size=1, max_size=12)
DAYS = st.dates(date(1991, 8, 14), date(2090, 1, 1))


@given(WORDS, st.integers(0, 11), st.sampled_from([str.upper, str.lower, str.title]))
def test_a_part_of_a_title_in_any_case_is_never_wrong(
    words: list[str], n: int, case: object
) -> None:
    assert callable(case)
    assert of_title(case(" ".join(words[: n + 1])), " ".join(words)) == Agreement.RIGHT


@given(WORDS, st.characters(min_codepoint=0x300, max_codepoint=0x30F))
def test_accents_make_no_other_title(words: list[str], accent: str) -> None:
    accented = unicodedata.normalize("NFC", "".join(c + accent for c in " ".join(words)))
    assert of_title(accented, " ".join(words)) == Agreement.RIGHT


@given(DAYS, st.integers(0, 2000))
def test_the_first_day_and_any_later_one_are_right(first: date, later: int) -> None:
    day = first + timedelta(days=later)
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"):
        claim = check_claim(TRUE, text, true_title=TRUE, first=first)
        assert claim == Claim(Agreement.RIGHT, Agreement.RIGHT)


@given(DAYS, st.integers(40, 2000))
def test_a_month_before_the_first_day_is_wrong(first: date, earlier: int) -> None:
    day = first - timedelta(days=earlier)
    claim = check_claim(TRUE, f"{day:%Y-%m-%d}", true_title=TRUE, first=first)
    assert claim.date == Agreement.WRONG


@given(st.text(max_size=200), st.text(max_size=20), st.text(max_size=200), DAYS)
def test_any_text_is_held_against_any_other(title: str, when: str, true: str, first: date) -> None:
    claim = check_claim(title, when, true_title=true, first=first)
    assert claim == check_claim(title, when, true_title=true, first=first)
    assert check_claim(true, when, true_title=title, first=first).title == claim.title
