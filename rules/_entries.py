"""What a list holds, section by section: its rows and, where they are more, its items."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules import _inline
from rules._columns import addresses, cell_at, is_filled
from rules._context import Context
from rules._conventions import infer
from rules._papers import identify, is_paper, normal_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import ListTable
    from rules._document import Document, Row

# No row says more about its section than its first so many characters and links.
_LONGEST = 2_000
_LINKS = 8
# A column of sentences: half of its cells have so many words, and most of them are no repetition.
_SENTENCE = 3
_WORD = re.compile(r"[\u3400-\u9fff]|\w+")
_LETTER = re.compile(r"[^\W\d_]")
_ITEM = re.compile(r"\s{0,12}(?:[-*+]|\d{1,4}[.)])\s+(?P<text>\S.*)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_BOLD = re.compile(r"(?:\*\*|__)([^*_]{4,300})(?:\*\*|__)")
# A line in bold above a table is a section; in a list of items it is an entry's title.
_DEEPEST = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is listed; `about` is what the list says of it, its venue too."""

    path: tuple[str, ...]
    line: int
    title: str
    about: str
    paper: str
    links: tuple[str, ...]


def entries(document: Document) -> tuple[Entry, ...]:
    """All that is listed, from top to bottom: items only where they outnumber the rows."""
    rows, items = tuple(_rows(document)), tuple(_items(document))
    both = (*rows, *items) if len(items) > len(rows) else rows
    return tuple(sorted(both, key=lambda entry: entry.line))


def papers(found: Sequence[Entry]) -> list[list[int]]:
    """The entries by number, those of one paper together: they share its identity or its title."""
    parents = list(range(len(found)))
    first: dict[str, int] = {}
    for number, entry in enumerate(found):
        for key in _keys(entry):
            parents[_root(parents, number)] = _root(parents, first.setdefault(key, number))
    groups = defaultdict(list)
    for number in range(len(found)):
        groups[_root(parents, number)].append(number)
    return list(groups.values())


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = number = parents[parents[number]]
    return number


def _keys(entry: Entry) -> Iterator[str]:
    if entry.paper:
        yield entry.paper
    title = normal_title(entry.title)
    if title:
        yield f"title {title}"


def _rows(document: Document) -> Iterator[Entry]:
    for listed in Context(document, infer(document)).tables:
        sentences = _sentences(listed)
        for row in listed.rows:
            title = _title(listed, row)
            told = (*sentences, listed.columns.venue)
            about = " . ".join(cell.text for n in told if (cell := cell_at(row, n)))
            links = [url for cell in row.cells for url in addresses(cell)][:_LINKS]
            if title:
                paper = listed.papers.get(row.line, "")
                path = listed.table.section.path
                yield Entry(path, row.line, title[:_LONGEST], about[:_LONGEST], paper, tuple(links))


def _title(listed: ListTable, row: Row) -> str:
    """A row's title; where no column holds titles, its first linked words, else its first words."""
    if listed.columns.title is not None:
        return listed.title(row)
    linked = (
        link.text for cell in row.cells for link in cell.links if not (link.image or link.bare)
    )
    texts = (cell.text for cell in row.cells)
    return next((text for text in (*linked, *texts) if _LETTER.search(text)), "")


def _sentences(listed: ListTable) -> list[int]:
    """The columns that describe: neither a role's nor one of short or repeated words."""
    known = listed.columns
    roles = (known.title, known.date, known.venue, known.code, known.paper)
    return [n for n in range(len(listed.table.headings)) if n not in roles and _tells(listed, n)]


def _tells(listed: ListTable, column: int) -> bool:
    cells = [cell_at(row, column) for row in listed.rows]
    texts = [cell.text for cell in cells if cell and is_filled(cell)]
    words = sorted(len(_WORD.findall(text[:_LONGEST])) for text in texts)
    return bool(texts) and words[len(words) // 2] >= _SENTENCE and 2 * len(set(texts)) > len(texts)


def _items(document: Document) -> Iterator[Entry]:
    """The items of lists that lead out of the repository."""
    sections = [section for section in document.sections if section.level <= _DEEPEST]
    starts = [section.line for section in sections]
    for line, text in _blocks(document):
        read = _inline.read(text[:_LONGEST], document.references)
        links = tuple(
            link.url for link in read.links if not link.image and link.url.startswith("http")
        )[:_LINKS]
        index = bisect_right(starts, line)
        if links and index:
            title = _item_title(text, read)
            names = [identify(url) for url in links]
            paper = next((name for name in names if is_paper(name)), names[0])
            yield Entry(sections[index - 1].path, line, title, "", paper, links)


def _blocks(document: Document) -> Iterator[tuple[int, str]]:
    """Each item as (line, text), with the lines that go on with it."""
    first, parts = 0, list[str]()
    for line in range(1, len(document.starts) + 1):
        text = document.line(line)
        item = _ITEM.match(text[:_LONGEST])
        ends = item or _HEADING.match(text) or "|" in text[:1]
        if ends and parts:
            yield first, " ".join(parts)
            parts = []
        if item:
            first, parts = line, [item["text"]]
        elif parts and not ends and len(parts) < _LINKS:
            parts.append(text.strip()[:_LONGEST])
    if parts:
        yield first, " ".join(parts)


def _item_title(text: str, read: _inline.Inline) -> str:
    bold = _BOLD.search(text[:_LONGEST])
    if bold:
        return bold[1]
    linked = max((link.text for link in read.links if not link.image), key=len, default="")
    return linked if len(linked) >= len(read.text) // 3 else read.text[:300]
