"""The link check on the command line."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, ProgressColumn, TimeRemainingColumn
from rich.text import Text

import rules
from bot import files
from bot.links import on_disk, telling
from bot.links.local import Folder, Local, address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.progress import Task

    from bot.links.telling import Place
    from bot.links.verdict import Found

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("path", type=_PATH)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.option("--only-new", is_flag=True, help="Ask only for links that --base does not have.")
@click.option("--base", type=_PATH, help="The file before a change.")
@click.option("--state", type=_PATH, help="Count failures in a row in this file.")
@click.option("--cache", type=_PATH, help="Keep what is alive in this file; not asked for a day.")
@click.option("--allow-loopback", is_flag=True, help="Ask 127.0.0.0/8 too, on every port.")
def sweep(  # noqa: PLR0913, PLR0917  one option each
    path: Path,
    form: str,
    only_new: bool,
    base: Path | None,
    state: Path | None,
    cache: Path | None,
    allow_loopback: bool,
) -> None:
    """Check the links of a file or folder. Exit 0: none dead, 1: some, 2: bad use."""
    try:
        _require_both(only_new, base)
        with _unsearched():
            places = _places(path, base)
        before, known = on_disk.read(state), on_disk.read(cache)
        found = _found(list(places), path, on_disk.fresh(known, time.time()), allow_loopback)
        if state:
            on_disk.write(state, on_disk.streaks(before, found))
        if cache:
            on_disk.write(cache, known | on_disk.alive(found))
    except files.InputError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    _print(form, found, places)
    sys.exit(any(result.verdict in on_disk.DEAD for result in found.values()))


@contextmanager
def _unsearched() -> Iterator[None]:
    """Look for garbage once, afterwards, and no more in what stays: it doubles the work."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def _require_both(only_new: bool, base: Path | None) -> None:
    if only_new != (base is not None):
        raise files.InputError("--only-new and --base go together: what is new, and since when.")


def _places(path: Path, base: Path | None) -> dict[str, list[Place]]:
    """Every link with its places; relative ones are seen from the root."""
    root = _root(path)
    old = {mention.url for mention in rules.mentions(files.parse(base))} if base else set()
    places: dict[str, list[Place]] = {}
    for file in files.markdown((path,)):
        name = file.resolve().relative_to(root).as_posix()
        for mention in rules.mentions(files.parse(file)):
            if mention.url not in old:
                url = address(mention.url, name)
                places.setdefault(url, []).append(telling.Place(str(file), mention))
    return places


def _root(path: Path) -> Path:
    """The repository that holds a path, else the folder."""
    folder = (path if path.is_dir() else path.parent).resolve()
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)


def _found(
    urls: Sequence[str], path: Path, known: dict[str, Found], allow_loopback: bool
) -> dict[str, Found]:
    asked = [url for url in urls if url not in known]
    with _bar(len(asked)) as advance:
        found = asyncio.run(_check(asked, path, advance, allow_loopback))
    return {url: known.get(url) or found[url] for url in urls}


async def _check(
    urls: Sequence[str], path: Path, advance: Callable[[], None], allow_loopback: bool
) -> dict[str, Found]:
    from bot.links import check, guard, probe  # noqa: PLC0415  aiohttp takes a while to load

    checkers: list[check.Checker] = [
        Local(Folder(_root(path))),
        probe.Probe(guard.Guard(allow_loopback=allow_loopback)),
    ]
    return await check.check(urls, checkers, lambda _url, _found: advance())


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:.0f}/s")


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, with rate and time left; nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal or not total:
        yield lambda: None
        return
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), _Rate())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task("Links", total=total)
        yield lambda: progress.advance(task)


def _print(form: str, found: dict[str, Found], places: dict[str, list[Place]]) -> None:
    if form == "json":
        click.echo(on_disk.as_json(telling.as_data(found, places)))
        return
    lines = telling.as_text if form == "text" else telling.as_markdown
    click.echo("\n".join(lines(found, places)))
