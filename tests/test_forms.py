"""Issue forms made from a list: GitHub's syntax, whatever the headings are."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from bot.forms import FOLDER, forms
from bot.words import Words
from tests import lists
from tests.chinese import in_chinese, is_chinese
from tests.command_line import CONFIG, put, run
from tests.issue_forms import filled, read
from tests.world import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = lists.table(lists.rows(range(3)))
NEWS = "| Day | News |\n| --- | --- |\n| Monday | Rain |\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with chdir(tmp_path):
        yield


def made(*headings: str) -> str:
    """A list with a table under each heading."""
    return "".join(f"{heading}\n\n{TABLE}\n" for heading in headings)


def options(text: str) -> list[str]:
    form = read(forms(rules.parse(text), Words())["add-paper.yml"])
    found = [e for e in form["body"] if e["id"] == "section"]
    return [str(o) for o in found[0]["attributes"]["options"]] if found else []


def test_the_sections_with_tables_are_offered() -> None:
    text = made("# Papers\n\n## Survey", "## Agents") + "## Words\n\nNone here.\n"
    assert options(text) == ["Survey", "Agents"]


def test_a_heading_that_stands_twice_is_told_by_its_path() -> None:
    text = made("# A\n\n## Survey", "# B\n\n## Survey", "## Other")
    assert options(text) == ["A > Survey", "B > Survey", "Other"]


def test_tables_of_other_things_are_no_sections_for_papers() -> None:
    assert options(f"## News\n\n{NEWS}\n" + made("## Agents")) == ["Agents"]


@pytest.mark.parametrize(
    "heading", ["yes", "1,000", ":robot:x", "'quoted'", '"q"', "- a: b", "2024", "[a] {b}", "🤖 语"]
)
def test_a_heading_is_text_to_every_reader_of_yaml(heading: str) -> None:
    text = forms(rules.parse(made(f"## {heading}")), Words())["add-paper.yml"]
    quoted = heading.replace("'", "''")
    assert f"    - '{quoted}'\n" in text
    assert options(made(f"## {heading}")) == [heading]


def test_what_github_keeps_for_itself_is_not_offered_as_it_stands() -> None:
    assert options(made("## None")) == ['"None"']


def test_a_table_without_a_heading_makes_a_form_without_sections() -> None:
    assert options(TABLE) == []


@given(st.lists(st.text(max_size=30) | st.sampled_from(["None", "x", "X"])))
def test_whatever_the_headings_are_the_forms_are_good(headings: list[str]) -> None:
    text = made("# Top", *(f"## {heading}" for heading in headings))
    for form in forms(rules.parse(text), Words()).values():
        assert len(read(form)["body"]) >= 3


def elements(name: str) -> dict[str, Any]:
    return read((Path(FOLDER) / name).read_text(encoding="utf-8"))


def test_the_command_writes_both_forms_once() -> None:
    put(GOOD)
    assert run("forms").exit_code == 0
    assert filled(elements("add-paper.yml"), title="RouterDC", paper="https://x.org") == (
        "### Title\n\nRouterDC\n\n### Paper link\n\nhttps://x.org\n\n### Code link\n\n"
        "_No response_\n\n### Venue\n\n_No response_\n\n### Section\n\n_No response_"
    )
    assert filled(elements("correct-entry.yml"), entry="X", wrong="Venue, Date", right="Y") == (
        "### Entry\n\nX\n\n### What is wrong\n\nVenue, Date\n\n### What is right\n\nY"
    )
    again = run("forms")
    assert again.exit_code == 2
    assert "correct-entry.yml are there already; --force replaces" in again.stderr


def test_forced_it_writes_the_sections_anew_and_one_form_that_is_there_stops_it() -> None:
    put(GOOD), put("mine", f"{FOLDER}/add-paper.yml")
    assert "add-paper.yml is there already" in run("forms").stderr
    assert (Path(FOLDER) / "add-paper.yml").read_text() == "mine"
    assert not (Path(FOLDER) / "correct-entry.yml").exists()
    assert run("forms", "--force").exit_code == 0
    assert elements("add-paper.yml")["name"] == "Add a paper"


def test_a_file_without_a_table_or_none_at_all_is_told() -> None:
    found = run("forms", put("# Words\n\nOnly.\n"))
    assert (found.exit_code, found.stderr) == (
        2,
        "README.md: no table in it, so there are no sections to choose from\n",
    )
    assert run("forms", "absent.md").exit_code == 2


@pytest.mark.parametrize("configured", [False, True])
def test_chinese_lists_get_chinese_forms(configured: bool) -> None:
    put(GOOD if configured else in_chinese(GOOD))
    if configured:
        put("language: zh\n", str(CONFIG))
    assert run("forms").exit_code == 0
    for name in ("add-paper.yml", "correct-entry.yml"):
        form = elements(name)
        labels = [element["attributes"]["label"] for element in form["body"]]
        assert all(map(is_chinese, [form["name"], form["title"], form["description"], *labels]))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_people_fill_in_is_understood_as_a_request(language: Literal["en", "zh"]) -> None:
    written = forms(rules.parse(GOOD), Words(language))
    link, code = "https://arxiv.org/abs/2409.19886", "https://github.com/s/router"
    form = read(written["add-paper.yml"])
    values = {"title": "RouterDC", "paper": link, "venue": "NeurIPS 2024", "section": "Agents"}
    told = rules.told(form["title"], filled(form, **values))
    [paper] = told.papers
    assert (paper.title, paper.link, paper.code) == ("RouterDC", link, "")
    assert (paper.venue, told.sections, told.reports) == ("NeurIPS 2024", ("Agents",), False)
    form = read(written["correct-entry.yml"])
    wrong = form["body"][1]["attributes"]["options"][0]
    told = rules.told(form["title"], filled(form, entry=link, wrong=wrong, right=code))
    [paper] = told.papers
    assert (paper.link, paper.code, told.reports, told.about) == (link, code, True, ("code",))
