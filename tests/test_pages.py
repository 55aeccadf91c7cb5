"""The page of each rule is executed: what it shows is what happens.

A page is Markdown with code blocks whose info string tells their role:

- `markdown list`: a list in which nothing is to be said; it serves the blocks after it.
- `markdown flagged`: rows added at that list's end; the whole list, edited, when it begins as the
  list does.
- `text says`: all that is then said, a line each: `severity: message`, and for another rule than
  the page's own `severity (rule): message`.
- `markdown fixed`: what the safe fixes make of those rows; of the whole list when it begins as the
  list does (a row moves). Without this block nothing is mended by itself.
- `markdown accepted`: rows at the list's end of which this rule says nothing, and no other one
  more than a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, get_type_hints

import pytest

import rules
from bot.words import Words
from rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.mark import ParameterSet

    from rules import Diagnostic, Rule

_BLOCK = re.compile(r"^```\w+ (?P<role>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", re.MULTILINE)
# VOICE: words of ours that people are spared.
_UNSPOKEN = re.compile(
    r"\b(finding|introduced?|diagnostic|base|head|fingerprint|sweep|verdict|abstain|baseline|debt"
    r"|unsafe|his)s?\b|missing mark",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_NAMES = {"arXiv", "DOI", "GitHub", "HTML", "OpenReview", "PDF", "https"}
RULES = {rule.name: rule for rule in rules.all_rules()}


@dataclass(frozen=True)
class Example:
    """Rows added to a list, with what is said and what the fix makes of them."""

    rule: Rule
    before: str
    rows: str
    says: str
    fixed: str | None

    @property
    def after(self) -> str:
        whole = self.rows.startswith(self.before.partition("\n")[0])
        return self.rows if whole else self.before + self.rows


def _blocks(page: str) -> list[tuple[str, str]]:
    return [(match["role"], match["text"]) for match in _BLOCK.finditer(page)]


def _examples(role: str) -> list[ParameterSet]:
    return list(_find_examples(role))


def _find_examples(role: str) -> Iterator[ParameterSet]:
    """Every `flagged` or `accepted` block with what belongs to it."""
    for rule in RULES.values():
        before = ""
        blocks = [*_blocks(rules.explain(rule.name)), ("end", ""), ("end", "")]
        for number, (kind, text) in enumerate(blocks):
            before = text if kind == "list" else before
            if kind == role:
                rest = dict(blocks[number + 1 : number + 3])
                example = Example(rule, before, text, rest.get("says", ""), _fixed(before, rest))
                yield pytest.param(example, id=f"{rule.name}-{number}")


def _fixed(before: str, rest: dict[str, str]) -> str | None:
    fixed = rest.get("fixed")
    whole = fixed is None or (fixed and before.startswith(fixed.partition("\n")[0]))
    return fixed if whole else before + (fixed or "")


def _said(example: Example) -> list[Diagnostic]:
    before = rules.parse(example.before)
    known = rules.infer(before)
    after = rules.lint(rules.parse(example.after), conventions=known)
    return rules.compare(rules.lint(before, conventions=known), after)


def _line(diagnostic: Diagnostic, rule: Rule) -> str:
    other = "" if diagnostic.rule == rule.name else f" ({diagnostic.rule})"
    return f"{diagnostic.severity}{other}: {diagnostic.message}\n"


def _mend(text: str, said: list[Diagnostic]) -> str:
    fixes = [d.fix for d in said if d.fix and d.fix.safe]
    return rules.apply(text, [edit for fix in fixes for edit in fix.edits])


@pytest.mark.parametrize("example", _examples("flagged"))
def test_what_a_page_flags_is_said_in_its_words(example: Example) -> None:
    assert "".join(_line(d, example.rule) for d in _said(example)) == example.says


@pytest.mark.parametrize("example", _examples("flagged"))
def test_what_a_page_flags_is_said_in_chinese_alone(example: Example) -> None:
    """No English but names and the list's own headings, outside of code spans."""
    tables = rules.parse(example.after).tables
    known = _NAMES | {word for table in tables for name in table.headings for word in name.split()}
    for diagnostic in _said(example):
        chinese = Words("zh")(diagnostic.message)
        assert set(re.findall("[A-Za-z]+", _SPAN.sub("", chinese))) <= known
        assert re.search("[一-鿿]", chinese)


@pytest.mark.parametrize("example", _examples("flagged"))
def test_the_fix_makes_of_it_what_the_page_shows_and_leaves_nothing_to_mend(
    example: Example,
) -> None:
    mended = _mend(example.after, _said(example))
    assert mended == (example.after if example.fixed is None else example.fixed)
    known = rules.infer(rules.parse(example.before))
    rest = rules.lint(rules.parse(mended), conventions=known)
    assert [d for d in rest if d.fix and d.fix.safe] == []


@pytest.mark.parametrize("example", _examples("accepted"))
def test_what_a_page_accepts_is_left_alone(example: Example) -> None:
    said = _said(example)
    assert [d for d in said if d.rule == example.rule.name] == []
    assert [d for d in said if d.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("name", RULES)
def test_a_page_has_its_parts_in_order_and_every_kind_of_example(name: str) -> None:
    page = rules.explain(name)
    assert page.startswith(f"# {name}\n\n")
    headings = re.findall(r"^## (.+)$", _BLOCK.sub("", page), re.MULTILINE)
    assert headings == ["Why", "Example", "Accepted", "Options"]
    roles = [role for role, _ in _blocks(page)]
    assert set(roles) - {"fixed"} == {"list", "flagged", "says", "accepted"}
    assert all(then == "says" for role, then in pairwise(roles) if role == "flagged")
    assert page.count("\n```") == 2 * len(roles)


@pytest.mark.parametrize("name", RULES)
def test_nothing_is_said_of_the_list_that_a_page_begins_with(name: str) -> None:
    lists = [text for role, text in _blocks(rules.explain(name)) if role == "list"]
    assert [rules.lint(rules.parse(text)) for text in lists] == [[]] * len(lists)


@pytest.mark.parametrize("name", RULES)
def test_a_page_and_its_rule_agree_on_severity_and_options(name: str) -> None:
    rule, page = RULES[name], rules.explain(name)
    opening = page.split("\n\n")[1]
    assert f"Default: {rule.severity}" in opening
    options = page.partition("## Options\n")[2]
    assert _OPTION.findall(options) == _options(rule)
    assert (options.strip() == "None.") == (not rule.options)


def _options(rule: Rule) -> list[tuple[str, str, str]]:
    """Name, default and description of each option."""
    if rule.options is None:
        return []
    hints = get_type_hints(rule.options, include_extras=True)
    return [
        (option.name, str(option.default), hints[option.name].__metadata__[0])
        for option in fields(rule.options)
    ]


@pytest.mark.parametrize("name", RULES)
def test_a_page_speaks_the_language_of_its_readers(name: str) -> None:
    prose = _BLOCK.sub("", rules.explain(name))
    assert _UNSPOKEN.findall(prose) == []
    messages = [text for role, text in _blocks(rules.explain(name)) if role == "says"]
    assert _UNSPOKEN.findall("".join(messages)) == []


def test_every_page_has_its_rule_and_every_rule_its_page() -> None:
    pages = Path(rules.__file__).parent.glob("*.md")
    assert sorted(page.stem.replace("_", "-") for page in pages) == sorted(RULES)
