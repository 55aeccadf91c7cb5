"""What was found -> the check run: one table of it all, and annotations for what is not inline."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from bot import config, escape
from bot.posts import Annotation, CheckRun
from rules import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bot.config import Configuration, Problem
    from bot.inherit import Inherited
    from bot.posts import ReviewComment
    from bot.review import Plan, Row

NAME = "listwright"
Conclusion = Literal["success", "failure", "neutral"]

WAITING = "Waiting until ready for review"
MUTED = "Muted by a label"
BOTS = "A bot's pull request, not reviewed"
NO_LIST_TOUCHED = "No list touched, nothing to check"
_TOO_SLOW = "Judging took too long"
_CONFIGURATION = "The configuration needs a look"
_READS_WELL = "The configuration reads well"
_SLOW_WORDS = (
    "Reading {path} took longer than allowed, so it was stopped and nothing was judged. "
    "A very large table, or a cell with thousands of brackets, is the usual reason."
)
_ANNOTATED = 200  # rows at most; the table of the summary has them all
_NOTHING_BLOCKS = "Nothing here blocks merging."
_BLOCKS = "This repository's configuration asks to mend this before merging."
_OLDER = "Older rows: not judged here."
_BASE = "The configuration on the base branch has {problems}. {way_out}"
_PROPOSED = "The configuration in this pull request has {problems}. {way_out}"
_WAY_OUT = (
    "A file that cannot be used counts as empty until it is mended. "
    "The keys are described in docs/configuration.md of Listwright."
)


def quiet(title: str) -> CheckRun:
    """A green check that only says why there was nothing to do."""
    return CheckRun(NAME, "success", title, f"{title}.")


def too_slow(path: str) -> CheckRun:
    """A neutral check for a file whose judging was stopped."""
    return CheckRun(NAME, "neutral", _TOO_SLOW, _SLOW_WORDS.format(path=escape.plain(path)))


def configuration(proposed: Sequence[Problem]) -> CheckRun:
    """The check run about a pull request that changes the configuration, and no list."""
    if not proposed:
        return quiet(_READS_WELL)
    told = "\n\n".join(_broken(_PROPOSED, proposed))
    return CheckRun(NAME, "neutral", _CONFIGURATION, told, annotations=_marks(proposed))


def report(
    plan: Plan,
    base: Inherited,
    refused: Collection[ReviewComment] = (),
    proposed: Sequence[Problem] | None = None,
    *,
    merging: bool = True,
) -> CheckRun:
    """The check run about a judged change.

    Args:
        plan: what was found, and which of it stands in the review.
        base: the configuration that holds, and its problems.
        refused: comments that GitHub did not take.
        proposed: what is wrong with the configuration that the pull request brings, if it does.
        merging: whether it waits to be merged; what was pushed is there already.
    """
    broken = bool(base.problems or proposed)
    conclusion = _conclusion(plan, base.settings, broken)
    inline = {(c.path, c.line) for c in plan.comments if c not in refused}
    outside = [row for row in plan.rows if (row.path, row.last) not in inline and not row.said]
    parts = [*_broken(_BASE, base.problems), *_broken(_PROPOSED, proposed or ())]
    parts += [_rows(plan), *_found(plan, conclusion if merging else None), *_notes(plan), _OLDER]
    marks = [*_marks(proposed or ()), *map(_annotation, outside)]
    return CheckRun(
        NAME,
        conclusion,
        _CONFIGURATION if broken else _title(plan),
        "\n\n".join(parts),
        annotations=marks[:_ANNOTATED],
    )


def _conclusion(plan: Plan, settings: Configuration, broken: bool) -> Conclusion:
    worst = max((row.remark.severity.rank for row in plan.rows), default=0)
    if settings.fail_on != "never" and worst >= Severity(settings.fail_on).rank:
        return "failure"
    unjudged = any(file.judgement.problem for file in plan.files)
    return "neutral" if plan.rows or broken or unjudged else "success"


def _title(plan: Plan) -> str:
    if plan.rows:
        return f"{_counted(len(plan.rows))} could use a touch"
    unjudged = next((f for f in plan.files if f.judgement.problem), None)
    if unjudged:
        return f"{unjudged.path} could not be judged"
    return f"{_totals(plan)}, nothing to fix"


def _totals(plan: Plan) -> str:
    """`1 row added, 2 rows changed`."""
    sums = {kind: sum(n for _, n in counts) for kind, counts in _kinds(plan)}
    told = [f"{_counted(n)} {kind}" for kind, n in sums.items() if n]
    return ", ".join(told) or "No row touched"


def _kinds(plan: Plan) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    for kind in ("added", "changed", "removed"):
        counts: Counter[str] = Counter()
        for file in plan.files:
            counts.update(dict(getattr(file.judgement, kind)))
        yield kind, list(counts.items())


def _rows(plan: Plan) -> str:
    """Rows by section: `1 row added in **Agent Router**.`."""
    told = [
        f"{_counted(number)} {kind}" + (f" in **{escape.plain(section)}**" if section else "")
        for kind, counts in _kinds(plan)
        for section, number in counts
    ]
    return f"{', '.join(told)}." if told else "No row was added or changed."


def _counted(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _broken(words: str, problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        many = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        yield words.format(problems=many, way_out=_WAY_OUT)
        yield "\n".join(
            f"- {escape.code(p.file)}, line {p.line}, column {p.column}: {p.message}"
            for p in problems
        )


def _marks(problems: Sequence[Problem]) -> list[Annotation]:
    """Annotations in the pull request's own configuration; other files are told in the summary."""
    own = [p for p in problems if p.file == config.PATH]
    return [
        Annotation(p.file, p.line, p.line, "warning", f"Column {p.column}: {p.message}")
        for p in own[:_ANNOTATED]
    ]


def _found(plan: Plan, conclusion: Conclusion | None) -> Iterator[str]:
    for file in plan.files:
        if file.judgement.problem:
            yield f"{escape.plain(file.path)}: {escape.plain(file.judgement.problem)}"
    if not plan.rows:
        return
    if conclusion:
        yield _BLOCKS if conclusion == "failure" else _NOTHING_BLOCKS
    several = len({row.path for row in plan.rows}) > 1
    lines = ["| line | what | fix |", "|---|---|---|"]
    for row in plan.rows:
        place = f"{escape.plain(row.path)}:{row.remark.line}" if several else row.remark.line
        what = " ".join(d.message for d in row.remark.diagnostics)
        lines.append(
            f"| {place} | {escape.cell(what)} | {'suggested' if row.mended else 'yours'} |"
        )
    yield "\n".join(lines)


def _notes(plan: Plan) -> Iterator[str]:
    notes = [(file.path, note) for file in plan.files for note in file.judgement.notes]
    if notes:
        smaller = "1 smaller thing" if len(notes) == 1 else f"{len(notes)} smaller things"
        lines = [f"- {escape.plain(path)}:{note.line} {note.message}" for path, note in notes]
        text = "\n".join(lines)
        yield f"<details><summary>{smaller}, worth knowing</summary>\n\n{text}\n\n</details>"


def _annotation(row: Row) -> Annotation:
    message = " ".join(d.message for d in row.remark.diagnostics)
    return Annotation(row.path, row.remark.line, row.remark.line, "warning", message)
