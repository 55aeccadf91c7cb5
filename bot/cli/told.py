"""How the commands say what went wrong."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bot import files

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def told(error: type[Exception] = files.InputError) -> Iterator[None]:
    """What a person can mend is said in words, with exit code 2."""
    try:
        yield
    except error as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)
