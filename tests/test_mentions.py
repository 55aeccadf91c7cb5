from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules._mentions import mentions
from tests import lists


def found(text: str) -> list[tuple[str, int, int]]:
    return [(each.url, each.line, each.column) for each in mentions(rules.parse(text))]


def urls(text: str) -> list[str]:
    return [url for url, _, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("See [a](https://a.org/x).", [("https://a.org/x", 1, 9)]),
        ("![a](pic.png)", [("pic.png", 1, 6)]),
        ("[![a](pic.png)](https://a.org)", [("pic.png", 1, 7), ("https://a.org", 1, 17)]),
        ("at https://a.org/x, here", [("https://a.org/x", 1, 4)]),
        ("at <https://a.org/x>", [("https://a.org/x", 1, 5)]),
        ("## On [a](#b)", [("#b", 1, 11)]),
        ("On [a](#b)\n===", [("#b", 1, 8)]),
        ("- one\n- [a](b.md)", [("b.md", 2, 7)]),
        ("> quoted [a](b.md)", [("b.md", 1, 14)]),
        ("[a\nb](c.md) d", [("c.md", 2, 4)]),
        ('<p>\n<a href="x.md">x</a>\n<img src=y.png></p>', [("x.md", 2, 10), ("y.png", 3, 10)]),
        ('so <img\nsrc="y.png"> it', [("y.png", 2, 6)]),
        ("[a][b]\n\n[b]: https://b.org 'B'", [("https://b.org", 1, 7), ("https://b.org", 3, 6)]),
        ("[a](<b c.md>)", [("b c.md", 1, 6)]),
        ("\ufeff[a](b)", [("b", 1, 6)]),
        ("[a](b?x=1&amp;y=2)", [("b?x=1&y=2", 1, 5)]),
        ("x\r\n\r\n[a](b)\r\n[c](d)", [("b", 3, 5), ("d", 4, 5)]),
    ],
)
def test_a_link_is_found_at_its_place(text: str, places: list[tuple[str, int, int]]) -> None:
    assert found(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "`[a](b)` and `https://a.org`",
        "```\n[a](b)\nhttps://a.org\n```",
        "    [a](b)",
        "<!-- [a](b) https://a.org -->",
        'text <!-- <a href="b">c</a> --> text',
        "<div>\n<!--\n<img src=b>\n-->\n</div>",
        "<script>\nlet a = '<a href=\"b\">'\n</script>",
        "[//]: # (a comment)",
        "| a |\n|---|\n| `[a](b)` |",
    ],
)
def test_code_and_comments_lead_nowhere(text: str) -> None:
    assert found(text) == []


def test_a_row_tells_its_section_and_its_paper() -> None:
    text = f"# One\n\n## Two\n\n{lists.table(lists.rows(range(9)))}"
    row = next(each for each in mentions(rules.parse(text)) if each.paper)
    assert row.section[:2] == ("One", "Two")
    assert row.paper in lists.row(8) + lists.row(0)


def test_a_cell_with_very_many_links_keeps_all_of_them() -> None:
    cell = " ".join(f"[{n}](https://a.org/{n})" for n in range(200))
    assert urls(f"| a |\n|---|\n| {cell} |") == [f"https://a.org/{n}" for n in range(200)]
    assert urls(cell) == [f"https://a.org/{n}" for n in range(200)]


@given(st.lists(st.integers(0, 10**6), max_size=20))
def test_whatever_is_linked_is_found_in_order(numbers: list[int]) -> None:
    text = "\n\n".join(f"See [it]({n}.md) there." for n in numbers)
    assert urls(text) == [f"{n}.md" for n in numbers]


@given(st.text("[]()<>!`-ahttps:/.\n|#&\"' ", max_size=80))
def test_every_place_lies_within_its_line(text: str) -> None:
    document = rules.parse(text)
    for each in mentions(document):
        assert 1 <= each.column <= len(document.line(each.line)) + 1
