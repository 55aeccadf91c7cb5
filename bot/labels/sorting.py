"""Which sections an issue is about, and the labels of all sections. Pure, and done in the process
that judges: what stands in issues and lists is anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules import Document, Guess, Label, Naming

_AT_ONCE = 3  # sections at most that one issue is labelled with
# Of sections with one heading, and of those below a section that is named, one at most is likelier.
_SURE = 0.5
_SUREST = ("named", "listed", "likely")  # how a section was found, the surest first


@dataclass(frozen=True, slots=True)
class Request:
    """An issue's words, and the lists that it may be about."""

    lists: tuple[str, ...]
    naming: Naming
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """The labels of all sections, and those of the sections that an issue is about."""

    labels: tuple[Label, ...]
    wanted: tuple[Label, ...]


def plan(asked: tuple[tuple[str, ...], Naming]) -> tuple[Label, ...]:
    """The labels of the lists' sections."""
    lists, naming = asked
    return rules.plan_labels(_read(lists), naming)


def sort(request: Request) -> Sorted:
    """Tell which labels an issue is to have."""
    documents = list(_read(request.lists))
    labels = rules.plan_labels(documents, request.naming)
    guesses = [
        guess
        for document in documents
        for guess in rules.classify(document, request.title, request.body)
    ]
    guesses.sort(key=lambda guess: (_SUREST.index(guess.why), -guess.score))
    return Sorted(labels, _chosen(guesses, labels))


def _chosen(guesses: Sequence[Guess], labels: Sequence[Label]) -> tuple[Label, ...]:
    """The label of the best guess, or those of all sections that the text certainly names."""
    named = [guess for guess in guesses if guess.why == "named"]
    sure = [guess for guess in named if guess.score >= _SURE]
    found = (label_of(guess.path, labels) for guess in (sure if named else guesses[:1]))
    return tuple({label.key: label for label in found if label}.values())[:_AT_ONCE]


def label_of(path: tuple[str, ...], labels: Sequence[Label]) -> Label | None:
    """The label that stands for a section, or for all that is below it."""
    own = next((label for label in labels if path in label.sections), None)
    below = [label for label in labels if any(_is_below(each, path) for each in label.sections)]
    return own or (below[0] if len(below) == 1 else None)


def _is_below(path: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return path[: len(other)] == other


def renamed(
    asked: tuple[tuple[tuple[str, ...], tuple[str, ...]], Naming],
) -> tuple[tuple[Label, Label], ...]:
    """Labels that are called otherwise after a change of lists, as they were and as they are."""
    (before, after), naming = asked
    return rules.renamed_labels(list(_read(before)), list(_read(after)), naming)


def _read(lists: Sequence[str]) -> Iterator[Document]:
    """The lists that can be read; of the others the check run tells."""
    for text in lists:
        try:
            yield rules.parse(text)
        except rules.DocumentError:
            continue
