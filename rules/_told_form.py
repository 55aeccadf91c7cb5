"""Requests through a form: GitHub writes its fields as headings, with the answers below them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules import _told_facts, _told_links
from rules._paper_facts import Paper
from rules._told_links import links
from rules._told_papers import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rules._told_links import ToldLink

_LONGEST = 300
_FIELD = re.compile(r"^ {0,3}#{2,4}[ \t]{1,4}(?=[^\s#])([^\n]{1,80}?)[ \t#]{0,20}$", re.MULTILINE)
_EMPTY = frozenset(
    """
    _no response_|no response|n/a|none|-|not sure|i am not sure|unknown|tbd|tba|not yet|soon
    under review|in submission|submitted|coming soon|不确定|暂无|无|未知|待定|在投|审稿中
    """.strip()
    .replace("\n    ", "|")
    .split("|")
) | {""}
_NAMES = {
    "title": "title|paper title|name|标题|题目|论文标题|论文题目|论文名称",
    "link": "link|links|url|paper|paper link|paper url|arxiv|链接|论文链接|论文地址|论文",
    "code": "code|code link|code url|github|repository|repo|代码|代码链接|代码地址|仓库",
    "venue": "venue|conference|publication|journal|published|会议|期刊|发表",
    "date": "date|time|year|published date|日期|时间|发表时间",
    "authors": "author|authors|作者",
    "section": "section|category|table|where|分类|类别|章节|板块",
    "entry": "entry|row|which entry|which row|which paper|条目|行",
    "wrong": "what is wrong|what s wrong|wrong|problem|哪里有误|问题|错误",
    "right": "what is right|what should it be|right|correction|correct value|正确内容|更正|应为",
}
_ROLE = {name: role for role, names in _NAMES.items() for name in names.split("|")}


@dataclass(frozen=True, slots=True)
class Form:
    """A form's answers by what they are, and all that was answered as one text."""

    fields: Mapping[str, str]
    said: str

    @property
    def corrects(self) -> bool:
        """Whether it is about a row that is there."""
        return bool({"entry", "wrong", "right"} & self.fields.keys())

    @property
    def wrong(self) -> tuple[str, ...]:
        """The facts that it says are wrong."""
        return _told_facts.mentioned(self.fields.get("wrong", ""))

    @property
    def sections(self) -> tuple[str, ...]:
        named = [self.fields.get("section", "")]
        if self.wrong == ("section",):
            named.append(_line(self.fields.get("right", "")))
        return tuple(filter(None, named))

    @property
    def entry(self) -> str:
        """The row's title, where it is named by that."""
        called = self.fields.get("entry", "")
        return "" if next(links(called), None) else _line(called)

    def papers(self) -> list[Paper]:
        """The paper; several, where the field for its link holds several."""
        several = in_words("", self.fields.get("link", ""))
        if len(several) > 1 and not self.corrects:
            return several
        return [self._corrected() if self.corrects else self._added()]

    def _added(self) -> Paper:
        title = self.fields.get("title", "")
        wrong = list(links(title))
        said = [*links(self.fields.get("link", "")), *wrong, *links(self.fields.get("code", ""))]
        link = next((it for it in said if not it.is_code), None)
        code = next((it for it in said if it.is_code and it is not link), None)
        called = next(iter(links(self.fields.get("code", ""))), code)
        venue = self.fields.get("venue", "")
        return Paper(
            _told_links.prose(_line(title)).strip() if wrong else _line(title),
            _url(link),
            _url(called),
            _told_facts.venue(venue) or _line(venue),
            _told_facts.plain_date(self.fields.get("date", "")),
            _told_facts.people(self.fields.get("authors", "")),
        )

    def _corrected(self) -> Paper:
        """The row's title or link, with what is right instead."""
        entry = self.fields.get("entry") or self.fields.get("title") or self.fields.get("link", "")
        said = list(links(entry))
        paper = next((it for it in said if not it.is_code), None)
        code = next((it for it in said if it.is_code), None)
        right, wrong = self.fields.get("right", ""), self.wrong
        told = _rightly(right, wrong)
        return Paper(
            told.title or ("" if said else _line(entry)),
            told.link or _url(paper),
            told.code or _url(code),
            told.venue,
            told.date,
            told.authors,
        )


def _rightly(text: str, wrong: tuple[str, ...]) -> Paper:
    """What is right: the whole answer is it, where one thing is wrong."""
    said, alone = list(links(text)), len(wrong) == 1
    papers = [it for it in said if it.is_paper or (alone and not it.is_code)]
    codes = [it for it in said if it.is_code or alone]
    whole = _line(text) if alone else ""
    people = _told_facts.people(text) if alone else _told_facts.authors(text)
    date = _told_facts.plain_date(whole) or _told_facts.date(text)
    told = in_words("", text)
    return Paper(
        (whole or (told[0].title if told else "")) if "title" in wrong else "",
        _url(next(iter(papers), None)) if "link" in wrong else "",
        _url(next(iter(codes), None)) if "code" in wrong else "",
        (_told_facts.venue(text) or whole) if "venue" in wrong else "",
        date if "date" in wrong else "",
        people if "authors" in wrong else (),
    )


def read(text: str) -> Form | None:
    """The answers of a form; None where a text is none."""
    pieces = _FIELD.split(text)
    pairs = list(zip(pieces[1::2], pieces[2::2], strict=True))
    found: dict[str, str] = {}
    for name, value in pairs:
        role = _ROLE.get(" ".join(re.sub(r"[^\w ]", " ", name.casefold()).split()))
        if role and value.strip().casefold().rstrip(".") not in _EMPTY:
            found.setdefault(role, value.strip())
    said = "\n".join([pieces[0], *(value for _, value in pairs)])
    return Form(found, said) if {"title", "link", "entry"} & found.keys() else None


def _line(text: str) -> str:
    return text.strip().splitlines()[0][:_LONGEST].strip() if text.strip() else ""


def _url(link: ToldLink | None) -> str:
    return link.url if link else ""
