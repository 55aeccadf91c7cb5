"""What a request says of papers: in free words, or in the fields of a form.

The text is anybody's. It is cut, read in one pass and never obeyed: only links, titles, venues and
the like come out of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rules import _told_facts
from rules._paper_facts import Paper
from rules._told_links import links, prose, visible
from rules._told_papers import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST_TEXT, _MOST_TITLE, _MOST_PAPERS, _MOST_SECTIONS = 20_000, 500, 20, 5
_LONGEST_VENUE = 80
_FIELD = re.compile(r"^ {0,3}#{2,4}[ \t]{1,4}(?=[^\s#])([^\n]{1,80}?)[ \t#]{0,20}$", re.MULTILINE)
_EMPTY = {"", "_no response_", "no response", "n/a", "none", "-"}
_FIELDS = {
    "title": "title|paper title|name|标题|题目|论文标题|论文题目|论文名称",
    "link": "link|links|url|paper|paper link|paper url|arxiv|链接|论文链接|论文地址|论文",
    "code": "code|code link|code url|github|repository|repo|代码|代码链接|代码地址|仓库",
    "venue": "venue|conference|publication|journal|published|会议|期刊|发表",
    "date": "date|time|year|published date|日期|时间|发表时间",
    "authors": "author|authors|作者",
    "section": "section|category|table|where|分类|类别|章节|板块",
}
_ROLE = {name: role for role, names in _FIELDS.items() for name in names.split("|")}
_WRONG = re.compile(
    r"\b(?:wrong|incorrect\w*|inaccura\w+|fix(?:es|ed)?|updat\w+|correct(?:ion|ed|ing)?|mov(?:e|ed|ing)"
    r"|renam\w+|typo\w*|mistak\w+|misspel\w+|broken|dead|outdated|error|should (?:be|read|say))\b"
    r"|错误|更新|修改|有误|更正|修正|写错|失效|应为|应该是",
    re.IGNORECASE,
)
_ABOUT = {
    "code": r"code|github|repo\w*|implementation|代码|仓库",
    "title": r"titles?|rename\w*|标题|题目",
    "authors": r"authors?|作者|署名",
    "venue": r"venues?|conference|accepted|published|会议|期刊|接收|录用|发表",
    "date": r"dates?|month|year|日期|时间|月份",
    "section": r"sections?|categor\w+|move[ds]?|moving|belongs?|分类|类别|移到|移动|章节",
    "link": r"(?:paper|arxiv|pdf)[ -]links?|links? (?:of|to) the paper|urls?|论文链接",
}
_MENTIONS = {
    name: re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)
    for name, words in _ABOUT.items()
}
_SECTION = re.compile(
    r"(?:\b(?:section|category|table)\**\s*[:：]\**\s*|分类\s*[:：]\s*|类别\s*[:：]\s*|章节\s*[:：]\s*)"
    r"[\"“'*_]{0,3}(?P<said>[^\n\"”*]{2,100})"
    r"|\b(?:belongs?|move[ds]?|moving|fits?|go(?:es)?|put|place|added?|add it)\b[^\n.]{0,60}?\s"
    r"(?:to|in|into|under)\s(?:the\s)?[\"“'*_]{0,3}(?P<place>[^\n\".,;”*(]{2,80}?)[\"”'*_]{0,3}"
    r"(?:\s(?:section|category|table|part)\b|[.,;(\n]|$)"
    r"|\bfor\s(?:the\s)?[\"“]?(?P<wish>[A-Z0-9][^\n\".,;”(]{2,80}?)[\"”]?\s(?:section|category|table)\b"
    r"|\b(?:relevant|related) to (?:the )?[\"“](?P<near>[^\n\"“”]{2,80})[\"”]"
    r"|[\"“](?P<quoted>[^\n\"“”]{2,80})[\"”]\s(?:section|category|table)\b"
    r"|(?:放在|放到|移到|移动到|归入|属于)\s?[“\"「]?(?P<zh>[^\n，。“”\"」]{2,60}?)[”\"」]?(?:分类|类别|部分|章节|中|下|里|[，。\n]|$)",
    re.IGNORECASE | re.MULTILINE,
)


class Told(NamedTuple):
    """What a request says.

    Attributes:
        papers: those that it names, with what it says of each.
        sections: where it wants them, in its own words.
        reports: whether it says that something is wrong or has changed.
        about: what that is about: `code`, `title`, `authors`, `venue`, `date`, `section`, `link`.
    """

    papers: tuple[Paper, ...]
    sections: tuple[str, ...]
    reports: bool
    about: tuple[str, ...]


def told(title: str, body: str = "") -> Told:
    """Read a request, from its title and body; whatever they hold, this ends well and soon."""
    heading = visible(title[:_MOST_TITLE].replace("\n", " "))
    text = visible(body[:_MOST_TEXT])
    fields = _fields(text)
    papers = _from_form(fields) if fields else in_words(heading, text)
    said = prose(f"{heading}\n{text}")
    for paper in papers[:_MOST_PAPERS]:
        said = said.replace(paper.title, " ") if paper.title else said
    return Told(
        tuple(papers[:_MOST_PAPERS]),
        _sections(fields, heading, text),
        bool(_WRONG.search(said)),
        tuple(name for name, words in _MENTIONS.items() if words.search(said)),
    )


def _fields(text: str) -> Mapping[str, str]:
    """The fields of a form's output, by what they are; none where it is no form."""
    pieces = _FIELD.split(text)
    pairs = zip(pieces[1::2], pieces[2::2], strict=True)
    found: dict[str, str] = {}
    for name, value in pairs:
        role = _ROLE.get(" ".join(re.sub(r"[^\w ]", " ", name.casefold()).split()))
        if role and value.strip().casefold() not in _EMPTY:
            found.setdefault(role, value.strip())
    return found if {"title", "link"} & found.keys() else {}


def _from_form(fields: Mapping[str, str]) -> list[Paper]:
    """The paper of a form; several, where its field for links holds several."""
    papers = in_words("", fields.get("link", ""))
    if len(papers) > 1:
        return papers
    codes = [link.url for link in links(fields.get("code", ""))]
    found = papers[0] if papers else Paper()
    first = next(links(fields.get("link", "")), None)
    return [
        Paper(
            " ".join(fields.get("title", found.title).split()),
            found.link or (first.url if first and not found.code else ""),
            codes[0] if codes else found.code,
            _told_facts.venue(fields.get("venue", "")) or _one_line(fields.get("venue", "")),
            _told_facts.plain_date(fields.get("date", "")),
            _told_facts.people(fields.get("authors", "")),
        )
    ]


def _one_line(text: str) -> str:
    return text.splitlines()[0][:_LONGEST_VENUE].strip() if text else ""


def _sections(fields: Mapping[str, str], heading: str, text: str) -> tuple[str, ...]:
    said = [fields["section"]] if "section" in fields else []
    said += [name for part in (heading, text) for name in _wishes(prose(part))]
    tidy = (" ".join(name.split()).strip(" .\"'*_`“”") for name in said)
    return tuple(dict.fromkeys(name for name in tidy if name))[:_MOST_SECTIONS]


def _wishes(text: str) -> Iterator[str]:
    for match in _SECTION.finditer(text):
        yield next(found for found in match.groups() if found)
