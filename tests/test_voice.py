from __future__ import annotations

import pytest

from bot.voice import name_of
from rules import Line, say
from tests.changed import PLAIN, TREE, WELCOME


def test_lines_of_other_rows_become_links_however_deep_they_stand() -> None:
    inner = say("in line {line} of {title}", line=Line(50), title="`a {line}`")
    text = say("It stands {place}, and 7 rows in line {other}.", place=inner, other=Line(3))
    made = WELCOME.told(text, "papers/más (1).md")
    page = f"{TREE}/papers/m%C3%A1s%20%281%29.md?plain=1"
    assert made == (
        f"It stands in line [50]({page}#L50) of `a {{line}}`, and 7 rows in line [3]({page}#L3)."
    )
    assert PLAIN.told(text, "a.md") == text


def test_a_text_without_a_template_stays_as_it_is() -> None:
    assert WELCOME.told("In line 5.", "a.md") == "In line 5."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("RouterDC: Query-Based Router", "RouterDC"),
        ("  Deep \n Dive : on water", "Deep Dive"),
        ("Tides as Seen by a Snail", "Tides as Seen by a Snail"),
        ("A Name of Many Words Indeed: more", "A Name of Many Words Indeed\\: more"),
        (": nothing before it", "\\: nothing before it"),
        ("x" * 70, "x" * 59 + "…"),
        (f"{'words ' * 9}and more", f"{'words ' * 9}and…"),
        ("\u202e@team", "\\@\u200bteam"),
    ],
)
def test_a_paper_is_called_by_its_nickname_or_by_its_title(title: str, name: str) -> None:
    assert name_of(title) == name
