from __future__ import annotations

import dataclasses

import rules
from bot import config, config_model, init
from tests import lists

_MIRROR = lists.row(10).replace("//arxiv", "//www.arxiv")
BROKEN = lists.table(
    [*lists.rows(range(9)), lists.row(9, code=""), _MIRROR, *lists.rows(range(11, 20))]
)


def written(text: str) -> str:
    return init.configuration("lists/README.md", rules.infer(rules.parse(text)))


def test_the_first_configuration_names_the_list_and_changes_nothing_else() -> None:
    made = config.load(written(lists.good(20)))
    assert made == config.Configuration(files=("lists/README.md",))


def test_it_shows_each_rule_and_what_was_inferred_as_comments() -> None:
    text = written(lists.good(20))
    assert all(f"#   {rule.name}: {rule.severity}" in text for rule in rules.all_rules())
    assert "#   order    newest first, by month (19 of 19 neighbours)" in text


def test_its_comments_are_a_configuration_when_the_marks_are_taken_off() -> None:
    told = written(lists.good(20)).split("# What was inferred")[0]
    names = config_model.Settings.model_fields
    uncommented = [line.removeprefix("# ").removeprefix("#") for line in told.split("\n")]
    keys = [li for li in uncommented if li.partition(":")[0] in names or li.startswith("  ")]
    made = config.load("\n".join(keys))
    assert {line.partition(":")[0] for line in keys if line[0] != " "} == set(names)
    assert made == dataclasses.replace(
        config.Configuration(), files=("lists/README.md",), scopes=made.scopes
    )
    assert made.for_path("README.md").severities.keys() == {rule.name for rule in rules.all_rules()}


def test_the_report_lists_older_rows_by_rule_with_their_lines() -> None:
    text = init.report("README.md", rules.lint(rules.parse(BROKEN)))
    assert "## missing-code-link\n\n- line 12, warning: The Code cell is empty." in text
    assert "## link-format\n\n- line 13, warning: `www.arxiv.org`" in text
    assert "| link-format | 0 | 1 | 0 | 1 |" in text


def test_a_list_without_a_flaw_has_a_short_report() -> None:
    said = rules.lint(rules.parse(lists.good(20)))
    assert init.report("README.md", said).endswith("Nothing to mend in the older rows.\n")
