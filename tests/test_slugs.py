"""Anchors as GitHub makes them, checked against real ones."""

from __future__ import annotations

import pytest

import rules
from rules._slugs import anchors, rendered, slug


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Explicit Short Paths", "explicit-short-paths"),
        ("🎉 News", "-news"),
        ("News 🎉", "news-"),
        ("🗺\ufe0f Maps", "\ufe0f-maps"),
        ("1\ufe0f\u20e3 First", "1\ufe0f\u20e3-first"),
        ("Lamps & Fog", "lamps--fog"),
        ("Lamps &amp; Fog", "lamps--fog"),
        ("C++", "c"),
        ("Version 1.2.3", "version-123"),
        ("Coding / Drawing", "coding--drawing"),
        ("Lamps/Fog", "lampsfog"),
        ("snake_case", "snake_case"),
        ("_slanted_ **bold** `code_word`", "slanted-bold-code_word"),
        ("`__init__`", "__init__"),
        ("[Linked](https://x.org/a_(b)) words", "linked-words"),
        ("![icon](icon.png) Pictured", "-pictured"),
        ("Lamps \\& Fog", "lamps--fog"),
        ("What's (really) new?", "whats-really-new"),
        ("中文 标题：一", "中文-标题一"),
        ("Привет Мир", "привет-мир"),
        ("en–dash and em—dash", "endash-and-emdash"),
        ("two  blanks", "two--blanks"),
        ("  around  ", "around"),
        ("closed ##", "closed"),
        ("C#", "c"),
        (":ship: Ships", "ship-ships"),
        ("A <sub>2</sub>", "a-2"),
        ("Seen at <lamps.org>", "seen-at-lampsorg"),
        ("½ and ²", "-and-"),
    ],
)
def test_an_anchor_is_made_as_github_makes_it(heading: str, anchor: str) -> None:
    found = anchors(rules.parse(f"## {heading}\n"))
    assert [each.slug for each in found.headings] == [anchor]


def test_headings_of_one_text_are_numbered_and_html_headings_count() -> None:
    text = "# Lamps\n\n<h2 align=center>Lamps</h2>\n\nFog\n---\n\n## lamps\n"
    found = anchors(rules.parse(text))
    assert [h.slug for h in found.headings] == ["lamps", "lamps-1", "fog", "lamps-2"]
    assert [(h.line, h.text) for h in found.headings][1] == (3, "Lamps")


def test_a_slug_is_made_of_what_a_reader_sees() -> None:
    assert slug(rendered("[a](b) <b>C</b>")) == "a-c"
