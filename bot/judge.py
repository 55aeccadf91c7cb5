"""Judging a file: the pure part, and the process it runs in, which can be stopped.

A pull request must not be able to make the bot slow, whatever stands in its files, and mistletoe
keeps module globals, so the rules run in one spawned process with a time limit.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
from collections import Counter
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from cachetools import LRUCache
from pebble import ProcessPool

import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

P = TypeVar("P")
R = TypeVar("R")
SECONDS = 20.0
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
        added: section title -> rows that are new there.
        changed: section title -> rows that came in another one's place.
        removed: section title -> rows that are gone.
        remarks: what to say, one per row, in order of lines: errors and warnings.
        notes: what is worth knowing, and never a comment.
        problem: why the file could not be judged, for people; None when it was.
    """

    path: str
    rows: int = 0
    added: tuple[tuple[str, int], ...] = ()
    changed: tuple[tuple[str, int], ...] = ()
    removed: tuple[tuple[str, int], ...] = ()
    remarks: tuple[rules.Remark, ...] = ()
    notes: tuple[rules.Diagnostic, ...] = ()
    problem: str | None = None

    @property
    def touched(self) -> int:
        return sum(number for _, number in (*self.added, *self.changed))


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
        return Judgement(change.path, problem=str(error))
    known = rules.infer(before) if before.tables else rules.infer(after)
    old = rules.lint(before, change.config, known)
    new = rules.lint(after, change.config, known, tip)
    introduced = rules.compare(old, new)
    added, changed, removed = _rows(before, after)
    return Judgement(
        change.path,
        sum(len(table.rows) for table in after.tables),
        added,
        changed,
        removed,
        tuple(rules.compose(d for d in introduced if d.severity is not rules.Severity.NOTE)),
        tuple(d for d in introduced if d.severity is rules.Severity.NOTE),
    )


Counts = tuple[tuple[str, int], ...]


def _rows(before: rules.Document, after: rules.Document) -> tuple[Counts, Counts, Counts]:
    """Rows added, changed and removed by section."""
    old, new = _texts(before), _texts(after)
    fresh = Counter(section for section, _ in (new - old).elements())
    gone = Counter(section for section, _ in (old - new).elements())
    changed = fresh & gone
    return _counts(fresh - changed), _counts(changed), _counts(gone - changed)


def _texts(document: rules.Document) -> Counter[tuple[str, str]]:
    return Counter((t.section.title, row.stripped) for t in document.tables for row in t.rows)


def _counts(counter: Counter[str]) -> Counts:
    return tuple(sorted(counter.items()))


class Judge:
    """The process that judges, and what it found before.

    Args:
        seconds: the time limit for one file.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._pool = ProcessPool(
            max_workers=1, context=multiprocessing.get_context("spawn"), max_tasks=1000
        )
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
        future = self._pool.schedule(work, args=(what,), timeout=self.seconds)
        try:
            found: R = await asyncio.wrap_future(future)
        except (FutureTimeoutError, TimeoutError):
            raise TooSlowError(name) from None
        return found

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble forgot
        self._pool.join()


@cache
def shared() -> Judge:
    """The one judge of this process; it starts when it is first asked."""
    return Judge()


def stop() -> None:
    """End the shared judge, if it has started."""
    if shared.cache_info().currsize:
        shared().stop()
        shared.cache_clear()
