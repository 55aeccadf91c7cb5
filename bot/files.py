"""Lists on this machine's disk, read and written byte for byte, for the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot import config

_NOT_FOLLOWED = "{path} extends {extends}, which is read on GitHub and not on the command line."
_SUFFIXES = {".md", ".markdown"}


class InputError(Exception):
    """A file that cannot be used, with the reason, for the person at the terminal."""


def read(path: Path) -> str:
    """A file's text, line ends and byte order mark included.

    Raises:
        InputError: it is not there, not readable, or not UTF-8.
    """
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(f"{path}, line {line}: not UTF-8 text; save the file as UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def parse(path: Path) -> rules.Document:
    """A file as a document.

    Raises:
        InputError: it cannot be read, or is over the limits.
    """
    try:
        return rules.parse(read(path))
    except rules.DocumentError as error:
        raise InputError(f"{path}: {error}") from None


def write(path: Path, text: str) -> None:
    """Put a text into a file.

    Raises:
        InputError: it cannot be written.
    """
    try:
        path.write_bytes(text.encode())
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def markdown(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files among the paths; of a folder, the Markdown files in and under it."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = (p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
        yield from sorted(p for p in inside if not _hidden(p.relative_to(path)))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "node_modules" for part in path.parts)


def configuration(path: Path | None) -> config.Configuration:
    """The configuration in a file, or that of the current folder where there is one.

    Raises:
        InputError: it cannot be read, or holds what it should not; each problem with its line.
    """
    from bot import config  # noqa: PLC0415  its models take a while to build, and sweep needs none

    own = Path(config.PATH)
    if path is None and not own.exists():
        return config.Configuration()
    path = path or own
    try:
        layer = config.read(read(path))
    except config.ConfigError as error:
        told = "\n".join(f"{path}:{p.line}:{p.column}: {p.message}" for p in error.problems)
        raise InputError(told) from None
    if layer.extends:
        click.echo(_NOT_FOLLOWED.format(path=path, extends=layer.extends), err=True)
    return config.combine(layer)


def rules_for(path: Path, settings: config.Configuration) -> rules.Config:
    """What the rules take for a file, by its path from the current folder."""
    return settings.for_path(Path(os.path.relpath(path)).as_posix())
