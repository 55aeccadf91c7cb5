"""What a request says of papers: in free words, or in the fields of a form.

The text is anybody's. It is cut, read in one pass and never obeyed: only links, titles, venues and
the like come out of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rules import _told_facts, _told_form
from rules._told_links import prose, visible
from rules._told_papers import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._paper_facts import Paper

_MOST_TEXT, _MOST_TITLE, _MOST_PAPERS, _MOST_SECTIONS = 20_000, 500, 20, 5
_WRONG = re.compile(
    r"\b(?:wrong|incorrect\w*|inaccura\w+|fix(?:es|ed)?|updat\w+|correct(?:ion|ed|ing)?|mov(?:e|ed|ing)"
    r"|renam\w+|typo\w*|mistak\w+|misspel\w+|broken|dead|outdated|error|should (?:be|read|say))\b"
    r"|错误|更新|修改|有误|更正|修正|写错|失效|应为|应该是",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:\b(?:section|category|table)\**\s*[:：]\**\s*|分类\s*[:：]\s*|类别\s*[:：]\s*|章节\s*[:：]\s*)"
    r"[\"“'*_]{0,3}(?P<said>[^\n\"”*]{2,100})"
    r"|\b(?:belongs?|move[ds]?|moving|fits?|go(?:es)?|put|place|add(?:ed|ing)?)\b[^\n.]{0,60}?\s"
    r"(?:to|in|into|under)\s(?:the\s)?[\"“'*_]{0,3}(?P<place>[^\n\".,;”*(]{2,80}?)[\"”'*_]{0,3}"
    r"(?:\s(?:section|category|table|part)\b|[.,;(?!\n]|$)"
    r"|\bmissing (?:from|in|under) (?:the )?[\"“]?(?P<gap>[^\n\".,;”(]{2,80}?)[\"”]?"
    r"(?:\s(?:section|category|table)\b|[.,;(?!\n]|$)"
    r"|\bfor\s(?:the\s)?[\"“]?(?P<wish>[A-Z0-9][^\n\".,;”(]{2,80}?)[\"”]?\s(?:section|category|table)\b"
    r"|\b(?:relevant|related) to (?:the )?[\"“](?P<near>[^\n\"“”]{2,80})[\"”]"
    r"|[\"“](?P<quoted>[^\n\"“”]{2,80})[\"”]\s(?:section|category|table)\b"
    r"|(?:放在|放到|移到|移动到|归入|属于)\s?[“\"「]?(?P<zh>[^\n，。“”\"」]{2,60}?)[”\"」]?(?:分类|类别|部分|章节|中|下|里|[，。\n]|$)",
    re.IGNORECASE | re.MULTILINE,
)

_NOT = re.compile(r"(?:\bnot|n['’]t|不)\s{0,3}\Z", re.IGNORECASE)


class Told(NamedTuple):
    """What a request says.

    Attributes:
        papers: those that it names, with what it says of each.
        sections: where it wants them, in its own words.
        reports: whether it says that something is wrong or has changed.
        about: what that is about: `code`, `title`, `authors`, `venue`, `date`, `section`, `link`.
        entry: what a form calls the row that is there, by its title.
        corrects: whether it is a form about such a row.
    """

    papers: tuple[Paper, ...]
    sections: tuple[str, ...]
    reports: bool
    about: tuple[str, ...]
    entry: str = ""
    corrects: bool = False


def told(title: str, body: str = "") -> Told:
    """Read a request, from its title and body; whatever they hold, this ends well and soon."""
    heading = visible(title[:_MOST_TITLE].replace("\n", " "))
    text = visible(body[:_MOST_TEXT])
    form = _told_form.read(text)
    papers = (form.papers() if form else in_words(heading, text))[:_MOST_PAPERS]
    said = prose(f"{heading}\n{form.said if form else text}")
    for paper in papers:
        said = said.replace(paper.title, " ") if paper.title else said
    return Told(
        tuple(papers),
        _sections(form.sections if form else (), heading, form.said if form else text),
        bool(_WRONG.search(said)) or bool(form and form.corrects),
        form.wrong if form and form.wrong else _told_facts.mentioned(said),
        form.entry if form else "",
        bool(form and form.corrects),
    )


def _sections(named: Sequence[str], heading: str, text: str) -> tuple[str, ...]:
    said = [*named, *(name for part in (heading, text) for name in _wishes(prose(part)))]
    tidy = (" ".join(name.split()).strip(" .\"'*_`“”") for name in said)
    return tuple(dict.fromkeys(name for name in tidy if name))[:_MOST_SECTIONS]


def _wishes(text: str) -> Iterator[str]:
    for match in _SECTION.finditer(text):
        if _NOT.search(text, 0, match.start()):
            continue
        yield next(found for found in match.groups() if found)
