"""A list in Chinese, and which words of what is said about it are English."""

from __future__ import annotations

import re

from tests.world import HEAD

CHINESE = "# 精选论文\n\n本仓库收集论文，欢迎提交拉取请求。\n\n## 智能体\n\n"
# Names, headings of the list, what GitHub's own buttons are called.
_KNOWN = set("Listwright GitHub arXiv CONTRIBUTING Commit suggestion Code Time".split())
_NOT_WORDS = re.compile(
    r"(`{3,})suggestion\n.*?\n\1|<!--.*?-->|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)|\]\([^()]*\)|</?\w+>",
    re.DOTALL,
)


def in_chinese(text: str) -> str:
    """One of the lists of `tests.world` under Chinese headings."""
    return text.replace(HEAD, CHINESE)


def english(text: str) -> set[str]:
    """The English words outside of code, addresses and what is hidden."""
    return set(re.findall("[A-Za-z]{2,}", _NOT_WORDS.sub("", text))) - _KNOWN


def is_chinese(text: str) -> bool:
    return re.search("[一-鿿]", text) is not None
