"""The link check beside lychee on hosts of known behaviour: both in one run, and their ratios.

    LINKBENCH=FOLDER LYCHEE=PROGRAM python bench/links.py [LINKS ...]

LINKBENCH is the folder with gen_links.py, run_case.sh and score.py: the one beside the project by
itself. LYCHEE is the other's program: the one on the path by itself; without it ours runs alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SIZES = [200, 2_000]
TOOLS = Path(__file__).parents[2] / "shared/bench/linkbench"
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


def compare(tools: Path, lychee: Path | None, links: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder)
        made = [sys.executable, tools / "gen_links.py", "--links", str(links), "--out", case]
        subprocess.run(made, check=True)
        if lychee:
            run_lychee(tools, case, lychee)
        run_ours(tools, case)
        ours = measured(case, "ours")
        tell(f"{links:,} links: ours", ours)
        if lychee:
            other = measured(case, "lychee")
            tell("  lychee", other)
            print(f"  ratios: wall {ours[0] / other[0]:.2f}, CPU {ours[1] / other[1]:.2f}")
        for name in ("ours", *(["lychee"] if lychee else [])):
            tell_score(name, scored(tools, case, name))


def tell(name: str, run: tuple[float, float, float]) -> None:
    wall, cpu, megabytes = run
    print(f"{name} {wall:.1f} s, {cpu:.1f} s of CPU, {megabytes:.0f} MB")


def tell_score(name: str, score: dict[str, Any]) -> None:
    words = "false_dead false_alive unknown missing requests_per_link max_conc_per_host".split()
    told = [f"{word.replace('_', ' ')} {score[word]}" for word in words]
    print(f"  {name}: {', '.join(told)}, early {score['r429']['early_requests']}")


def main() -> None:
    tools = Path(os.environ.get("LINKBENCH") or TOOLS)
    lychee = shutil.which(os.environ.get("LYCHEE") or "lychee")
    if not (tools / "run_case.sh").exists():
        print(f"Links are not measured: no linkbench in {tools}; LINKBENCH names its folder.")
        return
    if lychee is None:
        print("Ours alone: there is no lychee to compare with; LYCHEE names the program.")
    for links in map(int, sys.argv[1:] or SIZES):
        compare(tools.resolve(), Path(lychee).resolve() if lychee else None, links)


if __name__ == "__main__":
    main()
