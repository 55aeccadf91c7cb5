"""Rows of the real lists, taken out and written again from what they tell."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

import rules
from rules import Document, NewRow, Paper, Row, _papers
from rules._context import Context, ListTable
from rules._row_facts import read as facts_of
from tests.real_lists import LISTS, acceptance, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = acceptance

WHOLE = sorted([*LISTS.glob("*/README.md"), *LISTS.glob("*/SEED.md")])
ROWS = 12
# Of cells that hold a title, date, venue, paper or code, how many come back as they were.
# Beside a title rows have remarks of their own, which nobody could know.
SAME = 0.95
# What is wrong in a row itself comes back with it.
OF_THE_ROW = {
    "duplicate-paper", "venue-format", "link-column", "missing-code-link", "shared-link",
    "date-mismatch", "arxiv-id", "title-format", "link-syntax", "empty-cell",
}  # fmt: skip
ROLES = ("date", "title", "venue", "paper", "code")


def shown(markdown: str) -> str:
    """What a reader sees of a cell's source."""
    (table,) = rules.parse(f"| a |\n| - |\n| {markdown} |\n").tables
    return table.rows[0].cells[0].text


def paper_of(listed: ListTable, row: Row) -> Paper:
    """What a row tells, as somebody who asks for it would."""
    told = facts_of(listed, row).values
    authors = tuple(shown(told["authors"]).split(", ")) if "authors" in told else ()
    facts = [told.get(name, "") for name in ("title", "link", "code", "venue", "date")]
    extra = {
        heading: next((link.url for link in cell.links if link.url), cell.text)
        for column, (heading, cell) in enumerate(
            zip(listed.table.headings, row.cells, strict=False)
        )
        if column not in {getattr(listed.columns, role) for role in ROLES}
    }
    title, link, code, venue, date = facts
    return Paper(shown(title), link, code, shown(venue), date, authors, extra)


def papers(document: Document, name: str) -> Iterator[tuple[ListTable, Row]]:
    """Some rows with a title and a link, the same ones each time."""
    tables = Context(document, rules.infer(document)).tables
    found = [
        (listed, row)
        for listed in tables
        for row in listed.rows
        if len(row.cells) == len(listed.table.headings)
        and "title" in (told := facts_of(listed, row).values)
        and _papers.is_paper(_papers.identify(told.get("link", "")))
    ]
    yield from random.Random(name).sample(found, min(ROWS, len(found)))


def without(document: Document, row: Row) -> str:
    lines = document.text.splitlines(keepends=True)
    return "".join(lines[: row.line - 1] + lines[row.line :])


def again(text: str, listed: ListTable, row: Row) -> NewRow | None:
    document = rules.parse(text)
    known = rules.infer(document)
    return rules.write_row(document, known, listed.table.section.path, paper_of(listed, row))


def told_cells(listed: ListTable, row: Row) -> list[tuple[str, set[str]]]:
    """The cells of a row that a paper's facts fill: the text that shows, and what is linked."""
    columns = {getattr(listed.columns, role) for role in ROLES} - {None}
    cells = [row.cells[column] for column in sorted(columns)]
    return [
        (cell.text, {rules.identify(link.url) for link in cell.links if not link.image})
        for cell in cells
    ]


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.parent.name + path.stem)
def test_rows_come_back_as_they_were_and_the_rules_are_silent(path: Path) -> None:
    document = rules.parse(read(path))
    same = total = 0
    for listed, row in papers(document, str(path.name)):
        text = without(document, row)
        found = again(text, listed, row)
        assert found is not None
        new = rules.apply(text, [found.edit])
        assert [line for line in new.splitlines() if line != found.line] == [
            line for line in text.splitlines() if line != found.line
        ]
        assert {said.rule for said in found.said} <= OF_THE_ROW
        tables = rules.parse(new).tables
        (back,) = [it for table in tables for it in table.rows if it.line == found.at]
        pairs = list(zip(told_cells(listed, row), told_cells(listed, back), strict=True))
        same += sum(after[0] in before[0] and after[1] == before[1] for before, after in pairs)
        total += len(pairs)
    assert same >= SAME * total
