"""Patches as git reads them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from bot.patch import patch

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [f"| row {number} |" for number in range(40)]
OLD = "\n".join(ROWS) + "\n"


def apply(folder: Path, files: dict[str, str], text: str, command: str) -> dict[str, str]:
    for path, content in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content.encode())
    (folder / "mend.patch").write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["sh", "-ec", command], cwd=folder, check=True)
    return {path: (folder / path).read_bytes().decode() for path in files}


@pytest.mark.parametrize(
    "path", ["a b/r.md", 'say "hi".md', "back\\slash.md", "列表.md", "tab\t.md"]
)
def test_any_name_of_a_file_is_read(path: str, tmp_path: Path) -> None:
    new = OLD.replace("row 7 ", "row seven ").replace("row 30 ", "")
    made = patch({path: (OLD, new), "other.md": (OLD, new)})
    mended = apply(tmp_path, {path: OLD, "other.md": OLD}, made.text, made.command)
    assert mended == {path: new, "other.md": new}
    assert made.left == 0


def test_what_does_not_fit_into_a_comment_is_counted(tmp_path: Path) -> None:
    long = [f"{number} {'x' * 9_000}" for number in range(40)]
    old = "\n".join(long) + "\n"
    new = old.replace("3 x", "3 y").replace("33 x", "33 y")
    made = patch({"a.md": (old, new), "b.md": (OLD, OLD + "| more |\n")})
    assert made.left == 4  # rows 3, 13, 23 and 33, each seven lines of context long
    mended = apply(tmp_path, {"b.md": OLD}, made.text, made.command)
    assert mended == {"b.md": OLD + "| more |\n"}


def test_a_line_that_a_comment_would_break_is_left_out() -> None:
    made = patch({"a.md": ("| a\rb |\n", "| a\rc |\n")})
    assert (made.text, made.left) == ("", 1)
