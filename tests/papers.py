"""Papers to be written into lists, all of them invented."""

from __future__ import annotations

import rules
from rules import Conventions, Document, NewRow, Paper
from tests import lists

SECTION = ("A list", "Agents")
TOP = "# A list\n\n## Agents\n\n"


def known(number: int, title: str = "", link: str = "") -> Paper:
    """What a row of this number tells, perhaps under another title or link."""
    return Paper(
        title or lists.title(number),
        link or lists.paper(number),
        f"https://github.com/gardener/plot-{number}" if number % 5 == 0 else "",
        f"arXiv {lists.month(number)[:4]}",
        lists.month(number),
    )


def read(text: str) -> tuple[Document, Conventions]:
    document = rules.parse(text)
    return document, rules.infer(document)


def written(text: str, paper: Paper, section: tuple[str, ...] = SECTION) -> NewRow:
    """The row of a paper, checked: inserting it puts its line where it says."""
    found = rules.write_row(*read(text), section, paper)
    assert found is not None
    lines = rules.apply(text, [found.edit]).splitlines()
    assert lines[found.at - 1] == found.line
    assert [*lines[: found.at - 1], *lines[found.at :]] == text.splitlines()
    return found


def line(text: str, paper: Paper) -> str:
    return written(text, paper).line
