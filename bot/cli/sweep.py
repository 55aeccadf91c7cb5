"""The link check on the command line."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import files
from bot.command_settings import CommandSettings
from bot.links import on_disk, sought, streaks, telling, unhurried
from bot.links.outage import without_outage
from bot.links.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.links.sought import Sought
    from bot.links.telling import Outcome
    from bot.links.verdict import Found

_PATH = click.Path(path_type=Path)
_CONFIRM_AFTER = 3
_INTERRUPTED = 130  # what shells say of a command that was stopped


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.option("--only-new", is_flag=True, help="Ask only for links that --base does not have.")
@click.option("--base", type=_PATH, help="The file before a change.")
@click.option("--state", type=_PATH, help="Count failures in a row in this file.")
@click.option(
    "--confirm-after",
    type=click.IntRange(min=1),
    help="With --state: confirmed is what failed so often, over two days at least; 3 by itself.",
)
@click.option("--cache", type=_PATH, help="Keep what is alive in this file; not asked for a day.")
@click.option("--allow-loopback", is_flag=True, help="Ask 127.0.0.0/8 too, on every port.")
def sweep(  # noqa: PLR0913, PLR0917  one option each
    paths: tuple[Path, ...],
    form: str,
    only_new: bool,
    base: Path | None,
    state: Path | None,
    confirm_after: int | None,
    cache: Path | None,
    allow_loopback: bool,
) -> None:
    """Check the links of files or folders. Exit 0: none dead, 1: some, 2: bad use.

    GITHUB_TOKEN in the environment makes links to GitHub cheap. Ctrl-C keeps what is known by then.
    """
    try:
        _require_together(only_new, base, state, confirm_after)
        run = _Run(state, cache, CommandSettings.load(), allow_loopback)
        there = sought.search(paths, base)
        outcome = run.check(there, confirm_after or _CONFIRM_AFTER)
    except files.InputError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    _print(form, outcome)
    sys.exit(outcome.is_bad)


def _require_together(
    only_new: bool, base: Path | None, state: Path | None, confirm_after: int | None
) -> None:
    if only_new != (base is not None):
        raise files.InputError("--only-new and --base go together: what is new, and since when.")
    if confirm_after and not state:
        raise files.InputError("--confirm-after goes with --state, where failures are counted.")


class _Run:
    """One check, and what is remembered of it; its files are read before anything is asked."""

    def __init__(
        self,
        state: Path | None,
        cache: Path | None,
        settings: CommandSettings,
        allow_loopback: bool,
    ) -> None:
        on_disk.require_usable(state, cache)
        self._state, self._cache = state, cache
        self._streaks = on_disk.streaks_in(state)
        self._fresh = on_disk.alive_in(cache, time.time())
        self._settings = settings
        self._allow_loopback = allow_loopback

    def check(self, there: Sought, confirm_after: int) -> Outcome:
        """Ask what is not known.

        Raises:
            KeyboardInterrupt: somebody does not want to wait; what is known by then is kept.
        """
        told: dict[str, Found] = {}
        asked = [url for url in there.places if url not in self._fresh]
        try:
            self._ask(asked, there, told)
        except KeyboardInterrupt:
            self._remember(there, without_outage(told))
            click.echo(f"Stopped: {len(told)} of {len(asked)} links were asked.", err=True)
            raise
        found = {url: self._fresh.get(url) or told[url] for url in there.places}
        _tell_refusal(found, self._settings)
        now = self._remember(there, found)
        return telling.Outcome(
            found, there.places, now if self._state else None, confirm_after=confirm_after
        )

    def _ask(self, urls: Sequence[str], there: Sought, told: dict[str, Found]) -> None:
        from bot.links import alone  # noqa: PLC0415  what it needs takes a while to load

        with _bar(len(urls)) as advance:

            def note(url: str, result: Found) -> None:
                advance(url not in told)
                told[url] = result

            asking = alone.ask(
                urls, there.root, self._settings, note, allow_loopback=self._allow_loopback
            )
            told |= unhurried.run(asking)

    def _remember(self, there: Sought, found: dict[str, Found]) -> dict[str, streaks.Streak]:
        after = streaks.advance(self._streaks, found, time.time())
        after = streaks.kept(after, there.urls)
        if self._state:
            on_disk.keep_streaks(self._state, after)
        if self._cache:
            on_disk.keep_alive(self._cache, self._fresh | found)
        return after


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; nothing elsewhere, and then what draws it is not loaded."""
    if not total or not sys.stderr.isatty():
        yield lambda _number: None
        return
    from bot.cli.bar import bar  # noqa: PLC0415  as above

    with bar(total) as advance:
        yield advance


def _tell_refusal(found: dict[str, Found], settings: CommandSettings) -> None:
    refused = (Verdict.UNKNOWN, "refused")  # of a host it would be dead
    number = sum((one.verdict, one.status) == refused for one in found.values())
    if number and settings.github_token:
        click.echo(
            f"GitHub refused to tell of {number} link(s): look at GITHUB_TOKEN, or unset it.",
            err=True,
        )


def _print(form: str, outcome: Outcome) -> None:
    if form == "json":
        click.echo(on_disk.as_json(telling.as_data(outcome)))
        return
    lines = telling.as_text if form == "text" else telling.as_markdown
    click.echo("\n".join(lines(outcome)))
