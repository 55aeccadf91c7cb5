"""What a link leads to, as far as its address tells: code, a paper, a project's page."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from urllib.parse import urlsplit

from rules import _papers
from rules._papers import REMEMBERED


class Kind(Enum):
    """Where a link leads; OTHER where its address does not tell."""

    CODE = "code"
    PAPER = "paper"
    PAGE = "page"
    SITE = "site"
    OTHER = "other"


# Hosts of code and data beside those that _papers knows, and those of institutions.
_CODE = re.compile(
    r"(?:gist\.|raw\.)?github(?:usercontent)?\.com|(?:git|gitlab|gitee|code)\.[\w.-]+|[\w.-]+\.git\.io"
    r"|colab\.research\.google\.com|kaggle\.com|sourceforge\.net|zenodo\.org|osf\.io|figshare\.com"
    r"|codeocean\.com|(?:drive|docs)\.google\.com"
)
# A project's page on a host that gives one to everybody.
_PAGES = re.compile(
    r"(?:[\w.-]+\.(?:github|gitlab|gitee|codeberg)\.(?:io|page)"
    r"|[\w.-]+\.(?:netlify|vercel|pages|web|streamlit)\.(?:app|dev)|sites\.google\.com)"
)
# Archives of data and code that give DOIs.
_DATA = re.compile(r"doi:10\.(?:5281|6084|5061|17605|24433|7910|17632|4121|57967|5072)/")
_SITE = re.compile(r"https?://[^/?#]+/*", re.IGNORECASE)
_PAPER_KINDS = ("arxiv:", "openreview:", "acl:", "cvf:", "pmlr:", "neurips:", "s2:", "doi:")


@lru_cache(REMEMBERED)
def kind_of(url: str) -> Kind:
    """Where a link leads; a SITE is the first page of a host, without any path."""
    site, identity = _papers.host(url), _papers.identify(url)
    if identity.startswith(_PAPER_KINDS):
        supplement = _DATA.match(identity) or "/attachment" in urlsplit(url).path
        return Kind.CODE if supplement else Kind.PAPER
    if site in _papers.CODE_HOSTS or _CODE.fullmatch(site):
        return Kind.CODE
    if _PAGES.fullmatch(site):
        return Kind.PAGE
    return Kind.SITE if _SITE.fullmatch(url) else Kind.OTHER
