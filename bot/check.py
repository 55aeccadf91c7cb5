"""What was found -> the check run: one table of it all, and annotations for what is not inline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bot import config, cut, escape, tally
from bot.posts import Annotation, Button, CheckRun
from bot.voice import more, short
from rules import Severity, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bot.config import Configuration, Problem
    from bot.inherit import Inherited
    from bot.posts import ReviewComment
    from bot.review import Plan, Row
    from rules import Text

NAME = "listwright"
Conclusion = Literal["success", "failure", "neutral"]

WAITING = say("Waiting until ready for review")
MUTED = say("Muted by a label")
BOTS = say("A bot's pull request, not reviewed")
NO_LIST_TOUCHED = say("No list touched, nothing to check")

FIX = Button(say("Fix"), say("Commit what can be mended"), "fix")
AGAIN = Button(say("Look again"), say("Judge this pull request anew"), "again")

_ANNOTATED = 200  # rows at most; the table of the summary has them all
_ASIDE = 10_000  # bytes for each of the lists beside the table
_JOINTS = 500  # bytes between the parts


def quiet(title: str) -> CheckRun:
    """A green check that only says why there was nothing to do."""
    return CheckRun(NAME, "success", title, say("{title}.", title=title))


def too_slow(path: str) -> CheckRun:
    """A neutral check for a file whose judging was stopped."""
    told = say(
        "Reading {path} took longer than allowed, so it was stopped and nothing was judged. "
        "A very large table, or a cell with thousands of brackets, is the usual reason.",
        path=short(path),
    )
    return CheckRun(NAME, "neutral", say("Judging took too long"), told, actions=[AGAIN])


def configuration(proposed: Sequence[Problem]) -> CheckRun:
    """The check run about a pull request that changes the configuration, and no list."""
    if not proposed:
        return quiet(say("The configuration reads well"))
    told = say("{parts:\n\n}", parts=list(_proposed(proposed)))
    marks = _marks(proposed)
    return CheckRun(NAME, "neutral", _needs_a_look(), told, annotations=marks, actions=[AGAIN])


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
        merging: whether it waits to be merged; what was pushed is there already, and has no
            buttons.
    """
    broken = bool(base.problems or proposed)
    conclusion = _conclusion(plan, base.settings, broken)
    inline = {(c.path, c.line) for c in plan.comments if c not in refused}
    outside = [row for row in plan.rows if (row.path, row.last) not in inline and not row.said]
    fixable = merging and base.settings.fix != "off" and any(row.remark.edits for row in plan.rows)
    first = _first(plan, conclusion if merging else None)
    above = [*_on_base(base.problems), *_proposed(proposed or ()), first]
    above += _unjudged(plan)
    below = [*_notes(plan), *_older(plan)]
    room = cut.OUTPUT - sum(cut.size(plan.voice.words(p)) for p in (*above, *below)) - _JOINTS
    marks = [*_marks(proposed or ()), *map(_annotation, outside)]
    return CheckRun(
        NAME,
        conclusion,
        _needs_a_look() if broken else _title(plan),
        say("{parts:\n\n}", parts=[*above, *_table(plan, room, fixable=fixable), *below]),
        annotations=marks[:_ANNOTATED],
        actions=([FIX, AGAIN] if fixable else [AGAIN]) if merging else [],
    )


def _conclusion(plan: Plan, settings: Configuration, broken: bool) -> Conclusion:
    worst = max((row.remark.severity.rank for row in plan.rows), default=0)
    if settings.fail_on != "never" and worst >= Severity(settings.fail_on).rank:
        return "failure"
    unjudged = any(file.judgement.problem for file in plan.files)
    return "neutral" if plan.rows or broken or unjudged else "success"


def _title(plan: Plan) -> Text:
    if plan.rows:
        return say("{rows} could use a touch", rows=tally.rows(len(plan.rows)))
    unjudged = next((f for f in plan.files if f.judgement.problem), None)
    if unjudged:
        return say("{path} could not be judged", path=unjudged.path)
    counted = tally.totals([file.judgement.changes for file in plan.files])
    return say("{rows}, nothing to fix", rows=counted or say("No row touched"))


def _first(plan: Plan, conclusion: Conclusion | None) -> str:
    """Rows by section, and whether anything holds the merge up."""
    counted = tally.by_section([file.judgement.changes for file in plan.files])
    rows = say("{rows}.", rows=counted) if counted else say("No row was added or changed.")
    if not plan.rows or conclusion is None:
        return rows
    if conclusion == "failure":
        return say(
            "{rows} This repository's configuration asks to mend this before merging.", rows=rows
        )
    return say("{rows} Nothing here blocks merging.", rows=rows)


def _unjudged(plan: Plan) -> Iterator[str]:
    for judgement in (file.judgement for file in plan.files):
        if judgement.problem:
            path = short(judgement.path)
            yield say("{path}: {problem}", path=path, problem=judgement.problem)


def _table(plan: Plan, room: int, *, fixable: bool) -> Iterator[str]:
    """Every row to speak of, by line."""
    if not plan.rows:
        return
    several = len({row.path for row in plan.rows}) > 1
    head = say("| line | what | fix |\n|---|---|---|")
    kept, left = cut.whole((_line(plan, r, several, fixable) for r in plan.rows), room)
    yield say("{lines:\n}", lines=[head, *kept])
    yield from more(left)


def _line(plan: Plan, row: Row, several: bool, fixable: bool) -> str:
    line = row.remark.line
    words = f"{short(row.path)}:{line}" if several else str(line)
    what = plan.voice.told(_messages(row), row.path)
    place = plan.voice.link(words, row.path, line)
    who = _who(row, fixable)
    cells = say("| {place} | {what} | {who} |", place=place, what=escape.cell(what), who=who)
    return plan.voice.words(cells)


def _messages(row: Row) -> Text:
    return say("{sentences: }", sentences=[d.message for d in row.remark.diagnostics])


def _who(row: Row, fixable: bool) -> Text:
    """Who mends a row."""
    if row.mended:
        return say("suggested") if row.whole else say("suggested / yours")
    return say("**Fix** above") if fixable and row.remark.edits else say("yours")


def _notes(plan: Plan) -> Iterator[str]:
    notes = [(file.path, note) for file in plan.files for note in file.judgement.notes]
    if not notes:
        return
    lines = []
    for path, note in notes:
        place = plan.voice.link(f"{short(path)}:{note.line}", path, note.line)
        lines.append(f"- {place} {plan.voice.told(note.message, path)}")
    kept, left = cut.whole(lines, _ASIDE)
    smaller = (
        say("1 smaller thing, worth knowing")
        if len(notes) == 1
        else say("{number} smaller things, worth knowing", number=len(notes))
    )
    yield say(
        "<details><summary>{smaller}</summary>\n\n{notes}\n\n</details>",
        smaller=smaller,
        notes=_items(kept, left),
    )


def _items(kept: Sequence[str], left: int) -> Text:
    """The items of a list, and how many there are more."""
    rest = [say("- {words}", words=words) for words in more(left)]
    return say("{lines:\n}", lines=[*kept, *rest])


def _older(plan: Plan) -> Iterator[str]:
    number = sum(file.judgement.older for file in plan.files)
    if number:
        yield say("Older rows: {number} could use a touch too; not judged here.", number=number)


def _annotation(row: Row) -> Annotation:
    return Annotation(row.path, row.remark.line, row.remark.line, "warning", _messages(row))


def _needs_a_look() -> Text:
    return say("The configuration needs a look")


def _on_base(problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield say(
            "The configuration on the base branch has {problems}. {way_out}",
            problems=_many(problems),
            way_out=_way_out(),
        )
        yield _listed(problems)


def _proposed(problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield say(
            "The configuration in this pull request has {problems}. {way_out}",
            problems=_many(problems),
            way_out=_way_out(),
        )
        yield _listed(problems)


def _many(problems: Sequence[Problem]) -> Text:
    if len(problems) == 1:
        return say("a problem")
    return say("{number} problems", number=len(problems))


def _way_out() -> Text:
    return say(
        "A file that cannot be used counts as empty until it is mended. "
        "The keys are described in docs/configuration.md of Listwright."
    )


def _listed(problems: Sequence[Problem]) -> str:
    lines = [
        say(
            "- {file}, line {line}, column {column}: {message}",
            file=escape.code(p.file),
            line=p.line,
            column=p.column,
            message=p.message,
        )
        for p in problems
    ]
    kept, left = cut.whole(lines, _ASIDE)
    return _items(kept, left)


def _marks(problems: Sequence[Problem]) -> list[Annotation]:
    """Annotations in the pull request's own configuration; other files are told in the summary."""
    own = [p for p in problems if p.file == config.PATH]
    return [
        Annotation(
            p.file,
            p.line,
            p.line,
            "warning",
            say("Column {column}: {message}", column=p.column, message=p.message),
        )
        for p in own[:_ANNOTATED]
    ]
