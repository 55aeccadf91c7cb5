"""The command line: the same judgement for files, and the server."""

from __future__ import annotations

import asyncio
import difflib
import io
import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markdown import Markdown

import rules
from bot import cli_forms, cli_label, cli_sort, files, overview, report
from bot import config as config_file
from bot import init as first
from bot import schema as config_schema
from bot.cli_links import sweep
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules import Diagnostic

PATH = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="listwright")
def main() -> None:
    """Look after curated lists that live in Markdown tables."""


main.add_command(cli_forms.command)
main.add_command(cli_sort.classify)
main.add_command(cli_label.label)


@contextmanager
def _told() -> Iterator[None]:
    """What a person can mend is said in words, with exit code 2."""
    try:
        yield
    except (files.InputError, SettingsError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--base", type=PATH, help="The file before a change: judge only what it introduced.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--statistics", is_flag=True, help="Print only counts, by rule.")
@click.option("--config", type=PATH, help="Configuration; .github/listwright.yml by itself.")
def lint(
    paths: tuple[Path, ...], base: Path | None, form: str, statistics: bool, config: Path | None
) -> None:
    """Judge lists. Exit 0: no errors, 1: errors, 2: something could not be read."""
    with _told():
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


@main.command()
@click.argument("path", type=PATH)
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--unsafe", is_flag=True, help="Mend also what needs your eye afterwards.")
@click.option("--config", type=PATH, help="Configuration; .github/listwright.yml by itself.")
def fix(path: Path, diff: bool, unsafe: bool, config: Path | None) -> None:
    """Mend what can be mended without asking; no other byte changes."""
    with _told():
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


@main.command()
@click.argument("path", type=PATH)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def conventions(path: Path, form: str) -> None:
    """Show what was inferred of a list, and from how many cells."""
    with _told():
        tables = overview.as_data(rules.infer(files.parse(path)))
    if form == "json":
        click.echo(json.dumps(tables, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(overview.as_text(tables)))


@main.command()
@click.argument("path", type=PATH, default="README.md")
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
def init(path: Path, force: bool) -> None:
    """Write .github/listwright.yml with what was inferred, and print a report of the list."""
    target = Path(config_file.PATH)
    with _told():
        if target.exists() and not force:
            raise files.InputError(f"{target} is there already; --force replaces it")
        document = files.parse(path)
        known = rules.infer(document)
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write(target, first.configuration(path.as_posix(), known))
    click.echo(f"{target} is written; everything in it is a default.", err=True)
    click.echo(first.report(str(path), rules.lint(document, conventions=known)), nl=False)


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say what a rule flags, why, and what to write instead."""
    names = [known.name for known in rules.all_rules()]
    if rule not in names:
        near = difflib.get_close_matches(rule, names, n=1)
        hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(names)}."
        click.echo(f"There is no rule {rule}.{hint}", err=True)
        sys.exit(2)
    page = rules.explain(rule)
    console = Console()
    if console.is_terminal:
        console.print(Markdown(page))
    else:
        click.echo(page, nl=False)


@main.command()
def schema() -> None:
    """Print the JSON schema of .github/listwright.yml, for editors that complete and check."""
    click.echo(json.dumps(config_schema.schema(), ensure_ascii=False, indent=2))


main.add_command(sweep)


@main.command()
@click.option("--or-practice", is_flag=True, help="Without any credentials, practise instead.")
def serve(or_practice: bool) -> None:
    """Serve GitHub: credentials come from the environment or .env."""
    if or_practice and not Settings.credentials_given():
        _practise(once=False)
        return
    with _told():
        settings = Settings.load()
    from bot import app, store  # noqa: PLC0415  they take a second to load, and lint needs none

    try:
        asyncio.run(app.serve(settings))
    except (store.StoreUnavailable, OSError) as error:
        click.echo(f"Listwright cannot start: {error}", err=True)
        sys.exit(2)


@main.command()
@click.option("--once", is_flag=True, help="Print the review and end.")
@click.option("--list", "before", type=PATH, help="A list of your own, as it is.")
@click.option("--head", "after", type=PATH, help="The same list with a change to be reviewed.")
@click.option("--svg", type=PATH, help="Save the review as a picture.")
def practice(once: bool, before: Path | None, after: Path | None, svg: Path | None) -> None:
    """Review a pull request on an offline GitHub: no account, no network."""
    if (before is None) != (after is None):
        click.echo("--list and --head go together: the file before and after a change.", err=True)
        sys.exit(2)
    with _told():
        texts = (files.parse(before).text, files.parse(after).text) if before and after else None
    _practise(once=once, texts=texts, svg=svg)


def _practise(*, once: bool, texts: tuple[str, str] | None = None, svg: Path | None = None) -> None:
    from bot.practice import run  # noqa: PLC0415  as above

    try:
        asyncio.run(run.practise(once=once, texts=texts, svg=svg))
    except run.PracticeError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
