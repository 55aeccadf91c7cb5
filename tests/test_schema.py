"""The schema and the loader, held to the same verdicts."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import rules
from bot import config
from bot.schema import keys, schema
from tests.lists import steady

jsonschema: Any = importlib.import_module("jsonschema")  # it ships no types
VALIDATOR = jsonschema.Draft202012Validator(
    schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
NAMES = [rule.name for rule in rules.all_rules()]


def loads(data: Any) -> bool:
    try:
        config.load(yaml.safe_dump(data, allow_unicode=True))
    except config.ConfigError:
        return False
    return True


def verdicts(data: Any) -> tuple[bool, bool]:
    return VALIDATOR.is_valid(data), loads(data)


def test_it_is_a_schema_and_plain_json() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_key_has_its_sentence_and_nothing_has_a_title() -> None:
    mappings = [schema(), *schema()["$defs"].values()]
    facts = [(key, of) for mapping in mappings for key, of in mapping["properties"].items()]
    assert [key for key, of in facts if not of.get("description")] == []
    assert '"title"' not in json.dumps(schema())


def test_each_rule_is_a_key_with_its_severities_and_options() -> None:
    table = schema()["$defs"]["Rules"]["properties"]
    assert list(table) == NAMES
    short = ["off", "note", "warning", "error", True, False]
    assert all(of["anyOf"][0]["enum"] == short for of in table.values())
    assert {"severity", "mirror", "pdf"} <= set(schema()["$defs"]["link-format"]["properties"])


@pytest.mark.parametrize(
    ("path", "known"),
    [
        (
            (),
            [
                "files",
                "fail_on",
                "max_comments",
                "fix",
                "pushes",
                "bots",
                "labels",
                "requests",
                "contributors",
                "links",
                "language",
                "extends",
                "rules",
                "paths",
                "columns",
            ],
        ),
        (("links",), ["pulls", "schedule", "weekday", "hour", "confirm_after", "fix"]),
        (("rules",), NAMES),
        (("paths", "a.md"), ["rules"]),
        (("paths", "a.md", "rules"), NAMES),
        (("paths", "a.md", "rules", "date-order"), ["severity"]),
        (("columns", "Year"), ["one_of", "max_length", "pattern", "final_period"]),
    ],
)
def test_the_keys_of_a_place_are_known(path: tuple[str, ...], known: list[str]) -> None:
    assert keys(path) == known


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"files": None, "rules": None, "columns": {"Year": None}, "paths": {"a": None}},
        {"files": ["a.md"], "fail_on": "error", "max_comments": 50},
        {"rules": {"date-order": False, "link-format": {"severity": True, "pdf": False}}},
        {"paths": {"*.md": {"rules": {"date-order": "note"}}}},
        {"columns": {"Year": {"pattern": "[0-9]+", "max_length": 4.0, "final_period": False}}},
        {"extends": "bob/shared:a b/c.yml"},
        {"labels": {"pulls": True, "prefix": "s: ", "map": {"A": "b", "C": False, "D": None}}},
        {"links": {"schedule": False, "hour": 0, "fix": "pull_request"}, "requests": False},
        {"labels": None, "links": {"weekday": None}, "contributors": True},
    ],
)
def test_what_is_good_is_good_for_both(data: Any) -> None:
    assert verdicts(data) == (True, True)


@pytest.mark.parametrize(
    "data",
    [
        [],
        "files",
        {"filez": []},
        {"files": [1]},
        {"files": [None]},
        {"max_comments": True},
        {"max_comments": 51},
        {"max_comments": "3"},
        {"fail_on": False},
        {"rules": {"date-order": 0}},
        {"rules": {"link-format": {"pdf": True}}},
        {"rules": {"link_format": "off"}},
        {"paths": {"*.md": {"files": []}}},
        {"columns": {"Year": {"pattern": "["}}},
        {"columns": {"Year": {"pattern": "a" * 201}}},
        {"columns": {"Year": {"one_of": [True]}}},
        {"labels": {"map": {"A": True}}},
        {"labels": {"map": {"A": "a" * 51}}},
        {"labels": {"map": ["A"]}},
        {"labels": {"color": "red"}},
        {"links": {"schedule": "hourly"}},
        {"links": {"hour": 24}},
        {"links": {"confirm_after": 0}},
        {"contributors": "on"},
        {"extends": "bob"},
        {"extends": "bob/shared:"},
    ],
)
def test_what_is_bad_is_bad_for_both(data: Any) -> None:
    assert verdicts(data) == (False, False)


SCALARS = st.sampled_from(
    [None, True, False, 0, 1, 3.0, 2.5, 51, -1, "off", "note", "error", "on", "", "a", "bob/list"]
)
SMALL = SCALARS | st.lists(SCALARS, max_size=2)
RULES = st.dictionaries(
    st.sampled_from([*NAMES, "severity", "mirror"]),
    SMALL | st.dictionaries(st.sampled_from(["severity", "pdf", "mirror", "zzz"]), SMALL),
    max_size=2,
)
COLUMN = st.dictionaries(
    st.sampled_from(["one_of", "max_length", "pattern", "final_period", "zzz"]), SMALL
)
CONFIGS = st.fixed_dictionaries(
    {},
    optional={
        "files": SMALL,
        "fail_on": st.sampled_from(["never", "error", "warning"]) | SMALL,
        "max_comments": SMALL,
        "pushes": st.sampled_from(["comment", "check"]) | SMALL,
        "fix": st.sampled_from(["suggest", "commit"]) | SMALL,
        "requests": st.sampled_from(["preview", "pull_request"]) | SMALL,
        "labels": SMALL
        | st.dictionaries(
            st.sampled_from(["issues", "prefix", "map", "triage", "zzz"]),
            SMALL | st.dictionaries(st.sampled_from(["A", "B > C"]), SMALL, max_size=2),
            max_size=2,
        ),
        "links": SMALL
        | st.dictionaries(st.sampled_from(["schedule", "hour", "fix", "zzz"]), SMALL, max_size=2),
        "extends": SMALL,
        "rules": RULES | SMALL,
        "paths": st.dictionaries(
            st.sampled_from(["*.md", "a"]),
            SMALL | st.dictionaries(st.sampled_from(["rules", "files"]), RULES, max_size=1),
            max_size=2,
        ),
        "columns": st.dictionaries(st.sampled_from(["Year", "Tag"]), COLUMN | SMALL, max_size=2),
    },
)


@steady(600)
@given(CONFIGS)
def test_schema_and_loader_always_agree(data: Any) -> None:
    by_schema, by_loader = verdicts(data)
    assert by_schema is by_loader
