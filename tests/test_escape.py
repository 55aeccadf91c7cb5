from __future__ import annotations

import html

import mistletoe
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import escape
from tests.alive import HOSTILE, alive
from tests.lists import steady

texts = st.text(st.characters(codec="utf-8"), max_size=20) | st.text("@#<>!`|\\&;:[]()*_~ -a1\n")


@pytest.mark.parametrize("text", [text for text in HOSTILE if "listwright" not in text])
def test_the_checker_sees_what_is_alive_unless_it_is_code(text: str) -> None:
    harmless = text.startswith(("a \\|", "`@team`"))
    assert bool(alive(text)) is not harmless


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["{}", "**{}**", "- {}:5", "| a | b |\n|---|---|\n| {} | c |"])
def test_plain_text_comes_alive_nowhere(text: str, form: str) -> None:
    assert alive(form.format(escape.plain(text))) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_code_span_comes_alive_nowhere(text: str) -> None:
    assert alive(f"Look: {escape.code(text)}, and {escape.code(text)}.") == []
    assert alive(f"| a |\n|---|\n| {escape.cell(escape.code(text))} |") == []


@steady(300)
@given(texts)
@example("a\\")
def test_plain_text_shows_as_it_stands(text: str) -> None:
    shown = mistletoe.markdown(escape.plain(text)).replace("\u200b", "")
    assert shown == (f"<p>{_html(text)}</p>\n" if text.split() else "")


@steady(300)
@given(texts.filter(lambda text: text.replace("\u200b", " ").split()))
def test_a_code_span_shows_as_it_stands(text: str) -> None:
    shown = mistletoe.markdown(f"x {escape.code(text)}.")
    assert shown.replace("\u200b", "") == f"<p>x <code>{_html(text)}</code>.</p>\n"


def _html(text: str) -> str:
    return html.escape(" ".join(text.split()).replace("\u200b", ""), quote=False)


def test_an_empty_code_span_is_still_one() -> None:
    assert escape.code(" \n") == "` `"


@pytest.mark.parametrize(
    ("markdown", "cell"),
    [
        ("a | b", "a \\| b"),
        ("`a\\|b`", "`a\\|b`"),
        ("a\\\\|b", "a\\|b"),
        ("two\nlines\r\nand more", "two lines and more"),
        ("a\\b", "a\\b"),
    ],
)
def test_no_pipe_and_no_line_end_leaves_a_cell(markdown: str, cell: str) -> None:
    assert escape.cell(markdown) == cell


@steady(200)
@given(st.text("`\n ab", max_size=30))
def test_a_fence_is_longer_than_all_that_it_holds(content: str) -> None:
    fence = escape.fence(content)
    assert set(fence) == {"`"}
    assert len(fence) >= 3
    assert fence not in content
