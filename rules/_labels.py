"""Labels for the sections of lists, and what becomes of them when headings change."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rules import _label_names as names
from rules._say import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rules._document import Document

Path = tuple[str, ...]
MOST = 30  # labels; where sections are more, their parents get them
_EVERYTHING = 0.9  # of the sections: a parent of more tells nothing


@dataclass(frozen=True, slots=True)
class Naming:
    """How labels are called.

    Attributes:
        prefix: what names begin with.
        names: headings, or their paths such as `Papers > Survey`, with the label of all below
            them; "" for none.
    """

    prefix: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """A label; `sections` are the paths of the headings whose rows it stands for."""

    name: str
    color: str
    description: Text
    sections: tuple[Path, ...] = ()

    @classmethod
    def named(cls, name: str, description: Text, sections: Iterable[Path] = ()) -> Label:
        """A label of that name, in the colour that it always has."""
        return cls(name, names.color(name), description, tuple(sections))

    @property
    def key(self) -> str:
        """Names that differ in case alone are one label for GitHub."""
        return self.name.casefold()


def plan_labels(documents: Iterable[Document], naming: Naming | None = None) -> tuple[Label, ...]:
    """The labels of all sections with tables, in the order of the lists."""
    naming = naming or Naming()
    titles = {path: told for path in _paths(documents) if (told := names.titles(path))}
    configured = _configured(naming)
    said = {path: _said(told, configured) for path, told in titles.items()}
    found: dict[str, Label] = {}
    for path, name in said.items():
        if name:
            _add(found, name, titles[path][-1], [path])
    own: set[str] = set()  # names that are not configured; those are to differ
    for text, sections in _grouped({p: t for p, t in titles.items() if said[p] is None}, naming):
        named = names.named(naming.prefix, text)
        name = names.numbered(named, lambda each: each.casefold() in own)
        own.add(name.casefold())
        _add(found, name, text, sections)
    place = {path: at for at, path in enumerate(titles)}
    return tuple(sorted(found.values(), key=lambda label: place[label.sections[0]]))


def _paths(documents: Iterable[Document]) -> Iterator[Path]:
    return (table.section.path for document in documents for table in document.tables)


def _configured(naming: Naming) -> dict[Path, str]:
    """What the configuration says, by titles as a reader sees them."""
    found = {}
    for key, name in naming.names.items():
        for parts in (key.split(" > "), [key]):
            found[_folded(map(names.title, parts))] = name
    return found


def _said(titles: Path, configured: Mapping[Path, str]) -> str | None:
    """What the configuration says of a section: of its own heading above those around it."""
    path = _folded(titles)
    ends = (path[start:end] for end in range(len(path), 0, -1) for start in range(end))
    return next((configured[end] for end in ends if end in configured), None)


def _folded(titles: Iterable[str]) -> Path:
    return tuple(title.casefold() for title in titles)


def _add(found: dict[str, Label], name: str, text: str, sections: Sequence[Path]) -> None:
    """Add a label, or its sections to those that it has already."""
    known = found.get(name.casefold())
    if known:
        several = (*known.sections, *sections)
        found[known.key] = replace(known, description=_of(len(several)), sections=several)
    else:
        made = Label.named(name, _of(text), sections)
        found[made.key] = made


def _of(rows: str | int) -> Text:
    """What stands below a label: it is how a label of ours is known again."""
    if isinstance(rows, int):
        return say(
            "Rows of {number} sections. Set by Listwright; remove it and it stays away.",
            number=rows,
        )
    room = names.DESCRIPTION - len(_of_section(""))
    return _of_section(names.fit(rows, room))


def _of_section(title: str) -> Text:
    return say(
        'Rows of "{section}". Set by Listwright; remove it and it stays away.', section=title
    )


def _grouped(titles: Mapping[Path, Path], naming: Naming) -> Iterator[tuple[str, list[Path]]]:
    """Titles with their sections: the sections by themselves, or by headings above them."""
    depth = max(map(len, titles.values()), default=0)
    groups = _cut(titles, depth)
    while len(groups) > MOST and depth:
        depth -= 1
        groups = _cut(titles, depth)
        most = _EVERYTHING * len(titles)
        groups = {path: held for path, held in groups.items() if path and len(held) <= most}
    texts = names.distinct(list(groups), naming.prefix)
    return ((texts[path], held) for path, held in groups.items())


def _cut(titles: Mapping[Path, Path], depth: int) -> dict[Path, list[Path]]:
    found: defaultdict[Path, list[Path]] = defaultdict(list)
    for path, told in titles.items():
        found[told[:depth]].append(path)
    return dict(found)


def renamed_labels(
    before: Sequence[Document], after: Sequence[Document], naming: Naming | None = None
) -> tuple[tuple[Label, Label], ...]:
    """Labels before and after a change of headings, where it is certain that each is the other.

    It is where they stand for the same sections, called otherwise or not.
    """
    moved = _renamed(before, after)
    heirs = {frozenset(label.sections): label for label in plan_labels(after, naming)}
    pairs = (
        (label, heirs.get(frozenset(moved.get(path, path) for path in label.sections)))
        for label in plan_labels(before, naming)
    )
    return tuple((old, new) for old, new in pairs if new and new.name != old.name)


def _renamed(before: Sequence[Document], after: Sequence[Document]) -> dict[Path, Path]:
    """Sections that are gone -> new ones with their rows: more than half of each are the same."""
    old, new = _rows(before), _rows(after)
    fresh: defaultdict[str, list[Path]] = defaultdict(list)
    for path in new.keys() - old.keys():
        for row in new[path]:
            fresh[row].append(path)
    found = {}
    for path in old.keys() - new.keys():
        shared = Counter(there for row in old[path] for there in fresh.get(row, ()))
        most = [at for at, n in shared.items() if 2 * n > max(len(old[path]), len(new[at]))]
        if len(most) == 1:
            found[path] = most[0]
    return found


def _rows(documents: Iterable[Document]) -> dict[Path, set[str]]:
    found: defaultdict[Path, set[str]] = defaultdict(set)
    for document in documents:
        for table in document.tables:
            found[table.section.path].update(row.stripped for row in table.rows)
    return dict(found)
