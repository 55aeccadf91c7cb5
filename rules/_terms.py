"""The terms by which entries are told apart: words, how they begin, pairs, and where links lead."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rules import _papers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_STOP = frozenset(
    """a an the of for and in on with to from by via is are as at or be can do how what when we our
    your its it this that towards toward using without into beyond i please add www com
    org net""".split()
)
_MONTHS = 3
_TERMS = 400
_SHORT = 3
_STEM = 4


def terms(text: str, links: Iterable[str] = ()) -> tuple[str, ...]:
    """The terms of a text and of the links beside it, each once."""
    found = words(text)[:_TERMS]
    # `explain`, `explains` and `explanation` begin alike.
    stems = (f"{word[:_STEM]}~" for word in found if len(word) > _STEM)
    pairs = (f"{one} {other}" for one, other in pairwise(found))
    linked = (term for link in links for term in _link_terms(link))
    return tuple(dict.fromkeys((*found, *stems, *pairs, *linked)))


def words(text: str) -> list[str]:
    """Words in lower case and without a plural's s; of unspaced scripts two characters each."""
    plain = _HUMP.sub(" ", text).casefold()
    return [word for part in _WORD.findall(plain) for word in _split(part) if word not in _STOP]


def _split(part: str) -> list[str]:
    if _UNSPACED.search(part):
        return [part[n : n + 2] for n in range(max(1, len(part) - 1))]
    plural = len(part) > _SHORT and part.endswith("s") and not part.endswith("ss")
    return [part[:-1] if plural else part]


def _link_terms(url: str) -> Iterator[str]:
    """Where a link leads, and when a paper appeared: lists sort by both. A name tells its topic."""
    identity = _papers.identify(url)
    if not identity:
        return
    site = _papers.host(url)
    yield f"host:{site}"
    year, month = _papers.arxiv_month(identity)
    if year:
        yield from (f"year:{year}", f"quarter:{year}.{(month - 1) // _MONTHS}")
        yield f"month:{year}.{month}"
    elif not _papers.is_paper(identity):
        name = urlsplit(url).path[:_TERMS] if identity.startswith("repo:") else site
        yield from (word for word in words(name) if len(word) > 1)
