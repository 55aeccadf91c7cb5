"""Whatever a file holds, reading and judging it ends well, and mending touches nothing else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import Document, DocumentError
from tests import lists

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules import Diagnostic

_TOKENS = (
    "| a | b |\n", "| --- | --- |\n", "|---|\n", "|", "||", " | ", "\\|", "\\", "-", "---", "\n",
    "\n\n", "\r\n", "\r", "\t", "    ", "# ", "## T\n", "===\n", "> ", "- ", "1. ", "```\n", "`",
    "``", "*", "**", "_", "~~", "[", "]", "](", ")", "[a](#t)", "- [T](#t)\n", "[x](https://",
    "https://arxiv.org/abs/2501.00001v2", "http://github.com/a/b/", "![", "<", "<a id='t'>",
    "<table>", "<!--", "-->", "<summary>", "</summary>", "&amp;", "&", "[r]: https://x.org\n",
    "2025.01", "2025-13-45", "N/A", "中文", "：", "🗺\ufe0f", "\ufeff", "\u200d", "\u2028", "\x0b",
    "\x0c", "\x85", "\x00", "\u00a0", "é", "ı", "İ", "%zz", "https://[", "//[::1]:x/",
)  # fmt: skip

texts = st.lists(st.sampled_from(_TOKENS) | st.text(max_size=8), max_size=40).map("".join)


def _list(count: int) -> str:
    """A list with contents and sections, in which nothing is to be said."""
    titles = ["Tides", "Knots", "Lamps & Fog"]
    entries = "- [Tides](#tides)\n- [Knots](#knots)\n- [Lamps & Fog](#lamps--fog)\n"
    sections = "".join(
        f"## {title}\n\n{lists.table(lists.rows(range(n * count, (n + 1) * count)))}\n"
        for n, title in enumerate(titles)
    )
    return f"# A list\n\n{entries}\n{sections}"


_LIST = _list(9)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good list in which some lines are changed, doubled, dropped, split or moved."""
    lines = _LIST.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        cut = draw(st.integers(0, len(line)))
        rest = draw(st.integers(cut, min(len(line), cut + 12)))
        token = draw(st.sampled_from(_TOKENS))
        lines[at : at + 1] = draw(
            st.sampled_from([
                [],
                [line, line],
                ["\n", line],
                [line[:cut] + token + line[rest:]],
                [line[:cut] + line[rest:]],
                [line[:cut], "\n", line[cut:]],
                [lines[draw(st.integers(0, len(lines) - 1))], line],
                [line.replace(" | ", " | | ", 1)],
            ])
        )  # fmt: skip
        lines = lines or ["\n"]
    text = "".join(lines)
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def _read(text: str) -> Document | None:
    try:
        return rules.parse(text)
    except DocumentError:
        return None


def _untouched(text: str, safe: Iterable[Diagnostic]) -> list[str]:
    """The lines that no safe diagnostic names or changes."""
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    named = {d.line - 1 for d in safe}
    for span in (edit.span for d in safe if d.fix for edit in d.fix.edits):
        first = bisect_right(starts, span.start) - 1
        joins = starts[first] < span.start < span.end  # from within a line to the next one's start
        last = bisect_right(starts, span.end) - 1 if joins else bisect_left(starts, span.end) - 1
        named.update(range(first, last + 1))
    return [line.removesuffix("\r") for n, line in enumerate(lines) if n not in named]


def _is_part(some: Iterable[str], every: Iterable[str]) -> bool:
    """Whether lines stand among others in the same order."""
    rest = iter(every)
    return all(line in rest for line in some)


def _check(text: str, before: str) -> None:
    document, old = _read(text), _read(before)
    if document is None or old is None:
        return
    known = rules.infer(old)
    base = rules.lint(old, conventions=known)
    said = rules.compare(base, rules.lint(document, conventions=known, tip=old))
    assert sum(len(remark.diagnostics) for remark in rules.compose(said)) == len(said)
    assert rules.compare(base, base) == []
    _check_mending(text)


def _check_mending(text: str) -> None:
    document = _read(text)
    safe = [d for d in rules.lint(document) if d.fix and d.fix.safe] if document else []
    mended = rules.apply(text, [edit for d in safe if d.fix for edit in d.fix.edits])
    lines = [line.removesuffix("\r") for line in mended.split("\n")]
    assert _is_part(_untouched(text, safe), lines)
    fixed = rules.fix(text)
    assert rules.fix(fixed) == fixed


@given(texts)
@lists.steady(120)
def test_any_text_is_judged_and_mended_once_for_all(text: str) -> None:
    _check(text, _LIST)


@given(mutated())
@lists.steady(80)
def test_any_change_to_a_list_is_judged_and_mended_once_for_all(text: str) -> None:
    _check(text, _LIST)


@given(mutated(), mutated())
@lists.steady(20)
def test_any_list_may_become_any_other(text: str, before: str) -> None:
    _check(text, before)


@given(st.binary(max_size=200))
@lists.steady(60)
def test_bytes_of_any_kind_are_judged(content: bytes) -> None:
    _check(content.decode("latin-1"), "")


def test_the_list_that_is_changed_here_is_good() -> None:
    assert rules.lint(rules.parse(_LIST)) == []
