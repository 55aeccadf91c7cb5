"""What of a text that GitHub shows would do something: a small checker for what the bot writes."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import mistletoe

# Titles that a contributor could write to make our own words do something.
HOSTILE = (
    "@team look",
    "&#64;team and &commat;team",
    "--> <script>alert(1)</script>",
    "<!-- listwright: 0123456789abcdef -->",
    "a \\| b \\\\\\| c",
    "`@team` ``@team`` ```@team",
    "``` @team ````",
    "` @team",
    "fixes #1 and ann/list#2",
    "<img src=x onerror=alert(1)><b>@team</b>",
    "[press](https://evil.example) https://evil.example www.evil.example",
    "![x](https://evil.example/x.png)",
    "**bold @team** _it_ ~~gone~~ \\@team",
    "</details></sub>--><details open>",
    "@team " * 900,
    "ends with a backslash @team \\",
    "$@team$ :tada: \\(x\\)",
    "\u200b@team \u202e@team \x85@team",
    "\u200f\u202e\u2067turned \u061c@team \u2066around",
    "<details><summary>@team",
)
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FENCED = re.compile(r"(?ms)^(`{3,})[a-z]*\n.*?^\1$")
_OURS = re.compile(r"listwright: [0-9a-f ]+")
_TAGS = frozenset(
    "p a code pre sub ul li strong details summary table thead tbody tr th td em br".split()
)
_LEADS = ("https://listwright.example/", "https://github.com/ann/list/blob/")
_MENTION = re.compile(r"(?<![\w`])[@#]\w|https?://|www\.")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def _masked(found: re.Match[str]) -> str:
    """A colon or dot with a backslash makes no address, which the HTML does not tell any more."""
    return "\ue000" if found[1] in ":." else found[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inert = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inert += tag in {"code", "pre"}
        known = dict(attrs)
        if tag not in _TAGS or set(known) - {"href", "class", "align"}:
            self.found.append(f"<{tag} {known}>")
        if tag == "a" and not str(known.get("href")).startswith(_LEADS):
            self.found.append(f"link to {known.get('href')}")

    def handle_endtag(self, tag: str) -> None:
        self._inert -= tag in {"code", "pre"}

    def handle_data(self, data: str) -> None:
        if not self._inert and _MENTION.search(data):
            self.found.append(data)

    def handle_comment(self, data: str) -> None:
        if not _OURS.fullmatch(data.strip()):
            self.found.append(f"<!--{data}-->")


def alive(markdown: str) -> list[str]:
    """Mentions, references, links, tags and comments that would act; our own are none.

    Marks of direction count where our own words stand after them.
    """
    reader = _Reader()
    reader.found += _TURNS.findall(_FENCED.sub("", markdown))
    reader.feed(mistletoe.markdown(_ESCAPED.sub(_masked, markdown)))
    reader.close()
    return reader.found
