"""The commands that tell what a list is like."""

from __future__ import annotations

import json
from pathlib import Path

import click

import rules
from bot import config as config_file
from bot import files, overview
from bot import init as first
from bot.cli.told import told

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("path", type=_PATH)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def conventions(path: Path, form: str) -> None:
    """Show what was inferred of a list, and from how many cells."""
    with told():
        tables = overview.as_data(rules.infer(files.parse(path)))
    if form == "json":
        click.echo(json.dumps(tables, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(overview.as_text(tables)))


@click.command()
@click.argument("path", type=_PATH, default="README.md")
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
def init(path: Path, force: bool) -> None:
    """Write .github/listwright.yml with what was inferred, and print a report of the list."""
    target = Path(config_file.PATH)
    with told():
        if target.exists() and not force:
            raise files.InputError(f"{target} is there already; --force replaces it")
        document = files.parse(path)
        known = rules.infer(document)
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write(target, first.configuration(path.as_posix(), known))
    click.echo(f"{target} is written; everything in it is a default.", err=True)
    click.echo(first.report(str(path), rules.lint(document, conventions=known)), nl=False)
