"""What comments and abstracts tell, in the words of real authors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arxiv_told import code_links, is_withdrawn, venue

VENUES = {
    "Accepted at ACL 2025 (Findings)": "ACL 2025 Findings",
    "Accepted to NeurIPS 2024": "NeurIPS 2024",
    "22 pages, 8 figures. Accepted by EMNLP 2024 Main": "EMNLP 2024",
    "Accepted to Findings of EMNLP 2023": "EMNLP 2023 Findings",
    "Accepted to ACL Findings 2025": "ACL 2025 Findings",
    "To appear in ICML'24": "ICML 2024",
    "Accepted to CVPR 2025 as Oral": "CVPR 2025 Oral",
    "Accepted by the IEEE/CVF Conference on Computer Vision (ICCV), 2023": "ICCV 2023",
    "Accepted to the 63rd Annual Meeting of the ACL (ACL 2025)": "ACL 2025",
    "Accepted at the NeurIPS 2024 Workshop on Efficient Language Processing": (
        "NeurIPS 2024 Workshop"
    ),
    "Published in TMLR": "TMLR",
    "Accepted by IEEE TPAMI 2024": "TPAMI 2024",
    "12 pages, 5 figures, ICLR 2024": "ICLR 2024",
    "ICLR 2025 Spotlight": "ICLR 2025 Spotlight",
    "NAACL-HLT 2024; code at github.com/a/b": "NAACL-HLT 2024",
    "EMNLP 2024 camera-ready, 20 pages": "EMNLP 2024",
}
NO_VENUES = [
    "",
    "20 pages, 5 figures",
    "Submitted to ICML 2025",
    "Under review at ICLR 2026",
    "Rejected from ACL 2024",
    "Preprint. Under review",
    "Accepted by IEEE 2024",
    "Trained on GPT 2024 data",
    "An extended version of our CVPR 2023 paper",
    "Our method won the KDD Cup 2024 challenge at KDD 2024",
    "Updated in May 2025",
    "Models as of 2024; see AIME 2024 and AIME 2025 for results",
]


@pytest.mark.parametrize(("comment", "told"), VENUES.items())
def test_a_venue_is_read_from_a_comment(comment: str, told: str) -> None:
    assert str(venue(comment, "")) == told


@pytest.mark.parametrize("comment", NO_VENUES)
def test_no_venue_is_told_in_doubt(comment: str) -> None:
    assert venue(comment, "") is None


def test_a_reference_tells_a_venue_where_the_comment_does_not() -> None:
    assert str(venue("9 pages", "Proceedings of ICML 2023")) == "ICML 2023"
    assert venue("9 pages", "Phys. Rev. D 98, 030001 (2018)") is None


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_read(one: str, other: str) -> None:
    venue(one, other)
    code_links(one, other)
    is_withdrawn(one, other, one)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Code: https://github.com/a/b.", ["https://github.com/a/b"]),
        ("at \\url{https://github.com/a/b\\_c}", ["https://github.com/a/b_c"]),
        (
            "(github.com/a/b), see www.gitlab.com/c/d",
            ["https://github.com/a/b", "https://gitlab.com/c/d"],
        ),
        ("https://github.com/a/b/tree/main and https://github.com/a/b", ["https://github.com/a/b"]),
        ("models: https://huggingface.co/org/model", ["https://huggingface.co/org/model"]),
        ("https://huggingface.co/papers/2505.12345 https://a.github.io/b", []),
        ("https://github.com/onlyowner", []),
    ],
)
def test_links_to_code_are_found_each_once(text: str, links: list[str]) -> None:
    assert list(code_links(text, text)) == links


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn by the author due to an error in Lemma 3",
        "This submission has been withdrawn by arXiv administrators",
        "Withdrawn by the authors",
        "withdrawn",
        "The paper is withdrawn due to a crucial mistake",
        "We have withdrawn this paper. Please wait for a new version",
        "12 pages. This article has been temporarily withdrawn",
        "This paper was withdrawn from arXiv",
    ],
)
def test_a_withdrawn_paper_says_so(comment: str) -> None:
    assert is_withdrawn("A title", comment, "An abstract.")
    assert is_withdrawn("A title", "", f"{comment}.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Withdrawn from ICLR 2025",
        "This paper was withdrawn from NeurIPS",
        "The drug was withdrawn from the market",
        "We study when troops are withdrawn and what follows",
        "An earlier version had an error that is corrected here",
        "Agents that have withdrawn cash",
    ],
)
def test_other_things_are_withdrawn_too(text: str) -> None:
    assert not is_withdrawn("A title", text, text)
