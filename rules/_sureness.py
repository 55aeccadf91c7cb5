"""How sure a guess is: what a list's own entries, left out one paper at a time, tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import exp, inf, log
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules._bayes import Path

# Of the guesses that are told, so many are to be right; fewer than so many show nothing.
_RIGHT = 0.85
_ENOUGH = 12
# A guess as likely wrong as right is never told, however right the others are. One that is surer
# than this is told, even in a list whose guesses mostly are not.
_LEAST, _SURE = 0.5, 0.75
# No few hundred entries show more than this.
_CERTAIN = 0.99
_STEPS = 25
_RIDGE = 0.05
_MOST = 12.0


class Outcome(NamedTuple):
    """A paper that was left out: the likeliest sections, where it stands, whether words speak."""

    ranked: tuple[Path, ...]
    probability: float
    gold: frozenset[Path]
    known: bool

    @property
    def right(self) -> bool:
        return self.ranked[0] in self.gold


@dataclass(frozen=True, slots=True)
class Sureness:
    """`slope` and `offset` turn a probability into the share of such guesses that is right."""

    slope: float
    offset: float
    threshold: float

    def of(self, probability: float) -> float:
        return min(_CERTAIN, _logistic(self.slope * log_odds(probability) + self.offset))

    def suffices(self, probability: float) -> bool:
        return self.of(probability) >= self.threshold


def learn(outcomes: Sequence[Outcome]) -> Sureness:
    """The threshold is the lowest above which enough guesses are right, within bounds."""
    outcomes = [outcome for outcome in outcomes if outcome.known]
    points = [(log_odds(o.probability), o.right) for o in outcomes]
    slope, offset = _fit(points)
    if slope <= 0:  # a list where probabilities mean nothing
        slope, offset = 0.0, log_odds(sum(right for _, right in points) / max(1, len(points)))
    sure = Sureness(slope, offset, inf)
    scores = [(sure.of(o.probability), o.right) for o in outcomes]
    return Sureness(slope, offset, min(max(_lowest(scores), _LEAST), _SURE))


def _lowest(scores: Sequence[tuple[float, bool]]) -> float:
    """The lowest score at and above which enough are right; infinite if there is none."""
    found, right, count = inf, 0, 0
    for score, tied in groupby(sorted(scores, reverse=True), key=itemgetter(0)):
        rights = [is_right for _, is_right in tied]
        right, count = right + sum(rights), count + len(rights)
        if count >= _ENOUGH and right >= _RIGHT * count:
            found = score
    return found


def log_odds(probability: float) -> float:
    odds = (probability + 1e-6) / (1 - probability + 1e-6)
    return min(_MOST, max(-_MOST, log(odds)))


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-value))


def _fit(points: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Logistic regression of one variable, by Newton's method."""
    slope, offset = 0.0, 0.0
    for _ in range(_STEPS):
        a, b, c, u, v = _RIDGE, 0.0, _RIDGE, -_RIDGE * slope, -_RIDGE * offset
        for x, right in points:
            guess = _logistic(slope * x + offset)
            weight = guess * (1 - guess)
            a, b, c = a + weight * x * x, b + weight * x, c + weight
            u, v = u + (right - guess) * x, v + right - guess
        determinant = a * c - b * b
        slope += (c * u - b * v) / determinant
        offset += (a * v - b * u) / determinant
    return slope, offset
