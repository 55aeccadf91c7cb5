"""Venues, dates and names in running text."""

from __future__ import annotations

import re

from rules._dates import parse_date

_ACRONYM = r"(?:[A-Z][A-Za-z]{0,8}[A-Z][A-Za-z]{0,8}|Interspeech)(?:[-@/ ][A-Z][A-Za-z-]{1,12})?"
_YEAR = r"(?:20\d\d|['’]\s?\d\d)"
_EXTRA = r"(?:\s\(?(?:Findings|Workshops?|Oral|Spotlight|Highlight|Main|Demo|Industry)\b\)?){0,2}"
_DATED = re.compile(rf"(?<![\w/.-])(?P<venue>{_ACRONYM}[ -]?{_YEAR}{_EXTRA})(?![\w/-])")
_OF = r"(?:\s(?:on|of|and|for|the|&)){0,2}"
_ACCEPTED = re.compile(
    r"(?:accept(?:ed|ance)|to appear|appear(?:s|ed)|published|presented)\s+(?:at|to|by|in|as)\s+"
    r"(?:an?\s|the\s)?(?:(?:oral|spotlight|poster|paper)\s(?:at|in|of|to)\s)?(?:the\s)?"
    rf"(?P<venue>[A-Z][\w&/@-]{{1,20}}(?:{_OF}\s[A-Z][\w&/@-]{{1,20}}){{0,8}}"
    rf"(?:\s?{_YEAR})?{_EXTRA})"
    r"|(?:被|发表在|发表于|录用于|中稿|已中)\s?"
    rf"(?P<zh>[A-Za-z][\w&/@ -]{{1,40}}?(?:\s?{_YEAR})?{_EXTRA})"
    r"\s?(?=接收|录用|收录|[，。,.；;！!\n）)]|$)",
    re.MULTILINE,
)
_DATE = re.compile(
    r"(?:\b(?:date|published|released|submitted|time|month)\b|日期|时间|发布于|发表于)[^\n\d]{0,20}"
    r"((?:19|20)\d\d[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?月?)",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"(?:\b(?i:authors?(?:\s+list)?(?:\s+(?:is|are|should be))?)|作者(?:是|为|应为)?)"
    r"\**[ \t]*[:：]?\**[ \t]*"
    r"(?P<names>[A-Z][\w.'’-]{0,30}[ \t][^\n:：]{3,600})"
)
_PLACED = re.compile(
    r"(?:\b(?:section|category)|分类|类别|章节)\**[ \t]*[:：][^\n]{0,100}", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|，|、|；|\band\b|&|和)\s*")
# What a text is about, by the words for it.
_ABOUT = {
    "code": r"code|github|repo\w*|implementation|代码|仓库",
    "title": r"titles?|rename\w*|标题|题目",
    "authors": r"authors?|作者|署名",
    "venue": r"venues?|conference|accepted|published|会议|期刊|接收|录用|发表",
    "date": r"dates?|month|year|日期|时间|月份",
    "section": r"sections?|categor\w+|move[ds]?|moving|belongs?|分类|类别|移到|移动|章节",
    "link": r"(?:paper|arxiv|pdf)[ -]links?|links? (?:of|to) the paper|urls?|论文链接",
}
_MENTIONS = {
    name: re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)
    for name, words in _ABOUT.items()
}
_LONGEST_NAME, _MOST_NAMES = 60, 100


def venue(text: str) -> str:
    """The venue that a text names: where a paper was accepted, else one with its year."""
    match = _ACCEPTED.search(text)
    if match:
        found = " ".join((match["venue"] or match["zh"]).split())
        dated = _DATED.search(found)
        return _closed(dated["venue"] if dated else found)
    match = _DATED.search(text)
    return _closed(" ".join(match["venue"].split())) if match else ""


def _closed(venue: str) -> str:
    """A venue without the bracket that closes one around it."""
    return venue.removesuffix(")") if venue.count("(") < venue.count(")") else venue


def without_facts(text: str) -> str:
    """A text in which each venue, section and list of authors ends a sentence."""
    for told in (_AUTHORS, _ACCEPTED, _DATED, _PLACED):
        text = told.sub(" . ", text)
    return text


def date(text: str) -> str:
    """The date that a text gives, as it is written."""
    match = _DATE.search(text)
    return plain_date(match[1]) if match else ""


def plain_date(text: str) -> str:
    """A text that is a date and nothing else; empty for any other."""
    return text.strip() if parse_date(text) else ""


def authors(text: str) -> tuple[str, ...]:
    """The authors that a text lists."""
    match = _AUTHORS.search(text)
    found = people(match["names"]) if match else ()
    return found if len(found) > 1 else ()


def people(text: str) -> tuple[str, ...]:
    """Names that stand side by side."""
    names = (name.strip(" .*_") for name in _BETWEEN_NAMES.split(" ".join(text.split())))
    return tuple(name for name in names if 1 < len(name) <= _LONGEST_NAME)[:_MOST_NAMES]


def mentioned(text: str) -> tuple[str, ...]:
    """The facts that a text is about, by name."""
    return tuple(name for name, words in _MENTIONS.items() if words.search(text))
