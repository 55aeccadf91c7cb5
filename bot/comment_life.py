"""What became of our earlier comments: mended, left as they are, or true again. Pure.

Each comment ends with the fingerprints of what it says, hidden, so that nothing is kept elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from rules import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from bot.pulls import State, Thread

# Only at a comment's end: a row that a suggestion quotes may hold something that looks like it.
_SAID = re.compile(
    r"<!-- listwright(?: (?P<kind>mended|ignored))?(?: #(?P<pull>\d+))?"
    r": (?P<all>[0-9a-f ]+) -->\s*\Z"
)
# At a review's end: our commits that nobody asked for, and what they mended.
_RECORD = re.compile(r"<!-- listwright (commits|stopped): ([0-9a-f ]*) -->\s*\Z")
_FINGERPRINT = 16  # characters; the name of a commit is longer
_SUGGESTION = re.compile(r"(?ms)^(`{3,})suggestion\r?\n.*?^\1[\r\n]*")

Kind = Literal["said", "mended", "ignored"]


class Mark(NamedTuple):
    """What a comment of ours is about, and what became of it.

    `pull` is the number of another pull request that it speaks of: what is judged in one file does
    not tell whether such a comment is still true.
    """

    kind: Kind
    fingerprints: frozenset[str]
    pull: int | None = None


def mark_of(body: str) -> Mark:
    """The mark at the end of a comment; one without fingerprints where there is none."""
    found = _SAID.search(body)
    if not found:
        return Mark("said", frozenset())
    kind: Kind = found["kind"] or "said"  # type: ignore[assignment]  # the pattern allows no other
    return Mark(
        kind, frozenset(found["all"].split()), int(found["pull"]) if found["pull"] else None
    )


def marked(
    body: str, fingerprints: Iterable[str], kind: Kind = "said", pull: int | None = None
) -> str:
    """A comment with its mark."""
    state = ("" if kind == "said" else f" {kind}") + (f" #{pull}" if pull else "")
    mark = f"<!-- listwright{state}: {' '.join(fingerprints)} -->"
    return say("{body}\n\n{mark}", body=body, mark=mark)


def folded(body: str, headline: str, title: str, kind: Kind) -> str:
    """A comment that is no longer true: a line that says so, and what it was, folded away.

    A suggestion goes: pressed now, it would bring back old text.
    """
    words = _SUGGESTION.sub("", _SAID.sub("", body)).strip()
    told = say(
        "{headline}\n\n<details><summary>{title}</summary>\n\n{words}\n\n</details>",
        headline=headline,
        title=title,
        words=words,
    )
    mark = mark_of(body)
    return marked(told, sorted(mark.fingerprints), kind, mark.pull)


@dataclass(frozen=True, slots=True)
class Record:
    """What reviews of ours record of commits that nobody asked for.

    Attributes:
        commits: their names.
        fingerprints: of what they mended, which is said nowhere.
        stopped: whether people did not want them.
    """

    commits: frozenset[str] = frozenset()
    fingerprints: frozenset[str] = frozenset()
    stopped: bool = False

    @classmethod
    def of(cls, reviews: Iterable[str]) -> Record:
        """The record in the bodies of our reviews."""
        found = [mark for body in reviews if (mark := _RECORD.search(body))]
        names = {name for mark in found for name in mark[2].split()}
        fingerprints = {name for name in names if len(name) == _FINGERPRINT}
        stopped = any(mark[1] == "stopped" for mark in found)
        return cls(frozenset(names - fingerprints), frozenset(fingerprints), stopped)

    @property
    def mark(self) -> str:
        """The record as a review carries it, hidden at its end."""
        names = " ".join([*sorted(self.commits), *sorted(self.fingerprints)])
        return f"<!-- listwright {'stopped' if self.stopped else 'commits'}: {names} -->"


def can_be_pressed(thread: Thread) -> bool:
    """Whether a thread shows a suggestion that somebody may still commit."""
    open_still = thread.resolved is None and thread.lines is not None
    return open_still and _SUGGESTION.search(thread.body) is not None


@dataclass(frozen=True, slots=True)
class Said:
    """What we said before on a pull request.

    Attributes:
        before: the fingerprints of it.
        ignored: those of what was asked to be left as it is.
        over: those of what was mended: where it comes back, its comment says it again.
        threads: where it was said.
        left: the files that the pull request touched then and does not touch now.
    """

    before: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()
    threads: tuple[Thread, ...] = ()
    left: frozenset[str] = frozenset()

    @classmethod
    def on(cls, state: State, touched: Collection[str]) -> Said:
        """What was said on a pull request that touches these files now."""
        bodies = [*state.reviews, *(comment.body for comment in state.comments)]
        left = {thread.path for thread in state.threads}.difference(touched)
        return replace(cls.of(bodies, state.threads), left=frozenset(left))

    @classmethod
    def of(cls, bodies: Iterable[str], threads: Sequence[Thread] = ()) -> Said:
        """What was said in some texts and threads."""
        marks = [mark_of(body) for body in (*bodies, *(thread.body for thread in threads))]
        return cls(
            before=_joined(marks),
            ignored=_joined(mark for mark in marks if mark.kind == "ignored"),
            over=_joined(mark_of(thread.body) for thread in threads if _over(thread)),
            threads=tuple(threads),
        )


def _joined(marks: Iterable[Mark]) -> frozenset[str]:
    return frozenset().union(*(mark.fingerprints for mark in marks))


def _over(thread: Thread) -> bool:
    """Whether our comment counts as mended; what people resolved is theirs."""
    kind = mark_of(thread.body).kind
    if thread.resolved == "others" or kind == "ignored":
        return False
    return kind == "mended" or thread.resolved == "us"


@dataclass(frozen=True, slots=True)
class Life:
    """Threads whose row is mended now, and threads whose row needs their words again."""

    mended: tuple[Thread, ...] = ()
    back: tuple[tuple[Thread, str], ...] = ()


def life(threads: Iterable[Thread], present: Mapping[str, str], settled: Collection[str]) -> Life:
    """What is to be done with our threads.

    Args:
        threads: ours.
        present: fingerprint -> the comment that a row with it would get now.
        settled: the files of which `present` tells all there is to say.
    """
    mended, back = [], []
    for thread in threads:
        kind, fingerprints, _ = mark_of(thread.body)
        now = next((present[mark] for mark in sorted(fingerprints) if mark in present), None)
        over = _over(thread)
        if thread.resolved == "others" or kind == "ignored" or not fingerprints:
            continue
        if now and over:
            back.append((thread, now))
        elif now is None and not over and not thread.answered and thread.path in settled:
            mended.append(thread)
    return Life(tuple(mended), tuple(back))
