from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rules import all_rules

ROOT = Path(__file__).parent.parent
GENERATED = [("README.md", "rules"), ("docs/configuration.md", "options")]
CATALOGUES = ["bot/catalogue/en.yml", "bot/catalogue/zh.yml"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the script reads and writes."""
    for name in ("bin/generate.py", *dict(GENERATED), *CATALOGUES):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def generate(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, project / "bin/generate.py", *options],
        capture_output=True,
        text=True,
        check=False,
    )


def damage(path: Path, marker: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(marker, f"{marker}\nOutdated.\n"), encoding="utf-8")


def test_what_is_kept_here_is_up_to_date(project: Path) -> None:
    done = generate(project, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(("name", "marker"), GENERATED)
def test_a_stale_part_is_told_by_check_and_written_without(
    project: Path, name: str, marker: str
) -> None:
    damage(project / name, f"<!-- {marker} -->")
    damaged = (project / name).read_text(encoding="utf-8")

    told = generate(project, "--check")
    assert told.returncode == 1
    assert told.stderr.startswith(f"{name} is out of date")
    assert (project / name).read_text(encoding="utf-8") == damaged

    assert generate(project).returncode == 0
    assert (project / name).read_bytes() == (ROOT / name).read_bytes()


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_catalogue_that_is_out_of_order_is_told_by_check_and_written_without(
    project: Path, name: str
) -> None:
    path = project / name
    good = path.read_bytes()
    path.write_bytes(b"\n".join(reversed(good.split(b"\n"))))

    told = generate(project, "--check")
    assert (told.returncode, told.stderr.startswith(f"{name} is out of date")) == (1, True)
    assert generate(project).returncode == 0
    assert path.read_bytes() == good


def test_a_missing_marker_is_named(project: Path) -> None:
    (project / "README.md").write_text("# Listwright\n\n<!-- rules -->\n", encoding="utf-8")
    done = generate(project)
    assert done.returncode == 1
    assert "README.md needs `<!-- rules -->` and, after it, `<!-- /rules -->`" in done.stderr


def test_readme_links_each_rule_to_its_page() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = [f"rules/{rule.name.replace('-', '_')}.md" for rule in all_rules()]
    assert pages
    assert [page for page in pages if not (ROOT / page).is_file()] == []
    assert [page for page in pages if f"]({page})" not in readme] == []
