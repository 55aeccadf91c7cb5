"""Which section a text resembles, learned from a list's entries.

Two views are joined: complement naive Bayes, which asks of each section how badly the words fit all
the others, and the nearest entries. Both can leave entries out by subtraction, so that a list is
measured on itself without learning it anew for each entry.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from math import exp, log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    Path = tuple[str, ...]

_SMOOTH = 0.5
# How much the sizes of the sections count, and the nearest entries beside the words.
_SIZE = 0.3
_NEAR = 0.5
_NEAREST = 20
_SHARPER = 1.5
# A share of the nearest entries that nobody is below.
_FLOOR = 0.01
# Of fewer words that the list has nothing is told.
_KNOWN = 2
# Common words tell least about likeness and cost most: so many mentions are read, the rarest first.
_MENTIONS = 6_000


class Learned:
    """What was learned of entries, given as their terms and their sections."""

    def __init__(
        self,
        texts: Sequence[tuple[str, ...]],
        paths: Sequence[Path],
        names: Mapping[Path, tuple[str, ...]],
    ) -> None:
        self._texts, self._paths = texts, paths
        self._sizes = Counter(paths)
        self._held: dict[str, Counter[Path]] = defaultdict(Counter)
        self._mentions: dict[str, list[int]] = defaultdict(list)
        for number, (text, path) in enumerate(zip(texts, paths, strict=True)):
            for term in text:
                self._held[term][path] += 1
                self._mentions[term].append(number)
        for path, name in names.items():
            for term in name:
                self._held[term][path] += 1
        self._all = {term: held.total() for term, held in self._held.items()}
        self._totals: Counter[Path] = Counter()
        for held in self._held.values():
            self._totals.update(held)
        self._total = self._totals.total()
        self._lengths = [sqrt(sum(self._rarity(t) ** 2 for t in text)) or 1.0 for text in texts]
        self._usual = 1.5 * sum(map(len, texts)) / max(1, len(texts))

    def _rarity(self, term: str, out: int = 0) -> float:
        return log((len(self._texts) + 1) / (len(self._mentions[term]) - out + 0.5))

    def knows(self, text: Sequence[str], out: Collection[int] = ()) -> bool:
        """Whether entries, without some of them, have anything of a text."""
        less = Counter(chain.from_iterable(self._texts[n] for n in out))
        return sum(len(self._mentions.get(t, ())) > less[t] for t in text) >= _KNOWN

    def likeness(self, text: Sequence[str], out: Collection[int] = ()) -> dict[Path, float]:
        """How probable each section is, as if some entries were not there."""
        less = Counter(chain.from_iterable(self._texts[n] for n in out))
        known = [term for term in text if self._all.get(term, 0) > less[term]]
        near = self._near(known, out, less)
        fit = self._fit(known, out, less)
        sizes = self._sizes - Counter(self._paths[n] for n in out)
        points = {
            path: fit[path]
            + _SIZE * log((sizes[path] + 0.5) / len(self._texts))
            + _NEAR * log(near.get(path, 0.0) + _FLOOR)
            for path in self._sizes
        }
        best = max(points.values())
        weights = {path: exp(value - best) for path, value in points.items()}
        total = sum(weights.values())
        return {path: weight / total for path, weight in weights.items()}

    def _fit(
        self, known: Sequence[str], out: Collection[int], less: Counter[str]
    ) -> dict[Path, float]:
        """How badly the words fit the other sections; a text longer than entries counts as one."""
        gone: Counter[Path] = Counter()
        own: dict[str, Counter[Path]] = defaultdict(Counter)
        for number in out:
            gone[self._paths[number]] += len(self._texts[number])
            for term in self._texts[number]:
                own[term][self._paths[number]] += 1
        smoothing = _SMOOTH * len(self._all)
        total = self._total - gone.total()
        fit = {
            path: len(known) * log(total - self._totals[path] + gone[path] + smoothing)
            for path in self._sizes
        }
        for term in known:
            everywhere = self._all[term] - less[term] + _SMOOTH
            for path, count in self._held[term].items():
                if path in fit:
                    fit[path] -= log((everywhere - count + own[term][path]) / everywhere)
        weight = min(1.0, self._usual / max(1, len(known)))
        return {path: weight * value for path, value in fit.items()}

    def _near(
        self, known: Sequence[str], out: Collection[int], less: Counter[str]
    ) -> dict[Path, float]:
        likeness: dict[int, float] = defaultdict(float)
        left = _MENTIONS
        for term in sorted(known, key=lambda term: len(self._mentions[term])):
            mentions = self._mentions[term]
            left -= len(mentions)
            if left < 0:
                break
            if len(mentions) > less[term]:
                rarity = self._rarity(term, less[term]) ** 2
                for number in mentions:
                    likeness[number] += rarity / self._lengths[number]
        nearest = sorted(((v, -n) for n, v in likeness.items() if n not in out), reverse=True)
        shares: dict[Path, float] = defaultdict(float)
        for value, number in nearest[:_NEAREST]:
            shares[self._paths[-number]] += value**_SHARPER
        total = sum(shares.values()) or 1.0
        return {path: share / total for path, share in shares.items()}
