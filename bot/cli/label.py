"""The command that shows which labels would be made; it changes nothing."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import files, lists
from bot.words import Words, choose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.config import Configuration
    from bot.labels.plan import Step
    from rules import Document

_NONE = (
    "No label: no section has a table, or there are too many of them without headings above that "
    "tell them apart. labels.map in the configuration names some."
)
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("path", type=_PATH, default="README.md")
@click.option("--plan", is_flag=True, help="Show what would be done, and do nothing.")
@click.option("--repo", metavar="OWNER/NAME", help="Compare with GitHub; reads GITHUB_TOKEN.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--config", type=_PATH, help="Configuration; .github/listwright.yml by itself.")
def label(path: Path, plan: bool, repo: str | None, form: str, config: Path | None) -> None:
    """Show the labels of a list's sections: a file, or a folder with several."""
    if not plan:
        raise click.UsageError("Say --plan: labels themselves are made where they are used.")
    try:
        configured = files.configuration(config)
        documents = _documents(path, configured)
        steps = _steps(repo, documents, configured)
    except files.InputError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    words = choose(configured.language, documents[0].text if documents else "")
    if form == "json":
        data = [_data(step, words) for step in steps]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_text(steps, words)) or _NONE)


def _documents(path: Path, configured: Configuration) -> list[Document]:
    """The lists, as they are found on GitHub: what is configured, else README, else all."""
    if not path.is_dir():
        return [files.parse(path)]
    names = {found.relative_to(path).as_posix(): found for found in files.markdown((path,))}
    chosen = [name for name in lists.markdown(names) if lists.chosen(name, configured.files)]
    found = [files.parse(names[name]) for name in chosen]
    alone = not configured.files and chosen[:1] == ["README.md"] and found[0].tables
    return found[:1] if alone else found


def _steps(
    repo: str | None, documents: Sequence[Document], configured: Configuration
) -> Sequence[Step]:
    from bot.labels import plan as planned  # noqa: PLC0415  it takes a second to load, and lint needs none

    if repo is None:
        return planned.alone(documents, configured)
    return asyncio.run(planned.beside(repo, documents, configured))


def _data(step: Step, words: Words) -> dict[str, Any]:
    made = {
        "name": step.label.name,
        "color": step.label.color,
        "description": words(step.label.description),
        "sections": [" > ".join(path) for path in step.label.sections],
    }
    return made | ({"action": step.action, "from": step.was} if step.action else {})


def _text(steps: Sequence[Step], words: Words) -> Iterator[str]:
    first, second = (
        max((len(each) for each in column), default=0)
        for column in (
            [step.action for step in steps],
            [step.told for step in steps],
        )
    )
    for step in steps:
        told = f"{step.action:{first}}  {step.told:{second}}  #{step.label.color}"
        yield f"{told}  {words(step.label.description)}".strip()
