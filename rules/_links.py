"""What could be better about an address, and the better one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rules import _papers
from rules._papers import REMEMBERED
from rules._say import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Hosts known to answer https under the same paths.
_SECURE = re.compile(
    r"(?:www\.|export\.|browse\.)?arxiv\.org|(?:www\.)?(?:github|gitlab|youtube|kaggle)\.com|(?:dx\.)?doi\.org"
    r"|(?:www\.)?(?:openreview\.net|aclanthology\.org|aclweb\.org|huggingface\.co|medium\.com)"
    r"|openaccess\.thecvf\.com|proceedings\.mlr\.press|(?:papers|proceedings)\.neurips\.cc"
)
_PINNED = re.compile(r"(/(?:abs|pdf|html)/(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}))v\d+")
_REPOSITORY_ROOT = re.compile(
    r"(https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/[\w.-]+?)(\.git)?(/?)"
)
_CAMPAIGN = re.compile(r"[?&]utm_campaign=([^&#]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"(?<=[?&])([^=&#]+)(?:=[^&#]*)?(?:&|(?=#)|$)")


@dataclass(frozen=True, slots=True)
class Blemish:
    """One thing about an address: what it is, in words, and the address without it.

    `opening` is the same at the beginning of a sentence, where that is written otherwise.
    """

    words: Text
    better: str
    opening: Text | None = None


def _mirror(url: str) -> Blemish | None:
    site = urlsplit(url).hostname or ""
    kind = _papers.identify(url).partition(":")[0]
    if kind == "arxiv" and (site in _papers.ARXIV_MIRRORS or site == "www.arxiv.org"):
        words = say("`{site}` is another name of `arxiv.org`", site=site)
        return Blemish(words, _with_host(url, "arxiv.org"))
    if site == "www.github.com":
        words = say("`www.github.com` only leads on to `github.com`")
        return Blemish(words, _with_host(url, "github.com"))
    return None


def _tracking(url: str) -> Blemish | None:
    names = [m[1] for m in _PARAMETER.finditer(url) if _papers.TRACKING.fullmatch(m[1])]
    if not names:
        return None
    better = _PARAMETER.sub(lambda m: "" if _papers.TRACKING.fullmatch(m[1]) else m[0], url)
    better = re.sub(r"(?<![?&])[?&]+(?=#|$)", "", better)
    return Blemish(say("`{name}` only tells where a reader came from", name=names[0]), better)


def campaign(url: str) -> str:
    """The campaign that a link counts its readers for; empty for none."""
    match = _CAMPAIGN.search(url)
    return match[1] if match else ""


def _insecure(url: str) -> Blemish | None:
    parts = urlsplit(url)
    if parts.scheme != "http" or not _SECURE.fullmatch(parts.hostname or ""):
        return None
    return Blemish(say("`{site}` answers to https", site=parts.hostname), "https" + url[4:])


def _pinned_version(url: str) -> Blemish | None:
    if not _papers.identify(url).startswith("arxiv:") or not _PINNED.search(url):
        return None
    return Blemish(
        say("the link stays at one version of the paper"),
        _PINNED.sub(r"\1", url, count=1),
        say("The link stays at one version of the paper"),
    )


def _git_suffix(url: str) -> Blemish | None:
    match = _REPOSITORY_ROOT.fullmatch(url)
    if not match or not match[2]:
        return None
    return Blemish(say("`.git` is for cloning"), match[1] + match[3])


def _trailing_slash(url: str) -> Blemish | None:
    match = _REPOSITORY_ROOT.fullmatch(url)
    if not match or not match[3]:
        return None
    return Blemish(
        say("a repository needs no `/` at its end"),
        match[1] + (match[2] or ""),
        say("A repository needs no `/` at its end"),
    )


def _pdf(url: str) -> Blemish | None:
    if not _papers.identify(url).startswith("arxiv:") or "/pdf/" not in url:
        return None
    better = url.replace("/pdf/", "/abs/", 1).removesuffix(".pdf")
    return Blemish(
        say("the link leads to the PDF, not to the abstract"),
        better,
        say("The link leads to the PDF, not to the abstract"),
    )


def _with_host(url: str, host: str) -> str:
    old = urlsplit(url).netloc
    return url.replace(old, host, 1)


KINDS: Mapping[str, Callable[[str], Blemish | None]] = {
    "mirror": _mirror,
    "tracking": _tracking,
    "insecure": _insecure,
    "pinned_version": _pinned_version,
    "git_suffix": _git_suffix,
    "trailing_slash": _trailing_slash,
    "pdf": _pdf,
}


def blemish(kind: str, url: str) -> Blemish | None:
    """What an address has of one kind; None when nothing, or when it cannot be read."""
    if _papers.identify(url) == "":
        return None
    return KINDS[kind](url)


@lru_cache(REMEMBERED)
def kinds(url: str) -> tuple[str, ...]:
    """The kinds of blemishes that an address has; nearly all addresses have none."""
    return tuple(kind for kind in KINDS if blemish(kind, url))
