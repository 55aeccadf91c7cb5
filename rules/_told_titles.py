"""Titles in running text: quoted, emphasised, labels of links, or words in capitals."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[\"“《「]([^\"“”《》「」\n]{8,300})[\"”》」]")
_STRONG = re.compile(r"(?<![*_\w])(\*\*|__|\*|_)(?=\S)([^*_\n]{8,300})(?<=\S)\1(?![*_\w])")
_NAMED = re.compile(
    r"(?:^|[\s*_#>-])(?:paper\s+)?(?:title|paper|name|标题|题目|论文(?:标题|题目|名称)?)\**\s*[:：]\**\s*(\S[^\n]{7,300})",
    re.IGNORECASE,
)
# What parts words of Latin letters: Chinese, and tags in brackets such as `[Paper]`.
_OTHER = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+|(?<!\S)\[[^\[\]\n]{1,40}\](?!\S)")
_SMALL = frozenset(
    """a about across after against all along among an and are around as at be before behind
    beside between beyond but by can do does during each every for from how if in inside into is
    it its like near nor not of off on onto or our out outside over per should than that the their
    them there this through to toward towards under until up upon using via vs we what when where
    which while who why with within without yet you your""".split()
)
# What asks for a paper before its title, and what only a colon sets off from it.
_ASKING = frozenset(
    """add added adding asks please request requesting requests suggest suggests suggesting
    recommend recommends recommending include including consider hi hello hey dear thanks thank
    we our i this these here also""".split()
)
_CALLED = frozenset("paper papers work title name link code preprint arxiv article new".split())
_STRIP = " \t\"'“”‘’*_`()[]{}<>《》「」,;:.，。；：、-–—|#"
_FEWEST, _LONGEST = 3, 300
_CAPITALS = 0.5


def titles(text: str) -> list[str]:
    """What may be a title in a text without links, the surest first."""
    found = [_tidy(match[1]) for match in _NAMED.finditer(text)]
    found += [_tidy(match[1]) for match in _QUOTED.finditer(text)]
    found += [_tidy(match[2]) for match in _STRONG.finditer(text)]
    sure = [title for title in found if _is_title(title)]
    runs = sorted(_runs(text), key=lambda run: -len(run.split()))
    return list(dict.fromkeys([*sure, *runs]))


def of_label(label: str) -> str:
    """A link's label, where it is a title rather than a word such as "paper"."""
    label = _tidy(label)
    return label if _is_title(label) else ""


def _tidy(text: str) -> str:
    text = " ".join(text.split()).strip(_STRIP)
    if text.count("(") > text.count(")"):
        text += ")" if not text.endswith("(") else ""
    return text[:_LONGEST]


def _is_title(text: str) -> bool:
    words = text.split()
    if not text.isascii() and any("\u4e00" <= sign <= "\u9fff" for sign in text):
        return len(text) >= 2 * _FEWEST
    return len(words) >= _FEWEST and "://" not in text


def _runs(text: str) -> list[str]:
    """Stretches of words in capitals, with small words between them."""
    found: list[str] = []
    run: list[str] = []
    for word in _OTHER.sub(" 。 ", text).split():
        bare = word.strip(_STRIP)
        begins = word[0] in '(（"“' and run
        if begins or not (_is_capital(bare) or (run and bare.casefold() in _SMALL)):
            found.append(_closed(run))
            run = []
        if run or _is_capital(bare):
            run.append(word)
        if word[-1] in ".!;。；，" and not _goes_on(word):
            found.append(_closed(run))
            run = []
    return [title for title in (*found, _closed(run)) if title]


def _goes_on(word: str) -> bool:
    return word.casefold() in {"vs.", "et.", "al."} or word[-1] == "!"


def _is_capital(word: str) -> bool:
    return (
        bool(word)
        and word.isascii()
        and (word[0].isupper() or word[0].isdigit() or any(sign.isupper() for sign in word[1:]))
    )


def _closed(run: list[str]) -> str:
    """A run without what asks for it at its start and small words at its end."""
    words = list(run)
    while words and _is_before(words[0]):
        words.pop(0)
    while words and words[-1].strip(_STRIP).casefold() in _SMALL:
        words.pop()
    title = _tidy(" ".join(words))
    capitals = sum(_is_capital(word.strip(_STRIP)) for word in words)
    return title if capitals >= _FEWEST and capitals >= _CAPITALS * len(words) else ""


def _is_before(word: str) -> bool:
    bare = word.strip(_STRIP).casefold()
    called = word.endswith((":", "：")) and bare in _CALLED
    return bare in _ASKING or called or (word.islower() and bare in _SMALL)
