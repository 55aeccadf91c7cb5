from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.links.local import Folder, Local, address
from bot.links.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("url", "path", "seen"),
    [
        ("#a", "docs/x.md", "docs/x.md#a"),
        ("y.md#a", "docs/x.md", "docs/y.md#a"),
        ("../y.md", "docs/x.md", "y.md"),
        ("/y.md", "docs/x.md", "y.md"),
        ("./pic.png?raw=true", "x.md", "pic.png"),
        ("../../issues", "x.md", "../../issues"),
        ("https://a.org/../b", "x.md", "https://a.org/../b"),
        ("mailto:a@b.org", "x.md", "mailto:a@b.org"),
        ("//a.org/b", "x.md", "//a.org/b"),
    ],
)
def test_a_link_is_seen_from_the_root(url: str, path: str, seen: str) -> None:
    assert address(url, path) == seen


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("README.md", "here"),
        ("docs", "here"),
        ("my%20pic.png", "here"),
        ("README.md#what-it-is-1", "here"),
        ("README.md#here", "here"),
        ("docs/code.py#L3-L5", "here"),
        ("README.md#nowhere", "no such heading"),
        ("absent.png", "no such file"),
        ("Readme.md", "no such file"),
        ("../../issues", "outside the repository"),
        ("out", "no such file"),
        ("a\0b", "no such file"),
    ],
)
async def test_a_link_is_looked_up(url: str, status: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "docs").mkdir(parents=True)
    text = '# What it is?\n\n# What it is\n\n<a name="here"></a>\n'
    (root / "README.md").write_text(text)
    (root / "my pic.png").touch()
    (root / "docs/code.py").touch()
    (root / "out").symlink_to(tmp_path)
    found = (await Local(Folder(root)).check([url]))[url]
    assert found.status == status
    expected = {"here": Verdict.ALIVE, "outside the repository": Verdict.UNKNOWN}
    assert found.verdict is expected.get(status, Verdict.DEAD)
