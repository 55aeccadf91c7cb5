"""How good the guesses on a list are, measured on the list itself."""

from __future__ import annotations

import rules
from tests import sorting

_SECTIONS = ("Early", "Middle", "Late")


def _listed(*lines: tuple[str, str, str]) -> rules.Document:
    """A list of (section, title, link)."""
    parts = []
    for section in dict.fromkeys(section for section, _, _ in lines):
        rows = (f"| 2024 | {t} | - | [link]({u}) | - |\n" for s, t, u in lines if s == section)
        parts.append(f"## {section}\n\n{sorting.HEADER}{''.join(rows)}\n")
    return rules.parse("\n".join(parts))


def _nonsense(number: int) -> str:
    """A title that shares no word with another's."""
    letters = "bcdfghjklm"
    return " ".join(f"{a}{letters[number // 10]}{letters[number % 10]}o" for a in "vwxz")


def test_a_list_whose_sections_differ_is_guessed_right() -> None:
    found = rules.evaluate(sorting.document())
    assert (found.top1, found.top3, found.coverage, found.accuracy) == (1, 1, 1, 1)


def test_a_paper_is_left_out_with_all_its_rows() -> None:
    rows = [
        (_SECTIONS[n % 3], f"{kind} {_nonsense(n)}", f"https://arxiv.org/{kind}/2401.{n:05d}")
        for n in range(60)
        for kind in ("abs", "pdf")
    ]
    found = rules.evaluate(_listed(*rows))
    assert found.top1 < 0.6
    assert found.coverage < 0.2


def test_the_same_title_is_the_same_paper_whatever_it_links() -> None:
    rows = [
        (_SECTIONS[n % 3], _nonsense(n), f"https://{site}.example/{site}{n}")
        for n in range(60)
        for site in ("one", "two")
    ]
    assert rules.evaluate(_listed(*rows)).top1 < 0.6


def test_any_section_of_a_paper_in_several_is_right() -> None:
    words = "boiling spout copper kettle teapot steam whistle".split()
    rows = [
        (section, sorting.title(words, n), f"https://arxiv.org/abs/2401.{n:05d}")
        for n in range(40)
        for section in ("Kettles", "Copper")
    ]
    assert rules.evaluate(_listed(*rows)).top1 == 1


def test_small_sections_count_as_much_as_large_ones_in_macro() -> None:
    rows = [("Large", _nonsense(n), f"https://arxiv.org/abs/2401.{n:05d}") for n in range(45)]
    rows += [("Small", _nonsense(n), f"https://arxiv.org/abs/2401.{n:05d}") for n in range(45, 50)]
    found = rules.evaluate(_listed(*rows))
    assert found.top1 > 0.8
    assert found.macro <= 0.6


def test_an_empty_list_measures_nothing() -> None:
    found = rules.evaluate(rules.parse("# Nothing\n"))
    assert (found.top1, found.coverage, found.accuracy) == (0, 0, 0)


def test_what_is_sure_by_more_than_a_title_is_not_sure_by_the_title() -> None:
    def entry(word: str, n: int) -> str:
        name = _nonsense(n)
        return f"| [Service {name}](https://a{n}.example) | {word} data for {name[:3]} people |"

    header = "| API | Description |\n| --- | --- |\n"
    topics = {"Rain": "weather", "Coins": "currency", "Maps": "geography"}
    parts = (
        f"## {name}\n\n{header}" + "\n".join(entry(word, n) for n in range(k, 90, 3)) + "\n\n"
        for k, (name, word) in enumerate(topics.items())
    )
    document = rules.parse("".join(parts))
    told = rules.classify(document, "Add Service Blub", "weather data, https://blub.example")
    assert told[0].path == ("Rain",)
    assert rules.classify(document, "Service Blub") == ()
