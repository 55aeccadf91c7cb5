"""What a link check remembers in files: how often a link has failed, and what was alive lately."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot import files
from bot.links.verdict import Found, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DAY = 86_400.0
DEAD = frozenset({Verdict.DEAD, Verdict.WITHDRAWN, Verdict.BROKEN_TLS})
_WELL = frozenset({Verdict.ALIVE, Verdict.MOVED})


def read(path: Path | None) -> dict[str, dict[str, Any]]:
    """A file's entries by link; none where there is no file yet.

    Raises:
        InputError: it holds something else.
    """
    if path is None or not path.exists():
        return {}
    try:
        data = json.loads(files.read(path))
    except ValueError as error:
        raise files.InputError(f"{path}: no JSON: {error}; delete it to start anew") from None
    if not isinstance(data, dict) or not all(isinstance(each, dict) for each in data.values()):
        raise files.InputError(f"{path}: not written by a link check; name another file")
    return data


def write(path: Path, data: Mapping[str, Mapping[str, Any]]) -> None:
    """Replace a file's entries.

    Raises:
        InputError: it cannot be written.
    """
    files.write(path, as_json(dict(sorted(data.items()))) + "\n")


def as_json(data: Mapping[str, Any]) -> str:
    """An object with each entry on a line of its own, which is also the fast way to write it."""
    entries = (f"{_json(name)}: {_json(entry)}" for name, entry in data.items())
    return "{\n" + ",\n".join(entries) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def streaks(
    before: Mapping[str, Mapping[str, Any]], found: Mapping[str, Found]
) -> dict[str, dict[str, Any]]:
    """How often in a row each link has failed and since when, after another check.

    What answered is forgotten; what could not be told leaves the count as it was.
    """
    after = {url: dict(entry) for url, entry in before.items()}
    for url, result in found.items():
        if result.verdict in _WELL:
            after.pop(url, None)
        elif result.verdict in DEAD:
            entry = after.get(url, {})
            count, since = entry.get("failures", 0) + 1, entry.get("since", result.at)
            after[url] = {"failures": count, "since": since, "status": result.status}
    return after


def fresh(
    entries: Mapping[str, Mapping[str, Any]], now: float, age: float = _DAY
) -> dict[str, Found]:
    """The links that were alive lately and need not be asked again."""
    return {
        url: Found(Verdict.ALIVE, str(entry.get("status", "")), at=at)
        for url, entry in entries.items()
        if isinstance(at := entry.get("at"), int | float) and 0 <= now - at < age
    }


def alive(found: Mapping[str, Found]) -> dict[str, dict[str, Any]]:
    """What to remember of the links that are alive."""
    return {
        url: {"status": result.status, "at": result.at}
        for url, result in found.items()
        if result.verdict is Verdict.ALIVE
    }
