"""Rows of the real lists, taken out and written again from what they tell."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import asdict, astuple
from itertools import chain
from typing import TYPE_CHECKING

import pytest

import rules
from rules import Paper
from tests.real_lists import LISTS, acceptance, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rules import Document, Row, Table, TableConventions

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


def all_of(urls: Iterable[Iterable[str]]) -> list[str]:
    return list(chain.from_iterable(urls))


def title_of(row: Row, column: int) -> str:
    """A row's title: the longest linked text where there is a long one, else all of its cell."""
    cell = row.cells[column]
    linked = max((link.text for link in cell.links if not link.image), key=len, default="")
    return linked if len(linked) > len("a short label..") else cell.text


def paper_of(table: Table, known: TableConventions, row: Row) -> Paper:
    """What a row tells, as somebody who asks for it would."""
    columns = known.columns
    urls = [[link.url for link in cell.links if not link.image] for cell in row.cells]
    own = urls[columns.code] if columns.code is not None else all_of(urls)
    text = {role: row.cells[n].text for role, n in asdict(columns).items() if n is not None}
    link = next(url for url in all_of(urls) if is_paper(url))
    return Paper(
        title_of(row, columns.title or 0),
        link,
        next((url for url in own if "github.com" in url), ""),
        text.get("venue", ""),
        text.get("date", ""),
        extra={
            heading: next(iter(urls[n]), cell.text)
            for n, (heading, cell) in enumerate(zip(table.headings, row.cells, strict=True))
            if n not in asdict(columns).values()
        },
    )


def is_paper(url: str) -> bool:
    return rules.identify(url).partition(":")[0] not in ("", "url", "repo")


def papers(document: Document, seed: str) -> Iterator[tuple[Table, TableConventions, Row]]:
    """Some rows with a title and a paper's link, the same ones each time."""
    known = rules.infer(document).tables
    seen: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
    found = []
    for table in document.tables:
        name = (table.section.path, table.headings)
        own = known[*name, seen[name]]
        seen[name] += 1
        found += [(table, own, row) for row in table.rows if tells(table, own, row)]
    yield from random.Random(seed).sample(found, min(ROWS, len(found)))


def tells(table: Table, known: TableConventions, row: Row) -> bool:
    linked = any(is_paper(link.url) for cell in row.cells for link in cell.links if not link.image)
    return known.columns.title is not None and len(row.cells) == len(table.headings) and linked


def without(document: Document, row: Row) -> str:
    lines = document.text.splitlines(keepends=True)
    return "".join(lines[: row.line - 1] + lines[row.line :])


def told_cells(known: TableConventions, row: Row) -> list[tuple[str, set[str]]]:
    """The cells of a row that a paper's facts fill: the text that shows, and what is linked."""
    cells = [row.cells[n] for n in sorted({n for n in astuple(known.columns) if n is not None})]
    return [
        (cell.text, {rules.identify(link.url) for link in cell.links if not link.image})
        for cell in cells
    ]


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.parent.name + path.stem)
def test_rows_come_back_as_they_were_and_the_rules_are_silent(path: Path) -> None:
    document = rules.parse(read(path))
    same = total = 0
    for table, known, row in papers(document, path.name):
        text = without(document, row)
        rest = rules.parse(text)
        paper = paper_of(table, known, row)
        found = rules.write_row(rest, rules.infer(rest), table.section.path, paper)
        assert found is not None
        new = rules.apply(text, [found.edit])
        assert new.splitlines().count(found.line) == text.splitlines().count(found.line) + 1
        assert {said.rule for said in found.said} <= OF_THE_ROW
        (back,) = [it for t in rules.parse(new).tables for it in t.rows if it.line == found.at]
        pairs = list(zip(told_cells(known, row), told_cells(known, back), strict=True))
        same += sum(after[0] in before[0] and after[1] == before[1] for before, after in pairs)
        total += len(pairs)
    assert same >= SAME * total
