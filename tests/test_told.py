"""What a request's text says of papers."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

import rules
from rules import Paper

TITLE = "Counting Every Lantern beside the River"
OTHER = "Weighing Pebbles with Large Models"
ONE, TWO = "https://arxiv.org/abs/2501.00001", "https://openreview.net/forum?id=abc123"
FACTS = [field.name for field in fields(Paper)]
CODE, CODE_TWO = "https://github.com/gardener/lantern", "https://github.com/gardener/pebble"
BOTH = [Paper(TITLE, ONE, CODE), Paper(OTHER, TWO, CODE_TWO)]


def papers(body: str, title: str = "New paper") -> list[Paper]:
    return list(rules.told(title, body).papers)


@pytest.mark.parametrize(
    "body",
    [
        f"Please add {TITLE} ({ONE}), code: {CODE}.",
        f"[{TITLE}]({ONE}) [code]({CODE})",
        f"- **{TITLE}** [[Paper]({ONE})] [[Code]({CODE})]",
        f"Title: {TITLE}\nPaper: {ONE}\nCode: {CODE}\n",
        f"Hi, our work \u201c{TITLE}\u201d is at <{ONE}>; see also {CODE}.",
        f"{TITLE}\n\n{ONE}\n{CODE}",
        f"{CODE} is the code of {TITLE}, {ONE}",
        f"你好，请收录《{TITLE}》（{ONE}），代码：{CODE}。",
    ],
)
def test_one_paper_with_its_code(body: str) -> None:
    assert papers(body) == [Paper(TITLE, ONE, CODE)]


@pytest.mark.parametrize(
    "body",
    [
        f"{TITLE} ({ONE}, {CODE}) and {OTHER} ({TWO}, {CODE_TWO})",
        f"- {TITLE}: {ONE}, code {CODE}\n- {OTHER}: {TWO}, code {CODE_TWO}",
        f"1. [{TITLE}]({ONE})\n   - [code]({CODE})\n2. [{OTHER}]({TWO})\n   - [code]({CODE_TWO})",
        f"[{TITLE}]({ONE}) and [{OTHER}]({TWO}); code: {CODE} and {CODE_TWO}",
        f"两篇论文：{TITLE}（{ONE}，代码 {CODE}）和 {OTHER}（{TWO}，代码 {CODE_TWO}）。",
    ],
)
def test_several_papers_each_with_its_own_code(body: str) -> None:
    assert papers(body) == BOTH


def test_one_paper_is_one_however_often_it_is_linked() -> None:
    assert papers(f"{TITLE} {ONE} https://arxiv.org/pdf/2501.00001v2") == [Paper(TITLE, ONE)]


def test_a_title_alone_or_a_repository_alone_is_told() -> None:
    assert papers(f"The list lacks {TITLE}.") == [Paper(TITLE)]
    assert papers("", f"[Paper] {TITLE}") == [Paper(TITLE)]
    assert papers(f"What about {CODE}?") == [Paper(code=CODE)]
    assert papers(f"See {ONE}", f"Add {TITLE}") == [Paper(TITLE, ONE)]


def test_ids_and_dois_are_links() -> None:
    assert papers("arXiv:2501.00001v2")[0].link == ONE
    assert papers("doi: 10.1145/1234567.")[0].link == "https://doi.org/10.1145/1234567"


@pytest.mark.parametrize(
    ("words", "venue"),
    [
        ("accepted at ACL 2025", "ACL 2025"),
        ("was accepted to NeurIPS 2025 as a spotlight!", "NeurIPS 2025"),
        ("accepted by Transactions on Image Arts.", "Transactions on Image Arts"),
        ("(ACL 2024 Findings)", "ACL 2024 Findings"),
        ("to appear in ICML'25", "ICML'25"),
        ("published in TMLR", "TMLR"),
        ("已被ICLR 2025接收", "ICLR 2025"),
        ("论文发表在 CVPR 2025。", "CVPR 2025"),
        ("with GPT and LLMs, of 2024", ""),
    ],
)  # fmt: skip
def test_a_venue_in_words(words: str, venue: str) -> None:
    (paper,) = papers(f"{TITLE}, {ONE}, {words}")
    assert (paper.title, paper.venue) == (TITLE, venue)


def test_each_paper_has_its_own_venue() -> None:
    body = f"- {TITLE} ({ONE}), ICLR 2025\n- {OTHER} ({TWO}), accepted at ACL 2024\n"
    assert [paper.venue for paper in papers(body)] == ["ICLR 2025", "ACL 2024"]
    within = f"{TITLE} ({ONE}) and {OTHER} (ICML 2024, {TWO})"
    assert [paper.venue for paper in papers(within)] == ["", "ICML 2024"]


def test_authors_and_a_date_that_are_named_so() -> None:
    body = "Authors: Ada Byron, Charles Cabbage and Grace Hop\nDate: 2025-01-03"
    (paper,) = papers(f"{TITLE} {ONE}\n{body}")
    assert paper.authors == ("Ada Byron", "Charles Cabbage", "Grace Hop")
    assert paper.date == "2025-01-03"


def form(**fields: str) -> str:
    return "\n\n".join(f"### {name.replace('_', ' ')}\n\n{text}" for name, text in fields.items())


def test_the_fields_of_a_form() -> None:
    body = form(
        Title=TITLE, Paper_link=ONE, Code_link="_No response_", Venue="ACL 2025", Section="Tools",
        Date="2025-05", Authors="Ada Byron, Grace Hop",
    )  # fmt: skip
    told = rules.told("[Paper]: ", body.replace("\n", "\r\n"))
    assert told.papers == (
        Paper(TITLE, ONE, "", "ACL 2025", "2025-05", ("Ada Byron", "Grace Hop")),
    )
    assert (told.sections, told.reports) == (("Tools",), False)


def test_a_form_in_chinese_and_one_for_several_papers() -> None:
    (paper,) = papers(form(论文标题=TITLE, 论文链接=ONE, 代码链接=CODE, 会议="ICLR 2025"))
    assert paper == Paper(TITLE, ONE, CODE, "ICLR 2025")
    several = form(Title="Two", Link=f"- {TITLE} {ONE} {CODE}\n- {OTHER} {TWO} {CODE_TWO}")
    assert papers(several) == BOTH


@pytest.mark.parametrize(
    ("title", "body", "about"),
    [
        ("Wrong code link", f"The code of {TITLE} is wrong, it is {CODE}.", {"code"}),
        ("Update venue", f"{ONE} has been accepted to ACL 2025!", {"venue"}),
        ("Typo", f"A typo in the title of {TITLE}", {"title"}),
        ("Author list", f"{TITLE}: the authors are incorrect", {"authors"}),
        ("Please fix the date", f"of {TITLE}", {"date"}),
        ("Misplaced", f"{TITLE} should be moved to the Tools section", {"section"}),
        ("代码链接错误", f"{TITLE} 的代码链接有误，应为 {CODE}", {"code"}),
        ("更新", f"{TITLE} 的作者写错了", {"authors"}),
    ],
)
def test_a_report_and_what_it_is_about(title: str, body: str, about: set[str]) -> None:
    told = rules.told(title, body)
    assert told.reports
    assert set(told.about) == about
    assert len(told.papers) == 1


@pytest.mark.parametrize(
    "body",
    [
        f"Please add {TITLE}: {ONE}",
        f"[Fix the Wrong Update: Correct Errors by Moving]({ONE})",
        "Thanks for this great list!",
    ],
)
def test_a_request_is_no_report(body: str) -> None:
    assert not rules.told("New paper", body).reports


@pytest.mark.parametrize(
    ("body", "section"),
    [
        ("I think it belongs to Agent Tools.", "Agent Tools"),
        ('For the "1.2 Agent Tools" section.', "1.2 Agent Tools"),
        ("Section: Agent Tools", "Agent Tools"),
        ("Could you move it to the Agent Tools section?", "Agent Tools"),
        ("建议放在“智能体”分类", "智能体"),
    ],
)
def test_where_it_should_stand(body: str, section: str) -> None:
    assert section in rules.told("New paper", f"{TITLE} {ONE}\n{body}").sections


@pytest.mark.parametrize(
    ("wrong", "right", "fact"),
    [
        ("Code link", CODE, Paper(code=CODE)),
        ("Code link", "https://lab.example.org/lantern", Paper(code="https://lab.example.org/lantern")),
        ("Paper link", TWO, Paper(link=TWO)),
        ("Venue", "It was accepted at ACL 2025.", Paper(venue="ACL 2025")),
        ("Venue", "Nature", Paper(venue="Nature")),
        ("Authors", "Ada Byron, Grace Hop", Paper(authors=("Ada Byron", "Grace Hop"))),
        ("Date", "2025-03", Paper(date="2025-03")),
        ("Code link, Venue", f"ICLR 2025 and {CODE}", Paper(code=CODE, venue="ICLR 2025")),
    ],
)  # fmt: skip
def test_a_form_that_corrects_a_row(wrong: str, right: str, fact: Paper) -> None:
    told = rules.told(
        "Correct an entry", form(Entry=TITLE, What_is_wrong=wrong, What_is_right=right)
    )
    assert told.papers == (replace(fact, title=TITLE),)
    assert told.reports
    assert set(told.about) == {name for name in FACTS if getattr(fact, name)}


def test_a_form_that_names_the_row_by_its_link_or_its_nickname() -> None:
    by_link = rules.told("", form(条目=ONE, 哪里有误="代码链接", 正确内容=CODE))
    assert by_link.papers == (Paper(link=ONE, code=CODE),)
    section = rules.told("", form(Entry="HRPO", What_is_wrong="Section", What_is_right="Tools"))
    assert (section.papers, section.sections) == ((Paper("HRPO"),), ("Tools",))
    for entry, link in ((ONE, ONE), (OTHER, "")):
        title = rules.told("", form(Entry=entry, What_is_wrong="Title", What_is_right=TITLE))
        assert title.papers == (Paper(TITLE, link),)
        assert title.entry == ("" if link else OTHER)
