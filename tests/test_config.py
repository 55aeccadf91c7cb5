from __future__ import annotations

import pytest

import rules
from bot import config
from rules import Severity
from tests.alive import HOSTILE, alive

LINKS = "rules:\n  link-format:\n"


def problems(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(config.ConfigError) as caught:
        config.load(text)
    return [(p.line, p.column, p.message) for p in caught.value.problems]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "{}", "\ufeff{}\n"])
def test_everything_has_a_default(text: str) -> None:
    read = config.load(text)
    assert read == config.Configuration()
    assert (read.files, read.fail_on, read.max_comments) == ((), "never", 10)
    assert read.judgement == rules.Config({}, {})


def test_all_that_is_written_is_read() -> None:
    read = config.load(
        "files: [README.md, 'papers/**/*.md']\nfail_on: error\nmax_comments: 3\n"
        "rules:\n  date-order: note\n"
    )
    assert read.files == ("README.md", "papers/**/*.md")
    assert (read.fail_on, read.max_comments) == ("error", 3)
    assert read.judgement.severities == {"date-order": Severity.NOTE}


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
    assert config.load(f"rules:\n  date-order: {value}\n").judgement.severities == severities


def test_options_of_links_have_levels_of_their_own_and_the_others_keep_theirs() -> None:
    read = config.load(LINKS + "    severity: warning\n    pdf: note\n    mirror: off\n").judgement
    options = read.options["link-format"]
    assert read.severities == {"link-format": Severity.WARNING}
    assert (options.pdf, options.mirror) == (Severity.NOTE, Severity.OFF)
    assert (options.tracking, options.insecure) == (Severity.WARNING, Severity.NOTE)


def test_a_configured_option_changes_what_is_said() -> None:
    table = "| Paper |\n|---|\n| [x](https://arxiv.org/pdf/2401.00001) |\n"
    read = config.load(LINKS + "    pdf: warning\n").judgement
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
        ("rules:\n  zzz: off", 2, 3, "known are `column-count`, `date-order`, `duplicate-paper`"),
        (LINKS + "    miror: off", 3, 5, "`miror` is no key here; did you mean `mirror`?"),
        ("zzz: 1", 1, 1, "known are `files`, `fail_on`, `max_comments`, `rules`"),
        ("a: &x [*x]", 1, 1, "`a` is no key here"),
        ("max_comments: lots", 1, 1, "`max_comments`: input should be a valid integer"),
        ("max_comments: yes", 1, 1, "`max_comments`: input should be a valid integer"),
        ("max_comments: 99", 1, 1, "`max_comments`: input should be less than or equal to 50"),
        ("max_comments: -1", 1, 1, "`max_comments`: input should be greater than or equal to 0"),
        ("fail_on: always", 1, 1, "`fail_on`: input should be 'never', 'error' or 'warning'"),
        ("files: a.md", 1, 1, "`files`: should be a list"),
        ("files:\n- a.md\n- 7", 3, 3, "`files.1`: input should be a valid string"),
        ("rules: off", 1, 1, "`rules`: should be a mapping of keys to values"),
        ("rules:\n  date-order: 5", 2, 3, "`rules.date-order`: should be a mapping of keys"),
        ("rules:\n  date-order: loud", 2, 3, "should be 'off', 'note', 'warning' or 'error'"),
        (LINKS + "    pdf: loud", 3, 5, "`rules.link-format.pdf`: input should be 'off', 'note'"),
        ("- a", 1, 1, "should be a mapping of keys to values"),
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
        ("a: 1\n" * 30_000, 1, 1, "the file is longer than 100,000 characters"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_the_way_out(
    text: str, line: int, column: int, message: str
) -> None:
    [(found_line, found_column, told)] = problems(text)
    assert (found_line, found_column) == (line, column)
    assert message in told


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


def test_the_reference_holds_every_key_with_its_default() -> None:
    told = config.reference()
    rows = [line for line in told.splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows[:4]] == [
        "files",
        "fail_on",
        "max_comments",
        "rules",
    ]
    assert "| `max_comments` | `10` | " in told
    assert "| `pdf` | `'off'` | An arXiv link to the PDF" in told
    for rule in rules.all_rules():
        assert f"\n### {rule.name}\n\n{rule.summary} Severity by itself: `{rule.severity}`." in told
    assert all(len(row.split("|")) == 5 and row.split("|")[3].strip() for row in rows)


def test_every_default_of_the_reference_can_be_written_into_the_file() -> None:
    rows = [line.split("|") for line in config.reference().splitlines() if line.startswith("| `")]
    values = {row[1].strip(" `"): row[2].strip(" `") for row in rows}
    plain = "".join(f"{key}: {values[key]}\n" for key in ("files", "fail_on", "max_comments"))
    options = [key for key in values if key not in {"files", "fail_on", "max_comments", "rules"}]
    links = LINKS + "".join(f"    {key}: {values[key]}\n" for key in options)
    read = config.load(plain + links)
    assert (read.files, read.fail_on, read.max_comments) == ((), "never", 10)
    [rule] = [rule for rule in rules.all_rules() if rule.name == "link-format"]
    assert rule.options is not None
    assert read.judgement.options["link-format"] == rule.options()
