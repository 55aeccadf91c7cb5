"""The commands that judge lists and mend them."""

from __future__ import annotations

import difflib
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

import rules
from bot import files, report
from bot.cli.told import told

if TYPE_CHECKING:
    from rules import Diagnostic

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--base", type=_PATH, help="The file before a change: judge only what it introduced.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--statistics", is_flag=True, help="Print only counts, by rule.")
@click.option("--config", type=_PATH, help="Configuration; .github/listwright.yml by itself.")
def lint(
    paths: tuple[Path, ...], base: Path | None, form: str, statistics: bool, config: Path | None
) -> None:
    """Judge lists. Exit 0: no errors, 1: errors, 2: something could not be read."""
    with told():
        settings = files.configuration(config)
        found = list(files.markdown(paths))
        if base and len(found) != 1:
            raise files.InputError("--base goes with exactly one file")
        documents = {path: files.parse(path) for path in found}
        old = files.parse(base) if base else None
        judged = {
            path: _judge(doc, old, files.rules_for(path, settings))
            for path, doc in documents.items()
        }
    said = [diagnostic for diagnostics in judged.values() for diagnostic in diagnostics]
    if statistics:
        click.echo("\n".join(report.statistics(said)))
    elif form == "json":
        data = [
            it for path, ds in judged.items() for it in report.as_data(path, documents[path], ds)
        ]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _print(documents, judged)
    sys.exit(any(diagnostic.severity is rules.Severity.ERROR for diagnostic in said))


def _judge(
    document: rules.Document, base: rules.Document | None, config: rules.Config
) -> list[Diagnostic]:
    if base is None:
        return rules.lint(document, config)
    known = rules.infer(base) if base.tables else rules.infer(document)
    return rules.compare(rules.lint(base, config, known), rules.lint(document, config, known))


def _print(documents: dict[Path, rules.Document], judged: dict[Path, list[Diagnostic]]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for path, found in judged.items():
        for text in report.as_text(path, documents[path], found, console.width):
            console.print(text)
    console.print(report.summary(d for found in judged.values() for d in found))


@click.command()
@click.argument("path", type=_PATH)
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--unsafe", is_flag=True, help="Mend also what needs your eye afterwards.")
@click.option("--config", type=_PATH, help="Configuration; .github/listwright.yml by itself.")
def fix(path: Path, diff: bool, unsafe: bool, config: Path | None) -> None:
    """Mend what can be mended without asking; no other byte changes."""
    with told():
        judgement = files.rules_for(path, files.configuration(config))
        before = files.parse(path).text
        after = rules.fix(before, judgement, unsafe=unsafe)
        if diff:
            click.echo(_diff(path, before, after), nl=False)
            return
        if after != before:
            files.write(path, after)
    done = "as it was." if after == before else f"{_mended(before, after)} line(s) mended."
    click.echo(f"{path}: {done}")


def _mended(before: str, after: str) -> int:
    """How many lines are new, changed, moved or gone."""
    matcher = difflib.SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    changes = (code for code in matcher.get_opcodes() if code[0] != "equal")
    return sum(max(i2 - i1, j2 - j1) for _, i1, i2, j1, j2 in changes)


def _diff(path: Path, before: str, after: str) -> str:
    """A patch that `git apply` and `patch` take; lines end at line feeds alone, as for them."""
    old, new = (list(io.StringIO(text, newline="\n")) for text in (before, after))
    made = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    unended = "\n\\ No newline at end of file\n"
    return "".join(line if line.endswith("\n") else line + unended for line in made)
