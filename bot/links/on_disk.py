"""What a link check remembers in files: how often a link has failed, and what was alive lately."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from bot import files
from bot.links import streaks
from bot.links.verdict import Found, Paper, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import TypeAdapter

    from bot.links.streaks import Streak

_VERSION: Literal[1] = 1
_ANEW = "name another file, or delete this one to begin anew"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: str
    at: float
    paper: Paper | None = None


@dataclass(frozen=True, slots=True)
class _Stored:
    version: Literal[1]
    alive: dict[str, _Answer]


@cache
def _form() -> TypeAdapter[_Stored]:
    from pydantic import TypeAdapter  # noqa: PLC0415  most checks keep nothing in files

    return TypeAdapter(_Stored)


def require_usable(state: Path | None, cache: Path | None) -> None:
    """See that both can be written, before hours are spent.

    Raises:
        InputError: they cannot, or they are one file.
    """
    for path in filter(None, (state, cache)):
        if not path.parent.is_dir():
            raise files.InputError(f"{path}: there is no folder {path.parent}; make it first")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise files.InputError(f"{path}: cannot be written; name another file")
    if state and cache and state.absolute() == cache.absolute():
        raise files.InputError(f"{state}: --state and --cache want a file each")


def streaks_in(path: Path | None) -> dict[str, Streak]:
    """The streaks in a file; none where there is no file yet.

    Raises:
        InputError: it holds something else.
    """
    if path is None or not path.exists():
        return {}
    try:
        return streaks.load(files.read(path))
    except streaks.StreaksError as error:
        raise files.InputError(f"{path}: {error}; {_ANEW}") from None


def alive_in(path: Path | None, now: float) -> dict[str, Found]:
    """The links that were alive within a day, and need not be asked again.

    Raises:
        InputError: the file holds something else.
    """
    if path is None or not path.exists():
        return {}
    from pydantic import ValidationError  # noqa: PLC0415  as above

    try:
        known = _form().validate_json(files.read(path)).alive
    except ValidationError:
        raise files.InputError(f"{path}: not the cache of a link check; {_ANEW}") from None
    return {
        url: Found(Verdict.ALIVE, answer.status, at=answer.at, paper=answer.paper)
        for url, answer in known.items()
        if 0 <= now - answer.at < streaks.DAY
    }


def keep_alive(path: Path, found: Mapping[str, Found]) -> None:
    """Replace what a file tells of links that are alive. Files on this disk may go any time.

    Raises:
        InputError: it cannot be written.
    """
    kept = {
        url: _Answer(one.status, one.at, one.paper)
        for url, one in found.items()
        if one.verdict is Verdict.ALIVE and "://" in url
    }
    text = _form().dump_json(_Stored(_VERSION, kept), exclude_none=True).decode()
    files.write(path, text + "\n")


def keep_streaks(path: Path, known: Mapping[str, Streak]) -> None:
    """Replace the streaks in a file.

    Raises:
        InputError: it cannot be written.
    """
    files.write(path, streaks.dump(known) + "\n")


def as_json(data: Mapping[str, Any]) -> str:
    """An object with each entry on a line of its own, which is also the fast way to write it."""
    entries = (f"{_json(name)}: {_json(entry)}" for name, entry in data.items())
    return "{\n" + ",\n".join(entries) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
