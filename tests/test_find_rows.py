"""Where a paper stands."""

from __future__ import annotations

import rules
from rules import Paper
from tests import lists
from tests.papers import SECTION, TOP, read

TEXT = TOP + lists.good(12) + "\n## Tools\n\n" + lists.table(lists.rows([3, 50]))


def lines(*links: str, title: str = "") -> list[int]:
    found = rules.find_rows(*read(TEXT), [rules.identify(link) for link in links], title)
    return [row.line for row in found]


def test_by_any_of_its_links() -> None:
    assert lines(lists.paper(4).replace("abs", "pdf") + "v2.pdf") == [11]
    assert lines("https://github.com/Gardener/Plot-5/tree/main") == [12]
    assert lines("https://x.example/unknown") == []
    assert lines() == []


def test_its_paper_tells_it_before_its_code() -> None:
    assert lines("https://github.com/gardener/plot-5", lists.paper(4)) == [11]


def test_by_its_title_with_or_without_a_nickname() -> None:
    assert lines(title=lists.title(4).upper() + ".") == [11]
    assert lines(title=f"River: {lists.title(4)}") == [11]
    assert lines(title="Counting every") == []


def test_in_all_its_sections() -> None:
    found = rules.find_rows(*read(TEXT), [rules.identify(lists.paper(3))])
    assert [(row.section, row.title) for row in found] == [
        (SECTION, lists.title(3)),
        (("A list", "Tools"), lists.title(3)),
    ]


def test_what_is_found_can_be_corrected() -> None:
    document, conventions = read(TEXT)
    (row,) = rules.find_rows(document, conventions, title=lists.title(4))
    found = rules.correct(document, conventions, row.row, Paper(venue="ACL 2025"))
    assert found is not None
    assert found.at == row.line
