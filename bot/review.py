"""Diagnostic -> review comment, Fix -> suggestion: where the two dictionaries meet. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import rules
from bot import comment_life, diff
from bot.comment_life import Life, Said
from bot.posts import ReviewComment
from bot.suggest import Suggestion, suggestions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from bot.config import Configuration
    from bot.judge import Judgement
    from rules import Diagnostic, Remark

_INLINE_AT_MOST = 5  # where more rows than `max_comments` need a touch
_MUCH, _MANY_ROWS = 0.3, 10  # a share of the rows that no list of comments can speak of

_THANKS = "Thank you!"
_ONE_CLICK = "{thanks} {rows} a small touch: **Commit suggestion** below does it."
_SOME_CLICKS = "{thanks} {rows} a small touch: **Commit suggestion** mends {mended} of them."
_BY_HAND = "{thanks} {rows} your eye."
_MORE = "{number} more {stand} in the check run."


@dataclass(frozen=True, slots=True)
class File:
    """A judged file: its text at the head, and where GitHub takes comments."""

    judgement: Judgement
    text: str
    hunks: tuple[range, ...]

    @property
    def path(self) -> str:
        return self.judgement.path


@dataclass(frozen=True, slots=True)
class Row:
    """One row to speak of.

    `inline` is False where GitHub takes no comment; `said` is True when all of it was said before,
    or when a comment that was over says all of it now.
    `suggestion` is what its own comment carries; `mended` is True when that, or another row's,
    mends it.
    """

    path: str
    remark: Remark
    inline: bool
    said: bool
    suggestion: Suggestion | None = None
    mended: bool = False

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
class Voice:
    """How to speak on one pull request.

    Attributes:
        page_of: a rule's name -> the address of its page, None when nobody could open it.
        about: the rules that are worth a comment; None: all of them.
    """

    page_of: Callable[[str], str | None]
    about: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to say: the review, every row for the check run, and what becomes of earlier comments.

    `ignored` counts the rows that were asked to be left as they are.
    """

    files: tuple[File, ...]
    rows: tuple[Row, ...]
    body: str
    comments: tuple[ReviewComment, ...]
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
    if touches_much(files):
        fresh = []
    earlier = [row for row in rows if row.said]
    few = len(earlier) + len(fresh) <= config.max_comments
    most = config.max_comments if few else min(config.max_comments, _INLINE_AT_MOST)
    shown = fresh[: max(most - len(earlier), 0)]
    if config.fix != "off":
        shown, earlier = with_suggestions(files, shown), with_suggestions(files, earlier)
    told = {row.place: row for row in (*shown, *earlier)}
    return Plan(
        files=tuple(files),
        rows=tuple(told.get(row.place, row) for row in rows),
        body=_body(shown, len(fresh) - len(shown)),
        comments=tuple(comment(row, said.before, voice) for row in shown),
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
    present: dict[str, str] = {}
    for row in rows:
        body = comment(row, (), voice).body
        present |= {fingerprint(row.path, d): body for d in row.remark.diagnostics}
    judged = {file.path for file in files if not file.judgement.problem}
    own = [t for t in said.threads if comment_life.mark_of(t.body).pull is None]
    return comment_life.life(own, present, judged | said.left)


def with_suggestions(files: Sequence[File], rows: Sequence[Row]) -> list[Row]:
    """The rows with their suggestions, which are made for rows with a comment alone."""
    made: dict[tuple[str, int], Suggestion] = {}
    for file in files:
        remarks = [row.remark for row in rows if row.path == file.path]
        found = suggestions(file.text, remarks, file.hunks)
        made |= {(file.path, line): one for line, one in found.items()}
    covered = {(path, line) for (path, _), one in made.items() for line in one.rows}
    return [
        replace(row, suggestion=made.get(row.place), mended=row.place in covered) for row in rows
    ]


def touches_much(files: Sequence[File]) -> bool:
    """Whether a change is too large for comments row by row."""
    touched = sum(file.judgement.touched for file in files)
    return touched > _MANY_ROWS and touched > _MUCH * sum(file.judgement.rows for file in files)


def fingerprint(path: str, diagnostic: Diagnostic) -> str:
    """A name for one thing said, the same however lines move."""
    told = f"{path}\n{diagnostic.rule}\n{diagnostic.anchor}"
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:16]


def comment(row: Row, before: Collection[str], voice: Voice) -> ReviewComment:
    """A comment about what was not said before of this row: the suggestion alone, if all was."""
    new = [d for d in row.remark.diagnostics if fingerprint(row.path, d) not in before]
    parts = ["\n\n".join(dict.fromkeys(d.message for d in new))]
    if row.suggestion:
        parts.append(row.suggestion.markdown)
    names = dict.fromkeys(d.rule for d in new)
    marks = dict.fromkeys(fingerprint(row.path, d) for d in row.remark.diagnostics)
    if names:
        parts.append(f"<sub>{' · '.join(_why(name, voice.page_of(name)) for name in names)}</sub>")
    body = comment_life.marked("\n\n".join(filter(None, parts)), marks)
    first = row.suggestion.first if row.suggestion else row.last
    start = first if first < row.last else None
    return ReviewComment(row.path, row.last, start, body)


def _why(name: str, address: str | None) -> str:
    return f"[Why]({address})" if address else f"`{name}`"


def _body(shown: Sequence[Row], left: int) -> str:
    if not shown:
        return ""
    mended = sum(row.mended for row in shown)
    rows = "One row needs" if len(shown) == 1 else f"{len(shown)} rows need"
    form = _ONE_CLICK if mended == len(shown) else _SOME_CLICKS if mended else _BY_HAND
    body = form.format(thanks=_THANKS, rows=rows, mended=mended)
    more = _MORE.format(number=left, stand="stands" if left == 1 else "stand")
    return f"{body} {more}" if left else body
