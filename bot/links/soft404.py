"""Pages that say that there is no page, or that we are a robot, whatever their status is."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yarl import URL

# Bounded: a hostile page may open as many as it likes.
_TITLE = re.compile(rb"<title\b[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_HEADING = re.compile(rb"<h1\b[^<>]{0,500}>(.{1,600}?)</h1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_SIGNS = re.compile(r"[^\w]+")
_SEGMENTS = re.compile(r"\s[-–—:·•]+\s|[|»]")
_ABSENT = re.compile(
    r"\b404\b|\bnot found\b|\b(?:cannot|cant|couldnt|could not|can not) (?:be )?f(?:ou|i)nd"
    r"|\b(?:does not|doesnt) exist|\bno longer (?:exists?|available|here)|\bno such page\b"
    r"|\bpage (?:is )?(?:missing|unavailable|gone)\b|不存在|找不到|未找到|已删除"
)
# What no such text is without: nearly all titles need no closer look.
_HINT = re.compile(r"404|not|cant|couldnt|doesnt|no |missing|unavailable|gone|在|到|删")
# Whatever else such a text holds; any other word makes it a text about something.
_VOCABULARY = frozenset(
    """404 a an and any anything be been by can cannot cant could couldnt code content deleted
    document does doesnt entry error exist exists file find for found gone has have here http i is
    it item link longer looking missing moved no not of oh on oops ouch page paper post project
    removed repository request requested resource seems server site sorry status such that the
    there this to uh unavailable url us was we were what whoops with you your youre available or
    but may might nothing""".split()
)
_WALL = re.compile(
    r"just a moment|attention required|ddos guard|access denied|are you a robot|robot check"
    r"|access to this page has been denied|security (?:check|verification)|human verification"
    r"|pardon our interruption|client challenge|making sure you re not a bot|captcha"
    r"|verif\w+ (?:that )?you are (?:a )?human|checking your browser|one moment please|请稍候"
)
_LOGIN = re.compile(
    r"/(?:(?:users?|accounts?|auth|oauth2?|sso|idp|saml2?|cas)/)*"
    r"(?:log-?in|sign-?in|sign_in|authorize|authenticate|servicelogin)\b|^/(?:sso|saml2?|cas|idp)\b",
    re.IGNORECASE,
)
_DEFAULT = re.compile(r"/(?:(?:index|default|home|404|error|notfound|not-found)(?:\.\w{2,5})?)?")


class Page(NamedTuple):
    """What a page calls itself."""

    title: str = ""
    heading: str = ""


def read(page: bytes, headers: Mapping[str, str]) -> Page:
    """The title and the first heading of a page."""
    title, heading = _TITLE.search(page), _HEADING.search(page)
    if not title and not heading:
        return Page()
    charset = headers.get("Content-Type", "").partition("charset=")[2].strip(" \"'").partition(";")
    return Page(*(_text(found, charset[0]) for found in (title, heading)))


def _text(found: re.Match[bytes] | None, charset: str) -> str:
    raw = found[1] if found else b""
    try:
        text = raw.decode(charset or "utf-8", "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def says_absent(text: str) -> bool:
    """Whether a text says that there is no page, and nothing else but the site's name."""
    text = text.casefold().replace("'", "").replace("’", "")
    return bool(_HINT.search(text)) and any(map(_is_absent, _segments(text)))


def _is_absent(segment: str) -> bool:
    words = set(segment.split())
    return bool(_ABSENT.search(segment)) and all(
        word in _VOCABULARY or not word.isascii() for word in words
    )


def _segments(text: str) -> Iterator[str]:
    for segment in _SEGMENTS.split(text):
        yield " ".join(_SIGNS.sub(" ", segment).split())


def is_wall(page: Page, headers: Mapping[str, str]) -> bool:
    """Whether an answer asks for a human instead of showing a page."""
    if headers.get("cf-mitigated") == "challenge" or headers.get("x-amzn-waf-action"):
        return True
    words = (_SIGNS.sub(" ", segment).strip() for segment in _SEGMENTS.split(page.title.casefold()))
    return any(map(_WALL.fullmatch, words))


def is_login(url: URL) -> bool:
    """Whether an address is where one logs in."""
    return bool(_LOGIN.search(url.path))


def is_front(url: URL) -> bool:
    """Whether an address is where a site leads all that it does not have."""
    return not url.raw_query_string and bool(_DEFAULT.fullmatch(url.path.lower()))
