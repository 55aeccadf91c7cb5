"""Whether a word is most likely a misspelling of another, rather than a word of its own.

Names are one letter apart more often than not: ECCV and ICCV, BERT and BART, LoRA and QLoRA. So
only long words count, letters added at an end do not, and digits never.
"""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

# Letters of a word that may have them in another order, and of one that may differ in a letter.
_SHUFFLED, _CHANGED = 5, 6
# How often the right spelling stands there, at least and against each use of the wrong one.
_COMMON, _RARE = 10, 100
# The names to compare with: no list has more that are common.
_NAMES = 100
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")


def common_names(uses: Counter[str]) -> list[tuple[str, int]]:
    """The names that may be meant by a misspelt one, with their uses."""
    return [(name, count) for name, count in uses.most_common(_NAMES) if count >= _COMMON]


def likely(written: str, uses: int, common: Iterable[tuple[str, int]]) -> str | None:
    """The common name that a written one most likely means, or None.

    Args:
        written: a name as it stands in a cell.
        uses: how often it is used, once for itself or not counted at all.
        common: what `common_names` tells.
    """
    enough = _RARE * (uses - 1)
    found = [name for name, count in common if count >= enough and is_slip(written, name)]
    return found[0] if len(found) == 1 else None


def is_slip(written: str, name: str) -> bool:
    """Whether two names differ in one word, and there by a slip of the finger."""
    here, there = _WORD.findall(written), _WORD.findall(name)
    differing = [a.casefold() != b.casefold() for a, b in zip(here, there, strict=False)]
    if len(here) != len(there) or sum(differing) != 1:
        return False
    (one,), (other,) = compress(here, differing), compress(there, differing)
    acronyms = one.isupper() and other.isupper()
    return _slipped(one.casefold(), other.casefold(), acronyms=acronyms)


def _slipped(one: str, other: str, *, acronyms: bool) -> bool:
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter) or longer.endswith(shorter) or len(shorter) < _SHUFFLED:
        return False
    if len(longer) > len(shorter) + 1:
        return False
    if sorted(one) == sorted(other):
        return True
    return (
        len(longer) >= _CHANGED and not acronyms and OSA.distance(one, other, score_cutoff=1) == 1
    )
