"""The link check beside lychee on hosts of known behaviour: both in one run, and their ratios.

    python bench/links.py LINKBENCH LYCHEE [LINKS ...]

LINKBENCH is the folder with gen_links.py, run_case.sh and score.py, LYCHEE the other's program.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SIZES = [200, 2_000, 20_000]
_TIME = re.compile(r"wall (\S+) s cpu (\S+?)\+(\S+) s maxrss (\d+) KB")
_VERDICTS = {"alive": "alive", "moved": "alive", "dead": "dead", "broken-tls": "dead"}
_SWEEP = "from bot.cli import main; main()"


def measured(case: Path, name: str) -> tuple[float, float, float]:
    """Seconds, seconds of CPU, and MB of a run."""
    found = _TIME.search((case / f"time_{name}.txt").read_text())
    if found is None:
        raise SystemExit(f"{name} did not end: see {case}")
    wall, user, system, kilobytes = map(float, found.groups())
    return wall, user + system, kilobytes / 1000


def scored(tools: Path, case: Path, name: str) -> dict[str, Any]:
    command = [sys.executable, tools / "score.py", "truth.json", f"verdicts_{name}.json"]
    made = subprocess.run(
        [*command, f"stats_{name}", "--json"], cwd=case, check=True, capture_output=True
    )
    told: dict[str, Any] = json.loads(made.stdout)
    return told


def run_lychee(tools: Path, case: Path, lychee: Path) -> None:
    environment = {**os.environ, "LYCHEE": str(lychee), "PYTHON": sys.executable}
    subprocess.run(
        [tools / "run_lychee.sh", case], env=environment, check=True, capture_output=True
    )


def run_ours(tools: Path, case: Path) -> None:
    environment = {**os.environ, "PYTHON": sys.executable}
    sweep = [sys.executable, "-c", _SWEEP, "sweep", "README.md", "--allow-loopback"]
    command = [tools / "run_case.sh", case, "ours", *sweep, "--format", "json"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    told = json.loads((case / "out_ours.txt").read_text())
    verdicts = {url: _VERDICTS.get(each["verdict"], "unknown") for url, each in told.items()}
    (case / "verdicts_ours.json").write_text(json.dumps(verdicts))


def compare(tools: Path, lychee: Path, links: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder)
        made = [sys.executable, tools / "gen_links.py", "--links", str(links), "--out", case]
        subprocess.run(made, check=True)
        run_lychee(tools, case, lychee)
        run_ours(tools, case)
        ours, other = measured(case, "ours"), measured(case, "lychee")
        tell(links, ours, other)
        for name in ("ours", "lychee"):
            tell_score(name, scored(tools, case, name))


def tell(links: int, ours: tuple[float, float, float], other: tuple[float, float, float]) -> None:
    wall, cpu, megabytes = ours
    print(f"{links:,} links: {wall:.1f} s, {cpu:.1f} s of CPU, {megabytes:.0f} MB;")
    print(f"  lychee {other[0]:.1f} s, {other[1]:.1f} s of CPU, {other[2]:.0f} MB;")
    print(f"  ratios: wall {wall / other[0]:.2f}, CPU {cpu / other[1]:.2f}")


def tell_score(name: str, score: dict[str, Any]) -> None:
    words = "false_dead false_alive unknown missing requests_per_link max_conc_per_host".split()
    told = [f"{word.replace('_', ' ')} {score[word]}" for word in words]
    print(f"  {name}: {', '.join(told)}, early {score['r429']['early_requests']}")


def main() -> None:
    tools, lychee = map(Path, [*sys.argv[1:3], "", ""][:2])
    if not (tools / "run_case.sh").exists() or not lychee.is_file():
        print("Skipped: give the folder of linkbench and the program lychee.")
        return
    for links in map(int, sys.argv[3:] or SIZES):
        compare(tools.resolve(), lychee.resolve(), links)


if __name__ == "__main__":
    main()
