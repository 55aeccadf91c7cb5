"""Labels for sections: how they are called, within what GitHub takes, and what a push renames."""

from __future__ import annotations

import colorsys
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from bot.words import Words
from rules import Label, Naming
from tests import lists
from tests.alive import HOSTILE
from tests.lists import steady

MOST = 30


def listed(*headings: str, rows: int = 2) -> str:
    """A list with a small table below each of these, such as `## Agents`, unless it ends in `!`."""
    parts = []
    for at, heading in enumerate(headings):
        table = lists.table(lists.rows(range(rows * at, rows * at + rows)))
        parts.append(heading[:-1] if heading.endswith("!") else f"{heading}\n\n{table}")
    return "\n\n".join(parts)


def planned(*headings: str, naming: Naming | None = None) -> tuple[Label, ...]:
    return rules.plan_labels([rules.parse(listed(*headings))], naming)


def names(*headings: str, naming: Naming | None = None) -> list[str]:
    return [label.name for label in planned(*headings, naming=naming)]


def test_each_section_with_a_table_gets_its_label() -> None:
    labels = planned("# Papers!", "## Survey", "## News!", "## Agent Router")
    assert [label.name for label in labels] == ["Survey", "Agent Router"]
    assert labels[1].sections == (("Papers", "Agent Router"),)
    told = 'Rows of "Agent Router". Set by Listwright; remove it and it stays away.'
    assert labels[1].description == told


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("## 2.1 **Data** & [Benchmarks](#top)", "Data & Benchmarks"),
        ("## 3) Tools:", "Tools"),
        ("## 2025.06", "2025.06"),
        ("## 3D Vision", "3D Vision"),
        ("## 📄 <b>Papers</b>", "📄 Papers"),
        ("## 推理安全", "推理安全"),
    ],
)
def test_a_label_is_called_as_the_heading_reads_without_its_number(heading: str, name: str) -> None:
    assert names(heading) == [name]


def test_a_heading_that_says_nothing_gets_no_label() -> None:
    assert names("## ![](a.png)", "## Survey") == ["Survey"]
    assert rules.plan_labels([rules.parse(lists.good(3))]) == ()


def test_equal_headings_are_told_apart_by_those_above_and_by_numbers_at_last() -> None:
    found = names("# Agents!", "## Survey", "## Tools", "# Safety!", "## survey")
    assert found == ["Agents: Survey", "Tools", "Safety: survey"]
    long = "x" * 60
    [one, other] = names(f"# {long} a!", "## Survey", f"# {long} b!", "## Survey")
    assert one != other
    assert other.endswith("… 2")


def test_a_long_heading_is_cut_between_words() -> None:
    [label] = planned("## " + "Reasoning about the limits " * 3)
    assert label.name == "Reasoning about the limits Reasoning about the…"
    assert label.description.startswith('Rows of "Reasoning about the limits Reasoning')


def test_more_than_thirty_sections_get_the_labels_of_their_parents() -> None:
    headings = [f"### Topic {n}" for n in range(40)]
    split = ["# List!", "## Theory!", *headings[:25], "## Practice!", *headings[25:], "## Misc"]
    labels = planned(*split)
    assert [label.name for label in labels] == ["Theory", "Practice", "Misc"]
    assert len(labels[0].sections) == 25
    assert labels[0].description.startswith('Rows of "Theory".')
    assert len(names("# List!", "## Theory!", *headings[:MOST])) == MOST


def test_a_parent_of_nearly_everything_tells_nothing() -> None:
    flat = ["# List!", *(f"## Topic {n}" for n in range(40))]
    assert names(*flat) == []
    naming = Naming(names={"Topic 7": "seven"})
    assert names(*flat, naming=naming) == ["seven"]


def test_the_configuration_names_headings_paths_and_all_below_them() -> None:
    naming = Naming(
        "in: ", {"survey": "overview", "Safety > Tools": "safe tools", "Old": "", "Agents": "agent"}
    )
    headings = ["# Agents!", "## Survey", "## Tools", "# Safety!", "## Tools", "# Old", "## Older"]
    assert names(*headings, "# New", naming=naming) == [
        "overview",
        "agent",
        "safe tools",
        "in: New",
    ]


def test_several_sections_may_share_a_label() -> None:
    naming = Naming(names={"Survey": "Reading", "Books": "reading"})
    [label] = planned("# Survey", "# Books", "# Reading", naming=naming)
    assert label.name == "Reading"
    assert label.sections == (("Survey",), ("Books",), ("Reading",))
    assert label.description.startswith("Rows of 3 sections.")


def test_a_colour_belongs_to_the_name_and_black_is_read_on_it() -> None:
    colors = {label.name: label.color for label in planned("# Agents", "# Survey", "# Safety")}
    again = {label.name: label.color for label in planned("# Safety", "# Agents")}
    assert again.items() <= colors.items()
    assert len(set(colors.values())) == 3
    for color in colors.values():
        red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
        assert colorsys.rgb_to_hls(red, green, blue)[1] > 0.75


HEADING = st.text(max_size=80) | st.sampled_from([*HOSTILE, "👨‍👩‍👧" * 20, "é" * 60, "Survey"])


@steady(150)
@given(
    st.lists(st.tuples(st.sampled_from(["#", "##", "###"]), HEADING), max_size=45),
    st.text(max_size=25),
)
def test_whatever_stands_in_headings_the_labels_are_ones_that_github_takes(
    headings: list[tuple[str, str]], prefix: str
) -> None:
    text = listed(*(f"{mark} {' '.join(title.split())} ".rstrip("!") for mark, title in headings))
    labels = rules.plan_labels([rules.parse(text)], Naming(prefix))
    assert len(labels) <= MOST
    assert len({label.key for label in labels}) == len(labels)
    for label in labels:
        assert 0 < len(label.name) <= 50
        assert label.name.strip()
        assert re.fullmatch("[0-9a-f]{6}", label.color)
        assert len(label.description) <= 100
        assert len(Words("zh")(label.description)) <= 100
        assert label.sections
    assert rules.plan_labels([rules.parse(text)], Naming(prefix)) == labels


# --- a change of headings


def renamed(before: str, after: str, naming: Naming | None = None) -> list[tuple[str, str]]:
    pairs = rules.renamed_labels([rules.parse(before)], [rules.parse(after)], naming)
    return [(old.name, new.name) for old, new in pairs]


def test_the_same_table_under_another_heading_is_the_label_renamed() -> None:
    before, after = listed("# Survey", "# Agents"), listed("# Survey", "# Routers")
    assert renamed(before, after, Naming("in: ")) == [("in: Agents", "in: Routers")]
    grown = after + f"{lists.row(9)}\n"
    assert renamed(before, grown) == [("Agents", "Routers")]


def test_a_heading_above_that_is_renamed_changes_only_what_is_named_after_it() -> None:
    before = listed("# Agents!", "## Survey", "## Tools", "# Safety!", "## Survey")
    after = before.replace("# Agents", "# Actors")
    assert renamed(before, after) == [("Agents: Survey", "Actors: Survey")]


def test_a_parent_with_its_own_label_is_renamed_with_all_below_it() -> None:
    topics = [f"## Topic {n}" for n in range(40)]
    before = listed("# Theory!", *topics[:20], "# Practice!", *topics[20:])
    assert renamed(before, before.replace("# Theory", "# Thought")) == [("Theory", "Thought")]


@pytest.mark.parametrize(
    "after",
    [
        listed("# Agents", "# Survey"),  # two headings in each other's place
        listed("# Survey", "# Routers") + lists.table(lists.rows(range(9, 12)), ""),  # most are new
        listed("# Survey").replace("# Survey", "# Survey\n\n# Agents"),  # no table any more
        listed("# Survey", "# Agents", "# Routers"),
        "",
    ],
)
def test_in_doubt_a_label_keeps_its_name(after: str) -> None:
    assert renamed(listed("# Survey", "# Agents"), after) == []


def test_a_section_that_becomes_two_keeps_its_label() -> None:
    before = listed("# Survey", "# Agents")
    table = before.partition("# Agents")[2]
    after = before.replace("# Agents", "# Routers") + f"\n# Actors{table}"
    assert renamed(before, after) == []


def test_two_sections_that_become_one_keep_their_labels() -> None:
    before = listed("# Survey", "# Agents")
    together = before.replace("# Survey", "# All").replace(
        "\n\n\n# Agents\n\n" + lists.HEADER, "\n"
    )
    assert renamed(before, together) == []


def test_sections_that_become_too_many_keep_their_labels() -> None:
    topics = [f"## Topic {n}" for n in range(MOST - 1)]
    before = listed("# Theory!", *topics, "# Practice!", "## Tools")
    assert renamed(before, before + "\n" + listed("## More")) == []


def test_a_name_that_another_section_takes_over_is_free_before() -> None:
    before = listed("# Theory!", "## Survey")
    after = before.replace("## Survey", "## Reading")
    after += "\n" + listed("# Practice!", "## Survey", rows=5)
    assert renamed(before, after) == [("Survey", "Reading")]
