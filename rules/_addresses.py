"""Addresses that cannot be right, and what was meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rules._papers import REMEMBERED
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Callable

_LINK_IN_ADDRESS = re.compile(r"\[(?P<text>https?://[^\s\[\]()]+)\]\((?P<url>https?://[^\s()]+)\)")
_JUNK_BEFORE = re.compile(r"[^\w/#.?&=+%-]+(?=https?://)")
_JUNK_AFTER = re.compile(r"(?<=[!-~])[，。、；：）】」》]+$")
_STRAY_AFTER = re.compile(r"(?<![}\]])[}\]]+$")
_TWICE_SCHEME = re.compile(r"https?:/*(?=https?://)")
_MISSPELT = re.compile(
    r"(?!https?://)(?P<scheme>h?h?t{1,3}p{1,2}(?P<s>s?)(?:[:：;][/／]{0,3}|//))(?=[\w-]+\.\w)",
    re.IGNORECASE,
)
_SCHEMELESS = re.compile(
    r"(?:www\.[\w-]+\.\w|(?:github|gitlab|arxiv|huggingface|openreview|doi)\.(?:com|org|co|net)/)"
)
# A DOI or an arXiv id as people cite it.
_CITED = re.compile(
    r"(?:doi:\s*)?(?P<doi>10\.\d{4,9}/[^\s/]\S*)|arxiv:\s*(?P<arxiv>\d{4}\.\d{4,5}(?:v\d+)?)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(https?://(?:www\.)?(?:(?:github|gitlab)\.com|arxiv\.org|openreview\.net))"
    r"(?!munity\b|pany\b|puter\b)(?=[A-Za-z0-9][\w-]*/)"
)
_SCHEME = re.compile(r"(?=https?://)")

# What is wrong, in words, and the address that was meant, where only one can be.
Mistake = tuple[str, str | None]


@lru_cache(REMEMBERED)
def mistake(url: str) -> Mistake | None:
    """What is wrong with an address; None when it may be right."""
    return next(filter(None, (look(url) for look in _LOOKS)), None)


def _look_before(url: str) -> Mistake | None:
    match = _JUNK_BEFORE.match(url)
    if not match:
        return None
    return f"{quote(match[0])} before the address breaks the link. Take it out.", url[match.end() :]


def _look_at_scheme(url: str) -> Mistake | None:
    misspelt, twice = _MISSPELT.match(url), _TWICE_SCHEME.match(url)
    if misspelt:
        better = f"http{misspelt['s'].lower()}://"
        wrong = quote(misspelt["scheme"])
        message = f"{wrong} is misspelt, so the link leads nowhere. Write `{better}`."
        return message, better + url[misspelt.end() :]
    if twice:
        message = f"{quote(twice[0])} stands in front of a whole address. Take it out."
        return message, url[twice.end() :]
    if _SCHEMELESS.match(url):
        message = "Without `https://` GitHub looks for a file of this name in the repository."
        return message, f"https://{url}"
    return None


def _look_for_citation(url: str) -> Mistake | None:
    match = _CITED.fullmatch(url)
    if not match:
        return None
    what, better = (
        ("A DOI", f"https://doi.org/{match['doi']}")
        if match["doi"]
        else ("An arXiv id", f"https://arxiv.org/abs/{match['arxiv']}")
    )
    message = f"{what} is no address: GitHub looks for a file of this name. Write {quote(better)}."
    return message, better


def _look_for_slash(url: str) -> Mistake | None:
    match = _JOINED.match(url)
    if not match:
        return None
    return f"A `/` is missing after {quote(match[1])}.", f"{match[1]}/{url[match.end() :]}"


def _look_for_link(url: str) -> Mistake | None:
    match = _LINK_IN_ADDRESS.fullmatch(url)
    if not match:
        return None
    if match["text"] != match["url"]:
        both = f"{quote(match['text'])} and {quote(match['url'])}"
        return f"A link's address holds two others: {both}. Which is right?", None
    message = "A whole link stands where its address belongs. Write the address alone."
    return message, match["url"]


def _look_for_second(url: str) -> Mistake | None:
    first, *others = filter(None, _SCHEME.split(url)) if url else [""]
    if not others:
        return None
    if {other.rstrip("/") for other in others} == {first.rstrip("/")}:
        return "The address stands twice, so the link leads nowhere. Write it once.", others[-1]
    # An archive takes an address after `/`, a query anywhere; a path never after a letter.
    if not first[-1].isalnum() or "?" in first or "#" in first:
        return None
    both = f"{quote(first)} and {quote(''.join(others))}"
    return f"Two addresses run into one: {both}. Which is right?", None


def _look_for_backslash(url: str) -> Mistake | None:
    address = re.split("[?#]", url, maxsplit=1)[0]
    if "\\" not in address or not re.match("https?:", url):
        return None
    better = re.sub(r"\\+", "/", address)
    better = re.sub("^(https?):/*", r"\1://", better)
    message = "Addresses are written with `/`: a backslash breaks the link."
    return message, better + url[len(address) :]


def _look_after(url: str) -> Mistake | None:
    match = _JUNK_AFTER.search(url)
    if match is None and not {"{", "["} & set(url):
        match = _STRAY_AFTER.search(url)
    if match is None or not url[: match.start()].isascii():
        return None
    return f"{quote(match[0])} does not belong to the address. Take it out.", url[: match.start()]


_LOOKS: tuple[Callable[[str], Mistake | None], ...] = (
    _look_for_link,
    _look_before,
    _look_at_scheme,
    _look_for_citation,
    _look_for_slash,
    _look_for_second,
    _look_for_backslash,
    _look_after,
)
