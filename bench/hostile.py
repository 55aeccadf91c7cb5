"""Whether hostile lists are read and judged in about linear time, with no exception.

Each case is judged at a size n and at 4 n, each in a process of its own with a time limit; linear
time gives a ratio near 4. Exits 1 when a ratio is above the limit, or something was raised.

    python bench/hostile.py [WORD]      only the cases whose names contain the word
"""

from __future__ import annotations

import multiprocessing
import queue
import sys
import time

from cases import CASES, Case

import rules

FACTOR, LIMIT, SECONDS = 4, 8.0, 120
# Below this the clock and the start-up tell more than the code.
FLOOR = 0.05


def judge(text: str) -> None:
    """All that a review does with a list, and with a change to it."""
    try:
        document = rules.parse(text)
        before = rules.parse(text.replace("arXiv", "arxiv", 7)[: len(text) * 9 // 10])
    except rules.DocumentError:
        return
    known = rules.infer(before)
    old = rules.lint(before, conventions=known)
    said = rules.compare(old, rules.lint(document, conventions=known))
    rules.compose(said)
    fixes = [d.fix for d in rules.lint(document) if d.fix and d.fix.safe]
    rules.apply(text, [edit for fix in fixes for edit in fix.edits])


def _timed(case: Case, size: int, results: multiprocessing.Queue[float | str]) -> None:
    text = case.text(size)
    started = time.process_time()
    try:
        judge(text)
    except BaseException as error:  # noqa: BLE001  whatever it is, it is the result
        results.put(f"{type(error).__name__}: {error}"[:100])
    else:
        results.put(time.process_time() - started)


def measure(case: Case, size: int) -> float | str:
    """Seconds of processor time, or what went wrong."""
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[float | str] = context.Queue()
    process = context.Process(target=_timed, args=(case, size, results))
    process.start()
    try:
        return results.get(timeout=SECONDS)
    except queue.Empty:
        return f"no result in {SECONDS} s"
    finally:
        process.kill()
        process.join()


def passes(case: Case) -> bool:
    """Measure a case and print what came out."""
    small, large = measure(case, case.size), measure(case, FACTOR * case.size)
    start = f"{case.name:32} {case.size:9,}"
    if isinstance(small, str) or isinstance(large, str):
        print(f"{start}  FAILED  {small if isinstance(small, str) else large}", flush=True)
        return False
    ratio = large / max(small, FLOOR)
    print(f"{start}  {small:7.3f} s  {large:7.3f} s  x {ratio:4.1f}", flush=True)
    return ratio <= LIMIT


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    rules.all_rules()
    failed = [case.name for case in CASES if wanted in case.name and not passes(case)]
    print(f"{len(failed)} failed{': ' if failed else ''}{', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
