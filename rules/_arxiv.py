"""Whether what stands in an arXiv link can be an id at all."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from rules import _papers
from rules._papers import REMEMBERED
from rules._say import Text, say

_KINDS = r"(?:abs|pdf|html|format|ps|e-print|src)"
_PATHS = {
    "huggingface.co": re.compile(r"/papers/(?P<id>[^/]+)/?"),
    "hf.co": re.compile(r"/papers/(?P<id>[^/]+)/?"),
    "alphaxiv.org": re.compile(r"/(?:[a-z]{2}/)?(?:abs|pdf|overview)/(?P<id>[^/]+)/?"),
    "ar5iv.org": re.compile(r"/(?:abs|html)/(?P<id>[^/]+)/?"),
    "ar5iv.labs.arxiv.org": re.compile(r"/(?:abs|html)/(?P<id>[^/]+)/?"),
    "papers.cool": re.compile(r"/arxiv/(?P<id>[^/]+)/?"),
    "scirate.com": re.compile(r"/arxiv/(?P<id>[^/]+)/?"),
    "doi.org": re.compile(r"/10\.48550/arxiv\.(?P<id>[^/]+)", re.IGNORECASE),
}
_ARXIV = re.compile(rf"/{_KINDS}/(?P<id>[a-z.-]+/\d+(?:v\d+)?(?:\.pdf)?|[^/]+)/?", re.IGNORECASE)
_ENDING = re.compile(r"(?:v\d+)?(?:\.pdf)?$", re.IGNORECASE)
_MODERN = re.compile(r"(?P<yy>\d\d)(?P<mm>\d\d)\.(?P<number>\d{4,5})")
_OLD = re.compile(r"[a-z-]+(?:\.[a-z-]+)?/(?P<yy>\d\d)(?P<mm>\d\d)\d{3}", re.IGNORECASE)
_OLD_KIND = re.compile(r"(?:[a-z-]+)(?:\.[a-z-]+)?/\d+", re.IGNORECASE)
# No number at all; what plainly waits for an id is left to its author.
_WORDS = re.compile(r"(?!(?:[x?.]+|placeholder|todo|tbd)$)\D+", re.IGNORECASE)
_DIGITS = re.compile(r"[\d.]{6,}")
_WITH_TAIL = re.compile(r"(?P<id>\d{4}\.\d{4,5}(?:v\d+)?)[,;&*'\"!=+|].*")
# Ids begin with year and month since April 2007, and have five digits after the dot since 2015.
_FIRST, _FIVE_DIGITS = 704, 1501


@lru_cache(REMEMBERED)
def written_id(url: str) -> str:
    """What stands where an arXiv link has its id, without version and `.pdf`; empty elsewhere."""
    site = _papers.host(url)
    if not site:
        return ""
    path = unquote(urlsplit(url).path)
    is_arxiv = site == "arxiv.org" or site in _papers.ARXIV_MIRRORS
    pattern = _ARXIV if is_arxiv else _PATHS.get(site)
    match = pattern.fullmatch(path) if pattern else None
    name = _ENDING.sub("", match["id"].strip()) if match else ""
    # Other sites have pages of their own where ids stand.
    return name if is_arxiv or not _WORDS.fullmatch(name) else ""


def what_is_wrong(name: str) -> Text | None:
    """Why this can be no arXiv id; None when it can, or when it looks like none."""
    modern = _MODERN.fullmatch(name)
    if modern:
        return _wrong_month(modern["mm"]) or _wrong_digits(
            int(modern["yy"] + modern["mm"]), len(modern["number"])
        )
    if _OLD_KIND.fullmatch(name):
        old = _OLD.fullmatch(name)
        return _wrong_month(old["mm"]) if old else say("seven digits follow the `/`")
    tail = _WITH_TAIL.fullmatch(name)
    if tail:
        return say("it ends after `{id}`", id=tail["id"])
    if _WORDS.fullmatch(name):
        return say("ids are numbers")
    return _wrong_shape(name) if _DIGITS.fullmatch(name) else None


def _wrong_month(month: str) -> Text | None:
    known = 1 <= int(month) <= 12  # noqa: PLR2004
    return None if known else say("there is no month {month}", month=month)


def _wrong_digits(begins: int, digits: int) -> Text | None:
    if begins < _FIRST:
        return say("ids of this form begin in April 2007")
    if begins >= _FIVE_DIGITS:
        return None if digits == 5 else say("since 2015, {what}", what=_follow(5, digits))  # noqa: PLR2004
    return None if digits == 4 else say("before 2015, {what}", what=_follow(4, digits))  # noqa: PLR2004


def _wrong_shape(name: str) -> Text:
    begin, dot, number = name.partition(".")
    if not dot:
        return say("a dot belongs after `{start}`", start=name[:4])
    if len(begin) != 4:  # noqa: PLR2004  two digits each for year and month
        return say("4 digits come before the dot, not {digits}", digits=len(begin))
    if not number.isdigit():
        return say("it has one dot")
    meant = 5 if int(begin) >= _FIVE_DIGITS else 4
    return _follow(meant, len(number))


def _follow(meant: int, digits: int) -> Text:
    return say("{meant} digits follow the dot, not {digits}", meant=meant, digits=digits)
