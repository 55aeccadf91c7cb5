"""Which section an issue belongs to, on a list that is easily sorted."""

from __future__ import annotations

import pytest

import rules
from tests import sorting
from tests.sorting import first

KETTLE = "A Quieter Whistle for Every Copper Kettle"
LISTED = "https://arxiv.org/pdf/2401.00403v2"  # the fourth paper on night trains
NEW = "https://arxiv.org/abs/2506.00001"
OTHER = sorting.section(
    "Ferries, Boats and Night Ships", "harbour deck ferry anchor sail tide", 700
)
TWIN = (
    f"## Slides\n\n{sorting.section('Bridges', 'projector pointer slide lecture talk', 800)}"
    f"{sorting.section('Posters', 'paper easel poster margin hall', 900)}"
)


# --- a section that the text names


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (f"Add {KETTLE}", "Section: Night Trains"),
        (
            f"Add {KETTLE}",
            "### Section\n\nNight Trains\n\n### Link\n\nhttps://arxiv.org/abs/2506.1",
        ),
        (f"Add {KETTLE}", "**Category:** Papers > Night Trains"),
        (f"Add {KETTLE}", "类别：Night Trains"),
        (f"Add {KETTLE}", "Section: Nigth Trains"),
        (f"Add {KETTLE}", "I think it belongs to night trains."),
        (f"Add {KETTLE}", "It belongs to night-trains."),
        (f"Add {KETTLE}", "see #night-trains"),
        (f"Add {KETTLE}", "for the Night Trains section"),
        (f"Add {KETTLE}", "Please add it to “Night Trains”"),
        (f"Add {KETTLE}", f"Night Trains: {KETTLE}"),
        (f"[Night Trains] {KETTLE}", NEW),
    ],
)
def test_a_named_section_is_taken_whatever_the_paper_is_about(title: str, body: str) -> None:
    assert first(title, body) == ("Night Trains", "named")


@pytest.mark.parametrize(
    "body",
    ["section 1.2", "Relevant to the 1.2 Bird Songs", "1.2 Bird Song", "category: Bird Song"],
)
def test_a_numbered_heading_is_named_by_number_or_words(body: str) -> None:
    assert first(f"Add {KETTLE}", body) == ("1.2 Bird Song", "named")


@pytest.mark.parametrize(
    "text",
    [
        "Kettles on night trains and under bridges",
        "A new paper about bridges between bird song and kettles",
        "Adds version 1.2 of a paper on kettles",
        "not the Night Trains section, rather about kettles",
        "Add it to bridges-and-kettles research",
    ],
)
def test_a_headings_words_in_passing_name_nothing(text: str) -> None:
    assert first(f"Add {KETTLE}", text) == ("Kettles and Teapots", "likely")


def test_several_sections_are_told_in_the_order_of_the_text() -> None:
    body = "Bird Song: Early Choirs; Night Trains: A Sleeper's Guide"
    found = rules.classify(sorting.document(), "Add two papers", body)
    assert [guess.path[-1] for guess in found] == ["1.2 Bird Song", "Night Trains"]


def test_the_longer_heading_is_meant_where_one_holds_the_other() -> None:
    extra = sorting.section("Night Trains (Asia)", "bullet express island tunnel", 600)
    for body in ("Section: Night Trains (Asia)", "under Night Trains (Asia)"):
        found = rules.classify(sorting.document(extra), "Add a paper", body)
        assert [guess.path[-1] for guess in found] == ["Night Trains (Asia)"]


def test_of_two_sections_with_one_heading_the_likelier_comes_first() -> None:
    found = rules.classify(sorting.document(TWIN), "Pointers in a Lecture Talk", "Section: Bridges")
    assert [guess.path[1:] for guess in found] == [("Slides", "Bridges"), ("Papers", "Bridges")]
    assert found[0].score > found[1].score


def test_a_section_over_others_is_named_with_the_likeliest_of_these_after_it() -> None:
    body = "Section: Slides"
    found = rules.classify(sorting.document(TWIN), "A Poster on an Easel in the Hall", body)
    assert [guess.path[1:] for guess in found[:2]] == [("Slides",), ("Slides", "Posters")]


def test_a_heading_over_the_whole_list_tells_nothing() -> None:
    assert first(f"Add {KETTLE}", "Section: Papers") == ("Kettles and Teapots", "likely")


def test_a_heading_without_blanks_is_named_between_other_letters() -> None:
    extra = sorting.section("国外大模型", "harbour deck ferry anchor sail tide", 700)
    assert first("推荐", "请加到国外大模型部分", extra) == ("国外大模型", "named")


# --- a paper that stands there already


def test_a_listed_paper_belongs_where_it_stands() -> None:
    assert first("A paper about kettles", LISTED) == ("Night Trains", "listed")
    listed = sorting.title("arch span river bridge girder crossing pillar".split(), 204)
    assert first("Add a paper", f"It is called {listed.upper()}!") == ("Bridges", "listed")


def test_a_paper_in_two_sections_belongs_to_both() -> None:
    row = "| 2024.05 | Sleeping Under a River | - | [link](https://arxiv.org/abs/2401.00403) | - |"
    extra = f"### Tunnels\n\n{sorting.HEADER}{row}\n"
    found = rules.classify(sorting.document(extra), "Add this", LISTED)
    assert [guess.path[-1] for guess in found] == ["Night Trains", "Tunnels"]


def test_a_listed_title_that_is_only_mentioned_is_not_the_paper() -> None:
    known = sorting.title("arch span river bridge girder crossing pillar".split(), 204)
    body = f"{KETTLE}, which boiling copper kettles need more than {known} does. {NEW}"
    assert first(f"Add {KETTLE}", body) == ("Kettles and Teapots", "likely")


# --- what the text resembles


@pytest.mark.parametrize("body", ["", "A copper teapot is boiling.", NEW, f"{KETTLE}\n{NEW}"])
def test_a_new_paper_belongs_where_its_like_stand(body: str) -> None:
    assert first(KETTLE, body) == ("Kettles and Teapots", "likely")


def test_scores_fall_and_are_shares() -> None:
    scores = [guess.score for guess in rules.classify(sorting.document(), KETTLE)]
    assert scores == sorted(scores, reverse=True)
    assert 0.5 < scores[0] < 1
    assert sum(scores) <= 1.01


def test_nothing_is_said_of_words_that_the_list_does_not_have() -> None:
    assert first("Quantum Flavour Dynamics", NEW) == ("", "")


def test_a_large_section_is_no_reason_by_itself() -> None:
    large = sorting.section("Large", "boiling spout copper kettle teapot steam whistle", 1, 400)
    small = sorting.section("Small", "arch span river", 500, 2)
    document = rules.parse(f"## Papers\n\n{large}{small}")
    assert rules.classify(document, "A Boiling Copper Kettle")[0].path[-1] == "Large"
    assert rules.classify(document, "Quantum Flavour Dynamics") == ()


def test_a_list_whose_sections_look_alike_is_not_guessed_at() -> None:
    words = "boiling spout copper kettle teapot steam whistle"
    parts = "".join(sorting.section(f"Shelf {n}", words, n * 100) for n in range(1, 5))
    assert rules.classify(rules.parse(f"## Papers\n\n{parts}"), KETTLE, NEW) == ()


@pytest.mark.parametrize(
    "text", ["", "# Awesome\n\nNothing yet.\n", sorting.section("One", "a b c", 1)]
)
def test_where_there_is_nothing_to_choose_nothing_is_said(text: str) -> None:
    assert rules.classify(rules.parse(text), KETTLE) == ()


def test_a_list_of_items_is_sorted_as_one_of_tables() -> None:
    def items(heading: str, words: str) -> str:
        lines = (
            f"- **{sorting.title(words.split(), n)}**\n  *A. Writer*. [[pdf](https://a.example/{n})]"
            for n in range(24)
        )
        return f"### {heading}\n\n" + "\n".join(lines) + "\n\n"

    text = items("Kettles", "boiling spout copper kettle teapot") + items(
        "Bridges", "arch span river"
    )
    guesses = rules.classify(rules.parse(text), KETTLE)
    assert guesses[0].path == ("Kettles",)


# --- what is no request


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Thanks for the kettles!", "I learned a lot from this great list."),
        ("How do you choose copper kettles?", ""),
        ("Is this list still maintained?", "The kettle section looks old."),
        ("Broken link in Night Trains", f"{LISTED} is dead"),
        ("Wrong authors of the copper kettle paper", "and its boiling spout"),
        ("Bug: the Kettles and Teapots table does not render", ""),
        ("Please fix the link of the kettle paper", LISTED),
        ("链接失效", f"Night Trains {LISTED}"),
        ("README formatting", ""),
        ("", ""),
        ("!!!", "???"),
    ],
)
def test_what_is_no_request_belongs_nowhere(title: str, body: str) -> None:
    assert first(title, body) == ("", "")


@pytest.mark.parametrize(
    "title",
    [
        "Can Copper Kettles Whistle?",
        "Wrong Whistles Are Useful to a Copper Kettle",
        "Thanks! Could you add A Whistle for Your Copper Kettle?",
        "All You Need Is a Boiling Copper Kettle",
    ],
)
def test_a_papers_title_may_ask_and_thank_and_be_wrong(title: str) -> None:
    assert first(title, NEW) == ("Kettles and Teapots", "likely")
