"""Commands, and lists to run them on, in the current folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from bot import cli
from tests import lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.testing import Result

CONFIG = Path(".github/listwright.yml")


def run(*args: str, env: Mapping[str, str | None] | None = None) -> Result:
    return CliRunner(env=env).invoke(cli.main, args)


def put(text: str, path: str = "README.md") -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text.encode())
    return path


def listed(count: int = 30, **numbers: str) -> str:
    """A good list with these rows (`r5="..."`) in the others' places."""
    rows = lists.rows(range(count))
    for name, row in numbers.items():
        rows[int(name[1:])] = row
    return lists.table(rows)


WARNING = listed(r5=lists.row(5, code=""))
SHORT = lists.row(7).removesuffix(" - |")
ERROR = listed(r5=lists.row(5, code=""), r7=SHORT)
