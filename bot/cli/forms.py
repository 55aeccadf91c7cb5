"""`listwright forms`: issue forms for a list, on this machine's disk."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot import files
from bot.forms import FOLDER, forms
from bot.words import choose


@click.command("forms")
@click.argument("path", type=click.Path(path_type=Path), default="README.md")
@click.option("--force", is_flag=True, help="Replace forms that are there.")
def command(path: Path, force: bool) -> None:
    """Write issue forms to add a paper and to correct an entry, with the list's sections."""
    try:
        written = _write(path, force=force)
    except files.InputError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    for target in written:
        click.echo(f"{target} is written.")


def _write(path: Path, *, force: bool) -> list[Path]:
    document = files.parse(path)
    words = choose(files.configuration(None).language, document.text)
    made = {Path(FOLDER) / name: text for name, text in forms(document, words).items()}
    if not made:
        raise files.InputError(f"{path}: no table in it, so there are no sections to choose from")
    there = [str(target) for target in made if target.exists()]
    if there and not force:
        said = f"{' and '.join(there)} {'is' if len(there) == 1 else 'are'} there already"
        raise files.InputError(f"{said}; --force replaces what is there")
    for target, text in made.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write(target, text)
    return list(made)
