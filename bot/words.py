"""In which language to speak, and all that is said, said in it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from bot import catalogue
from rules import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

Language = Literal["en", "zh"]

# As much of a list as tells its language.
_LINES, _WIDTH = 2_000, 1_000
_NOT_PROSE = re.compile(r"`[^`]*`|<[^<>]*>|\]\([^()\s]*\)|https?://\S+")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")
# Japanese has this share of kana by far; a Chinese list may link its Japanese version.
_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Words:
    """How to say things in a language: `words(text)`. What is no `rules.Text` stays as it is."""

    language: Language = "en"

    def __call__(self, text: str) -> str:
        if not isinstance(text, Text):
            return text
        return text.told({} if self.language == "en" else catalogue.read(self.language))

    def within(self, data: Any) -> Any:
        """JSON with all texts in it said."""
        if isinstance(data, dict):
            return {key: self.within(value) for key, value in data.items()}
        if isinstance(data, list | tuple):
            return [self.within(each) for each in data]
        return self(data) if isinstance(data, Text) else data


def choose(configured: Literal["auto", "en", "zh"], text: str) -> Words:
    """The configured language; with `auto` the one that a list's text is written in."""
    return Words(language_of(text) if configured == "auto" else configured)


def language_of(text: str) -> Language:
    """Chinese where headings and prose have more Chinese characters than other words.

    Chinese takes more than one character for a word, so a text in both languages counts as Chinese.
    Tables tell nothing: lists in any language link papers with English titles.
    """
    han = other = words = 0
    for line in _prose(text):
        han += len(_HAN.findall(line))
        other += len(_KANA_OR_HANGUL.findall(line))
        words += len(_WORD.findall(line))
    return "zh" if han > words and other < _SHARE * (han + other) else "en"


def _prose(text: str) -> Iterator[str]:
    """Lines without code, tables, tags and addresses."""
    fenced = False
    for line in islice(text.splitlines(), _LINES):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not line.lstrip().startswith("|"):
            yield _NOT_PROSE.sub(" ", line[:_WIDTH])
