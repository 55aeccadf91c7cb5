"""Whether hostile lists are judged in linear time, without an exception.

Each case is judged at a size n and at 4 n, as the server and the command line do it, each time in
a process of its own. Linear time gives a ratio near 4, quadratic time one near 16; above 8 a case
fails. No seconds are held to anything: machines differ.

    python bench/hostile.py [WORD]      only the cases whose names contain the word
"""

from __future__ import annotations

import multiprocessing
import queue
import sys
import time

from cases import BLOCKS, CELLS, LINES, Case
from cases_of_rows import ROWS

import rules
from bot.judge import Change, judge_change

FACTOR, LIMIT = 4, 8.0
# What takes longer is stopped, and fails.
SECONDS = 120
# Below this the clock tells more than the code.
FLOOR = 0.02


def judge(text: str) -> None:
    """All that a pull request, and `listwright fix`, do with a list."""
    before = text.replace("arXiv", "arxiv", 7)[: len(text) * 9 // 10]
    judgement = judge_change(Change("README.md", text, before))
    if judgement.problem is None:
        rules.fix(text)


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
    word = "" if ratio <= LIMIT else "  FAILED"
    print(f"{start}  {small:7.3f} s  {large:7.3f} s  x {ratio:4.1f}{word}", flush=True)
    return ratio <= LIMIT


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    cases = [case for case in (*CELLS, *LINES, *BLOCKS, *ROWS) if wanted in case.name]
    rules.all_rules()
    failed = [case.name for case in cases if not passes(case)]
    print(f"{len(cases)} cases, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
