"""Imports run one way: tests -> bot -> rules. Read from the ASTs: a lazy import counts too."""

from __future__ import annotations

import ast
import multiprocessing
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FOLDERS = ("rules", "bot", "tests", "bin", "bench")

# What the judgement may use: nothing of it reads a file, a clock, the network or chance.
PURE = frozenset(
    "__future__ abc bisect collections collections.abc contextlib copy dataclasses datetime difflib"
    " enum functools hashlib heapq html itertools math operator re string textwrap types typing"
    " unicodedata urllib.parse".split()
)
LIBRARIES = ("mistletoe", "rapidfuzz", "rules")
# The registry finds the rules and their pages inside the wheel, and nothing else does; what makes
# mistletoe load quickly changes a number of the interpreter meanwhile.
ONLY_IN = {"importlib": "_registry", "pkgutil": "_registry", "sys": "_mistletoe"}
IMPURE_NAMES = frozenset({"open", "input", "print", "exec", "eval", "__import__"})
CLOCKS = frozenset({"now", "today", "utcnow"})


@dataclass(frozen=True)
class Import:
    """`from module import name`, or `import module` with an empty name."""

    path: Path
    line: int
    module: str
    name: str = ""

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]

    def __str__(self) -> str:
        what = f"from {self.module} import {self.name}" if self.name else f"import {self.module}"
        return f"{self.path.relative_to(ROOT)}:{self.line}: {what}"


def files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path)))


def absolute(path: Path, node: ast.ImportFrom) -> str:
    """The module's full name, also of `from ._document import Row`."""
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).parts[: -node.level]
    return ".".join((*package, *filter(None, [node.module])))


def imports(*folders: str) -> Iterator[Import]:
    for path in files(*folders):
        for node in nodes(path):
            if isinstance(node, ast.Import):
                yield from (Import(path, node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                module = absolute(path, node)
                yield from (Import(path, node.lineno, module, a.name) for a in node.names)


def refused(found: Iterator[Import]) -> list[str]:
    return [str(each) for each in found]


def is_pure(each: Import) -> bool:
    if each.top in ONLY_IN:
        return each.path.stem == ONLY_IN[each.top]
    return (
        each.top in LIBRARIES
        or each.module in PURE
        or f"{each.module}.{each.name}".strip(".") in PURE
    )


def test_rules_import_only_what_is_pure() -> None:
    assert refused(each for each in imports("rules") if not is_pure(each)) == []


def test_rules_use_no_clock_no_file_and_no_terminal() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in files("rules")
        for node in nodes(path)
        if (isinstance(node, ast.Name) and node.id in IMPURE_NAMES)
        or (isinstance(node, ast.Attribute) and node.attr in CLOCKS)
    ]
    assert found == []


def test_the_machine_knows_only_the_public_words_of_the_judgement() -> None:
    private = (
        each
        for each in imports("bot", "bin", "bench")
        if each.top == "rules"
        and (each.module != "rules" or (each.name and each.name not in rules.__all__))
    )
    assert refused(private) == []


def test_attributes_of_rules_in_the_machine_are_public_words() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in files("bot", "bin", "bench")
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "rules"
        and node.attr not in rules.__all__
    ]
    assert found == []


def test_every_public_word_exists() -> None:
    assert [name for name in rules.__all__ if not hasattr(rules, name)] == []


def private_part(each: Import) -> str:
    """`document` of `rules._document`, however it is imported; empty for what is public."""
    package, _, rest = f"{each.module}.{each.name}".partition(".")
    return rest.partition(".")[0].strip("_") if package == "rules" and rest[:1] == "_" else ""


def test_only_its_own_test_opens_a_private_module() -> None:
    opened = (
        each
        for each in imports("tests")
        if private_part(each) not in {"", each.path.stem.removeprefix("test_").strip("_")}
    )
    assert refused(opened) == []


def test_only_the_jobs_module_imports_the_engine() -> None:
    importers = {
        str(each.path.relative_to(ROOT)) for each in imports(*FOLDERS) if each.top == "dbos"
    }
    assert importers <= {"bot/jobs.py", "tests/test_jobs.py"}


def test_nothing_imports_the_tests() -> None:
    assert refused(each for each in imports("rules", "bot") if each.top == "tests") == []


def module_names() -> list[str]:
    names = (path.relative_to(ROOT).with_suffix("").parts for path in files("rules", "bot"))
    return [".".join(parts).removesuffix(".__init__") for parts in names]


def test_each_module_can_be_imported_first() -> None:
    """Each in a process of its own, forked from one that holds only other people's modules."""
    context = multiprocessing.get_context("forkserver")
    others = {each.module for each in imports("rules", "bot") if each.top not in {"rules", "bot"}}
    context.set_forkserver_preload(sorted(others - {"__future__"}))
    with context.Pool(maxtasksperchild=1) as pool:
        pool.map(exec, [f"import {name}" for name in module_names()], chunksize=1)


@pytest.mark.parametrize("module", ["bot.events", "bot.dispatch"])
def test_handlers_work_where_the_engine_is_not_installed(module: str) -> None:
    script = f"""
import sys
sys.modules["dbos"] = None
import {module}
from bot import handlers
print(*handlers.load())
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert "lint_pull_request" in done.stdout.split()
