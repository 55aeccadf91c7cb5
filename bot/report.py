"""Diagnostics for a terminal and for programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rules import Diagnostic, Document

_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_COLUMNS = ("error", "warning", "note", "fixable")
_ELLIPSIS = "…"
_MARGIN = 6  # columns before an excerpt
# A blank each, tabs too: what steers a terminal is not obeyed.
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")


def as_data(path: Path, document: Document, found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Diagnostics as JSON objects; lines and columns are 1-based, `end_column` is past the end."""
    made = []
    for diagnostic in found:
        line, column = document.position(diagnostic.span.start)
        width = diagnostic.span.end - diagnostic.span.start
        fix = diagnostic.fix and ("safe" if diagnostic.fix.safe else "unsafe")
        made.append(
            {
                "path": str(path),
                "line": line,
                "column": column,
                "end_column": column + width,
                "rule": diagnostic.rule,
                "severity": str(diagnostic.severity),
                "message": diagnostic.message,
                "fix": fix,
            }
        )
    return made


def as_text(
    path: Path, document: Document, found: Sequence[Diagnostic], width: int
) -> Iterator[Text]:
    """Diagnostics of one file for a terminal of a width: each with its row and the place in it."""
    if found:
        yield Text(str(path), style="bold underline")
    for diagnostic in found:
        line, column = document.position(diagnostic.span.start)
        severity = str(diagnostic.severity)
        message = diagnostic.message.translate(_CONTROLS)
        yield Text.assemble(
            (f"{line}:{column}".rjust(_MARGIN + 2), "dim"),
            "  ",
            (severity, _STYLES[severity]),
            "  ",
            (diagnostic.rule, "bold"),
            "  ",
            message,
            ("  fixable" if diagnostic.fix and diagnostic.fix.safe else "", "green"),
        )
        yield from _excerpt(document, line, diagnostic, width)


def _excerpt(document: Document, line: int, diagnostic: Diagnostic, width: int) -> Iterator[Text]:
    """The row, cut to the width around the place, and a line that points at it."""
    start, end = document.line_span(line)
    row = document.text[start:end].translate(_CONTROLS)
    first, last = diagnostic.span.start - start, diagnostic.span.end - start
    room = max(20, width - _MARGIN - 2)
    left = max(0, min(first - room // 4, len(row) - room))
    shown = row[left : left + room]
    before = _ELLIPSIS if left else ""
    after = _ELLIPSIS if left + room < len(row) else ""
    place = row[first : min(last, left + room)]
    indent = " " * (_MARGIN + cell_len(before) + cell_len(row[left:first]))
    style = _STYLES[str(diagnostic.severity)]
    yield Text(" " * _MARGIN + before + shown + after, style="dim", no_wrap=True)
    yield Text(indent + "^" * max(1, cell_len(place)), style=style, no_wrap=True)


def summary(found: Iterable[Diagnostic]) -> str:
    """`1 error, 2 warnings, 3 notes`, or that all is well."""
    counts = Counter(str(diagnostic.severity) for diagnostic in found)
    told = [
        f"{counts[name]} {name}{'' if counts[name] == 1 else 's'}"
        for name in _STYLES
        if counts[name]
    ]
    return ", ".join(told) or "Nothing to mend."


def statistics(found: Iterable[Diagnostic]) -> Iterator[str]:
    """A table of counts by rule and severity, in Markdown."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_COLUMNS, 0))
    for diagnostic in found:
        counts[diagnostic.rule][str(diagnostic.severity)] += 1
        counts[diagnostic.rule]["fixable"] += bool(diagnostic.fix and diagnostic.fix.safe)
    yield f"| rule | {' | '.join(_COLUMNS)} |"
    yield f"| --- |{' --- |' * len(_COLUMNS)}"
    for rule in sorted(counts):
        yield f"| {rule} | {' | '.join(str(counts[rule][column]) for column in _COLUMNS)} |"
