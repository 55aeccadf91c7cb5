#!/usr/bin/env python3
"""Writes what the code knows best: README's table of rules and the reference of options, each
between two markers, and the catalogues of languages. `--check` changes nothing and fails when
something is out of date.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import templates
from bot.reference import reference
from rules import Rule, all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


def row(rule: Rule) -> str:
    page = f"rules/{rule.name.replace('-', '_')}.md"
    summary = rule.summary.replace("|", r"\|")
    return f"| [{rule.name}]({page}) | {summary} | {rule.severity} | {rule.fixes} |"


def rule_table() -> str:
    """One row per rule, its name linked to its page."""
    head = ["| rule | what it flags | default | fix |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *map(row, all_rules())])


def between(text: str, name: str, body: str) -> str:
    """The text with `body` between its markers `<!-- name -->` and `<!-- /name -->`.

    Raises ValueError unless each marker is there once, in this order.
    """
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = text.partition(opening)
    _, found, after = rest.partition(closing)
    if not found or text.count(opening) != 1 or text.count(closing) != 1:
        raise ValueError(f"needs `{opening}` and, after it, `{closing}`, once each")
    return f"{before}{opening}\n\n{body.strip()}\n\n{closing}{after}"


def wanted() -> Iterator[tuple[Path, str]]:
    """Each file with a generated part, and the text that it should have."""
    parts = [
        ("README.md", "rules", rule_table()),
        ("docs/configuration.md", "options", reference()),
    ]
    for name, marker, body in parts:
        path = ROOT / name
        try:
            yield path, between(path.read_text(encoding="utf-8"), marker, body)
        except ValueError as error:
            raise click.ClickException(f"{name} {error}") from error
    for language in templates.LANGUAGES:
        yield ROOT / f"bot/catalogue/{language}.yml", templates.written(language)


@click.command(help=__doc__)
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a part is out of date.")
def main(*, check: bool) -> None:
    stale = {path: text for path, text in wanted() if path.read_text(encoding="utf-8") != text}
    for path, text in stale.items():
        name = path.relative_to(ROOT)
        if check:
            click.echo(f"{name} is out of date: run .venv/bin/python bin/generate.py", err=True)
        else:
            path.write_text(text, encoding="utf-8")
            click.echo(f"{name} is written anew")
    untold = [(name, each) for name in templates.LANGUAGES for each in templates.missing(name)]
    for language, template in untold:
        click.echo(f"bot/catalogue/{language}.yml has nothing for: {template!r}", err=True)
    sys.exit(1 if untold or (check and stale) else 0)


if __name__ == "__main__":
    main()
