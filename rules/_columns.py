"""What each column of a table is for, told from its cells and its header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules import _papers
from rules._dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rules._document import Cell, Row, Table

# What lists write where there is no link; "coming soon" is no such mark but an answer.
MARKS = frozenset("- -- --- – — / \\ . ? x × ✗ ✘ ❌ ⚠️ ⚠ n/a na none null nil 无 暂无".split())

_HEADINGS = {
    "date": """time date year month published released release 时间 日期 年份 发布时间 发表时间
        发布日期""",
    "title": "title papertitle titles paper papers name 标题 题目 论文标题 论文 论文名称 名称",
    "venue": """venue venues conference publication publisher journal pub source published
        会议 期刊 来源 发表""",
    "paper": """paper papers link links url pdf arxiv paperlink paperurl weblink 链接 论文链接
        论文 地址""",
    "code": """code codes github repo repository codelink implementation coderepo sourcecode
        代码 源码 代码链接 仓库""",
}
_NOT_LETTERS = re.compile(r"[\W_]+")
_LONG = 16
_MANY = 8
_MOST = 0.9
_HALF = 0.5
_SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Columns:
    """The index of the column for each role, from 0; several roles may share one column."""

    date: int | None = None
    title: int | None = None
    venue: int | None = None
    paper: int | None = None
    code: int | None = None


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing: no text and no link, or a link that leads nowhere."""
    return not cell.text.strip("[]() ") and not any(link.url for link in cell.links)


def is_mark(cell: Cell) -> bool:
    """Whether a cell says that there is nothing to link."""
    text = cell.text.strip(" []`*").lower()
    return text in MARKS and not any(link.url for link in cell.links)


def is_filled(cell: Cell) -> bool:
    return not is_blank(cell) and not is_mark(cell)


def cell_at(row: Row, index: int | None) -> Cell | None:
    return row.cells[index] if index is not None and index < len(row.cells) else None


def addresses(cell: Cell) -> list[str]:
    """The addresses that a cell links, without its pictures and badges."""
    return [link.url for link in cell.links if link.url and not link.image]


def columns(table: Table) -> Columns:
    """Tell the roles of a table's columns; a role that nothing speaks for stays None."""
    rows = table.rows[:_SAMPLE]
    wide = [
        [row.cells[n] for row in rows if n < len(row.cells)] for n in range(len(table.headings))
    ]
    cells = [[c for c in column if not is_blank(c) and not is_mark(c)] for column in wide]
    names = [_NOT_LETTERS.sub("", heading.casefold()) for heading in table.headings]
    date = _column(names, cells, "date", _is_date, needed=_HALF)
    code = _column(names, cells, "code", _has_code, needed=0.2, unnamed=has_only_code)
    title = _title(names, cells)
    paper = _column(
        names, cells, "paper", _has_link, needed=_HALF, skip=(code,), unnamed=_has_paper
    )
    if paper is None and title is not None and _share(cells[title], _has_link) >= _HALF:
        paper = title
    venue = _column(names, cells, "venue", _is_words, needed=_HALF, skip=(date, title, paper, code))
    return Columns(date, title, venue, paper, code)


def _column(  # noqa: PLR0913  one decision, told in full
    names: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    role: str,
    test: Callable[[Cell], bool],
    *,
    needed: float,
    skip: Iterable[int | None] = (),
    unnamed: Callable[[Cell], bool] | None = None,
) -> int | None:
    """The column that a heading names and its cells do not deny, else one whose cells insist."""
    free = [n for n in range(len(names)) if n not in set(skip)]
    for n in free:
        if names[n] in _HEADINGS[role].split() and (
            not cells[n] or _share(cells[n], test) >= needed
        ):
            return n
    if role == "venue":
        return None
    insisting = unnamed or test
    for n in free:
        if len(cells[n]) >= _MANY and _share(cells[n], insisting) >= _MOST:
            return n
    return None


def _share(cells: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _title(names: Sequence[str], cells: Sequence[Sequence[Cell]]) -> int | None:
    """The first column named so whose texts are as long as titles, else a first one of links."""
    lengths = [sorted(len(cell.text) for cell in column) for column in cells]
    medians = [found[len(found) // 2] if found else 0 for found in lengths]
    for word in _HEADINGS["title"].split():
        for n, name in enumerate(names):
            if name == word and (medians[n] >= _LONG or name.endswith("title")):
                return n
    return 0 if cells and _share(cells[0], _has_link) >= _MOST else None


def _is_date(cell: Cell) -> bool:
    return parse_date(cell.text) is not None


def _has_link(cell: Cell) -> bool:
    return bool(addresses(cell))


def _has_paper(cell: Cell) -> bool:
    return any(_papers.is_paper(_papers.identify(url)) for url in addresses(cell))


def _has_code(cell: Cell) -> bool:
    return any(_papers.host(url) in _papers.CODE_HOSTS for url in addresses(cell))


def has_only_code(cell: Cell) -> bool:
    return _has_code(cell) and not _has_paper(cell)


def _is_words(cell: Cell) -> bool:
    return parse_date(cell.text) is None and not _has_link(cell)
