from __future__ import annotations

import pickle

from rules import Line, Text, say
from tests import lists
from tests.told import change

CATALOGUE = {
    "{size}: {names: and } are absent.": "{size}：缺少{names:、}。",
    "{cells} cells": "{cells} 格",
    "column {number:,}": "第 {number:,} 列",
}


def message() -> Text:
    names = ["`Code`", say("column {number:,}", number=1000)]
    return say("{size}: {names: and } are absent.", size=say("{cells} cells", cells=3), names=names)


def test_a_text_is_its_template_filled_in_and_remembers_both() -> None:
    made = say("{what} in line {line}", what=say("a {row}", row="{line}"), line=Line(5))
    assert made == "a {line} in line 5"
    assert made.template == "{what} in line {line}"
    assert made.values == {"what": "a {line}", "line": 5}


def test_what_stands_between_several_values_is_in_the_template() -> None:
    assert message() == "3 cells: `Code` and column 1,000 are absent."


def test_a_catalogue_says_it_otherwise_with_all_that_is_within() -> None:
    assert say("{it}", it=message()).told(CATALOGUE) == "3 格：缺少`Code`、第 1,000 列。"


def test_what_a_catalogue_does_not_know_stays_english_in_its_place() -> None:
    known = {"{cells} cells": "{cells} 格"}
    assert say("{it}!", it=message()).told(known) == "3 格: `Code` and column 1,000 are absent.!"


def test_lines_can_be_shown_as_links_wherever_they_stand() -> None:
    places = [say("in line {line}", line=Line(number)) for number in (5, 7)]
    text = say("{places: and }, {number} times", places=places, number=2)
    linked = text.shown(lambda line: f"[{line}](#L{line})")
    assert linked == "in line [5](#L5) and in line [7](#L7), 2 times"
    assert linked.told({"in line {line}": "第 {line} 行"}).startswith("第 [5](#L5) 行 and")


def test_values_are_no_templates() -> None:
    text = say("{quote} is here", quote="`{cells} {0.real} {{`")
    assert text == "`{cells} {0.real} {{` is here"
    assert text.told({"{quote} is here": "这里有 {quote}"}) == "这里有 `{cells} {0.real} {{`"


def test_a_text_comes_out_of_another_process_as_it_went_in() -> None:
    line = say("{it} See line {line}", it=message(), line=Line(5))
    copy = pickle.loads(pickle.dumps(line))
    assert copy == "3 cells: `Code` and column 1,000 are absent. See line 5"
    assert copy.shown(hex).told(CATALOGUE) == "3 格：缺少`Code`、第 1,000 列。 See line 0x5"


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
