"""The sections that a text names, rather than only uses the words of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from rules import _papers
from rules._slugs import rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules._bayes import Path

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"^\W*(?P<number>\d+(?:\.\d+)*)(?:[.)、:]|\s|$)\s*")
_KIND = r"(?:sub)?(?:sections?|categor(?:y|ies)|chapters?|topics?|headings?)"
_KIND += "|类别|分类|章节|部分|栏目|小节"
_BEFORE = re.compile(
    rf"""(?:\b(?:{_KIND}|under|belongs?\s(?:to|in|under|into)|fits?\s(?:well\s)?(?:in|into|under|to)
    |(?:put|place|list|file|move|add|include)(?:d|s|ed)?\s{{1,4}}(?:(?:it|this|that|them)\s)?
        (?:in|into|to|under)
    |goes\s(?:to|in|into|under))\b|属于|放在|放到|放入|加到|加入到?|归入|归到|移到)
    [\s\W]{{0,4}}(?:(?:the|your|section|category|of|§)[\s\W]{{1,3}}){{0,2}}$""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    rf"""["'`”’»」』*\])]{{0,3}}\s{{0,2}}(?:的|这一)?(?:{_KIND}|类|一节)(?![a-z])""", re.IGNORECASE
)
# A long heading in its own capitals is nobody's chance wording.
_LONG = re.compile(r"\b(?:for|in|to|about|on|as)\s(?:the\s)?$", re.IGNORECASE)
_NOT = re.compile(
    r"(?:\bnot\b|n['’]t\b|\brather\sthan|\binstead\sof|\bfrom|不是|不属于|而非)\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_LINE = re.compile(r"(?:^|[\n.;；。:：!]|\b\d{1,2}[.)])[\s>*_#-]*\[?(?:\d+(?:\.\d+)*\W{0,2})?$")
_COLON = re.compile(r"[*_\]\s]{0,4}[:：](?=[\s*]|$)")
_QUOTES = dict(zip("\"'`“‘「『«[(（", "\"'`”’」』»])）", strict=True))
_FIELD = re.compile(
    rf"""^[ \t>*_\#-]{{0,9}}(?:[^\W\d_]+[ ]){{0,3}}(?:{_KIND})[^\n:：]{{0,30}}
    (?:[:：][*_ \t]{{0,9}}|\n\s{{0,9}})(?P<value>[^\n]{{1,120}})""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_QUOTED = re.compile(r"[\"“`「『'‘](?P<value>[^\"”`」』\n]{3,120}?)[\"”`」』'’]")
_NUMBERED = re.compile(
    r"(?<![\d.])(?P<number>\d+(?:\.\d+)+)(?![\d.])\W{0,3}(?P<words>[^\n\"”.;:]{0,80})"
)
# One ordinary word that goes on, as in `add it to video models`, is no section.
_GOES_ON = re.compile(r"[ \t-]\w")
_CUED = re.compile(rf"(?:{_KIND}|§)\W{{0,3}}$", re.IGNORECASE)

_NEAR, _NUMBERED_NEAR = 88, 70
_CONTEXT = 60
_MANY = 4
_HITS = 2_000


@dataclass(frozen=True)
class Place:
    """A section by the words of its heading."""

    path: Path

    @cached_property
    def title(self) -> str:
        return rendered(self.path[-1]).strip()

    @cached_property
    def number(self) -> str:
        match = _NUMBER.match(self.title)
        return match["number"] if match else ""

    @cached_property
    def plain(self) -> str:
        """The heading without its number."""
        return _NUMBER.sub("", self.title) or self.title

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(_WORD.findall(self.plain.casefold()))


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where the words of a heading stand in a text."""

    place: Place
    start: int
    end: int


def named(text: str, paths: Iterable[Path]) -> list[Path]:
    """The sections that a text names, in its own order; several of one heading stand together."""
    places = [place for place in map(Place, paths) if place.words]
    found: list[tuple[int, Place]] = [
        (hit.start, hit.place) for hit in _longest(_hits(text, places)) if _means(text, hit)
    ]
    found += [*_numbered(text, places), *_spelled(text, places)]
    ordered = sorted(found, key=lambda it: it[0])
    return list(dict.fromkeys(place.path for _, place in ordered))


def _hits(text: str, places: Sequence[Place]) -> list[_Hit]:
    """Every place where a heading's words stand, be it with hyphens, as in an anchor."""
    spans = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in spans]
    starting: dict[str, list[Place]] = {}
    for place in places:
        starting.setdefault(place.words[0], []).append(place)
    hits: list[_Hit] = []
    for n, word in enumerate(words):
        for place in starting.get(word, ()):
            last = n + len(place.words)
            if tuple(words[n:last]) == place.words and len(hits) < _HITS:
                hits.append(_Hit(place, spans[n].start(), spans[last - 1].end()))
    return hits + _unspaced(text, places)


def _unspaced(text: str, places: Sequence[Place]) -> list[_Hit]:
    """Headings in scripts without blanks, which stand between other letters."""
    found = []
    for place in places:
        if not place.plain.isascii() and " " not in place.plain:
            at = text.find(place.plain)
            if at >= 0:
                found.append(_Hit(place, at, at + len(place.plain)))
    return found


def _longest(hits: Sequence[_Hit]) -> Iterator[_Hit]:
    """The hits that are no part of a longer one."""
    reach, last = 0, (0, 0)
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.end > reach or (hit.start, hit.end) == last:
            yield hit
            reach, last = hit.end, (hit.start, hit.end)


def _means(text: str, hit: _Hit) -> bool:
    """Whether the words stand for the section: pointed at, set apart, or written as an anchor."""
    before = text[max(0, hit.start - _CONTEXT) : hit.start]
    after = text[hit.end : hit.end + _CONTEXT]
    words = text[hit.start : hit.end]
    return not _NOT.search(before) and (
        _is_pointed_at(words, hit.place, before, after)
        or _is_quoted(before, after, several=len(hit.place.words) > 1)
        or _is_line(hit.place, before, after)
        or _is_slug(words, hit.place, before, after)
    )


def _is_pointed_at(words: str, place: Place, before: str, after: str) -> bool:
    """After a word such as `under`, before one such as `section`, or after its own number."""
    if _AFTER.match(after) or _CUED.search(before):
        return True
    if place.number and re.search(rf"(?<![\d.]){re.escape(place.number)}\W{{1,3}}$", before):
        return True
    if _BEFORE.search(before):
        return len(place.words) > 1 or (words == place.plain and not _GOES_ON.match(after))
    return len(place.words) >= _MANY and words == place.plain and bool(_LONG.search(before))


def _is_line(place: Place, before: str, after: str) -> bool:
    """A line of its own, or before a colon where a line or a sentence begins."""
    if len(place.words) == 1 or not _LINE.search(before):
        return False
    alone = before.endswith("\n") and not after.split("\n", maxsplit=1)[0].strip(" *_")
    return alone or bool(_COLON.match(after))


def _is_quoted(before: str, after: str, *, several: bool) -> bool:
    """In quotation marks; for one word alone brackets at the very beginning do as well."""
    left = before[-1:]
    if not left or _QUOTES.get(left) != after[:1]:
        return False
    return several or left not in "[(（" or not before[:-1].strip()


def _is_slug(words: str, place: Place, before: str, after: str) -> bool:
    if before.endswith("#"):
        return True
    is_slug = "-" in words and words == "-".join(place.words) and words != place.plain
    return is_slug and not re.match(r"[-\s]?\w", after)


def _numbered(text: str, places: Sequence[Place]) -> Iterator[tuple[int, Place]]:
    """A heading's number, with about its words or after a word such as section."""
    numbers = {place.number: place for place in places if place.number}
    for match in _NUMBERED.finditer(text) if numbers else ():
        place = numbers.get(match["number"])
        if place and (
            _CUED.search(text[max(0, match.start() - 20) : match.start()])
            or _near(match["words"], place)
        ):
            yield match.start(), place


def _near(words: str, place: Place) -> bool:
    one, other = _papers.normal_title(words), " ".join(place.words)
    return fuzz.ratio(one[: len(other) + 4], other) >= _NUMBERED_NEAR


def _spelled(text: str, places: Sequence[Place]) -> Iterator[tuple[int, Place]]:
    """A form's field or a quotation that is a heading, but for its spelling."""
    names: dict[str, list[Place]] = {}
    for place in places:
        names.setdefault(" ".join(place.words), []).append(place)
        names.setdefault(_papers.normal_title(place.title), []).append(place)
    fields = [
        (m.start("value"), part) for m in _FIELD.finditer(text) for part in _parts(m["value"])
    ]
    quotes = [(m.start("value"), m["value"]) for m in _QUOTED.finditer(text)]
    for at, value in (*fields, *quotes)[:_CONTEXT]:
        known = process.extractOne(
            _papers.normal_title(value), list(names), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        if known:
            yield from ((at, place) for place in names[known[0]])


def _parts(value: str) -> list[str]:
    """A value as it is, and the headings of a path or a choice in it."""
    return [value, *re.split(r"\s*(?:>|»|→|,|;|、|，)\s*", value)[::-1]]
