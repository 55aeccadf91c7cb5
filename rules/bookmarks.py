"""Contents entries and headings that do not find each other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from rapidfuzz import fuzz

from rules import _contents, _slugs
from rules._diagnostic import Edit, Fix, Severity
from rules._document import Span
from rules._papers import normal_title
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from rules._contents import Entry
    from rules._context import Context
    from rules._document import Document
    from rules._slugs import Anchors, Heading

# Headings side by side with an entry, before its absence for one more is told.
_EVIDENCE, _MOST = 4, 0.9
_ALIKE = 80
_FRAGMENT = re.compile(r"#([^\s()\"'<>\[\]]{1,300})")


class _Contents(NamedTuple):
    """A document's entries from top to bottom, with the headings they may mean.

    `titles` holds the headings whose text no other heading has; `entered` the anchors that some
    entry leads to.
    """

    document: Document
    headings: Sequence[Heading]
    entries: Sequence[Entry]
    titles: Mapping[str, Heading]
    by_slug: Mapping[str, Heading]
    entered: Mapping[str, int]


@rule(Severity.WARNING, fixes="safe")
def bookmarks(context: Context, _options: None) -> Iterator[Found]:
    """A contents entry leads nowhere or elsewhere, or a heading has none."""
    document = context.document
    if not context.tables or not any(_contents.candidates(document)):
        return
    anchors = _slugs.anchors(document)
    lists = list(_contents.contents(document, anchors))
    if not lists:
        return
    known = _know(document, anchors, [entry for entries in lists for entry in entries])
    lost = [entry for entry in known.entries if not anchors.resolve(entry.fragment)]
    meant = _meant(known, lost)
    for entry in lost:
        yield _lost(entry, meant.get(entry.line))
    yield from _astray(known)
    if all(entry.line in meant for entry in lost):
        yield from _without_entry(known, context, {heading.line for heading in meant.values()})


def _know(document: Document, anchors: Anchors, entries: Sequence[Entry]) -> _Contents:
    headings = [heading for heading in anchors.headings if heading.section]
    times = Counter(normal_title(heading.text) for heading in headings)
    titles = {normal_title(heading.text): heading for heading in headings}
    return _Contents(
        document,
        headings,
        entries,
        {title: heading for title, heading in titles.items() if title and times[title] == 1},
        {heading.slug: heading for heading in headings},
        {entry.fragment.lower(): number for number, entry in enumerate(entries)},
    )


# --- entries that lead nowhere


def _meant(known: _Contents, lost: Sequence[Entry]) -> dict[int, Heading]:
    """Line of a lost entry -> the heading that it means: of its name, or in its place."""
    found = {}
    for entry in lost:
        named = known.titles.get(normal_title(entry.text))
        if named:
            found[entry.line] = named
    taken = {heading.line for heading in found.values()}
    free = [h for h in known.headings if h.slug not in known.entered and h.line not in taken]
    for run in _runs(known, [entry for entry in lost if entry.line not in found]):
        between = _between(known, run, free)
        if len(between) == len(run) and all(map(_alike, run, between)):
            found.update((entry.line, each) for entry, each in zip(run, between, strict=True))
    return found


def _alike(entry: Entry, heading: Heading) -> bool:
    """Whether a heading may be an entry's under a new name: most of the words are the same."""
    one, other = normal_title(entry.text), normal_title(heading.text)
    return fuzz.token_set_ratio(one, other) >= _ALIKE


def _runs(known: _Contents, lost: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Lost entries, grouped by the entries that they stand between."""
    places = {entry.line: place for place, entry in enumerate(known.entries)}
    run: list[Entry] = []
    for entry in lost:
        if run and places[entry.line] != places[run[-1].line] + 1:
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _between(known: _Contents, run: Sequence[Entry], free: Sequence[Heading]) -> Sequence[Heading]:
    """Those of the free headings that stand where the entries of a run belong, or none."""
    place = bisect_left(known.entries, run[0].line, key=_line)
    above = _target(known, known.entries[place - 1]) if place else None
    after = place + len(run)
    below = _target(known, known.entries[after]) if after < len(known.entries) else None
    first = above.line + 1 if above else run[-1].line
    last = below.line if below else len(known.document.starts) + 1
    start = bisect_left(free, first, key=_heading_line)
    end = bisect_left(free, last, key=_heading_line)
    return free[start:end] if end - start == len(run) else ()


def _line(entry: Entry) -> int:
    return entry.line


def _heading_line(heading: Heading) -> int:
    return heading.line


def _target(known: _Contents, entry: Entry) -> Heading | None:
    return known.by_slug.get(entry.fragment.lower())


def _lost(entry: Entry, heading: Heading | None) -> Found:
    here = quote(f"#{entry.fragment}")
    if heading is None:
        message = say("{link} leads nowhere: no heading of this file has that anchor.", link=here)
        return Found(None, None, entry.span, message)
    fix = [Edit(entry.span, heading.slug)]
    there = quote(f"#{heading.slug}")
    if normal_title(entry.text) == normal_title(heading.text):
        message = say(
            "{link} leads nowhere: the anchor of that heading is {anchor}.", link=here, anchor=there
        )
    else:
        message = say(
            "{link} leads nowhere: the heading is now {heading}, and {anchor}.",
            link=here,
            heading=quote(heading.text),
            anchor=there,
        )
        fix.insert(0, Edit(entry.text_span, heading.text))
    return Found(None, None, entry.span, message, Fix(tuple(fix), safe=_is_plain(heading.text)))


def _is_plain(text: str) -> bool:
    """Whether a text means itself in Markdown."""
    return not any(mark in text for mark in "[]()<>*_`\\")


# --- entries that lead elsewhere


def _astray(known: _Contents) -> Iterator[Found]:
    """An entry that is named as one heading and leads to another."""
    for entry in known.entries:
        named, target = known.titles.get(normal_title(entry.text)), _target(known, entry)
        if named and target and named is not target and named.slug not in known.entered:
            message = say(
                "This entry leads to {target}; the anchor of {heading} is {anchor}.",
                target=quote(target.text),
                heading=quote(named.text),
                anchor=quote(f"#{named.slug}"),
            )
            yield Found(None, None, entry.span, message, Fix((Edit(entry.span, named.slug),)))


# --- headings without an entry


def _without_entry(known: _Contents, context: Context, meant: Container[int]) -> Iterator[Found]:
    """Headings above tables that no entry leads to, where all others beside them have one."""
    if any(_target(known, entry) is None for entry in known.entries if entry.line not in meant):
        return  # anchors set by hand: which heading they stand for is not certain
    linked = known.entered.keys() | set(_links(known.document))
    texts = frozenset(normal_title(entry.text) for entry in known.entries)
    for beside in _families(known, context):
        entered = [heading for heading in beside if heading.slug in known.entered]
        lacking = [heading for heading in beside if heading.slug not in linked]
        rare = len(lacking) == 1 or len(entered) >= _MOST * len(beside)
        if len(entered) >= _EVIDENCE and rare:
            told = [
                heading
                for heading in lacking
                if heading.line not in meant and normal_title(heading.text) not in texts
            ]
            yield from _unlisted(known, told, entered)


def _links(document: Document) -> Iterator[str]:
    for match in _FRAGMENT.finditer(document.text):
        yield unquote(match[1]).lower()


def _families(known: _Contents, context: Context) -> Iterator[list[Heading]]:
    """Headings below the contents and with a table: those of one level under one heading."""
    paths = {listed.table.section.path for listed in context.tables}
    filled = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
    families: defaultdict[tuple[object, ...], list[Heading]] = defaultdict(list)
    for heading in known.headings:
        section = heading.section
        if section and section.path in filled and heading.line > known.entries[0].line:
            families[(section.level, *section.path[:-1])].append(heading)
    yield from families.values()


def _unlisted(
    known: _Contents, headings: Sequence[Heading], entered: Sequence[Heading]
) -> Iterator[Found]:
    """Speak of headings; those that belong in one place of the contents are entered together."""
    places: defaultdict[int, list[Heading]] = defaultdict(list)
    for heading in headings:
        places[bisect_left(entered, heading.line, key=_heading_line)].append(heading)
    for place, together in places.items():
        fix = _enter(known, [each for each in together if _is_plain(each.text)], entered, place)
        for heading in together:
            message = say(
                "{heading} has no entry in the list of contents; "
                "the {number} headings beside it have one.",
                heading=quote(heading.text),
                number=len(entered),
            )
            span = known.document.line_span(heading.line)
            yield Found(None, None, span, message, fix if _is_plain(heading.text) else None)


def _enter(
    known: _Contents, headings: Sequence[Heading], entered: Sequence[Heading], place: int
) -> Fix | None:
    """Write entries before that of the next heading, or after all of the heading before."""
    number = known.entered[entered[min(place, len(entered) - 1)].slug]
    model = known.entries[number]
    if not model.plain or model.start.strip()[0].isdigit():
        return None
    if place == len(entered):
        number = _past(known.entries, number)
    line = known.entries[number].line if place < len(entered) else known.entries[number].line + 1
    starts, newline = known.document.starts, known.document.newline
    if line > len(starts):
        return None
    text = "".join(f"{model.start}[{each.text}](#{each.slug}){newline}" for each in headings)
    return Fix((Edit(Span(starts[line - 1], starts[line - 1]), text),))


def _past(entries: Sequence[Entry], number: int) -> int:
    """The last of the entries that stand below and under an entry, or itself."""
    last = number
    while last + 1 < len(entries) and (
        entries[last + 1].indent > entries[number].indent
        and entries[last + 1].line == entries[last].line + 1
    ):
        last += 1
    return last
