"""The command line: the same judgement for files, and the server."""

from __future__ import annotations

import pkgutil

import click

# Each is loaded when it is asked for: most of them need little of what the others do.
_COMMANDS = {
    "classify": "bot.cli.classify:classify",
    "conventions": "bot.cli.listing:conventions",
    "explain": "bot.cli.explain:explain",
    "fix": "bot.cli.lint:fix",
    "forms": "bot.cli.forms:command",
    "init": "bot.cli.listing:init",
    "label": "bot.cli.label:label",
    "lint": "bot.cli.lint:lint",
    "practice": "bot.cli.serve:practice",
    "schema": "bot.cli.explain:schema",
    "serve": "bot.cli.serve:serve",
    "sweep": "bot.cli.sweep:sweep",
}


class _Commands(click.Group):
    """The commands by the names of their functions."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        where = _COMMANDS.get(name)
        command: click.Command | None = pkgutil.resolve_name(where) if where else None
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="listwright")
def main() -> None:
    """Look after curated lists that live in Markdown tables."""
