from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from bot import catalogue, templates

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = templates.templates()
CODE = re.compile(r"`[^`]*`")


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_english_holds_all_that_is_said() -> None:
    assert dict(catalogue.read("en")) == {template: template for template in KNOWN}


def test_chinese_has_each_template_and_nothing_else() -> None:
    assert [template for template in KNOWN if template not in catalogue.read("zh")] == []
    assert [template for template in catalogue.read("zh") if template not in KNOWN] == []


@pytest.mark.parametrize("language", templates.LANGUAGES)
def test_a_template_says_the_same_values_in_each_language(language: str) -> None:
    said = catalogue.read(language)
    assert [each for each, other in said.items() if fields(each) != fields(other)] == []


def test_values_are_put_in_as_they_are() -> None:
    """No attribute and no item of a value, whatever a catalogue asks for."""
    names = {name for said in catalogue.read("zh").values() for name in fields(said)}
    assert [name for name in names if not name.isidentifier()] == []


def test_chinese_keeps_code_as_it_is() -> None:
    words = {"`[text](address)`"}
    codes = {each: set(CODE.findall(each)) - words for each in KNOWN}
    said = catalogue.read("zh")
    assert [each for each in KNOWN if not codes[each] <= set(CODE.findall(said[each]))] == []


def test_chinese_has_the_signs_of_chinese() -> None:
    """Full-width ones after Chinese; what stands in code spans and between values is not ours."""
    half = re.compile(r"[一-鿿][,;:?!.]|\([一-鿿]")
    said = [CODE.sub("", each) for each in catalogue.read("zh").values()]
    assert [each for each in said if half.search(each)] == []


def test_a_template_that_is_not_written_out_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "odd.py"
    path.write_text('say("{x}", x=1)\nrules.say(f"{x}")\n', encoding="utf-8")
    with pytest.raises(SyntaxError, match=r"odd\.py:2: write the template out"):
        list(templates.said_in(path))
