from __future__ import annotations

import json
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rules
from bot import cli
from tests import lists
from tests.command_line import CONFIG, ERROR, SHORT, WARNING, listed, put, run

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    with chdir(tmp_path):
        yield


# --- lint


@pytest.mark.parametrize(("text", "code"), [(listed(), 0), (WARNING, 0), (ERROR, 1), ("", 0)])
def test_lint_exits_with_one_for_errors_alone(text: str, code: int) -> None:
    assert run("lint", put(text)).exit_code == code
    assert run("lint", put(text), "--format", "json").exit_code == code


def test_a_clean_list_is_told_in_three_words() -> None:
    assert run("lint", put(listed())).output == "Nothing to mend.\n"


def test_what_is_wrong_is_shown_by_file_with_its_row_and_a_count() -> None:
    output = run("lint", put(ERROR), put(WARNING, "b.md"), put(listed(), "c.md")).stdout
    lines = output.splitlines()
    assert lines[0] == "README.md"
    assert lines.index("b.md") > 3
    assert "c.md" not in output
    assert "8:" in lines[1]
    assert "warning  missing-code-link  The Code cell is empty. No code yet?" in lines[1]
    assert lines[1].endswith("fixable")
    assert "^" in lines[3]
    assert lines[-1] == "1 error, 2 warnings"


def test_json_holds_each_thing_once_with_places_from_one() -> None:
    result = run("lint", put(ERROR), "--format", "json")
    first, second = json.loads(result.stdout)
    assert list(first) == "path line column end_column rule severity message fix".split()
    row = lists.row(5, code="")
    assert first == {
        "path": "README.md",
        "line": 8,
        "column": len(row) - 1,
        "end_column": len(row) - 1,
        "rule": "missing-code-link",
        "severity": "warning",
        "message": first["message"],
        "fix": "safe",
    }
    assert "No code yet?" in first["message"]
    assert (second["line"], second["rule"], second["severity"]) == (10, "column-count", "error")
    assert (second["column"], second["end_column"]) == (1, len(SHORT) + 1)
    assert run("lint", put(listed()), "--format", "json").stdout == "[]\n"


def test_with_base_only_what_the_change_brought_is_judged() -> None:
    old, new = put(WARNING, "old.md"), put(ERROR)
    told = json.loads(run("lint", new, "--base", old, "--format", "json").stdout)
    assert [each["line"] for each in told] == [10]
    assert run("lint", old, "--base", old).stdout == "Nothing to mend.\n"


def test_with_base_the_list_is_held_against_its_former_ways() -> None:
    rows = lists.rows(range(30))
    for n in lists.without_code(20):
        rows[n] = lists.row(n, code="")
    new, old = put(lists.table(rows)), put(listed(), "old.md")
    assert run("lint", new, "--base", old).stdout.endswith("20 warnings\n")
    assert "missing-code-link" not in run("lint", new).stdout


def test_base_may_be_a_file_without_a_list() -> None:
    rows = lists.rows(range(30))
    rows.insert(3, rows.pop(20))
    result = run("lint", put(lists.table(rows)), "--base", put("words\n", "old.md"))
    assert "date-order" in result.stdout
    assert result.stdout.endswith("1 warning\n")


def test_base_goes_with_one_file() -> None:
    old = put(listed(), "old.md")
    for paths in ([put(ERROR), put(ERROR, "b.md")], ["."], [put(ERROR, "deep/a.md"), "none"]):
        result = run("lint", *paths, "--base", old)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == "--base goes with exactly one file\n"


def test_a_folder_means_its_markdown() -> None:
    put(ERROR, "docs/a.md")
    put(ERROR, "docs/.hidden/b.md")
    put(ERROR, "docs/c.txt")
    put(listed(), "docs/deep/d.markdown")
    told = json.loads(run("lint", "docs", "--format", "json").stdout)
    assert {each["path"] for each in told} == {"docs/a.md"}
    Path("empty").mkdir()
    assert run("lint", "empty").output == "Nothing to mend.\n"


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_cannot_be_read_is_named_and_nothing_else_is_said(form: str) -> None:
    put(ERROR)
    Path("latin.md").write_bytes(b"one\ncaf\xe9\n")
    put(lists.table([lists.row(0, title="x" * 20_001)]), "long.md")
    for path, words in {
        "none.md": "none.md: No such file or directory",
        "latin.md": "latin.md, line 2: not UTF-8 text; save the file as UTF-8",
        "long.md": "long.md: A cell in line 3 is longer than 20,000 characters; shorten it.",
    }.items():
        result = run("lint", "README.md", path, "--format", form)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{words}\n")
        based = run("lint", "README.md", "--base", path)
        assert (based.exit_code, based.stderr) == (2, f"{words}\n")


@pytest.mark.parametrize(
    "args",
    [
        ("lint",),
        ("lint", "README.md", "--format", "xml"),
        ("fix",),
        ("fix", "a.md", "b.md"),
        ("explain",),
        ("practice", "--list", "a.md"),
        ("practice", "--head", "a.md"),
        ("practice", "--list", "none.md", "--head", "none.md"),
        ("serve", "now"),
        ("dance",),
    ],
)
def test_bad_use_exits_with_two_and_says_why(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr) > 20


# --- fix


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", [True, False])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_fix_changes_the_bytes_that_it_mends_and_no_others(
    newline: str, end: bool, bom: str
) -> None:
    words = "# Words \x0c\u2028\t \n\n"
    text = (bom + words + ERROR).replace("\n", newline)
    text = text if end else text.removesuffix(newline)
    result = run("fix", put(text))
    assert (result.exit_code, result.output) == (0, "README.md: 2 line(s) mended.\n")
    mended = text.replace(lists.row(5, code=""), lists.row(5)).replace(SHORT, lists.row(7))
    assert Path("README.md").read_bytes() == mended.encode()
    assert run("fix", "README.md").output == "README.md: as it was.\n"


def test_what_needs_nothing_is_not_written() -> None:
    put(listed())
    Path("README.md").chmod(0o444)
    before = Path("README.md").stat().st_mtime_ns
    assert run("fix", "README.md").output == "README.md: as it was.\n"
    assert Path("README.md").stat().st_mtime_ns == before


def test_what_needs_asking_is_left_alone() -> None:
    double = f"| {lists.month(9)} | {lists.title(8)} | arXiv'24 | [link]({lists.paper(8)}) | - |"
    text = listed(r9=double)
    assert run("lint", put(text)).exit_code == 1
    assert run("fix", "README.md").output == "README.md: as it was.\n"


@pytest.mark.parametrize("end", [True, False])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_diff_writes_nothing_and_is_a_patch_that_patch_takes(newline: str, end: bool) -> None:
    last = lists.row(29).removesuffix(" - |")
    text = listed(r5=lists.row(5, code="", title="A title with \x0c\u2028 in it"), r29=last)
    text = text.replace("\n", newline)
    text = text if end else text.removesuffix(newline)
    result = run("fix", put(text), "--diff")
    assert result.exit_code == 0
    assert Path("README.md").read_bytes() == text.encode()
    patch = result.stdout_bytes
    applied = subprocess.run(["git", "apply", "-"], input=patch, check=False, capture_output=True)
    assert applied.stderr == b""
    by_patch = Path("README.md").read_bytes()
    put(text)
    run("fix", "README.md")
    assert by_patch == Path("README.md").read_bytes() != text.encode()


def test_the_diff_of_what_needs_nothing_is_empty() -> None:
    result = run("fix", put(listed()), "--diff")
    assert (result.exit_code, result.output) == (0, "")


def test_fix_names_what_it_cannot_read() -> None:
    result = run("fix", "none.md")
    assert (result.exit_code, result.stderr) == (2, "none.md: No such file or directory\n")


# --- explain


@pytest.mark.parametrize("rule", [rule.name for rule in rules.all_rules()])
def test_explain_prints_the_page_of_a_rule(rule: str) -> None:
    result = run("explain", rule)
    assert (result.exit_code, result.stdout) == (0, rules.explain(rule))


def test_an_unknown_rule_is_told_with_the_nearest_or_all() -> None:
    near, far = run("explain", "date-ordr"), run("explain", "zzz")
    assert (near.exit_code, near.stdout, far.exit_code) == (2, "", 2)
    assert near.stderr == "There is no rule date-ordr. Did you mean date-order?\n"
    assert far.stderr.startswith("There is no rule zzz. There are: alphabet-order, arxiv-id, ")


# --- as a program


def test_the_program_itself_lints_and_exits() -> None:
    put(ERROR)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "lint", "README.md", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path(cli.__file__).parents[2]), "PATH": ""},
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert [each["line"] for each in json.loads(done.stdout)] == [8, 10]
    version = run("--version")
    assert version.exit_code == 0
    assert "0.1" in version.stdout


# --- looking at a list as a whole


def test_conventions_are_shown_as_text_and_as_json() -> None:
    put(lists.good(20))
    assert "newest first, by month" in run("conventions", "README.md").output
    [table] = json.loads(run("conventions", "README.md", "--format", "json").output)
    assert table["rows"] == 20


def test_statistics_count_by_rule_and_keep_the_exit_code() -> None:
    short = lists.row(20).rpartition(" - |")[0]
    put(lists.table([*lists.rows(range(20)), short]))
    ended = run("lint", "--statistics", "README.md")
    assert ended.exit_code == 1
    assert "| column-count | 1 | 0 | 0 | 1 |" in ended.output


def test_init_writes_a_configuration_once_and_reports() -> None:
    put(lists.good(20))
    assert run("init").exit_code == 0
    written = CONFIG.read_text()
    assert written.startswith("# Listwright's configuration.")
    again = run("init")
    assert again.exit_code == 2
    assert "--force replaces it" in again.output
    assert run("init", "--force").exit_code == 0


def test_fix_takes_a_duplicate_out_only_when_asked_to_mend_what_is_unsafe() -> None:
    pdf = f"[link]({lists.paper(19).replace('abs', 'pdf')})"
    text = lists.table([*lists.rows(range(20)), lists.row(19, paper=pdf)])
    put(text)
    run("fix", "README.md")
    assert Path("README.md").read_text() == text
    run("fix", "--unsafe", "README.md")
    assert Path("README.md").read_text() == lists.table(lists.rows(range(20)))
