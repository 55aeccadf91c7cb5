"""`fix: commit`: mending without being asked, and not where people want it otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import comment_life, commits, escape, mending, review
from bot.comment_life import Record
from bot.commits import Pushed, Reason, Refused
from rules import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.github import Client
    from bot.mending import Work
    from bot.pulls import Commit, State
    from bot.reading import Reading
    from bot.review import File, Plan
    from rules import Text

_MOST = 2  # commits in a pull request that nobody asked for
_MENDED = re.compile(r"(?m)^(.+):(\d+): ([a-z-]+(?:, [a-z-]+)*)$")


@dataclass(frozen=True, slots=True)
class Past:
    """What became of the commits that nobody asked for.

    Attributes:
        record: what our reviews tell of them.
        commits: those in the branch now.
        undone: whether people undid one, so that no more are made.
    """

    record: Record
    commits: tuple[Commit, ...]
    undone: bool

    @classmethod
    def of(cls, state: State, files: Sequence[File]) -> Past:
        """The past of a pull request whose lists are judged."""
        record = Record.of(state.reviews)
        ours = tuple(commit for commit in state.commits if commits.is_unasked(commit.message))
        names = record.commits | {commit.sha for commit in ours}
        there = {commit.sha for commit in state.commits}
        reverts = (f"This reverts commit {name}" for name in names)
        present = {
            review.fingerprint(file.path, diagnostic)
            for file in files
            for remark in file.judgement.remarks
            for diagnostic in remark.diagnostics
        }
        undone = (
            record.stopped
            or not record.commits <= there
            or bool(record.fingerprints & present)
            or any(revert in commit.message for revert in reverts for commit in state.commits)
        )
        return cls(record, ours, undone)

    @property
    def untold(self) -> tuple[Commit, ...]:
        """Those that no review told of yet: the newest one, or one before a crash."""
        told = self.record.commits
        return () if self.undone else tuple(c for c in self.commits if c.sha not in told)

    @property
    def spent(self) -> bool:
        names = self.record.commits | {commit.sha for commit in self.commits}
        return self.undone or len(names) >= _MOST


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of mending; nothing where there was nothing to do, or it was not wanted."""

    outcome: Pushed | Refused | None = None
    fingerprints: frozenset[str] = frozenset()

    @property
    def moved(self) -> bool:
        """Whether another head is there now, ours or somebody else's."""
        if isinstance(self.outcome, Refused):
            return self.outcome.reason is Reason.MOVED
        return self.outcome is not None

    @property
    def head(self) -> str:
        """The commit that we made, empty where there is none."""
        return self.outcome.sha if isinstance(self.outcome, Pushed) else ""


async def mend(gh: Client, work: Work, files: Sequence[File]) -> Tried:
    """Commit the safe fixes of a pull request's own rows, where the configuration asks for it.

    Rows about which people answered us, or which they settled themselves, are left.

    Raises:
        TooSlowError: judging took longer than its time limit.
    """
    state = work.found.state
    wanted = work.settings.fix == "commit" and not review.touches_much(files)
    if not wanted or Past.of(state, files).spent:
        return Tried()
    theirs = _disputed(state)
    work = replace(work, chosen=lambda row: not row.fingerprints & theirs)
    done = await mending.mended(work, files)
    if not done.files:
        return Tried()
    outcome = await commits.push(gh, state.head, done.files, done.message, trailer=commits.UNASKED)
    return Tried(outcome, done.fingerprints if isinstance(outcome, Pushed) else frozenset())


def _disputed(state: State) -> frozenset[str]:
    threads = (t for t in state.threads if t.answered or t.resolved == "others")
    return frozenset[str]().union(*(comment_life.mark_of(t.body).fingerprints for t in threads))


def told(plan: Plan, found: Reading, mended: frozenset[str], tried: Tried) -> Plan:
    """A plan whose review also tells of commits, and why there are none any more.

    Args:
        plan: what there is to say.
        found: the pull request.
        mended: the fingerprints of what was mended just now.
        tried: what came of mending the rest.
    """
    past = Past.of(found.state, plan.files)
    if past.untold:
        record = Record(frozenset(c.sha for c in past.untold), mended)
        return replace(plan, body=_with_record(_announced(plan.body, past.untold, found), record))
    if past.undone and not past.record.stopped and plan.comments:
        body = say("{body} My commit was undone, so from here on I only suggest.", body=plan.body)
        return replace(plan, body=_with_record(body, replace(past.record, stopped=True)))
    first = not found.state.reviews
    if first and isinstance(tried.outcome, Refused) and plan.comments:
        return replace(plan, body=say("{body} {why}", body=plan.body, why=tried.outcome.words))
    return plan


def _announced(body: str, untold: Sequence[Commit], found: Reading) -> Text:
    names = [commit.sha for commit in untold]
    lines = [line for commit in untold for line in _lines(commit.message, found)]
    what = say("I mended this in {commits:, }:\n\n{rows:\n}", commits=names, rows=lines)
    if not lines:
        what = say("I mended rows in {commits:, }.", commits=names)
    if body:
        return say("{body}\n\n{what}", body=body, what=what)
    return say("Thank you! {what}", what=what)


def _lines(message: str, found: Reading) -> list[str]:
    """What a commit says it mended; anybody can write a message, so nothing else of it is told."""
    return [
        f"- {escape.plain(path)}, {line}: {names}"
        for path, line, names in _MENDED.findall(message)
        if path in found.paths
    ]


def _with_record(body: str, record: Record) -> Text:
    return say("{body}\n\n{record}", body=body, record=record.mark)
