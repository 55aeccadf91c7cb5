"""Which section of a list an issue belongs to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rules import _headings, _papers, _sureness
from rules._likely import shelves
from rules._request import request

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rules._bayes import Path
    from rules._document import Document
    from rules._entries import Entry
    from rules._likely import Shelves
    from rules._request import Request
    from rules._sureness import Outcome

_NAMED, _LISTED = 0.95, 0.9
_GUESSES = 3
# A title this short is too likely to stand in a text by chance.
_TITLE = 16
# Nothing is divided by less.
_FLOOR = 1e-6
# In fewer sections there is nothing to choose.
_CHOICES = 2
# So many papers of a list are left out, one after the other, to measure.
_MEASURED = 2_000
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Guess:
    """A section, and why: its name is in the text, the paper stands there, or it is alike.

    A named section may be one that holds tables only in the sections under it; these follow it.
    """

    path: tuple[str, ...]
    score: float
    why: Literal["named", "listed", "likely"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Each paper of a list guessed as if it were not there, as shares of them.

    `top1` and `top3` count the papers whose section is guessed first, or among three; `macro` is
    the first, averaged over the sections. Of all papers `coverage` would get a guess, and of those
    guesses `accuracy` are right: the confidence for it is learned from other papers. `papers` is
    how many were left out.
    """

    top1: float
    top3: float
    macro: float
    coverage: float
    accuracy: float
    papers: int


def classify(document: Document, title: str, body: str = "") -> tuple[Guess, ...]:
    """The sections of a list that an issue's request belongs to.

    Args:
        document: the list.
        title: the issue's title.
        body: the issue's text; only its beginning counts.

    Returns:
        At most three guesses for what the text resembles, else every section it names or its
        paper stands in; best first. None where the issue asks for nothing or too little is sure.
    """
    asked, shelved = request(title, body), shelves(document)
    if not shelved.entries or not asked.asks:
        return ()
    return tuple(list(_named(shelved, asked)) or _listed(shelved, asked) or _likely(shelved, asked))


def asks(title: str, body: str = "") -> bool:
    """Whether an issue brings something to list, rather than a bug, a question or thanks."""
    return request(title, body).asks


def evaluate(document: Document) -> Evaluation:
    """How well a list's sections can be told from its own entries."""
    outcomes = list(shelves(document).outcomes(_MEASURED))
    told = [
        outcome
        for fold in range(_FOLDS)
        for outcome in _told(outcomes[fold::_FOLDS], _others(outcomes, fold))
    ]
    return Evaluation(
        top1=_share(o.right for o in outcomes),
        top3=_share(not o.gold.isdisjoint(o.ranked) for o in outcomes),
        macro=_macro(outcomes),
        coverage=len(told) / max(1, len(outcomes)),
        accuracy=_share(o.right for o in told),
        papers=len(outcomes),
    )


def _others(outcomes: Sequence[Outcome], fold: int) -> list[Outcome]:
    return [outcome for number, outcome in enumerate(outcomes) if number % _FOLDS != fold]


def _told(outcomes: Sequence[Outcome], others: Sequence[Outcome]) -> list[Outcome]:
    sure = _sureness.learn(others)
    return [each for each in outcomes if each.known and sure.suffices(each.probability)]


def _share(rights: Iterable[bool]) -> float:
    found = list(rights)
    return sum(found) / max(1, len(found))


def _macro(outcomes: Sequence[Outcome]) -> float:
    paths = sorted({path for outcome in outcomes for path in outcome.gold})
    shares = [_share(o.right for o in outcomes if path in o.gold) for path in paths]
    return sum(shares) / max(1, len(shares))


def _named(shelved: Shelves, asked: Request) -> Iterator[Guess]:
    """The sections that the text names; of several with one heading the likeliest first."""
    found = _headings.named(asked.text, _places(shelved.paths))
    likely = {path: p for p, path in shelved.ranked(asked.terms)} if found else {}
    for group in _alike(found):
        weights = {path: _weight(path, likely) for path in group}
        total = sum(weights.values())
        for path in sorted(group, key=lambda path: -weights[path]):
            score = _NAMED * weights[path] / total
            yield Guess(path, score, "named")
            yield from _under(path, score, likely)


def _alike(found: Sequence[Path]) -> list[list[Path]]:
    """Sections in their order, those of one heading together."""
    groups: dict[tuple[str, ...], list[Path]] = {}
    for path in found:
        groups.setdefault(_headings.Place(path).words, []).append(path)
    return list(groups.values())


def _weight(path: Path, likely: Mapping[Path, float]) -> float:
    return sum(p for each, p in likely.items() if each[: len(path)] == path) + _FLOOR


def _under(path: Path, score: float, likely: Mapping[Path, float]) -> Iterator[Guess]:
    """Where a section has no entries of its own: the likeliest of those under it."""
    if path in likely:
        return
    under = sorted((-p, each) for each, p in likely.items() if each[: len(path)] == path)
    total = -sum(p for p, _ in under) + _FLOOR
    for p, each in under[:_GUESSES]:
        yield Guess(each, score * -p / total, "named")


def _places(paths: Collection[Path]) -> list[Path]:
    """The sections and those above them, but for headings over everything: they tell nothing."""
    above = Counter(path[:n] for path in paths for n in range(1, len(path) + 1))
    return [place for place, held in above.items() if place in paths or held < len(paths)]


def _listed(shelved: Shelves, asked: Request) -> list[Guess]:
    """Where the paper stands already: the one that is linked, else the one whose title is told."""
    linked = [entry for entry in shelved.entries if entry.paper in asked.papers]
    found = linked or [entry for entry in shelved.entries if _is_told(entry, asked)]
    return [Guess(path, _LISTED, "listed") for path in dict.fromkeys(e.path for e in found)]


def _is_told(entry: Entry, asked: Request) -> bool:
    """Whether a title stands in the text; another paper's link says that it is only mentioned."""
    title = _papers.normal_title(entry.title)
    mentioned = any(map(_papers.is_paper, asked.papers)) and _papers.is_paper(entry.paper)
    where = asked.normal_title if mentioned else asked.normal_text
    return len(title) >= _TITLE and f" {title} " in where


def _likely(shelved: Shelves, asked: Request) -> list[Guess]:
    """What the text resembles, where that is sure enough."""
    if len(shelved.paths) < _CHOICES:
        return []
    ranked = shelved.ranked(asked.terms)
    sure = shelved.sure_by_title if asked.is_title_alone else shelved.sure
    best = ranked[0][0]
    if not sure.suffices(best) or not shelved.knows(asked.terms):
        return []
    first = sure.of(best)
    rest = (1 - first) / max(1 - best, _FLOOR)
    scores = [first, *(min(first, p * rest) for p, _ in ranked[1:_GUESSES])]
    return [Guess(path, s, "likely") for s, (_, path) in zip(scores, ranked, strict=False)]
