"""What a row tells of its paper, as Markdown, and the forms of its cells without that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from rules import _date_forms, _papers, _venue_forms
from rules._cell_forms import (
    ET_AL,
    LABEL,
    PREPRINT,
    UNKNOWN,
    Facts,
    Form,
    Hole,
    link_form,
    names,
    pieces,
    with_constants,
)
from rules._cell_parts import parts
from rules._columns import addresses, cell_at, is_blank, is_filled, is_mark
from rules._dates import parse_date
from rules._kinds import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._cell_parts import Part
    from rules._context import ListTable
    from rules._document import Row

AUTHORS = frozenset("author authors 作者 作者列表".split())
_NOT_LETTERS = re.compile(r"[\W_]+")
_NAME = re.compile(r"([^\s:：]{2,30}(?: [^\s:：]{1,20}){0,2})(?:: |：)")
_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?(?:[/?#]|$)")
_TITLE, _SHORT_VENUE = 16, 40
# Sites whose pictures count something of a repository.
_BADGE = re.compile(r"https?://(?:img\.shields\.io|(?:flat\.)?badgen\.net)/")
_ET_AL = re.compile(r"\bet al\.?$", re.IGNORECASE)
_MOST = 0.9
_SERIES = 3


@dataclass
class RowFacts:
    """A row's facts, and for each cell the places where they stand."""

    listed: ListTable
    row: Row
    values: dict[str, str] = field(default_factory=dict)
    holes: list[dict[Part, Hole]] = field(default_factory=list)

    @property
    def facts(self) -> Facts:
        return Facts(self.values, zeros=writes_zeros(self.listed))

    def form(self, column: int) -> Form:
        """A cell with holes for its facts; a badge has one for the repository within."""
        cell = self.row.cells[column]
        found = [
            place
            for part, hole in self.holes[column].items()
            for place in _places(part, hole, self.values)
        ]
        return tuple(pieces(cell.raw, sorted(found)))


def _places(part: Part, hole: Hole, values: dict[str, str]) -> Iterator[tuple[int, int, Hole]]:
    name = values.get("repo", "").casefold()
    at = part.text.casefold().find(name) if name and _BADGE.match(part.text) else -1
    if at >= 0:
        yield part.start + at, part.start + at + len(name), Hole("repo")
    else:
        yield part.start, part.end, hole


def name_of(heading: str) -> str:
    """A column's heading for comparing."""
    return _NOT_LETTERS.sub("", heading.casefold())


def read(listed: ListTable, row: Row) -> RowFacts:
    """Tell a row's facts."""
    found = RowFacts(listed, row)
    cells = [parts(cell) for cell in row.cells]
    found.holes = [{part: _unknown(part) for part in here} for here in cells]
    _read_links(found, cells)
    _read_title(found, cells)
    for column, here in enumerate(cells):
        _read_texts(found, column, here)
    return found


def _unknown(part: Part) -> Hole:
    return Hole(LABEL if part.linked and not part.url else UNKNOWN, part.text)


def _read_links(found: RowFacts, cells: Sequence[Sequence[Part]]) -> None:
    paper = found.listed.papers.get(found.row.line, "")
    code = _code(found, paper)
    for column, here in enumerate(cells):
        for part in (part for part in here if part.url and not part.image):
            if part.text == code:
                _tell(found, column, part, Hole("code"))
            elif paper and _papers.identify(part.text) == paper:
                _tell(found, column, part, Hole("link", link_form(part.text)))
    found.values["repo"] = repository(code)
    found.values[PREPRINT] = link_form(found.values.get("link", ""))


def _code(found: RowFacts, paper: str) -> str:
    """The address of a row's code: the first in its column, else one that says so."""
    cell = cell_at(found.row, found.listed.columns.code)
    urls = [url for each in found.row.cells for url in addresses(each)]
    here = addresses(cell) if cell else [url for url in urls if kind_of(url) is Kind.CODE]
    return next((url for url in here if _papers.identify(url) != paper), "")


def repository(url: str) -> str:
    """The `owner/name` of an address on GitHub; empty for any other."""
    match = _GITHUB.match(url)
    return match[1] if match else ""


def _tell(found: RowFacts, column: int, part: Part, hole: Hole) -> None:
    found.values.setdefault(hole.name, part.text)
    found.holes[column][part] = hole


def _read_title(found: RowFacts, cells: Sequence[Sequence[Part]]) -> None:
    column = found.listed.columns.title
    if column is None or column >= len(cells):
        return
    texts = [part for part in cells[column] if not part.url]
    linked = [part for part in texts if part.linked and len(part.text) >= _TITLE]
    long = [part for part in texts if len(part.text) >= _TITLE]
    part = max(linked, key=lambda p: len(p.text), default=None) or next(iter([*long, *texts]), None)
    cell = found.row.cells[column]
    if part and is_filled(cell):
        end = part.end - _stops(part.text)
        del found.holes[column][part]
        whole = part._replace(end=end, text=cell.raw[part.start : end])
        _tell(found, column, whole, Hole("title"))
        found.values["name"] = nickname(whole.text)


def _stops(title: str) -> bool:
    return title.endswith(".") and not title.endswith("..")


def nickname(title: str) -> str:
    """What a title begins with, as in `RouterDC: Query-Based Routing`; empty for no such name."""
    match = _NAME.match(title)
    return match[1] if match else ""


def _read_texts(found: RowFacts, column: int, here: Sequence[Part]) -> None:
    cell = found.row.cells[column]
    if is_mark(cell) or is_blank(cell):
        found.holes[column].clear()
    for part in here:
        known = found.holes[column].get(part)
        if known is not None and known.name in (UNKNOWN, LABEL) and not part.url:
            hole = _role(found, column, part)
            if hole:
                _tell(found, column, part, hole)


def _role(found: RowFacts, column: int, part: Part) -> Hole | None:
    """Which fact a stretch of text is, by its column, else by what it looks like."""
    columns, alone = found.listed.columns, found.row.cells[column].text.strip()
    if found.values.get("name") == part.text:
        return Hole("name")
    date = parse_date(part.text)
    if date and column in (columns.date, columns.title):
        return Hole("date", _date_forms.shape(part.text, date))
    if column == columns.venue and alone == part.text:
        return Hole("venue")
    if any(name_of(it) in AUTHORS for it in found.listed.table.headings[column : column + 1]):
        return _authors(part.text)
    if column == columns.title and "title" in found.values:
        return _beside_title(found, column, part)
    return None


def _beside_title(found: RowFacts, column: int, part: Part) -> Hole | None:
    """A venue, or names, that stand in the title's cell."""
    venue = _venue_forms.read(part.text)
    if venue.year and len(part.text) <= _SHORT_VENUE and "venue" not in found.values:
        return Hole("venue")
    if "authors" not in found.values and _names_people(found, column, part):
        return _authors(part.text)
    return None


def _names_people(found: RowFacts, column: int, part: Part) -> bool:
    """Whether a text behind the title, in no brackets, is several names."""
    behind = any(it < part for it, hole in found.holes[column].items() if hole.name == "title")
    before = found.row.cells[column].raw[: part.start].rstrip()[-1:]
    return behind and before not in ("(", "[") and ("," in part.text or "et al" in part.text)


def _authors(text: str) -> Hole:
    return Hole("authors", ET_AL if _ET_AL.search(text) else "")


def writes_zeros(listed: ListTable) -> bool:
    """Whether a table writes a zero before single digits in dates."""
    cells = [cell_at(row, listed.columns.date) for row in listed.rows]
    told = [_date_forms.padded(cell.text) for cell in cells if cell]
    return told.count(True) >= told.count(False)


def forms(rows: Sequence[RowFacts], column: int) -> list[tuple[RowFacts, Form]]:
    """The rows that have this column, with the form of their cell there."""
    held = [found for found in rows if column < len(found.row.cells)]
    return list(zip(held, with_constants([found.form(column) for found in held]), strict=True))


def numbers(listed: ListTable, column: int) -> list[int]:
    """The numbers of a column that counts its rows; none where it does something else."""
    cells = [cell_at(row, column) for row in listed.rows]
    texts = [cell.text for cell in cells if cell and is_filled(cell)]
    found = [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 8]  # noqa: PLR2004
    steps = [abs(b - a) == 1 for a, b in pairwise(found)]
    counts = len(found) >= max(_SERIES, _MOST * len(texts)) and sum(steps) >= _MOST * len(steps)
    return found if counts else []


def told(rows: Sequence[RowFacts], column: int) -> Iterator[tuple[Form, frozenset[str]]]:
    """The forms of a column's cells, each with the names of what its row tells."""
    for found, form in forms(rows, column):
        facts = frozenset(name for name, value in found.values.items() if value)
        yield form, facts | (names(form) - {UNKNOWN})
