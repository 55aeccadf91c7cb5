from __future__ import annotations

import pytest

from bot.words import Words, choose, language_of
from rules import say
from tests import lists

ENGLISH = "# Awesome Bridges\n\nPapers on bridges of wet paper, and some on kites.\n\n"
CHINESE = "# 精选论文\n\n本仓库收集 LLM 相关的论文，欢迎提交 Pull Request。\n\n## 基础模型\n\n"
JAPANESE = "# 論文の一覧\n\nこのリストは大規模言語モデルの論文をまとめたものです。\n\n"
KOREAN = "# 논문 목록\n\n이 목록은 大型 모델 논문을 모은 것입니다.\n\n"
CHINESE_ROWS = "| 标题 | 说明 |\n|---|---|\n" + "| 论文 | 很长很长的一句中文说明 |\n" * 30


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        (ENGLISH, "en"),
        (CHINESE, "zh"),
        (JAPANESE, "en"),
        (KOREAN, "en"),
        (CHINESE + lists.good(200), "zh"),
        (ENGLISH + CHINESE_ROWS, "en"),
        (f"{ENGLISH}[English](README.md) | [简体中文](README_zh.md)\n", "en"),
        (
            f"{CHINESE}[English](README.md) | [日本語](README_ja.md) | [한국어](README_ko.md)\n",
            "zh",
        ),
        (CHINESE + "```\nfrom kites import wind as breeze\n" * 2 + "```\n" * 2, "zh"),
        (CHINESE + "<p align=center><img src=a.png alt=kites width=80></p>\n" * 9, "zh"),
        (CHINESE + "![](https://example.org/kites/without/wind/at/all.png)\n" * 9, "zh"),
    ],
)
def test_a_lists_headings_and_prose_tell_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_configured_language_goes_above_the_lists_own() -> None:
    assert choose("auto", CHINESE) == Words("zh")
    assert choose("en", CHINESE) == Words("en")
    assert choose("zh", ENGLISH) == Words("zh")


def test_words_are_said_in_their_language_and_other_text_stays_as_it_is() -> None:
    text = say("{size}: {what}.", size="7", what=say("{name} is absent", name="Code"))
    assert Words("en")(text) == "7: Code is absent."
    assert Words("zh")(text) == "7：缺少 Code。"
    assert Words("zh")("This paper") == "This paper"
