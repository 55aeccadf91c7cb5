"""What a paper's own words tell: where it was accepted, where its code is, that it is withdrawn.

Authors write as they like, so in doubt nothing is told.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LONGEST = 2_000  # characters of a text that are read for more than links
_NAME = r"(?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:[-/&][A-Z][A-Za-z]+)*)"
_YEAR = r"(?P<year>20\d\d|(?<=['’‘])\d\d)"
_DATED = re.compile(rf"(?<![\w-]){_NAME}\)?,?[\s'’‘-]*(?:Findings,?[\s'’‘-]*)?{_YEAR}(?!\d)")
_JOURNAL = re.compile(r"(?<![\w-])(?P<name>TMLR|TACL|JMLR|JAIR|TPAMI|IJCV|TKDE|TOIS|TIST)(?!\w)")
_ACCEPTED = re.compile(
    r"\b(?:accept(?:ed|ance)|(?:to )?appear(?:s|ed|ing)?|published|presented|publication|"
    r"camera[- ]ready|in proceedings of)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:submitted|submission|under (?:\w+ )?review|reject\w*|withdrawn|not (?:yet )?accepted|"
    r"previous(?:ly)?|earlier|extend\w*|extension|challenge|competition)\b",
    re.IGNORECASE,
)
_TRACKS = re.compile(
    r"\b(?P<track>workshops?|findings|oral|spotlight|demo|datasets and benchmarks|industry|"
    r"position|student abstract|tutorial)\b",
    re.IGNORECASE,
)
# What may stand beside a venue where nothing says "accepted".
_BESIDE = re.compile(
    r"(?:main|conference|paper|papers|long|short|full|track|poster|highlight|as|an?|the|at|in|"
    r"proceedings|of|camera[- ]ready|version|IEEE|ACM|CVF|[\W_])+",
    re.IGNORECASE,
)
# Capitals that name no venue.
_NO_VENUES = frozenset("IEEE ACM CVF AI ML NLP CV LLM LLMs MLLM VLM GPT USA UK EU DOI PDF".split())
_SENTENCE = re.compile(r"(?:;|\n|[.!?](?:\s|$))")
_PIECE = re.compile(r",(?!\s*(?:20|['’])\d\d\b)|;|\n|[.!?](?:\s|$)")

_CODE = re.compile(
    r"(?:https?://)?(?:www\.)?"
    r"(?P<place>(?:github|gitlab|gitee)\.com/[\w.-]+/[\w.-]+|bitbucket\.org/[\w.-]+/[\w.-]+"
    r"|codeberg\.org/[\w.-]+/[\w.-]+|anonymous\.4open\.science/r/[\w.-]+"
    r"|huggingface\.co/(?!papers/)[\w.-]+/[\w.-]+)",
    re.IGNORECASE,
)
_PAPER = r"(?:paper|article|submission|manuscript|preprint|work|version|draft|report|note)"
_WITHDRAWN = re.compile(
    rf"\b(?:this|our) {_PAPER} (?:has been|have been|is|was|is being) (?:\w+ )?withdrawn"
    rf"|\b(?:we|I|authors?) (?:have |has |had )?(?:\w+ )?withdr[ae]wn? (?:this|our|the) {_PAPER}"
    r"|^\W*(?:title:? )?(?:the |paper |article )*(?:is |has been |was )?withdrawn\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\s*(?:from|at) (?!(?:the )?arxiv)", re.IGNORECASE)


class Venue(NamedTuple):
    """Such as ("ACL", 2025, "Findings"); the year is 0 where a journal is named without one."""

    name: str
    year: int
    track: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, str(self.year or ""), self.track)))


def venue(comment: str, journal_ref: str) -> Venue | None:
    """Where the authors say the paper was accepted or published."""
    comment, journal_ref = comment[:_LONGEST], journal_ref[:_LONGEST]
    return _accepted(comment) or _alone(comment) or _alone(journal_ref)


def _accepted(text: str) -> Venue | None:
    """What follows "accepted at" and the like."""
    for sentence in _SENTENCE.split(text):
        told = _ACCEPTED.search(sentence)
        if told and not _NOT_YET.search(sentence):
            found = _named(sentence[told.end() :])
            if found:
                return found
    return None


def _alone(text: str) -> Venue | None:
    """A piece that is a venue and nothing else."""
    for piece in map(str.strip, _PIECE.split(text)):
        found = _named(piece)
        match = _DATED.search(piece)
        if found and match:
            rest = _TRACKS.sub("", piece[: match.start()] + piece[match.end() :])
            if not rest or _BESIDE.fullmatch(rest):
                return found
    return None


def _named(text: str) -> Venue | None:
    for match in _DATED.finditer(text):
        if match["name"] not in _NO_VENUES:
            year = int(match["year"])
            return Venue(match["name"], year if year > 99 else 2000 + year, _track(text))  # noqa: PLR2004
    journal = _JOURNAL.search(text)
    return Venue(journal["name"], 0) if journal else None


def _track(text: str) -> str:
    match = _TRACKS.search(text)
    track = match["track"].capitalize() if match else ""
    return "Workshop" if track == "Workshops" else track


def code_links(*texts: str) -> tuple[str, ...]:
    """The addresses of code that texts name, each once, in their order."""
    found = (match["place"] for text in texts for match in _CODE.finditer(text.replace("\\", "")))
    return tuple(dict.fromkeys(f"https://{place.rstrip('.-')}" for place in found))


def is_withdrawn(title: str, comment: str, abstract: str) -> bool:
    """Whether a paper says that it is withdrawn from arXiv, and not from a conference."""
    for text in (comment, title, abstract):
        match = _WITHDRAWN.search(text[:_LONGEST])
        if match and not _ELSEWHERE.match(text, match.end()):
            return True
    return False
