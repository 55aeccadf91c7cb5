from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import identify, same_title
from rules._papers import arxiv_month, host, is_paper, normal_title
from tests.lists import steady

ONE_PAPER = {
    "arxiv:2405.90001": """
        https://arxiv.org/abs/2405.90001 http://www.arxiv.org/abs/2405.90001v3
        https://arxiv.org/pdf/2405.90001 https://arxiv.org/pdf/2405.90001v1.pdf
        https://arxiv.org/html/2405.90001v2 https://export.arxiv.org/abs/2405.90001
        https://cn.arxiv.org/pdf/2405.90001.pdf https://ARXIV.org/abs/2405.90001/
        https://arxiv.org/abs/2405.90001?context=cs.AI https://arxiv.org/abs/2405.90001#section
        https://www.alphaxiv.org/abs/2405.90001 https://ar5iv.labs.arxiv.org/html/2405.90001
        https://huggingface.co/papers/2405.90001 https://papers.cool/arxiv/2405.90001
        https://doi.org/10.48550/arXiv.2405.90001
    """,
    "arxiv:hep-th/9901001": "https://arxiv.org/abs/hep-th/9901001 https://arxiv.org/pdf/hep-th/9901001v2",
    "openreview:AbC-12_d": """
        https://openreview.net/forum?id=AbC-12_d https://openreview.net/pdf?id=AbC-12_d
        https://www.openreview.net/forum?id=AbC-12_d&noteId=x
    """,
    "doi:10.1000/j.42": """
        https://doi.org/10.1000/j.42 https://dx.doi.org/10.1000/J.42
        https://journal.example/doi/full/10.1000/j.42 https://journal.example/doi/pdf/10.1000/j.42.pdf
        https://preprints.example/content/10.1000/j.42v2
    """,
    "acl:2023.acl-long.405": """
        https://aclanthology.org/2023.acl-long.405/ https://aclanthology.org/2023.acl-long.405.pdf
    """,
    "acl:p19-1001": "https://aclanthology.org/P19-1001 https://www.aclweb.org/anthology/P19-1001.pdf",
    "repo:ants/ladders": """
        https://github.com/ants/ladders https://www.github.com/Ants/Ladders/
        https://github.com/ants/ladders.git https://github.com/ants/ladders/tree/main#readme
    """,
    "url:example.org/a?id=1": """
        https://example.org/a?id=1 http://www.example.org/a/?utm_source=x&id=1
        https://example.org/a?id=1#part
    """,
}


@pytest.mark.parametrize(
    ("url", "identity"),
    [(url, identity) for identity, urls in ONE_PAPER.items() for url in urls.split()],
)
def test_one_thing_has_one_name_wherever_a_link_leads_to_it(url: str, identity: str) -> None:
    assert identify(url) == identity


@pytest.mark.parametrize(
    "url", ["", "#here", "paper.pdf", "mailto:a@b.c", "ftp://a.b/c", "https://", "http://[bad"]
)
def test_what_is_no_web_address_has_no_name(url: str) -> None:
    assert identify(url) == ""
    assert host(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/html/2405.90001v1/x1.png",
        "https://arxiv.org/list/cs.AI/recent",
        "https://arxiv.org/abs/2405.900012",
        "https://arxiv.org.example/abs/2405.90001",
        "https://github.com/ants",
        "https://github.com/ants/ladders",
        "https://openreview.net/group?id=ICLR.cc/2025/Conference",
    ],
)
def test_what_is_no_paper_is_not_taken_for_one(url: str) -> None:
    assert identify(url)
    assert not is_paper(identify(url))


def test_two_things_have_two_names() -> None:
    urls = [urls.split()[0] for urls in ONE_PAPER.values()]
    urls += ["https://example.org/a?id=2", "https://a.example/#x", "https://a.example/#y"]
    assert len({identify(url) for url in urls}) == len(urls)


@steady(300)
@given(
    st.text(max_size=40), st.sampled_from(["", "http://", "https://arxiv.org/", "//", "http://["])
)
def test_any_text_may_stand_in_a_link(text: str, start: str) -> None:
    assert identify(start + text) == identify(start + text)
    assert isinstance(host(start + text), str)


def test_an_arxiv_id_tells_its_month() -> None:
    assert arxiv_month("arxiv:2405.90001") == (2024, 5)
    assert arxiv_month("arxiv:hep-th/9901001") == (0, 0)
    assert arxiv_month("") == (0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ladders for Short Ants", "ladders for short ants."),
        ("Ladders for Short Ants", "LSA: Ladders for Short Ants"),
        ("Ladders for Short Ants", "Ladders for Short Ants (LSA)"),
        ("Ladders for Short Ants", "Ladders for Very Short Ants"),
        ("Ladders for Short Ants", ""),
    ],
)
def test_rows_of_one_link_may_name_their_paper_in_two_ways(one: str, other: str) -> None:
    assert same_title(one, other)
    assert same_title(other, one)


@pytest.mark.parametrize("other", ["The Weight of an Echo", "Sorting Clouds by Hand"])
def test_two_different_titles_are_not_one(other: str) -> None:
    assert not same_title("Ladders for Short Ants", other)


def test_titles_are_compared_by_their_words() -> None:
    assert normal_title("**A\\*-Search**: _Réd_ 中文 🙂") == "a search réd 中文"
