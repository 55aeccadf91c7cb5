from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import identify
from rules._links import KINDS, blemish
from tests.lists import steady

BETTER = [
    ("mirror", "https://www.arxiv.org/abs/2405.90001", "https://arxiv.org/abs/2405.90001"),
    ("mirror", "https://export.arxiv.org/pdf/2405.90001", "https://arxiv.org/pdf/2405.90001"),
    ("mirror", "https://www.github.com/a/b", "https://github.com/a/b"),
    ("tracking", "https://a.example/p?utm_source=x&utm_medium=y", "https://a.example/p"),
    ("tracking", "https://a.example/p?id=1&utm_source=x", "https://a.example/p?id=1"),
    ("tracking", "https://a.example/p?utm_source=x&id=1#top", "https://a.example/p?id=1#top"),
    ("tracking", "https://a.example/?fbclid=abc#top", "https://a.example/#top"),
    ("insecure", "http://arxiv.org/abs/2405.90001", "https://arxiv.org/abs/2405.90001"),
    ("insecure", "http://github.com/a/b", "https://github.com/a/b"),
    ("pinned_version", "https://arxiv.org/abs/2405.90001v12", "https://arxiv.org/abs/2405.90001"),
    ("pinned_version", "https://arxiv.org/pdf/2405.90001v1.pdf", "https://arxiv.org/pdf/2405.90001.pdf"),
    ("git_suffix", "https://github.com/a/b.git", "https://github.com/a/b"),
    ("trailing_slash", "https://github.com/a/b/", "https://github.com/a/b"),
    ("trailing_slash", "https://gitlab.com/a/b/", "https://gitlab.com/a/b"),
    ("pdf", "https://arxiv.org/pdf/2405.90001.pdf", "https://arxiv.org/abs/2405.90001"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "url", "better"), BETTER)
def test_an_address_has_a_plainer_form_that_leads_to_the_same_place(
    kind: str, url: str, better: str
) -> None:
    found = blemish(kind, url)
    assert found
    assert found.better == better
    assert identify(better) == identify(url)
    assert blemish(kind, better) is None


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("mirror", "https://arxiv.org/abs/2405.90001"),
        ("mirror", "https://export.arxiv.org/api/query"),
        ("mirror", "https://www.alphaxiv.org/abs/2405.90001"),
        ("mirror", "https://gist.github.com/a/b"),
        ("tracking", "https://a.example/p?source=mail&ref=list"),
        ("tracking", "https://a.example/utm_source=x"),
        ("insecure", "http://a.example/p"),
        ("insecure", "https://arxiv.org/abs/2405.90001"),
        ("pinned_version", "https://arxiv.org/html/2405.90001v1/x1.png"),
        ("pinned_version", "https://a.example/abs/2405.90001v2"),
        ("git_suffix", "https://github.com/a/b.github.io"),
        ("git_suffix", "https://github.com/a/b.git/tree/main"),
        ("trailing_slash", "https://github.com/a/b/tree/main/"),
        ("trailing_slash", "https://github.com/a/"),
        ("trailing_slash", "https://a.example/b/c/"),
        ("pdf", "https://a.example/pdf/2405.90001"),
    ],
)
def test_a_good_address_has_none(kind: str, url: str) -> None:
    assert blemish(kind, url) is None


queries = st.lists(st.sampled_from(["utm_source=x", "id=1", "fbclid", "q=a%20b", ""]), max_size=3)
urls = st.tuples(
    st.sampled_from(["http://", "https://"]),
    st.sampled_from(["www.", "", "export."]),
    st.sampled_from(["arxiv.org", "github.com", "a.example"]),
    st.sampled_from(["/abs/2405.90001v2", "/a/b.git/", "/a/b.git", "/a/b/", "", "/pdf/2405.90001"]),
    queries.map(lambda found: "?" * bool(found) + "&".join(found)),
    st.sampled_from(["", "#top"]),
).map("".join)


@steady(300)
@given(urls)
def test_one_better_form_after_the_other_ends_and_keeps_the_place(url: str) -> None:
    better = url
    for kind in KINDS:
        found = blemish(kind, better)
        better = found.better if found else better
    assert identify(better) == identify(url)
    assert [kind for kind in KINDS if blemish(kind, better)] == []


@pytest.mark.parametrize("url", ["", "#top", "http://[bad", "javascript:void"])
def test_what_cannot_be_read_has_no_better_form(url: str) -> None:
    assert [kind for kind in KINDS if blemish(kind, url)] == []
