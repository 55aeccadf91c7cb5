"""An offline arXiv: its API's Atom, and its rules about how to be asked. Without any I/O."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.responses import Response

URL = "https://export.arxiv.org/api/query"
_EVERY = 3.0  # seconds between requests
_MOST = 100  # ids in a request
_SHOWN = 10  # entries, where max_results says nothing
_MODERN = re.compile(r"\d{4}\.\d{4,5}(v\d+)?")
_OLD = re.compile(r"(hep-th|math|cs|quant-ph)(\.[A-Z]{2})?/\d{7}(v\d+)?")
_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"
  xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <title type="html">ArXiv Query: search_query=&amp;id_list={asked}</title>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
{entries}</feed>
"""
_SENT = {"content-type": "application/atom+xml; charset=UTF-8"}


@dataclass(frozen=True)
class Paper:
    """What an author sent in; dates as in `2025-05-17`."""

    title: str
    first: str = "2025-05-17"
    updated: str = ""
    authors: tuple[str, ...] = ("Ann Author", "Bo Writer")
    abstract: str = "We study a thing and find that it works."
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""
    version: int = 1


Mood = Literal["well", "down", "slow", "empty", "nonsense", "refusing"]


@dataclass
class OfflineArxiv:
    """Papers by id; `requests` are the ids of each request that was answered with papers.

    Attributes:
        mood: how it is: "slow" raises TimeoutError instead of an answer.
        passing: how often it is so still, before it is well; -1 for ever.
        early: how many requests came sooner than arXiv allows; they are refused.
    """

    clock: Callable[[], float] = time.time
    papers: dict[str, Paper] = field(default_factory=dict)
    mood: Mood = "well"
    passing: int = -1
    requests: list[list[str]] = field(default_factory=list)
    calls: int = 0
    early: int = 0
    _last: float = float("-inf")

    def respond(
        self, method: str, url: str, headers: Mapping[str, str], _body: bytes = b""
    ) -> Response:
        """Answer one request."""
        self.calls += 1
        hurried, self._last = self.clock() < self._last + _EVERY, self.clock()
        if hurried:
            self.early += 1
            return 429, {"content-type": "text/plain"}, b"Rate exceeded."
        parts = urlsplit(url)
        if method != "GET" or not headers.get("user-agent") or parts.path != "/api/query":
            return 406, {}, b"Not acceptable"
        return self._moody() or self._answer(parse_qs(parts.query))

    def _moody(self) -> Response | None:
        mood = self.mood if self.passing else "well"
        self.passing -= 1 if self.passing > 0 else 0
        if mood == "slow":
            raise TimeoutError("no answer came in time")
        return {
            "down": (500, {}, b"Internal Server Error"),
            "refusing": (503, {"retry-after": "30"}, b"Service Unavailable"),
            "empty": (200, _SENT, _feed([], [], total=0)),
            "nonsense": (200, {"content-type": "text/html"}, b"<html><p>Back soon<br></html>"),
        }.get(mood)

    def _answer(self, query: Mapping[str, list[str]]) -> Response:
        ids = ",".join(query.get("id_list", [])).split(",")
        if len(ids) > _MOST:
            return 414, {}, b"URI Too Long"
        wrong = next(
            (name for name in ids if not (_MODERN.fullmatch(name) or _OLD.fullmatch(name))), ""
        )
        if wrong:
            return 400, _SENT, _feed(ids, [_error(wrong)], total=1)
        self.requests.append(ids)
        shown = [name for name in ids if name in self.papers]
        shown = shown[: int(query.get("max_results", [str(_SHOWN)])[0])]
        # The newest first, in whatever order they were asked for.
        shown.sort(key=lambda name: self.papers[name].first, reverse=True)
        entries = [_entry(name, self.papers[name]) for name in shown]
        return 200, _SENT, _feed(ids, entries, total=len(entries))


def _feed(asked: list[str], entries: list[str], *, total: int) -> bytes:
    return _FEED.format(asked=",".join(asked), total=total, entries="".join(entries)).encode()


def _error(name: str) -> str:
    what = escape(f"incorrect id format for {name}")
    address = f"http://arxiv.org/api/errors#{what.replace(' ', '_')}"
    return f"  <entry><id>{address}</id><title>Error</title><summary>{what}</summary></entry>\n"


def _entry(name: str, paper: Paper) -> str:
    authors = "".join(f"<author><name>{escape(who)}</name></author>" for who in paper.authors)
    told = {"comment": paper.comment, "journal_ref": paper.journal_ref, "doi": paper.doi}
    title = escape(paper.title).replace(": ", ":\n  ", 1)
    extra = "".join(f"<arxiv:{tag}>{escape(it)}</arxiv:{tag}>" for tag, it in told.items() if it)
    return f"""  <entry>
    <id>http://arxiv.org/abs/{name}v{paper.version}</id>
    <updated>{paper.updated or paper.first}T17:59:59Z</updated>
    <published>{paper.first}T08:00:01Z</published>
    <title>{title}</title>
    <summary>  {escape(paper.abstract)}
</summary>
    {authors}{extra}
  </entry>
"""
