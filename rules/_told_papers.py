"""The papers of a text in free words: each with its links, and what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules import _told_facts, _told_titles
from rules._paper_facts import Paper
from rules._told_links import links, prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules._told_links import ToldLink

# What stands before a link, as far as a title may reach.
_BEFORE = 600
# Where the words about one paper end before those about the next begin.
_NEXT = re.compile(r"[\n(;；（。]|\band\b|以及|和")
_LONG = 5


@dataclass
class _Group:
    """The links of one paper."""

    paper: ToldLink | None
    code: ToldLink | None = None

    @property
    def first(self) -> ToldLink:
        found = [link for link in (self.paper, self.code) if link]
        return min(found, key=lambda link: link.start)

    @property
    def last(self) -> ToldLink:
        found = [link for link in (self.paper, self.code) if link]
        return max(found, key=lambda link: link.start)


def in_words(heading: str, body: str) -> list[Paper]:
    """The papers of a text, in its order; by their titles alone where it has no links."""
    text = f"{heading}\n{body}"
    groups = _grouped(text, list(links(text)))
    if not groups:
        return _by_titles(heading, body)
    return [_paper(text, groups, place, heading) for place in range(len(groups))]


def _grouped(text: str, found: Sequence[ToldLink]) -> list[_Group]:
    """One group for each paper, with its code; for each repository where there are no papers."""
    papers = _once([link for link in found if link.is_paper] or _called_papers(found))
    codes = _once([link for link in found if link.is_code and link not in papers])
    if not papers:
        return [_Group(None, code) for code in codes]
    groups = [_Group(paper) for paper in papers]
    if len(codes) == len(papers) and codes[0].start > papers[-1].start:
        return [_Group(*pair) for pair in zip(papers, codes, strict=True)]
    for code in codes:
        for group in _nearest(text, groups, code):
            if group.code is None:
                group.code = code
                break
    return groups


def _once(found: Sequence[ToldLink]) -> list[ToldLink]:
    first: dict[str, ToldLink] = {}
    for link in found:
        first.setdefault(link.identity, link)
    return list(first.values())


def _called_papers(found: Sequence[ToldLink]) -> list[ToldLink]:
    """Links to unknown sites that are called papers."""
    named = re.compile(r"paper|pdf|论文|原文", re.IGNORECASE)
    return [
        link
        for link in found
        if not link.is_code and (named.fullmatch(link.label.strip()) or link.url.endswith(".pdf"))
    ]


def _nearest(text: str, groups: Sequence[_Group], code: ToldLink) -> list[_Group]:
    """The papers that a link to code may belong to: of its line, else the one before it."""
    start = text.rfind("\n", 0, code.start) + 1
    end = text.find("\n", code.start) % (len(text) + 1)
    before = [g for g in groups if g.paper and g.paper.start < code.start]
    after = [g for g in groups if g.paper and code.start < g.paper.start]
    here = [g for g in before if g.paper and g.paper.start >= start][-1:]
    beside = [g for g in after if g.paper and g.paper.start < end][:1]
    return [*here, *beside, *before[-1:], *([] if before else after[:1])]


def _paper(text: str, groups: Sequence[_Group], place: int, heading: str) -> Paper:
    group = groups[place]
    since = groups[place - 1].last.end if place else 0
    before = text[max(since, group.first.start - _BEFORE) : group.first.start]
    alone = len(groups) == 1
    until = len(text) if place == len(groups) - 1 else groups[place + 1].first.start
    after = text[group.last.end : until]
    if not alone:
        before, after = before[_begin(before, since) :], _NEXT.split(after)[0]
    within = text[group.first.start : group.last.end]
    before, within, after = prose(before), prose(within), prose(after)
    said = f"{before} {within} {after}"
    return Paper(
        _title(group, before, within, after, heading if alone else ""),
        group.paper.url if group.paper else "",
        group.code.url if group.code else "",
        _told_facts.venue(said),
        _told_facts.date(said),
        _told_facts.authors(said),
    )


def _begin(before: str, since: int) -> int:
    """Where the words about a paper begin that stand behind another one's link."""
    match = _NEXT.search(before) if since else None
    return match.end() if match else 0


def _title(group: _Group, before: str, within: str, after: str, heading: str) -> str:
    """A label that is a title; else what stands before the links, between or behind them."""
    labels = (link.label for link in (group.paper, group.code) if link)
    label = next(filter(None, map(_told_titles.of_label, labels)), "")
    lines = [line for line in before.split("\n") if line.strip()]
    texts = [*reversed(lines), within, *after.split("\n")[:3], heading]
    found = (_told_titles.titles(_told_facts.without_facts(it)) for it in texts)
    return label or next((titles[0] for titles in found if titles), "")


def _by_titles(heading: str, body: str) -> list[Paper]:
    """Papers that a text names by their titles alone."""
    for part in (body, heading):
        found = _told_titles.titles(_told_facts.without_facts(part))
        long = [title for title in found if len(title.split()) >= _LONG]
        if long:
            venue = _told_facts.venue(f"{heading}\n{body}") if len(long) == 1 else ""
            authors = _told_facts.authors(body) if len(long) == 1 else ()
            return [Paper(title, venue=venue, authors=authors) for title in long]
    return []
