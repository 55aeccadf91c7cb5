"""What a change introduced, and how to say it: one row, one comment, one suggestion."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules._diagnostic import disjoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules._diagnostic import Diagnostic, Edit, Move, Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """What several rules say about one row, worst first, with the edits that may be suggested."""

    line: int
    diagnostics: tuple[Diagnostic, ...]
    edits: tuple[Edit | Move, ...]

    @property
    def severity(self) -> Severity:
        return self.diagnostics[0].severity


def compare(before: Iterable[Diagnostic], after: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics that a change introduced.

    Counted by rule and anchor, never by line. Where a row repeats what another row already had,
    the row that is new itself is the one to speak of.
    """
    before = list(before)
    old = Counter((d.rule, d.anchor) for d in before)
    rows = {(d.rule, d.row) for d in before}
    introduced = []
    for diagnostic in sorted(after, key=lambda d: (d.rule, d.row) not in rows):
        key = (diagnostic.rule, diagnostic.anchor)
        if old[key]:
            old[key] -= 1
        else:
            introduced.append(diagnostic)
    return sorted(introduced, key=lambda d: (d.span, d.rule))


def compose(diagnostics: Iterable[Diagnostic]) -> list[Remark]:
    """One remark per row, in order of lines; safe fixes that do not disturb each other together."""
    rows: defaultdict[int, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        rows[diagnostic.line].append(diagnostic)
    return [_remark(line, rows[line]) for line in sorted(rows)]


def _remark(line: int, diagnostics: list[Diagnostic]) -> Remark:
    worst = sorted(diagnostics, key=lambda d: -d.severity.rank)
    edits = [edit for d in worst if d.fix and d.fix.safe for edit in d.fix.edits]
    return Remark(line, tuple(worst), tuple(disjoint(edits)))
