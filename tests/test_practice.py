"""Practice mode as a newcomer meets it: the real command, in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.practice import run

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "bot", "practice"]
COMMONEST = [
    "column-count",
    "date-order",
    "duplicate-paper",
    "link-format",
    "missing-code-link",
]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1"}


def practise(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        env=ENVIRONMENT,
        cwd=folder,
        text=True,
        capture_output=True,
        timeout=90,
        check=False,
    )


def test_the_sample_shows_the_commonest_defects_each_with_its_page(tmp_path: Path) -> None:
    ended = practise("--once", folder=tmp_path)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Thank you! 5 rows need a small touch" in ended.stdout
    assert "Check listwright: neutral, 5 rows could use a touch" in ended.stdout
    pages = re.findall(r"Why: http://127\.0\.0\.1:\d+/rules/([a-z-]+)", ended.stdout)
    assert sorted(pages) == COMMONEST
    assert list(tmp_path.iterdir()) == []


def test_ones_own_list_is_reviewed(tmp_path: Path) -> None:
    before, after = run.sample()
    good = after.splitlines(keepends=True)[16].replace("www.arxiv.org", "arxiv.org")
    (tmp_path / "old.md").write_text(before)
    top = "| --- | --- | --- | --- | --- |\n"
    (tmp_path / "new.md").write_text(before.replace(top, top + good, 1))

    ended = practise("--once", "--list", "old.md", "--head", "new.md", folder=tmp_path)

    assert ended.returncode == 0
    assert "success, 1 row added, nothing to fix" in ended.stdout


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Practice mode while it serves, and the address that it says."""
    process = subprocess.Popen(
        COMMAND, env=ENVIRONMENT, cwd=tmp_path, text=True, stdout=subprocess.PIPE
    )
    assert process.stdout
    lines = iter(process.stdout.readline, "")
    found = next(m for line in lines if (m := re.search(r"Serving on (http://\S+) until", line)))
    yield process, found[1]
    process.kill()
    process.wait()
    process.stdout.close()


def test_it_serves_the_rules_pages_until_it_is_interrupted(
    serving: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = serving
    with urllib.request.urlopen(f"{address}/rules/column-count") as answer:
        page = answer.read().decode()
    assert "<h1>column-count</h1>" in page
    assert 'href="date-order"' in page

    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0


def test_a_list_without_a_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "prose.md").write_text("# No table here\n")
    ended = practise("--once", "--list", "prose.md", "--head", "prose.md", folder=tmp_path)
    assert ended.returncode == 1
    assert "holds no table" in ended.stderr


def test_the_review_is_saved_as_a_picture_that_loads_nothing(tmp_path: Path) -> None:
    ended = practise("--once", "--svg", "review.svg", folder=tmp_path)
    picture = (tmp_path / "review.svg").read_text()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert picture.startswith("<svg")
    assert "Matcha" in picture
    assert "url(http" not in picture
