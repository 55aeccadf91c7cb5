from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import rules
from bot import config
from rules import Severity
from tests.alive import HOSTILE, alive
from tests.lists import steady

README = "README.md"
NAMES = ", ".join(f"`{rule.name}`" for rule in rules.all_rules())
LINKS = "rules:\n  link-format:\n"


def said(text: str) -> list[tuple[int, int, str]]:
    try:
        config.load(text)
    except config.ConfigError as error:
        return [(p.line, p.column, p.message) for p in error.problems]
    return []


def problems(text: str) -> list[tuple[int, int, str]]:
    assert said(text)
    return said(text)


@pytest.mark.parametrize(
    "text",
    ["rules:\nfiles:\npaths:\nfail_on:\n", "rules: {date-order: , link-format: }", "columns:"],
)
def test_a_key_with_nothing_after_it_means_the_default(text: str) -> None:
    assert config.load(text) == config.Configuration()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "{}", "\ufeff{}\n"])
def test_everything_has_a_default(text: str) -> None:
    read = config.load(text)
    assert read == config.Configuration()
    assert read.for_path(README) == rules.Config()


def test_all_that_is_written_is_read() -> None:
    read = config.load(
        "files: [README.md, 'papers/**/*.md']\nfail_on: error\nmax_comments: 3\n"
        "rules:\n  date-order: note\n"
    )
    assert read.files == ("README.md", "papers/**/*.md")
    assert (read.fail_on, read.max_comments) == ("error", 3)
    assert read.for_path(README).severities == {"date-order": Severity.NOTE}


@pytest.mark.parametrize(
    ("value", "severities"),
    [
        ("off", {"date-order": Severity.OFF}),  # what YAML reads as false
        ("'off'", {"date-order": Severity.OFF}),
        ("no", {"date-order": Severity.OFF}),
        ("on", {}),  # what YAML reads as true: as the rule says by itself
        ("error", {"date-order": Severity.ERROR}),
        ("{severity: off}", {"date-order": Severity.OFF}),
        ("{}", {}),
    ],
)
def test_a_rule_is_turned_off_on_or_to_a_severity(
    value: str, severities: dict[str, Severity]
) -> None:
    assert config.load(f"rules:\n  date-order: {value}\n").for_path(README).severities == severities


def test_options_of_links_have_levels_of_their_own_and_the_others_keep_theirs() -> None:
    read = config.load(LINKS + "    severity: warning\n    pdf: note\n    mirror: off\n").for_path(
        README
    )
    options = read.options["link-format"]
    assert read.severities == {"link-format": Severity.WARNING}
    assert (options.pdf, options.mirror) == (Severity.NOTE, Severity.OFF)
    assert (options.tracking, options.insecure) == (Severity.WARNING, Severity.NOTE)


def test_a_configured_option_changes_what_is_said() -> None:
    table = "| Paper |\n|---|\n| [x](https://arxiv.org/pdf/2401.00001) |\n"
    read = config.load(LINKS + "    pdf: warning\n").for_path(README)
    assert rules.lint(rules.parse(table)) == []
    [said] = rules.lint(rules.parse(table), read)
    assert (said.rule, said.severity) == ("link-format", Severity.WARNING)


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("filez: []", 1, 1, "`filez` is no key here; did you mean `files`?"),
        ("# hi\n\nmax_coments: 1", 3, 1, "did you mean `max_comments`?"),
        ("rules:\n  link-formt: off", 2, 3, "`link-formt` is no key here; did you mean `link-for"),
        ("rules:\n  link_format: off", 2, 3, "did you mean `link-format`?"),
        ("rules:\n  zzz: off", 2, 3, f"known are {NAMES}"),
        (LINKS + "    miror: off", 3, 5, "`miror` is no key here; did you mean `mirror`?"),
        ("zzz: 1", 1, 1, "known are `files`, `fail_on`, `max_comments`, `fix`, `pushes`"),
        ("files: &x [*x]", 1, 12, "an alias is not read here; write out what it stands for"),
        ("rules: &x {}\npaths:\n  <<: *x", 3, 7, "an alias is not read here"),
        ("max_comments: lots", 1, 1, "`max_comments`: input should be a valid integer"),
        ("max_comments: yes", 1, 1, "`max_comments`: input should be a valid integer"),
        ("max_comments: 99", 1, 1, "`max_comments`: input should be less than or equal to 50"),
        ("max_comments: -1", 1, 1, "`max_comments`: input should be greater than or equal to 0"),
        ("fail_on: always", 1, 1, "`fail_on`: input should be 'never', 'error' or 'warning'"),
        ("files: a.md", 1, 1, "`files`: should be a list"),
        ("files:\n- a.md\n- 7", 3, 3, "`files.1`: should be text; put it into quotes"),
        ("rules: off", 1, 1, "`rules`: should be a mapping of keys to values"),
        ("rules:\n  date-order: 5", 2, 3, "`rules.date-order`: should be a mapping of keys"),
        ("rules:\n  date-order: loud", 2, 3, "should be 'off', 'note', 'warning' or 'error'"),
        (LINKS + "    pdf: loud", 3, 5, "`rules.link-format.pdf`: input should be 'off', 'note'"),
        (
            "files: []\nmax_comments: 1\nfiles: []",
            3,
            1,
            "`files` stands in line 1 already; put the",
        ),
        ("rules: {date-order: off, date-order: on}", 1, 26, "`date-order` stands in line 1"),
        ("zzz:", 1, 1, "`zzz` is no key here"),
        ("paths: [a.md]", 1, 1, "`paths`: should be a mapping of keys to values"),
        ("paths:\n  a.md: {rulez: {}}", 2, 10, "`rulez` is no key here; did you mean `rules`?"),
        ("paths:\n  a.md: {rules: {date-ordr: off}}", 2, 18, "did you mean `date-order`?"),
        ("paths:\n  a.md: {fail_on: never}", 2, 10, "`fail_on` is no key here; known are `rules`"),
        ("columns:\n  Year: {max_lenght: 4}", 2, 10, "did you mean `max_length`?"),
        (
            "columns:\n  Year: {max_length: 0}",
            2,
            10,
            "`columns.Year.max_length`: input should be gr",
        ),
        ("columns:\n  Free: {one_of: [Yes, 'No']}", 2, 19, "should be text; put it into quotes"),
        ("columns:\n  Free: {final_period: 1}", 2, 10, "should be true or false"),
        ("columns:\n  2024: {}", 2, 3, "`columns.2024`: should be text; put it into quotes"),
        ("columns:\n  Year: {pattern: '[0-9'}", 2, 10, "unterminated character set at position 0"),
        ("columns:\n  Year: {pattern: '[[a]]'}", 2, 10, "Possible nested set at position 1"),
        ("columns:\n  Year: {pattern: 'a{9999999999}'}", 2, 10, "no regular expression that Pyt"),
        (f"columns: {{Year: {{pattern: '{'a' * 201}'}}}}", 1, 18, "at most 200 characters"),
        ("labels:\n  prefx: x", 2, 3, "`prefx` is no key here; did you mean `prefix`?"),
        ("labels:\n  map: {A: 1}", 2, 9, "`labels.map.A`: should be text; put it into quotes"),
        (f"labels: {{triage: {'a' * 51}}}", 1, 10, "should have at most 50 characters"),
        ("links: {hour: 24}", 1, 9, "`links.hour`: input should be less than or equal to 23"),
        ("links: {schedule: hourly}", 1, 9, "input should be 'weekly', 'daily', 'monthly' or"),
        ("extends: shared", 1, 1, "`extends`: should be owner/repository or owner/repository:path"),
        ("extends: [a/b]", 1, 1, "`extends`: should be text"),
        ("- a", 1, 1, "should be a mapping of keys to values"),
        ("'[key]': 1", 1, 1, "`[key]` is no key here; known are"),
        ("paths:\n  '[key]': {zzz: 1}", 2, 13, "`zzz` is no key here; known are `rules`"),
        ("1: 2", 1, 1, "`1`: keys should be strings"),
        ("files: []\nrules:\n  yes: off", 2, 1, "`rules.1`: keys should be strings"),
        ("a: [\n", 2, 1, "this is no YAML: `expected the node content"),
        ("files: []\n\tb: 1", 2, 1, "this is no YAML"),
        ("? [a]\n: 2", 1, 3, "this is no YAML: `found unhashable key`"),
        ("a: 1\n---\nb: 2", 2, 1, "but found another document"),
        ("!!python/object:os.system {}", 1, 1, "could not determine a constructor"),
        ("files: 2001-99-99", 1, 1, "this is no YAML: `month must be in 1..12`"),
        ("files: !!int x", 1, 1, "this is no YAML"),
        ("a: \0", 1, 1, "this is no YAML"),
        ("files: " + "[" * 5000, 1, 1, "this is no YAML"),
        ("a: 1\n" * 30_000, 1, 1, "the file is longer than 50,000 characters"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_the_way_out(
    text: str, line: int, column: int, message: str
) -> None:
    [(found_line, found_column, told)] = problems(text)
    assert (found_line, found_column) == (line, column)
    assert message in told


KEYS = st.sampled_from(
    (
        *(None, True, 7, 1.5, date(2025, 1, 1), "[key]", "0", "", "zzz", "files", "rules", "paths"),
        *("columns", "extends", "date-order", "link-format", "severity", "pattern", "one_of"),
    )
)
ANYTHING = st.recursive(
    KEYS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3)
)


@steady(400)
@given(st.dictionaries(KEYS, ANYTHING, min_size=1, max_size=3))
def test_whatever_stands_there_is_read_or_refused_with_a_place(data: dict[Any, Any]) -> None:
    text = yaml.dump(data, Dumper=Spelled)
    lines = text.split("\n")
    for line, column, message in said(text):
        assert message
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1])


class Spelled(yaml.SafeDumper):
    """Writes everything out, without aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  PyYAML asks for it
        return True


def test_every_problem_is_told_in_order_of_lines() -> None:
    text = "zzz: 1\nmax_comments: lots\nrules:\n  date-order: loud\n  zzz: off\n"
    assert [line for line, _, _ in problems(text)] == [1, 2, 4, 5]
    with pytest.raises(config.ConfigError, match=r"line 1, column 1: .*\nline 2, column 1: "):
        config.load(text)


@pytest.mark.parametrize("key", [title for title in HOSTILE if len(title) < 100])
def test_a_key_comes_alive_nowhere(key: str) -> None:
    quoted = "'" + key.replace("'", "''") + "'"
    for text in (f"{quoted}: 1", f"rules:\n  {quoted}: off", f"!<{key.replace(' ', '')}> x"):
        for _, _, message in problems(text):
            assert alive(f"- line 1: {message}") == []


# --- by path


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("README.md", Severity.NOTE),
        ("papers/a.md", Severity.WARNING),
        ("papers/deep/a.md", Severity.WARNING),
        ("papers/old/a.md", Severity.ERROR),
        ("papers/old/deep/odd.md", None),
    ],
)
def test_later_patterns_go_above_earlier_ones_and_all_above_the_top(
    path: str, severity: Severity | None
) -> None:
    read = config.load(
        "paths:\n"
        "  'papers/**/*.md': {rules: {date-order: warning}}\n"
        "  'papers/old/*': {rules: {date-order: error}}\n"
        "  '**/odd.md': {rules: {date-order: on}}\n"
        "  'nothing/said': \n"
        "rules: {date-order: note}\n"
    )
    assert read.for_path(path).severities.get("date-order") == severity


def test_options_of_a_path_join_those_of_the_top() -> None:
    read = config.load(
        LINKS + "    pdf: note\n    mirror: off\n"
        "paths: {a.md: {rules: {link-format: {mirror: error, severity: warning}}}}\n"
    )
    options = read.for_path("a.md").options["link-format"]
    assert (options.pdf, options.mirror) == (Severity.NOTE, Severity.ERROR)
    assert read.for_path("a.md").severities == {"link-format": Severity.WARNING}
    assert read.for_path("b.md").options["link-format"].mirror is Severity.OFF
