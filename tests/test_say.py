from __future__ import annotations

import pickle

from rules import Line, Text, say
from tests import lists
from tests.told import change


def test_a_text_is_its_template_filled_in_and_remembers_both() -> None:
    made = say("{what} in line {line}", what=say("a {row}", row="{line}"), line=Line(5))
    assert made == "a {line} in line 5"
    assert made.template == "{what} in line {line}"
    assert made.values == {"what": "a {line}", "line": 5}


def test_a_text_comes_out_of_another_process_as_it_went_in() -> None:
    made = pickle.loads(pickle.dumps(say("{what}!", what=say("line {line}", line=Line(5)))))
    assert isinstance(made.values["what"], Text)
    assert isinstance(made.values["what"].values["line"], Line)
    assert (made, made.values["what"].template) == ("line 5!", "line {line}")


def test_a_rule_that_names_another_line_says_that_it_is_one() -> None:
    rows = lists.rows(range(20))
    [twice] = change(lists.table(rows), lists.table([*rows, lists.row(3, venue="ICLR'25")]))
    assert isinstance(twice.message, Text)
    place = twice.message.values["place"]
    assert (place, place.values) == ("in line 6", {"line": 6})
    assert isinstance(place.values["line"], Line)


def test_marks_that_turn_words_around_are_not_quoted() -> None:
    rows = lists.rows(range(20))
    hostile = "The Weight of \u202ean \u2067Echo \u200fin a Cave"
    rows[3] = lists.row(3, title=hostile)
    [twice] = change(
        lists.table(rows), lists.table([*rows, lists.row(3, title=hostile, venue="ICLR'25")])
    )
    assert twice.message.startswith("`The Weight of an Echo in a Cave` already stands in line 6")
