"""The anchors of a document, by GitHub's rules.

A heading's anchor is its text in lower case, without what is no letter, mark, digit, underscore,
hyphen or blank, with hyphens for blanks; a repeated one is numbered. Emoji go, but the variation
selector in some of them (U+FE0F) is a mark and stays.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rules._markdown import without_closing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._document import Document, Section

_HEADINGS = 6
_LONGEST = 1_000
_ATX = re.compile(r"#{1,6}[ \t](?P<text>.*)")
_DOUBT = re.compile("[<!\u200d]")
_ALMOST_ATX = re.compile(r"^[ \t>]*#{1,6}[ \t]*(\S.{0,999})$", re.MULTILINE)
_HTML_HEADING = re.compile(r"<(/?)h[1-6]\b[^<>]*>", re.IGNORECASE)
_ID = re.compile(r"""\b(?:id|name)[ ]{0,9}=[ ]{0,9}["']?([^\s"'<>]{1,999})""", re.IGNORECASE)

_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")
_LINK = re.compile(r"(?<!\\)\[([^\[\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])")
_COMMENT = re.compile(r"<!--.*?-->")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_CODE = re.compile(r"(?<!`)(`{1,2})([^`]+)\1(?!`)")
_UNDERLINED = re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])(.{0,60}?[^\s\\])\1(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Heading(NamedTuple):
    """A heading with its text as a reader sees it, and its anchor; `section` is None in HTML."""

    line: int
    text: str
    slug: str
    section: Section | None


class Anchors(NamedTuple):
    """Headings from top to bottom; `targets` is all that a link may lead to, in lower case."""

    headings: tuple[Heading, ...]
    targets: frozenset[str]

    def resolve(self, fragment: str) -> bool:
        """Whether a link to this fragment (without its `#`) leads somewhere, for all we know."""
        name = fragment.lower().removeprefix("user-content-")
        return name in ("", "top") or name in self.targets or f"~{bare(name)}" in self.targets


def anchors(document: Document) -> Anchors:
    """Every anchor of a document."""
    found = sorted((*_markdown(document), *_html(document)), key=lambda heading: heading.line)
    seen: Counter[str] = Counter()
    headings = []
    for heading in found:
        again = seen[heading.slug]
        seen[heading.slug] += 1
        headings.append(heading._replace(slug=f"{heading.slug}-{again}") if again else heading)
    targets = {heading.slug for heading in headings}
    targets.update(match[1].lower() for match in _ID.finditer(document.text))
    targets.update(_doubtful(document, headings))
    return Anchors(tuple(headings), frozenset(targets))


def _markdown(document: Document) -> Iterator[Heading]:
    for section in document.sections:
        if section.level <= _HEADINGS:
            line = document.line(section.line).strip().lstrip("> \t")
            match = _ATX.search(line[:_LONGEST]) if "#" in line else None
            text = rendered(without_closing(match["text"]) if match else line)
            yield Heading(section.line, text.strip(), slug(text), section)


def _html(document: Document) -> Iterator[Heading]:
    blocks = [block for block in document.html if not block[1].startswith("<!--")]
    for line, text in (*blocks, *document.prose):
        for opening, closing in pairwise(_HTML_HEADING.finditer(text)):
            if closing[1] and not opening[1]:
                title = rendered(text[opening.end() : closing.start()].replace("\n", " ").strip())
                at = line + text.count("\n", 0, opening.start())
                yield Heading(at, title, slug(title), None)


def _doubtful(document: Document, headings: Sequence[Heading]) -> Iterator[str]:
    """Anchors without their hyphens and marks, where it is not certain what GitHub makes of them.

    Those are headings with pictures, tags or joined emoji, and lines that only nearly are headings.
    """
    lines = {heading.line for heading in headings}
    for match in _ALMOST_ATX.finditer(document.text):
        doubtful = _DOUBT.search(match[1]) or document.position(match.start(1))[0] not in lines
        if doubtful:
            yield f"~{bare(slug(rendered(match[1])))}"


def slug(text: str) -> str:
    """The anchor of a heading's text, as long as no other heading has the same."""
    return "".join(c for c in text.lower() if c in "- " or _is_word(c)).replace(" ", "-")


def _is_word(character: str) -> bool:
    kind = unicodedata.category(character)
    circled = "\u24b6" <= character <= "\u24e9" or "\U0001f130" <= character <= "\U0001f189"
    return kind[0] in "LM" or kind in ("Nd", "Nl", "Pc") or circled


def bare(text: str) -> str:
    """A slug without hyphens and marks, to tell what was meant."""
    return "".join(c for c in text if c != "-" and unicodedata.category(c) not in ("Mn", "Cf"))


def rendered(raw: str) -> str:
    """A heading's source as its reader sees it."""
    commented, end, rest = raw[:_LONGEST].rpartition("-->")
    text = _IMAGE.sub("", _COMMENT.sub("", commented + end) + rest)
    text = _LINK.sub(r"\1", text)
    pieces, at = [], 0
    for code in _CODE.finditer(text):
        pieces += [_unmarked(text[at : code.start()]), code[2]]
        at = code.end()
    return "".join([*pieces, _unmarked(text[at:])]).strip("\n")


def _unmarked(text: str) -> str:
    """Text without tags, emphasis, escapes and entities."""
    text = _UNDERLINED.sub(r"\2", _TAG.sub("", text))
    return html.unescape(_ESCAPE.sub(r"\1", text.replace("**", "").replace("~~", "")))
