"""The sections that a text resembles, with how far a list bears this out on its own entries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rules import _sureness
from rules._bayes import Learned
from rules._entries import entries, papers
from rules._sureness import Outcome
from rules._terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._bayes import Path
    from rules._document import Document
    from rules._entries import Entry
    from rules._sureness import Sureness

# So many papers are left out one after the other to see how sure guesses are; each is held
# against every section, so a list with thousands of sections shows it on fewer.
_SAMPLE = 500
_COMPARISONS = 500_000
# A section's own heading and the one above it tell what it is about.
_HEADINGS = 2
_AMONG = 3


@dataclass(frozen=True)
class Shelves:
    """A list as something to put papers into."""

    entries: tuple[Entry, ...]

    @cached_property
    def papers(self) -> list[list[int]]:
        return papers(self.entries)

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(entry.path for entry in self.entries))

    @cached_property
    def _learned(self) -> Learned:
        names = {path: terms(" . ".join(path[-_HEADINGS:])) for path in self.paths}
        texts = [entry_terms(entry) for entry in self.entries]
        return Learned(texts, [entry.path for entry in self.entries], names)

    @property
    def _sample(self) -> int:
        return min(_SAMPLE, max(1, _COMPARISONS // max(1, len(self.paths))))

    @cached_property
    def sure(self) -> Sureness:
        """How sure a guess is where the text tells more than a title."""
        return _sureness.learn(list(self.outcomes(self._sample)))

    @cached_property
    def sure_by_title(self) -> Sureness:
        """How sure a guess is where a title is all that is told."""
        return _sureness.learn(list(self.outcomes(self._sample, title_only=True)))

    def knows(self, text: Sequence[str], out: Sequence[int] = ()) -> bool:
        """Whether the list has any of a text's terms: else only the sections' sizes speak."""
        return self._learned.knows(text, out)

    def ranked(self, text: Sequence[str], out: Sequence[int] = ()) -> list[tuple[float, Path]]:
        """The sections with their probability, best first."""
        likeness = self._learned.likeness(text, out)
        return sorted(((p, path) for path, p in likeness.items()), key=lambda it: (-it[0], it[1]))

    def outcomes(self, most: int, *, title_only: bool = False) -> Iterator[Outcome]:
        """What would be guessed for papers of the list, were they not in it."""
        step = max(1, -(-len(self.papers) // most))
        for rows in self.papers[::step]:
            entry = self.entries[rows[0]]
            text = terms(entry.title) if title_only else entry_terms(entry)
            ranked = self.ranked(text, rows)
            gold = frozenset(self.entries[row].path for row in rows)
            first = tuple(path for _, path in ranked[:_AMONG])
            yield Outcome(first, ranked[0][0], gold, self.knows(text, rows))


@lru_cache(2)
def shelves(document: Document) -> Shelves:
    return Shelves(entries(document))


def entry_terms(entry: Entry) -> tuple[str, ...]:
    return terms(f"{entry.title} . {entry.about}", entry.links)
