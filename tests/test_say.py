from __future__ import annotations

import pickle

from rules import say

CATALOGUE = {
    "{size}: {names: and } are absent.": "{size}：缺少{names:、}。",
    "{cells} cells": "{cells} 格",
    "column {number:,}": "第 {number:,} 列",
}


def message() -> str:
    names = ["`Code`", say("column {number:,}", number=1000)]
    return say("{size}: {names: and } are absent.", size=say("{cells} cells", cells=3), names=names)


def test_what_is_said_is_its_english_text() -> None:
    assert message() == "3 cells: `Code` and column 1,000 are absent."
    assert hash(message()) == hash(str(message()))


def test_a_catalogue_says_it_otherwise_with_all_that_is_within() -> None:
    assert say("{it}", it=message()).told(CATALOGUE) == "3 格：缺少`Code`、第 1,000 列。"


def test_what_a_catalogue_does_not_know_stays_english_in_its_place() -> None:
    known = {"{cells} cells": "{cells} 格"}
    assert say("{it}!", it=message()).told(known) == "3 格: `Code` and column 1,000 are absent.!"


def test_values_are_no_templates() -> None:
    text = say("{quote} is here", quote="`{cells} {0.real} {{`")
    assert text == "`{cells} {0.real} {{` is here"
    assert text.told({"{quote} is here": "这里有 {quote}"}) == "这里有 `{cells} {0.real} {{`"


def test_it_goes_from_process_to_process_with_its_template_and_values() -> None:
    copy = pickle.loads(pickle.dumps(say("{it}", it=message())))
    assert copy == "3 cells: `Code` and column 1,000 are absent."
    assert copy.told(CATALOGUE) == "3 格：缺少`Code`、第 1,000 列。"
