"""Addresses that cannot be right, and what was meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rules._papers import REMEMBERED
from rules._say import Text, say
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
Mistake = tuple[Text, str | None]


@lru_cache(REMEMBERED)
def mistake(url: str) -> Mistake | None:
    """What is wrong with an address; None when it may be right."""
    return next(filter(None, (look(url) for look in _LOOKS)), None)


def _look_before(url: str) -> Mistake | None:
    match = _JUNK_BEFORE.match(url)
    if not match:
        return None
    message = say("{what} before the address breaks the link. Take it out.", what=quote(match[0]))
    return message, url[match.end() :]


def _look_at_scheme(url: str) -> Mistake | None:
    misspelt, twice = _MISSPELT.match(url), _TWICE_SCHEME.match(url)
    if misspelt:
        better = f"http{misspelt['s'].lower()}://"
        message = say(
            "{wrong} is misspelt, so the link leads nowhere. Write `{better}`.",
            wrong=quote(misspelt["scheme"]),
            better=better,
        )
        return message, better + url[misspelt.end() :]
    if twice:
        message = say(
            "{what} stands in front of a whole address. Take it out.", what=quote(twice[0])
        )
        return message, url[twice.end() :]
    if _SCHEMELESS.match(url):
        message = say("Without `https://` GitHub looks for a file of this name in the repository.")
        return message, f"https://{url}"
    return None


def _look_for_citation(url: str) -> Mistake | None:
    match = _CITED.fullmatch(url)
    if not match:
        return None
    what, better = (
        (say("A DOI"), f"https://doi.org/{match['doi']}")
        if match["doi"]
        else (say("An arXiv id"), f"https://arxiv.org/abs/{match['arxiv']}")
    )
    message = say(
        "{what} is no address: GitHub looks for a file of this name. Write {better}.",
        what=what,
        better=quote(better),
    )
    return message, better


def _look_for_slash(url: str) -> Mistake | None:
    match = _JOINED.match(url)
    if not match:
        return None
    message = say("A `/` is missing after {start}.", start=quote(match[1]))
    return message, f"{match[1]}/{url[match.end() :]}"


def _look_for_link(url: str) -> Mistake | None:
    match = _LINK_IN_ADDRESS.fullmatch(url)
    if not match:
        return None
    if match["text"] != match["url"]:
        message = say(
            "A link's address holds two others: {one} and {other}. Which is right?",
            one=quote(match["text"]),
            other=quote(match["url"]),
        )
        return message, None
    message = say("A whole link stands where its address belongs. Write the address alone.")
    return message, match["url"]


def _look_for_second(url: str) -> Mistake | None:
    first, *others = filter(None, _SCHEME.split(url)) if url else [""]
    if not others:
        return None
    if {other.rstrip("/") for other in others} == {first.rstrip("/")}:
        message = say("The address stands twice, so the link leads nowhere. Write it once.")
        return message, others[-1]
    # An archive takes an address after `/`, a query anywhere; a path never after a letter.
    if not first[-1].isalnum() or "?" in first or "#" in first:
        return None
    message = say(
        "Two addresses run into one: {one} and {other}. Which is right?",
        one=quote(first),
        other=quote("".join(others)),
    )
    return message, None


def _look_for_backslash(url: str) -> Mistake | None:
    address = re.split("[?#]", url, maxsplit=1)[0]
    if "\\" not in address or not re.match("https?:", url):
        return None
    better = re.sub(r"\\+", "/", address)
    better = re.sub("^(https?):/*", r"\1://", better)
    message = say("Addresses are written with `/`: a backslash breaks the link.")
    return message, better + url[len(address) :]


def _look_after(url: str) -> Mistake | None:
    match = _JUNK_AFTER.search(url)
    if match is None and not {"{", "["} & set(url):
        match = _STRAY_AFTER.search(url)
    if match is None or not url[: match.start()].isascii():
        return None
    message = say("{what} does not belong to the address. Take it out.", what=quote(match[0]))
    return message, url[: match.start()]


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
