"""Whatever a file holds, reading and judging it ends well, and mending touches nothing else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import Document, DocumentError, Move
from tests.lists import steady
from tests.odd_lists import GOOD, anything, odd_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules import Diagnostic, Fix


def _read(text: str) -> Document | None:
    try:
        return rules.parse(text)
    except DocumentError:
        return None


def _safe_edits(document: Document) -> list[rules.Edit | Move]:
    fixes = [said.fix for said in rules.lint(document) if said.fix and said.fix.safe]
    return [edit for fix in fixes for edit in fix.edits]


# --- judging


def _check_judging(text: str, before: str) -> None:
    document, old = _read(text), _read(before)
    if document is None or old is None:
        return
    known = rules.infer(old)
    base, said = rules.lint(old, conventions=known), rules.lint(document, None, known, old)
    _check_places(document, said)
    introduced = rules.compare(base, said)
    assert rules.compare(base, base) == []
    assert sum(len(remark.diagnostics) for remark in rules.compose(introduced)) == len(introduced)
    # The server asks of the list before only what matters, and gets the same answer.
    heard = rules.lint(old, conventions=known, only={diagnostic.rule for diagnostic in said})
    assert rules.compare(heard, said) == introduced
    again = rules.parse(text)
    assert rules.lint(again, None, rules.infer(rules.parse(before)), old) == said


def _check_places(document: Document, said: Iterable[Diagnostic]) -> None:
    """Every place lies in the text, and the line is the one of the span's start."""
    for diagnostic in said:
        start, end = diagnostic.span
        assert 0 <= start <= end <= len(document.text)
        assert 1 <= diagnostic.line <= len(document.starts)
        assert diagnostic.message
        for edit in diagnostic.fix.edits if diagnostic.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(document.text)


# --- mending


def _check_mending(text: str) -> None:
    document = _read(text)
    if document is None:
        return
    said = rules.lint(document)
    for diagnostic in said:
        if diagnostic.fix:
            _check_fix(text, diagnostic.fix)
    lines = _lines(rules.apply(text, _safe_edits(document)))
    assert _is_part(_untouched(text, [d for d in said if d.fix and d.fix.safe]), lines)
    fixed = rules.fix(text)
    assert rules.fix(fixed) == fixed


def _check_fix(text: str, fix: Fix) -> None:
    """A fix alone changes its own characters and no others; a move changes only the order."""
    mended = rules.apply(text, fix.edits)
    if any(isinstance(edit, Move) for edit in fix.edits):
        assert sorted(_lines(mended)) == sorted(_lines(text))
    else:
        start = min(edit.span.start for edit in fix.edits)
        end = max(edit.span.end for edit in fix.edits)
        assert mended.startswith(text[:start])
        assert mended.endswith(text[end:])


def _lines(text: str) -> list[str]:
    """The lines that are not blank; of a line end at the very end nobody takes notice."""
    return [line.removesuffix("\r") for line in text.split("\n") if line.strip()]


def _untouched(text: str, safe: Sequence[Diagnostic]) -> list[str]:
    """The lines that no safe diagnostic names or changes."""
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    named = {d.line - 1 for d in safe}
    for span in (edit.span for d in safe if d.fix for edit in d.fix.edits):
        first = bisect_right(starts, span.start) - 1
        joins = starts[first] < span.start < span.end  # from within a line to the next one's start
        last = bisect_right(starts, span.end) - 1 if joins else bisect_left(starts, span.end) - 1
        named.update(range(first, last + 1))
    return _lines("\n".join(line for n, line in enumerate(lines) if n not in named))


def _is_part(some: Iterable[str], every: Iterable[str]) -> bool:
    """Whether lines stand among others in the same order."""
    rest = iter(every)
    return all(line in rest for line in some)


@given(anything)
@steady(80)
def test_any_text_is_judged_and_mended_once_for_all(text: str) -> None:
    _check_judging(text, GOOD)
    _check_mending(text)


@given(odd_lists())
@steady(60)
def test_an_odd_list_is_judged_beside_what_it_was(text: str) -> None:
    _check_judging(text, GOOD)


@given(odd_lists())
@steady(60)
def test_an_odd_list_is_mended_once_for_all(text: str) -> None:
    _check_mending(text)


@given(odd_lists(), odd_lists())
@steady(20)
def test_any_list_may_become_any_other(text: str, before: str) -> None:
    _check_judging(text, before)


@given(st.binary(max_size=200))
@steady(60)
def test_bytes_of_any_kind_are_judged(content: bytes) -> None:
    _check_judging(content.decode("latin-1"), "")
    _check_mending(content.decode("latin-1"))


def test_the_list_that_is_changed_here_is_good() -> None:
    assert rules.lint(rules.parse(GOOD)) == []
