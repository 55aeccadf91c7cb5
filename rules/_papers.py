"""Which paper a link or a row means: one identity across hosts, versions and forms. Offline."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from urllib.parse import SplitResult

ARXIV_MIRRORS = frozenset(
    """export.arxiv.org browse.arxiv.org cn.arxiv.org de.arxiv.org es.arxiv.org in.arxiv.org
    jp.arxiv.org tw.arxiv.org uk.arxiv.org lanl.arxiv.org xxx.lanl.gov""".split()
)
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|trk|trackingid|spm|scm|_hsenc|_hsmi",
    re.IGNORECASE,
)
CODE_HOSTS = frozenset(
    """github.com gitlab.com gitee.com bitbucket.org codeberg.org sr.ht anonymous.4open.science
    modelscope.cn huggingface.co hf.co""".split()
)

_ID = r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?P<version>v\d+)?"
_NEW_ID = re.compile(r"arxiv:(\d\d)(\d\d)\.\d{4,5}")
_ARXIV_PATH = re.compile(rf"/(?:abs|pdf|html|format|ps|e-print|src)/{_ID}(?:\.pdf|/)?")
_BARE_ARXIV_PATH = re.compile(rf"/(?:(?:abs|pdf|html|overview|arxiv|papers)/)*{_ID}(?:\.pdf|/)?")
_ARXIV_READERS = frozenset(
    """alphaxiv.org ar5iv.org ar5iv.labs.arxiv.org papers.cool huggingface.co hf.co
    semanticscholar.org scirate.com""".split()
)
_DOI = re.compile(r"/(10\.\d{4,9}/[^?#]+)")
_DOI_TAIL = re.compile(
    r"(?:v\d+)?(?:[./](?:full|pdf|epdf|abstract|meta|html|full-text|fulltext)){0,3}/?$",
    re.IGNORECASE,
)
_ACL = r"([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)(?:\.pdf|/)?"
_NEURIPS = r"(?:papers|proceedings)\.(?:neurips|nips)\.cc"
_VENUES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("acl", rf"aclanthology\.org/{_ACL}"),
        ("acl", rf"aclweb\.org/anthology/(?:\w/\w+/)?{_ACL}"),
        ("cvf", r"openaccess\.thecvf\.com/.*/([^/]+_paper)\.(?:html|pdf)"),
        ("pmlr", r"proceedings\.mlr\.press/(v\d+/[^/.]+)(?:\.html|/[^/]+\.pdf)"),
        ("neurips", rf"{_NEURIPS}/.*/([0-9a-f]{{32}})-[\w-]+\.(?:html|pdf)"),
        ("s2", r"semanticscholar\.org/paper/(?:[^/]+/)?([0-9a-f]{40})/?"),
    )
)
_REPOSITORY = re.compile(r"(?:github|gitlab)\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/.*)?")
WORD = re.compile(r"[^\W_]+")
_SIMILAR = 85
# Every rule asks for the same links, before and after a change: those of the longest list.
REMEMBERED = 250_000
# No title is longer, and comparing grows with the square of the length.
_LONGEST = 1_000


@lru_cache(REMEMBERED)
def host(url: str) -> str:
    """The host of an address in lower case, without `www.`; empty for what is no web address."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme.lower() in ("http", "https") and parts.netloc else None


@lru_cache(REMEMBERED)
def identify(url: str) -> str:
    """The canonical name of what a link leads to, such as `arxiv:2505.14582`; empty for no link.

    Args:
        url: an absolute web address.

    Returns:
        `kind:name`, where kind is arxiv, doi, openreview, acl, cvf, pmlr, neurips, s2, repo or,
        for everything else, url.
    """
    parts = _split(url)
    if parts is None:
        return ""
    site, path = host(url), unquote(parts.path)
    return (
        _arxiv(site, path)
        or _openreview(site, parts)
        or _venue(site + path)
        or _doi(path)
        or _repository(site + path)
        or f"url:{_canonical(site, parts)}"
    )


def is_paper(identity: str) -> bool:
    """Whether an identity names a paper rather than some page or repository."""
    return bool(identity) and not identity.startswith(("url:", "repo:"))


def _arxiv(site: str, path: str) -> str:
    match = None
    if site == "arxiv.org" or site in ARXIV_MIRRORS:
        match = _ARXIV_PATH.fullmatch(path)
    elif site in _ARXIV_READERS:
        match = _BARE_ARXIV_PATH.fullmatch(path)
    return f"arxiv:{match['id'].lower()}" if match else ""


def arxiv_month(identity: str) -> tuple[int, int]:
    """The year and month an arXiv id was given in; (0, 0) for anything else."""
    match = _NEW_ID.fullmatch(identity)
    return (2000 + int(match[1]), int(match[2])) if match else (0, 0)


def _openreview(site: str, parts: SplitResult) -> str:
    if site != "openreview.net":
        return ""
    found = dict(parse_qsl(parts.query)).get("id") or parts.fragment.removeprefix("id=")
    return f"openreview:{found}" if found and "/" not in found else ""


def _venue(address: str) -> str:
    for kind, pattern in _VENUES:
        match = pattern.fullmatch(address)
        if match:
            return f"{kind}:{match[1].lower()}"
    return ""


def _doi(path: str) -> str:
    match = _DOI.search(path)
    if not match:
        return ""
    name = _DOI_TAIL.sub("", match[1]).lower()
    arxiv = name.removeprefix("10.48550/arxiv.")
    return f"arxiv:{arxiv}" if arxiv != name else f"doi:{name}"


def _repository(address: str) -> str:
    match = _REPOSITORY.fullmatch(address)
    return f"repo:{match[1]}/{match[2]}".lower() if match else ""


def _canonical(site: str, parts: SplitResult) -> str:
    query = [(k, v) for k, v in parse_qsl(parts.query) if not TRACKING.fullmatch(k)]
    address = site + parts.path.rstrip("/")
    fragment = f"#{parts.fragment}" if parts.fragment and not parts.path.strip("/") else ""
    return address + (f"?{urlencode(query)}" if query else "") + fragment


def normal_title(title: str) -> str:
    """A title for comparing: words alone, in lower case; of a long text only the beginning."""
    return " ".join(WORD.findall(title[:_LONGEST].casefold()))


def same_title(one: str, other: str) -> bool:
    """Whether two titles may name one paper that both rows link.

    A nickname added or dropped counts as the same, and so does a light retitling; this is for rows
    that share a link, not for finding duplicates by title alone.
    """
    a, b = normal_title(one), normal_title(other)
    if not a or not b or a == b:
        return True
    short, long = sorted((a, b), key=len)
    return f" {short} " in f" {long} " or fuzz.token_set_ratio(a, b) >= _SIMILAR
