"""How a section's label is called, and how it looks, within what GitHub takes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import accumulate, count
from typing import TYPE_CHECKING

from rules._slugs import rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NAME, DESCRIPTION = 50, 100  # characters of a label that GitHub takes
# `2.1 Datasets`, `3) Tools`: numbers change whenever a section comes before. A year is no number.
_NUMBER = re.compile(r"(?:\d{1,2}\.)+\d{0,2}[.)]?\s+(?=\S)|\d{1,2}\)\s+(?=\S)")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINER = "\u200d"  # invisible as well, but it makes one emoji of several
_LOOSE_ENDS = " :;,.-–—/&(\u200d"


@lru_cache(10_000)  # each is asked for with every section below it
def title(heading: str) -> str:
    """A heading as its reader sees it, without its number."""
    seen = "".join(c if _visible(c) else " " for c in rendered(heading))
    return _NUMBER.sub("", " ".join(seen.split()), count=1).rstrip(":").strip()


def _visible(character: str) -> bool:
    return character == _JOINER or unicodedata.category(character) not in _INVISIBLE


def size(text: str) -> int:
    """What GitHub may count of a text at most: an emoji is two characters for a browser."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, most: int) -> str:
    """A text of at most so many characters, "…" where it was cut, between words if possible."""
    if size(text) <= most:
        return text
    kept = text[: sum(end < most for end in accumulate(map(size, text)))]
    words = kept.rpartition(" ")[0] if text[len(kept)] != " " else kept
    return (words if 2 * len(words) > len(kept) else kept).rstrip(_LOOSE_ENDS) + "…"


def distinct(paths: Sequence[tuple[str, ...]], prefix: str) -> dict[tuple[str, ...], str]:
    """A title for each path of titles: the last ones that it takes to tell it from the others."""
    depth = dict.fromkeys(paths, 1)
    while True:
        told = {path: ": ".join(path[-depth[path] :]) for path in paths}
        seen = Counter(named(prefix, text).casefold() for text in told.values())
        alike = [p for p in paths if seen[named(prefix, told[p]).casefold()] > 1]
        deeper = [path for path in alike if depth[path] < len(path)]
        if not deeper:
            return told
        for path in deeper:
            depth[path] += 1


def named(prefix: str, text: str) -> str:
    """A label's name."""
    return fit(f"{prefix}{text}", NAME)


def numbered(name: str, taken: Callable[[str], bool]) -> str:
    """The name, or the first of `name 2`, `name 3` and so on that is not taken."""
    if not taken(name):
        return name
    ends = (f" {number}" for number in count(2))
    return next(n for end in ends if not taken(n := fit(name, NAME - len(end)) + end))


def color(name: str) -> str:
    """A light colour of its own for a name, always the same, on which black is read well."""
    hue = int(hashlib.sha256(name.casefold().encode()).hexdigest(), 16) % 360
    return "".join(f"{round(255 * _channel(start, hue)):02x}" for start in (0, 8, 4))


def _channel(start: int, hue: int, saturation: float = 0.7, lightness: float = 0.8) -> float:
    """Red, green or blue of a hue (start 0, 8 or 4), from 0 to 1."""
    place = (start + hue / 30) % 12
    reach = saturation * min(lightness, 1 - lightness)
    return lightness - reach * max(-1.0, min(place - 3, 9 - place, 1.0))


def titles(path: Iterable[str]) -> tuple[str, ...]:
    """The titles of a section's headings from the outermost down, those that say something."""
    return tuple(filter(None, map(title, path)))
