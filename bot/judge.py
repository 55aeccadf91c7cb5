"""Judging a file: the pure part, and the process it runs in, which can be stopped.

A pull request must not be able to make the bot slow, whatever stands in its files, and mistletoe
keeps module globals, so the rules run in one spawned process with a time limit.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from cachetools import LRUCache
from pebble import ProcessPool

import rules
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

P = TypeVar("P")
R = TypeVar("R")
SECONDS = 20.0
_BROKEN_WAIT = 30.0  # seconds until a job whose process could not be started is run again
_JUDGEMENTS = 256


class TooSlowError(Exception):
    """Judging took longer than its time limit and was stopped."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file of a pull request; None where there is no such file.

    Attributes:
        path: the file's path at the head.
        after: its text at the head.
        before: its text where the pull request left the base branch.
        tip: its text on the base branch now, when that is another one.
        config: what the repository configured.
    """

    path: str
    after: str
    before: str | None
    tip: str | None = None
    config: rules.Config = field(default_factory=rules.Config)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a change brings to one file.

    Attributes:
        path: the file's.
        rows: the number of rows that the file has now; 0 when it holds no table.
        changes: the rows that are new, others, elsewhere or gone.
        remarks: what to say, one per row, in order of lines: errors and warnings.
        older: the number of rows that could use a touch and that the change did not bring.
        notes: what is worth knowing, and never a comment.
        problem: why the file could not be judged, for people; None when it was.
    """

    path: str
    rows: int = 0
    changes: rules.Changes = field(default_factory=rules.Changes)
    remarks: tuple[rules.Remark, ...] = ()
    notes: tuple[rules.Diagnostic, ...] = ()
    older: int = 0
    problem: str | None = None


def judge_change(change: Change) -> Judgement:
    """Judge one file. Pure, and run in the other process.

    A long list is millions of objects, and looking for garbage among them meanwhile costs a quarter
    more.
    """
    gc.disable()
    try:
        return _judge_change(change)
    finally:
        gc.enable()


def _judge_change(change: Change) -> Judgement:
    try:
        after = rules.parse(change.after)
        before = rules.parse(change.before or "")
        tip = rules.parse(change.tip) if change.tip is not None else None
    except rules.DocumentError as error:
        return Judgement(change.path, problem=error.words)
    known = rules.infer(before) if before.tables else rules.infer(after)
    new = rules.lint(after, change.config, known, tip)
    # What a rule said before is of interest only where it says something now.
    old = rules.lint(before, change.config, known, only={said.rule for said in new})
    introduced = rules.compare(old, new)
    remarks = rules.compose(_loud(introduced))
    return Judgement(
        change.path,
        sum(len(table.rows) for table in after.tables),
        rules.changes(before, after, known),
        tuple(remarks),
        tuple(d for d in introduced if d.severity is rules.Severity.NOTE),
        len({d.line for d in _loud(new)} - {remark.line for remark in remarks}),
    )


def _loud(said: Iterable[rules.Diagnostic]) -> Iterator[rules.Diagnostic]:
    return (d for d in said if d.severity is not rules.Severity.NOTE)


class Judge:
    """The process that judges, and what it found before.

    Args:
        seconds: the time limit for one file.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._pool = _pool()
        self._known: LRUCache[Hashable, Judgement] = LRUCache(_JUDGEMENTS)

    async def judge(self, change: Change, key: Hashable) -> Judgement:
        """Judge one file, or remember it.

        Args:
            change: the file.
            key: names the same texts and configuration each time, such as their blob ids.

        Raises:
            TooSlowError: it took longer than the time limit; the process was stopped.
        """
        if key not in self._known:
            self._known[key] = await self.run(change.path, judge_change, change)
        return self._known[key]

    async def run(self, name: str, work: Callable[[P], R], what: P) -> R:
        """Do some work on texts of other people's in the process.

        Args:
            name: what it is about, for the error.
            work: a function at the top of its module.
            what: its argument.

        Raises:
            TooSlowError: it took longer than the time limit; the process was stopped.
        """
        future = self._schedule(work, what)
        try:
            found: R = await asyncio.wrap_future(future)
        except (FutureTimeoutError, TimeoutError):
            raise TooSlowError(name) from None
        except BrokenProcessPool:  # such as for want of memory
            raise TryLater(_BROKEN_WAIT, "the process that judges could not be started") from None
        return found

    def _schedule(self, work: Callable[[P], R], what: P) -> Future[R]:
        if not self._pool.active:  # it broke: it would take nothing any more
            self._pool = _pool()
        scheduled: Future[R] = self._pool.schedule(work, args=(what,), timeout=self.seconds)
        return scheduled

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble forgot
        self._pool.join()


def _pool() -> ProcessPool:
    context = multiprocessing.get_context("spawn")
    return ProcessPool(max_workers=1, context=context, max_tasks=1000)


@cache
def shared() -> Judge:
    """The one judge of this process; it starts when it is first asked."""
    return Judge()


@cache
def spare() -> Judge:
    """Another one, for work that nobody waits for, so that it never stands before a review."""
    return Judge()


def stop() -> None:
    """End the judges that have started."""
    for judge in (shared, spare):
        if judge.cache_info().currsize:
            judge().stop()
            judge.cache_clear()
