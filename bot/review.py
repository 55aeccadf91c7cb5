"""Diagnostic -> review comment, Fix -> suggestion: where the two dictionaries meet. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import rules
from bot import comment as wording
from bot import comment_life, diff, suggest
from bot.comment_life import Life, Said
from bot.posts import ReviewComment
from bot.voice import Voice, name_of
from rules import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bot.config import Configuration
    from bot.judge import Judgement
    from bot.pulls import Thread
    from bot.suggest import Suggestion
    from rules import Diagnostic, Fix, Remark

_INLINE_AT_MOST = 5  # where more rows than `max_comments` need a touch
_MUCH, _MANY_ROWS = 0.3, 10  # a share of the rows that no list of comments can speak of


@dataclass(frozen=True, slots=True)
class File:
    """A judged file: its text at the head, and the lines where GitHub takes comments.

    `runs` are those of them among which a suggestion can be committed.
    """

    judgement: Judgement
    text: str
    hunks: tuple[range, ...]
    runs: tuple[range, ...]

    @classmethod
    def of(cls, judgement: Judgement, text: str, patch: str | None) -> File:
        return cls(judgement, text, diff.commentable(patch), diff.unbroken(patch))

    @property
    def path(self) -> str:
        return self.judgement.path


@dataclass(frozen=True, slots=True)
class Row:
    """One row to speak of.

    `inline` is False where GitHub takes no comment; `said` is True when all of it was said before,
    or when a comment that was over says all of it now.
    `suggestion` is what its own comment carries. `by` is the line of the row whose suggestion mends
    it, often its own; `corrected` is the row by itself as it should be.
    """

    path: str
    remark: Remark
    inline: bool
    said: bool
    suggestion: Suggestion | None = None
    by: int | None = None
    corrected: str | None = None

    @property
    def mended(self) -> bool:
        return self.by is not None

    def mends(self, diagnostic: Diagnostic) -> bool:
        """Whether a suggestion mends one of the things to say."""
        fix = diagnostic.fix
        return self.mended and fix is not None and fix.safe and self._holds(fix)

    @property
    def whole(self) -> bool:
        """Whether a suggestion mends all there is to say."""
        return all(map(self.mends, self.remark.diagnostics))

    def _holds(self, fix: Fix) -> bool:
        return all(edit in self.remark.edits for edit in fix.edits)

    @property
    def place(self) -> tuple[str, int]:
        return self.path, self.remark.line

    @property
    def fingerprints(self) -> frozenset[str]:
        return frozenset(fingerprint(self.path, d) for d in self.remark.diagnostics)

    @property
    def last(self) -> int:
        """The line that a comment on this row hangs on."""
        return self.suggestion.last if self.suggestion else self.remark.line


@dataclass(frozen=True, slots=True)
class Plan:
    """What to say: the review, every row for the check run, and what becomes of earlier comments.

    `ignored` counts the rows that were asked to be left as they are. `voice` is how to speak.
    """

    files: tuple[File, ...]
    rows: tuple[Row, ...]
    body: str
    comments: tuple[ReviewComment, ...]
    voice: Voice
    life: Life = field(default_factory=Life)
    ignored: int = 0


def plan(
    files: Sequence[File],
    said: Said,
    config: Configuration,
    voice: Voice,
) -> Plan:
    """Decide what to say and where.

    Args:
        files: the judged files.
        said: what was said before: it is not said again.
        config: the repository's configuration.
        voice: how to speak.
    """
    rows = [row for file in files for row in rows_of(file, said)]
    fresh = [row for row in rows if row.inline and not row.said and _worth(row, said, voice)]
    if voice.revert or touches_much(files):
        fresh = []
    earlier = [row for row in rows if row.said]
    few = len(earlier) + len(fresh) <= config.max_comments
    most = config.max_comments if few else min(config.max_comments, _INLINE_AT_MOST)
    shown = fresh[: max(most - len(earlier), 0)]
    if config.fix != "off":
        shown = with_suggestions(files, shown, said.threads)
        earlier = with_suggestions(files, earlier)
    told = {row.place: row for row in (*shown, *earlier)}
    return Plan(
        files=tuple(files),
        rows=tuple(told.get(row.place, row) for row in rows),
        body=_body(files, shown, len(fresh) - len(shown), voice),
        comments=tuple(comment(row, said.before, voice) for row in shown),
        voice=voice,
        life=_life(files, [told.get(row.place, row) for row in rows], said, voice),
        ignored=sum(len(file.judgement.remarks) for file in files) - len(rows),
    )


def rows_of(file: File, said: Said) -> Iterator[Row]:
    """The rows of a file to speak of, without what was asked to be left as it is."""
    for remark in file.judgement.remarks:
        marks = {d: fingerprint(file.path, d) for d in remark.diagnostics}
        left = [d for d in remark.diagnostics if marks[d] not in said.ignored]
        if left:
            yield Row(
                file.path,
                remark if len(left) == len(marks) else rules.compose(left)[0],
                diff.fits(file.hunks, remark.line, remark.line),
                all(marks[d] in said.before for d in left)
                or any(marks[d] in said.over for d in left),
            )


def _worth(row: Row, said: Said, voice: Voice) -> bool:
    """Whether something new about a row is worth a comment."""
    new = [d for d in row.remark.diagnostics if fingerprint(row.path, d) not in said.before]
    return voice.about is None or any(d.rule in voice.about for d in new)


def _life(files: Sequence[File], rows: Sequence[Row], said: Said, voice: Voice) -> Life:
    own = [t for t in said.threads if comment_life.mark_of(t.body).pull is None]
    if not own:
        return Life()
    present: dict[str, str] = {}
    for row in rows:
        body = comment(row, (), voice).body
        present |= {fingerprint(row.path, d): body for d in row.remark.diagnostics}
    judged = {file.path for file in files if not file.judgement.problem}
    return comment_life.life(own, present, judged | said.left)


def with_suggestions(
    files: Sequence[File], rows: Sequence[Row], threads: Sequence[Thread] = ()
) -> list[Row]:
    """The rows with their suggestions, which are made for rows with a comment alone.

    A suggestion in an open thread keeps its lines: of two only one could be pressed.
    """
    made: dict[tuple[str, int], Suggestion] = {}
    texts = {file.path: file.text for file in files}
    for file in files:
        remarks = [row.remark for row in rows if row.path == file.path]
        taken = [
            thread.lines
            for thread in threads
            if thread.path == file.path and thread.lines and comment_life.can_be_pressed(thread)
        ]
        found = suggest.suggestions(file.text, remarks, file.runs, taken)
        made |= {(file.path, line): one for line, one in found.items()}
    covered = {(path, line): by for (path, by), one in made.items() for line in one.rows}
    return [
        replace(
            row,
            suggestion=made.get(row.place),
            by=covered.get(row.place),
            corrected=suggest.corrected(texts[row.path], row.remark),
        )
        for row in rows
    ]


def touches_much(files: Sequence[File]) -> bool:
    """Whether a change touches a great part of the rows, or does nothing but reformat."""
    changes = [file.judgement.changes for file in files]
    spaced = sum(change.reformatted for change in changes)
    touched = sum(change.touched for change in changes) + spaced
    if touched == spaced and not any(change.removed for change in changes):
        return spaced > 0
    return touched > _MANY_ROWS and touched > _MUCH * sum(file.judgement.rows for file in files)


def fingerprint(path: str, diagnostic: Diagnostic) -> str:
    """A name for one thing said, the same however lines move."""
    told = f"{path}\n{diagnostic.rule}\n{diagnostic.anchor}"
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:16]


def comment(row: Row, before: Collection[str], voice: Voice) -> ReviewComment:
    """A comment about what was not said before of this row: the suggestion alone, if all was."""
    new = [d for d in row.remark.diagnostics if fingerprint(row.path, d) not in before]
    marks = list(dict.fromkeys(fingerprint(row.path, d) for d in row.remark.diagnostics))
    body = wording.body(row, new, marks, voice)
    first = row.suggestion.first if row.suggestion else row.last
    start = first if first < row.last else None
    return ReviewComment(row.path, row.last, start, body)


def _body(files: Sequence[File], shown: Sequence[Row], left: int, voice: Voice) -> str:
    """A review's own words, a sentence or two; empty where nothing is to be said."""
    if not shown:
        return ""
    sentences = [_thanks(files, voice), _needs(shown)]
    if left:
        sentences.append(
            say("{number} more stands in the check run.", number=left)
            if left == 1
            else say("{number} more stand in the check run.", number=left)
        )
    if voice.guide:
        sentences.append(say("How this list is kept: [CONTRIBUTING]({page}).", page=voice.guide))
    return say("{sentences: }", sentences=sentences)


def _thanks(files: Sequence[File], voice: Voice) -> rules.Text:
    changes = [file.judgement.changes for file in files]
    title = next((change.title for change in changes if change.title), "")
    if title and sum(number for change in changes for _, number in change.added) == 1:
        name = name_of(title)
        if voice.newcomer:
            return say("Welcome, and thank you for adding {name}!", name=name)
        return say("Thank you for adding {name}!", name=name)
    return say("Welcome, and thank you!") if voice.newcomer else say("Thank you!")


def _needs(shown: Sequence[Row]) -> rules.Text:
    rows, mended = len(shown), sum(row.mended for row in shown)
    if not mended:
        return (
            say("One row needs your eye.")
            if rows == 1
            else say("{rows} rows need your eye.", rows=rows)
        )
    if rows == 1:
        return say("One row needs a small touch: **Commit suggestion** below does it.")
    if mended == rows:
        return say(
            "{rows} rows need a small touch: **Commit suggestion** below does it.", rows=rows
        )
    return say(
        "{rows} rows need a small touch: **Commit suggestion** mends {mended} of them.",
        rows=rows,
        mended=mended,
    )
