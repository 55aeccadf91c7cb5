"""The text of the one issue about dead links, and what people decided in it. Pure.

The issue's own body keeps which links it told of and which boxes are ticked, so that losing the
database loses no decision. A link is named there by a hash: no text of others is in a hidden mark.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot import cut
from bot.links import words
from bot.links.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from bot.links.places import Place
    from bot.links.streaks import Streak
    from rules import Text

MANY = 5  # rows of one host that fail
SHOWN = 50  # rows of the table
_DECIDED = 200  # ticked boxes at most
_KNOWN = 3_000  # links at most that the issue remembers to have told of
_ROOM = cut.COMMENT - 1_000  # bytes, for all but the words around
_BOX = re.compile(
    r"^[-*] \[(?P<tick>[ xX])\] .*<!-- link: (?P<key>[0-9a-f]{10})=(?P<verdict>[a-z-]+) -->\s*$",
    re.MULTILINE,
)
_MARK = re.compile(r"<!-- listwright links: ([0-9a-f ]*)-->")


@dataclass(frozen=True, slots=True)
class Dead:
    """A link that is to be told of, and where it stands."""

    url: str
    streak: Streak
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class State:
    """What an issue's body tells: the links that it told of, and those that people ignore.

    Both are by key: a link's, or its host's. What is ignored is so while its verdict stays.
    """

    known: frozenset[str] = frozenset()
    ignored: Mapping[str, str] = field(default_factory=dict)

    def names(self, url: str) -> bool:
        """Whether the issue told of a link."""
        return key(url) in self.known

    def knows(self, url: str) -> bool:
        """Whether the issue told of a link, or of its host."""
        return not self.known.isdisjoint(_keys(url))

    def ignores(self, url: str, verdict: Verdict) -> bool:
        """Whether people decided to leave a link be."""
        return any(self.ignored.get(key) == verdict.value for key in _keys(url))


@dataclass(frozen=True, slots=True)
class Matter:
    """What one row of the table is about: a link, or a `host` with all its links that fail."""

    links: Sequence[Dead]
    host: str = ""

    @property
    def key(self) -> str:
        return key(f"host {self.host}" if self.host else self.links[0].url)

    @property
    def verdict(self) -> Verdict:
        """That of most of its links."""
        return Counter(one.streak.verdict for one in self.links).most_common(1)[0][0]

    @property
    def name(self) -> str:
        """How to call it, as others wrote it."""
        return self.host or self.links[0].url


@dataclass(frozen=True, slots=True)
class Report:
    """The issue as it should be; `dead` counts the links in its table."""

    title: Text
    body: Text
    dead: int


def key(text: str) -> str:
    """A short name for a link or a host."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:10]


def _keys(url: str) -> tuple[str, str]:
    return key(url), key(f"host {host_of(url)}")


def host_of(url: str) -> str:
    """A link's host with its port, in lower case; "" where it cannot be read."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].casefold()
    except ValueError:
        return ""


def read(body: str) -> State:
    """What the issue's body tells, as we wrote it and as people ticked it."""
    boxes = {box["key"]: box for box in _BOX.finditer(body)}
    ignored = {name: box["verdict"] for name, box in boxes.items() if box["tick"] != " "}
    marks = _MARK.findall(body)
    return State(frozenset(marks[-1].split()) if marks else frozenset(), ignored)


def ticked(body: str, url: str) -> str | None:
    """The body with a link's box ticked, or its host's; None where the issue knows no such link."""
    for wanted in _keys(url):
        for box in _BOX.finditer(body):
            if box["key"] == wanted:
                start, end = box.span("tick")
                return f"{body[:start]}x{body[end:]}"
    if not read(body).knows(url):
        return None
    box_of_its_own = words.box(url, key(url), Verdict.DEAD, tick=True)  # one of those not shown
    return _MARK.sub(lambda mark: f"{box_of_its_own}\n\n{mark[0]}", body)


def pruned(body: str, failing: Collection[str]) -> str:
    """The body of a closed issue without what it remembers of links that fail no more."""
    keys = {name for url in failing for name in _keys(url)}
    known = read(body).known & keys
    body = _BOX.sub(lambda box: box[0] if box["key"] in keys else "", body)
    return _MARK.sub(lambda _: _mark(known), body)


def matters(dead: Sequence[Dead], links: Collection[str]) -> list[Matter]:
    """What the rows are about. `links` are all of the list: a host fails where most of its do."""
    there = Counter(map(host_of, links))
    rows, urls = Counter[str](), Counter[str]()
    for one in dead:
        rows[host_of(one.url)] += len(one.places)
        urls[host_of(one.url)] += 1
    failing = {host for host in rows if rows[host] >= MANY and 2 * urls[host] > max(1, there[host])}
    failing = {host for host in failing if urls[host] > 1}
    alone = [Matter([one]) for one in dead if host_of(one.url) not in failing]
    hosts = [Matter([o for o in dead if host_of(o.url) == host], host) for host in sorted(failing)]
    return [*hosts, *alone]


def compose(
    dead: Sequence[Dead],
    state: State,
    links: Collection[str],
    address: Callable[[Place], str],
    times: int,
) -> Report:
    """The issue about links that are dead.

    Args:
        dead: the links, in the order of the list; those ignored too.
        state: what people decided, and what the issue told of before.
        links: all links of the list.
        address: the address of a place.
        times: how often each failed at least.
    """
    told = [one for one in dead if not state.ignores(one.url, one.streak.verdict)]
    left = [one for one in dead if state.ignores(one.url, one.streak.verdict)]
    about = matters(told, links)
    decided = _boxes(_ignored(left, state)[:_DECIDED], tick=True)
    mark = _mark({matter.key for matter in about} | {key(one.url) for one in told})
    if not about:
        return Report(words.title(0), words.well(decided, mark), 0)
    rows = [words.row(matter, address) for matter in about[:SHOWN]]
    boxes = _boxes(about[:SHOWN], tick=False)
    room = _ROOM - cut.size(mark) - sum(cut.size(box) + 2 for box in decided)
    pairs = [f"{row}\n{box}" for row, box in zip(rows, boxes, strict=True)]
    shown = len(cut.whole(pairs, room)[0])
    body = words.body(
        rows[:shown],
        [*boxes[:shown], *decided],
        left=len(about) - shown,
        times=times,
        since=min(one.streak.since for one in told),
        mark=mark,
    )
    return Report(words.title(len(told)), body, len(told))


def _ignored(left: Sequence[Dead], state: State) -> list[Matter]:
    """What people ignore: by link, or by host where they ticked that."""
    by_host: dict[str, list[Dead]] = {}
    alone = []
    for one in left:
        own, host = _keys(one.url)
        if own in state.ignored:
            alone.append(Matter([one]))
        elif host in state.ignored:
            by_host.setdefault(host_of(one.url), []).append(one)
    return [*(Matter(links, host) for host, links in by_host.items()), *alone]


def _boxes(about: Sequence[Matter], *, tick: bool) -> list[Text]:
    return [words.box(one.name, one.key, one.verdict, tick=tick) for one in about]


def _mark(known: Collection[str]) -> str:
    return f"<!-- listwright links: {' '.join([*sorted(known)[:_KNOWN], ''])}-->"
