"""The commands that serve GitHub, or an offline one."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from bot import files
from bot.cli.told import told
from bot.services import SettingsError
from bot.settings import Settings

_PATH = click.Path(path_type=Path)


@click.command()
@click.option("--or-practice", is_flag=True, help="Without any credentials, practise instead.")
def serve(or_practice: bool) -> None:
    """Serve GitHub: credentials come from the environment or .env."""
    if or_practice and not Settings.credentials_given():
        _practise(once=False)
        return
    with told(SettingsError):
        settings = Settings.load()
    from bot import app, store  # noqa: PLC0415  they take a second to load, and --help needs none

    try:
        asyncio.run(app.serve(settings))
    except (store.StoreUnavailable, OSError) as error:
        click.echo(f"Listwright cannot start: {error}", err=True)
        sys.exit(2)


@click.command()
@click.option("--once", is_flag=True, help="Print the review and end.")
@click.option("--list", "before", type=_PATH, help="A list of your own, as it is.")
@click.option("--head", "after", type=_PATH, help="The same list with a change to be reviewed.")
@click.option("--svg", type=_PATH, help="Save the review as a picture.")
def practice(once: bool, before: Path | None, after: Path | None, svg: Path | None) -> None:
    """Review a pull request on an offline GitHub: no account, no network."""
    if (before is None) != (after is None):
        click.echo("--list and --head go together: the file before and after a change.", err=True)
        sys.exit(2)
    with told():
        texts = (files.parse(before).text, files.parse(after).text) if before and after else None
    _practise(once=once, texts=texts, svg=svg)


def _practise(*, once: bool, texts: tuple[str, str] | None = None, svg: Path | None = None) -> None:
    from bot.practice import run  # noqa: PLC0415  as above

    try:
        asyncio.run(run.practise(once=once, texts=texts, svg=svg))
    except run.PracticeError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
