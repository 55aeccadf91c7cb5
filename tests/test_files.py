from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest

from bot import config, files
from bot.files import InputError
from tests import lists


@pytest.mark.parametrize("text", ["", "a\r\nb", "\ufeff| é |\r", "a\x0c\u2028b\n"])
def test_a_file_is_read_and_written_byte_for_byte(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(text.encode())
    assert files.read(path) == text
    files.write(path, text)
    assert path.read_bytes() == text.encode()


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one\ntwo\ncaf\xe9\n")
    with pytest.raises(InputError, match=r"a\.md, line 3: not UTF-8 text; save the file as UTF-8"):
        files.read(path)


def test_what_cannot_be_read_or_written_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.md: No such file or directory"):
        files.read(tmp_path / "none.md")
    with pytest.raises(InputError, match=r": Is a directory"):
        files.read(tmp_path)
    with pytest.raises(InputError, match=r"nowhere.x\.md: No such file or directory"):
        files.write(tmp_path / "nowhere" / "x.md", "text")


def test_a_file_over_the_limits_is_named_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(lists.table([lists.row(0, title="x" * 20_001)]))
    with pytest.raises(InputError, match=r"a\.md: A cell in line 3 is longer .* shorten it"):
        files.parse(path)


def test_of_a_folder_its_markdown_is_taken_and_nothing_hidden(tmp_path: Path) -> None:
    names = ["b.md", "a/c.MD", "a/d.markdown", "code.py", ".git/x.md", "node_modules/y/z.md"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / "folder.md").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in files.markdown((tmp_path,))]
    assert found == ["a/c.MD", "a/d.markdown", "b.md"]


def test_a_file_that_is_named_is_taken_whatever_its_name(tmp_path: Path) -> None:
    named = (tmp_path / "list.txt", tmp_path / ".hidden.md")
    assert tuple(files.markdown(named)) == named


def test_a_hidden_folder_that_is_named_is_looked_through(tmp_path: Path) -> None:
    (tmp_path / ".notes").mkdir()
    (tmp_path / ".notes" / "a.md").write_text("")
    assert list(files.markdown((tmp_path / ".notes",))) == [tmp_path / ".notes" / "a.md"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".github").mkdir()
    return tmp_path


def in_folder(folder: Path, path: Path | None = None) -> config.Configuration:
    with chdir(folder):
        return files.configuration(path)


def test_the_configuration_is_that_of_the_folder_or_the_one_named(folder: Path) -> None:
    assert in_folder(folder) == config.Configuration()
    (folder / config.PATH).write_text("max_comments: 3\n")
    assert in_folder(folder).max_comments == 3
    other = folder / "other.yml"
    other.write_text("max_comments: 4\n")
    assert in_folder(folder, other).max_comments == 4
    with pytest.raises(InputError, match=r"none\.yml: No such file"):
        in_folder(folder, Path("none.yml"))


def test_each_problem_of_a_configuration_is_told_with_its_place(folder: Path) -> None:
    (folder / config.PATH).write_text("filez: []\nmax_comments: many\n")
    with pytest.raises(InputError) as caught:
        in_folder(folder)
    first, second = str(caught.value).splitlines()
    assert first == f"{config.PATH}:1:1: `filez` is no key here; did you mean `files`?"
    assert second.startswith(f"{config.PATH}:2:1: `max_comments`: ")
