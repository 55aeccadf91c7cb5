"""The commands that explain: what a rule flags, and what the configuration may hold."""

from __future__ import annotations

import difflib
import json
import sys

import click
from rich.console import Console
from rich.markdown import Markdown

import rules
from bot import schema as config_schema


@click.command()
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


@click.command()
def schema() -> None:
    """Print the JSON schema of .github/listwright.yml, for editors that complete and check."""
    click.echo(json.dumps(config_schema.schema(), ensure_ascii=False, indent=2))
