"""The parts of a configuration that are mappings, and several configurations joined."""

from __future__ import annotations

import rules
from bot import config
from rules import Severity

README = "README.md"


def test_the_keys_of_labels_and_links_are_read_and_the_others_keep_their_defaults() -> None:
    read = config.load(
        "labels: {pulls: on, map: {Survey: surveys, News: off, Old: }}\n"
        "requests: off\ncontributors: on\nlinks: {schedule: off, hour: 23.0}\n"
    )
    assert (read.labels.issues, read.labels.pulls) == (True, True)
    assert read.labels.map == {"Survey": "surveys", "News": "off"}
    assert (read.requests, read.contributors) == ("off", True)
    assert (read.links.schedule, read.links.hour, read.links.weekday) == ("off", 23, "monday")
    assert (read.links.confirm_after, read.links.fix) == (3, "off")


def test_columns_are_read_into_what_the_rules_take() -> None:
    read = config.load(
        "columns:\n  Year: {pattern: '[0-9]+', max_length: 4.0}\n"
        "  Free: {one_of: ['Yes', 'No'], final_period: no}\n  Any:\n"
    )
    assert read.for_path("any.md").columns == {
        "Year": rules.Constraint(pattern="[0-9]+", max_length=4),
        "Free": rules.Constraint(one_of=("Yes", "No"), final_period=False),
        "Any": rules.Constraint(),
    }


def test_a_later_layer_goes_above_an_earlier_one_key_by_key() -> None:
    both = config.combine(
        config.read(
            "files: [a.md, b.md]\nfail_on: error\ncolumns: {Y: {max_length: 4, pattern: x}}"
        ),
        config.read(
            "files: [c.md]\nmax_comments: 3\ncolumns: {Y: {pattern: y}, Z: {max_length: 2}}"
        ),
    )
    assert (both.files, both.fail_on, both.max_comments) == (("c.md",), "error", 3)
    assert both.columns == {
        "Y": rules.Constraint(max_length=4, pattern="y"),
        "Z": rules.Constraint(max_length=2),
    }


def test_what_a_later_layer_says_at_the_top_goes_above_an_earlier_ones_paths() -> None:
    under = config.read("paths: {README.md: {rules: {date-order: off, column-count: off}}}")
    both = config.combine(under, config.read("rules: {date-order: error}"))
    assert both.for_path(README).severities == {
        "date-order": Severity.ERROR,
        "column-count": Severity.OFF,
    }


def test_a_layer_knows_where_its_extension_stands() -> None:
    layer = config.read("files: []\nextends: bob/shared:a/b.yml\n")
    assert (layer.extends, layer.extends_at) == ("bob/shared:a/b.yml", (2, 1))
    assert config.read("extends:").extends is None


def test_layers_join_what_they_say_of_labels() -> None:
    both = config.combine(
        config.read("labels: {prefix: 'p: ', map: {A: a, B: b}}"),
        config.read("labels: {pulls: true, map: {B: c}}"),
    )
    assert (both.labels.prefix, both.labels.pulls) == ("p: ", True)
    assert both.labels.map == {"A": "a", "B": "c"}
