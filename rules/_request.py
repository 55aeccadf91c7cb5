"""What an issue asks for: whether it brings something to list at all, and in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from rules import _papers
from rules._terms import terms

# Nobody describes a paper in more; the rest is not looked at.
_TITLE, _BODY, _LINKS = 300, 12_000, 20
_OPENING = 1_000

_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,500}>")
_URL = re.compile(
    r"https?://[^\s<>\"'`|\[\](){}（）【】，。；、]+(?:\([^\s<>()]{1,80}\)[^\s<>()\[\]]{0,80})?"
)
_IMAGE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{0,500}\)")
_TARGET = re.compile(r"(?<=\])\([^()\s]{0,500}\)")
_MENTION = re.compile(r"(?<![\w/])@[\w-]{1,40}(?:/[\w-]{1,40})?")
_TAIL = ".,;:!?*_~'"

_ASKS = re.compile(
    r"""\b(?:add(?:s|ing|ed)?|include|including|inclusion|request(?:s|ing)?|suggest\w*|recommend\w*
    |consider|propos\w+|submi\w+|new\b.{0,60}\b(?:papers?|works?|resources?|entry|entries|api|model)
    |(?:related|relevant|missing|our|my|recent)\b.{0,60}\b(?:papers?|works?|research)
    |(?:paper|resource)\s+(?:title|name|link|url))\b
    |添加|新增|增加|加入|收录|推荐|补充|投稿|我们的.{0,20}(?:工作|论文)""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPLAINS = re.compile(
    r"""^\W*(?:bug|fix|typo|error|question|help|discussion|correction)\b\W*(?:[:\])】]|report|in\b|the\b|$)
    |\b(?:broken|dead|invalid|wrong|incorrect|mistaken|outdated|duplicated?)\s
        (?:\w+\s){0,2}(?:links?|urls?|authors?|titles?|venues?|dates?|names?|sections?|entr(?:y|ies)|rows?|papers?|tables?|codes?|pages?|images?)\b
    |\b(?:links?|urls?|pages?|images?|tables?|authors?|titles?|venues?|dates?|sites?)\s(?:\w+\s){0,3}(?:is|are|was|were|seems?)\s
        (?:\w+\s){0,2}(?:broken|dead|wrong|incorrect|missing|down|outdated|invalid)\b
    |\b(?:typo|bug\sreport|404|(?:does|do|did)(?:n['’]t|\snot)\s(?:work|load|open|render)|not\sworking|cannot\sopen)\b
    |^(?:please\s)?(?:fix|correct|repair)(?:es|ed|ing)?\s(?:the|a|some|broken|dead|wrong|links?|typos?)\b
    |错误|有误|失效|打不开|错别字|更正|修正|写错""",
    re.IGNORECASE | re.VERBOSE,
)
# Titles of papers say `you` and `I` too, but do not speak so.
_PERSONAL = re.compile(
    r"""\bi(?:['’](?:m|ve|d)|\s(?:have|had|am|was|would|want|think|find|found|see|saw|can|could|do|did
        |need|notice\w*|tried|get|got|use|like|love|know|wonder\w*|cannot))\b
    |\b(?:could|can|do|did|will|would|are|have|how\sdo|what\sdo)\s(?:you|i|we)\b|\bhow\sto\s(?:cite|use|run)\b
    |\b(?:this|your|the)\s(?:awesome\s)?(?:list|repo\w*|readme|maintainers?|project|criteria)\b|\banyone\b
    |请问|你们|大家""",
    re.IGNORECASE | re.VERBOSE,
)
_QUESTION = re.compile(
    r"[?？]|^\W*(?:how|what|why|when|where|which|who|can|could|is|are|does|do|will|would)\b|吗|如何|怎么|为什么",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:thanks?|thank\s?you|kudos|congrat\w*|well\sdone|(?:great|awesome|nice|amazing|good)\s(?:work|job|list|repo\w*|collection|survey))\b|感谢|谢谢|辛苦",
    re.IGNORECASE,
)
# What was done already, not what is asked for.
_DONE = re.compile(
    r"\b(?:thanks?|thank\s?you)\s(?:\w+\s){0,3}?for\s\w+ing\b[^\n.!?]{0,80}|感谢(?:收录|添加|推荐)",
    re.IGNORECASE,
)
_REMOVES = re.compile(
    r"\b(?:remov(?:e|es|al|ing)|delet(?:e|es|ion|ing)|take\s(?:\w+\s){0,3}(?:down|out|off))\b|移除|删除|删掉|去掉|下架",
    re.IGNORECASE,
)
_HOUSEKEEPING = re.compile(
    r"^(?:\w+\W+){0,3}(?:licen[sc]e|readme|contributing|ci|dark\smode|website|stars?|maintained|formatting)"
    r"(?:\W+\w+){0,2}\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Request:
    """An issue's title and body, cut and cleaned: no HTML, no code, no mention, no address."""

    title: str
    body: str
    links: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        return f"{self.title}\n{self.body}".strip()

    @cached_property
    def papers(self) -> frozenset[str]:
        """The identities of what it links."""
        return frozenset(map(_papers.identify, self.links)) - {""}

    @cached_property
    def normal_title(self) -> str:
        return f" {_words(self.title)} "

    @cached_property
    def normal_text(self) -> str:
        return f" {_words(self.text)} "

    @cached_property
    def terms(self) -> tuple[str, ...]:
        return terms(self.text, self.links)

    @property
    def is_title_alone(self) -> bool:
        return not self.links and not self.body

    @cached_property
    def asks(self) -> bool:
        """Whether it brings something to list, rather than a bug, a question or thanks."""
        if not self.links and not any(character.isalpha() for character in self.text):
            return False
        if _COMPLAINS.search(self.title):
            return bool(self.links and _ASKS.search(self.title))
        if _ASKS.search(_DONE.sub(" ", self.text)):
            return True
        if self._is_thanks or _REMOVES.search(self.text):
            return False
        return not self._discusses and (bool(self.links) or not self._talks)

    @property
    def _is_thanks(self) -> bool:
        """Whether its title does nothing but thank."""
        return bool(_THANKS.match(self.title))

    @property
    def _discusses(self) -> bool:
        """Whether it tells what is wrong, or asks a person something."""
        asks = _QUESTION.search(self.text) and _PERSONAL.search(self.text)
        return bool(asks or _COMPLAINS.search(self.body[:_OPENING]))

    @property
    def _talks(self) -> bool:
        """Whether it thanks, is about the list itself, or speaks of its writer and its reader."""
        chats = self.body and _PERSONAL.search(self.text)
        return bool(chats or _THANKS.search(self.text) or _HOUSEKEEPING.search(self.title))


def request(title: str, body: str = "") -> Request:
    """Read an issue; whatever stands in it, only its beginning counts."""
    title, body = title[:_TITLE], body[:_BODY]
    links = _links(f"{title}\n{body}")
    return Request(" ".join(_clean(title).split()), _clean(body).strip(), links)


def _words(text: str) -> str:
    """As `normal_title`, of a text that is longer than a title."""
    return " ".join(_papers.WORD.findall(text.casefold()))


def _links(text: str) -> tuple[str, ...]:
    found = (match[0].rstrip(_TAIL) for match in _URL.finditer(_without_code(text)))
    return tuple(dict.fromkeys(url for url in found if _papers.identify(url)))[:_LINKS]


def _clean(text: str) -> str:
    text = _TARGET.sub("", _IMAGE.sub("", _COMMENT.sub(" ", _without_code(text))))
    return _MENTION.sub(" ", _URL.sub(" ", _TAG.sub(" ", text))).replace("\r", "")


def _without_code(text: str) -> str:
    """Fenced code tells how something is run or what went wrong, not what a paper is about."""
    return " ".join(text.split("```")[::2])
