"""What a change did to the rows of a list: added, edited, moved, removed."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rules import _conventions, _papers
from rules._context import ListTable, paper_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from rules._conventions import Conventions
    from rules._document import Document, Row

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Section title -> rows, in the order of the list.

    Attributes:
        added: rows that are new.
        edited: rows that kept their paper, their title or their place, and say something else.
        moved: rows that stand elsewhere, in the order or in another section, and say the same.
        removed: rows that are gone, by the section they stood in.
        reformatted: the number of rows in which only blanks between cells are others.
        title: the title of the one row that was added; empty for none and for several.
        sections: the headings above each section that has or had any of these rows.
    """

    added: Counts = ()
    edited: Counts = ()
    moved: Counts = ()
    removed: Counts = ()
    reformatted: int = 0
    title: str = ""
    sections: tuple[tuple[str, ...], ...] = field(default=(), compare=False)

    @property
    def touched(self) -> int:
        """The rows of the list that the change put there or changed."""
        return sum(number for _, number in (*self.added, *self.edited, *self.moved))


class _Entry(NamedTuple):
    """A row, in its section after the change where that is only called otherwise now."""

    listed: ListTable
    row: Row
    section: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.row.raw.strip()

    @property
    def title(self) -> str:
        return _papers.normal_title(self.listed.title(self.row))

    @property
    def paper(self) -> str:
        return paper_of(self.row, self.listed.columns)


_Pair = tuple[_Entry, _Entry]
_Left = dict[int, _Entry]  # by line

# The surest first; an empty name is none.
_NAMES: tuple[Callable[[_Entry], Hashable], ...] = (
    lambda e: (e.section, e.text),
    lambda e: e.text,
    lambda e: (e.section, "".join(e.text.split())),
    lambda e: e.paper and (e.section, e.paper),
    lambda e: e.title and (e.section, e.title),
    lambda e: e.paper,
    lambda e: e.title,
)


def changes(before: Document, after: Document, conventions: Conventions) -> Changes:
    """Compare the rows of a list before and after a change."""
    old, new = list(_entries(before, conventions)), list(_entries(after, conventions))
    old = _renamed(old, new)
    gone, fresh = {e.row.line: e for e in old}, {e.row.line: e for e in new}
    pairs = list(chain.from_iterable(_paired(gone, fresh, name) for name in _NAMES))
    pairs += _in_place(old, new, pairs, gone, fresh)
    apart = [(one, other) for one, other in pairs if one.text != other.text]
    edited = {other.row.line for one, other in apart if not _only_blanks(one, other)}
    moved = _moved(pairs)
    only = next(iter(fresh.values())) if len(fresh) == 1 else None
    touched = [e for e in new if e.row.line in {*fresh, *edited, *moved}]
    return Changes(
        added=_counts(fresh.values()),
        edited=_counts(e for e in new if e.row.line in edited),
        moved=_counts(e for e in new if e.row.line in moved),
        removed=_counts(gone.values()),
        reformatted=len(apart) - len(edited),
        title=only.listed.title(only.row) if only else "",
        sections=tuple(dict.fromkeys(_path(e) for e in (*touched, *gone.values()))),
    )


def _path(entry: _Entry) -> tuple[str, ...]:
    """The headings above a row, as they are called on its side of the change."""
    return entry.listed.table.section.path


def _entries(document: Document, conventions: Conventions) -> Iterator[_Entry]:
    for key, table in _conventions.keys(document):
        known = conventions.tables.get(key) or _conventions.unknown(table, conventions)
        listed = ListTable(table, known, conventions, None)
        yield from (_Entry(listed, row, table.section.path) for row in table.rows)


def _renamed(old: Sequence[_Entry], new: Sequence[_Entry]) -> list[_Entry]:
    """The old rows, those of a section with another name now under that one."""
    gone = {e.section for e in old} - {e.section for e in new}
    fresh = {e.section for e in new} - {e.section for e in old}
    now = {e.text: e.section for e in new if e.section in fresh}
    shared = Counter((e.section, now[e.text]) for e in old if e.section in gone and e.text in now)
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for (was, name), _ in shared.most_common():
        if was not in names and name not in names.values():
            names[was] = name
    return [e._replace(section=names.get(e.section, e.section)) for e in old]


def _paired(gone: _Left, fresh: _Left, name: Callable[[_Entry], Hashable]) -> Iterator[_Pair]:
    """Take out the rows of one name, in their order."""
    if not gone or not fresh:
        return
    waiting: defaultdict[Hashable, deque[_Entry]] = defaultdict(deque)
    for entry in gone.values():
        waiting[name(entry)].append(entry)
    waiting.pop("", None)
    for entry in list(fresh.values()):
        there = waiting.get(name(entry))
        if there:
            other = there.popleft()
            del gone[other.row.line], fresh[entry.row.line]
            yield other, entry


def _in_place(
    old: Sequence[_Entry], new: Sequence[_Entry], pairs: Sequence[_Pair], gone: _Left, fresh: _Left
) -> list[_Pair]:
    """Take out the rows that came in the place of as many others, after the same row as these."""
    partners = {other.row.line: one.row.line for one, other in pairs}
    before = _gaps(old, gone, {line: line for line in partners.values()})
    after = _gaps(new, fresh, partners)
    both = [(before[gap], after[gap]) for gap in after if gap in before]
    found = [
        pair
        for these, those in both
        if len(these) == len(those)
        for pair in zip(these, those, strict=True)
    ]
    for one, other in found:
        del gone[one.row.line], fresh[other.row.line]
    return found


def _gaps(
    entries: Sequence[_Entry], left: _Left, names: dict[int, int]
) -> dict[Hashable, list[_Entry]]:
    """The rows that are left, by section and the row before them that is not."""
    found: defaultdict[Hashable, list[_Entry]] = defaultdict(list)
    last: dict[tuple[str, ...], int] = {}
    for entry in entries:
        if entry.row.line in left:
            found[entry.section, last.get(entry.section)].append(entry)
        else:
            last[entry.section] = names[entry.row.line]
    return found


def _only_blanks(one: _Entry, other: _Entry) -> bool:
    same = "".join(one.text.split()) == "".join(other.text.split())
    return same and [c.raw for c in one.row.cells] == [c.raw for c in other.row.cells]


def _moved(pairs: Iterable[_Pair]) -> set[int]:
    """The lines, after the change, of rows that say the same elsewhere."""
    moved: set[int] = set()
    sections: defaultdict[tuple[str, ...], dict[int, _Pair]] = defaultdict(dict)
    for one, other in pairs:
        if one.section == other.section:
            sections[one.section][other.row.line] = (one, other)
        elif one.text == other.text:
            moved.add(other.row.line)
    for found in sections.values():
        inside = [found[line] for line in sorted(found)]
        stay = _increasing([one.row.line for one, _ in inside])
        moved |= {
            other.row.line
            for one, other in inside
            if one.row.line not in stay and one.text == other.text
        }
    return moved


def _increasing(numbers: Iterable[int]) -> set[int]:
    """A longest increasing subsequence of different numbers."""
    ends: list[int] = []  # the least number that ends a sequence of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _counts(entries: Iterable[_Entry]) -> Counts:
    return tuple(Counter(e.listed.table.section.title for e in entries).items())
