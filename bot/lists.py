"""Which files of a repository are lists, and their judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import config, judge
from rules import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from bot.config import Configuration
    from bot.pulls import ChangedFile
    from bot.texts import Text

_SUFFIXES = (".md", ".markdown")
_FILES = 20  # judged at most in one pull request, README first
_NOT_UTF8 = say("The file is not UTF-8 text; save it as UTF-8, please.")
_TOO_LARGE = say("The file is too large to be judged; split it, please.")


def candidates(files: Iterable[ChangedFile]) -> tuple[str, ...]:
    """The changed files that may hold lists: Markdown that is still there, README first."""
    return markdown(f.path for f in files if f.status != "removed")[:_FILES]


def markdown(paths: Iterable[str]) -> tuple[str, ...]:
    """The Markdown files among these, README first."""
    found = (path for path in paths if path.lower().endswith(_SUFFIXES))
    return tuple(sorted(found, key=lambda path: (not is_readme(path), path)))


def is_readme(path: str) -> bool:
    return path.lower().startswith("readme")


def chosen(path: str, patterns: Sequence[str]) -> bool:
    """Whether a path is among the configured ones."""
    return not patterns or any(config.matches(path, pattern) for pattern in patterns)


async def judge_file(
    texts: Mapping[str, Text | None],
    path: str,
    settings: Configuration,
    oversized: Collection[str] = (),
) -> tuple[judge.Judgement, str]:
    """Judge one file of a change.

    Args:
        texts: "head PATH", "base PATH" and "tip PATH": the file after the change, before it, and
            on the base branch now; no tip where that is the same as before.
        path: the file.
        settings: the configuration.
        oversized: the names of texts that are too large.

    Returns:
        The judgement, and the file's text at the head.

    Raises:
        TooSlowError: it took longer than its time limit.
    """
    found = [texts.get(f"{where} {path}") for where in ("head", "base", "tip")]
    if f"head {path}" in oversized or f"base {path}" in oversized:
        return judge.Judgement(path, problem=_TOO_LARGE), ""
    try:
        after, before, tip = (text.data.decode() if text else None for text in found)
    except UnicodeDecodeError:
        return judge.Judgement(path, problem=_NOT_UTF8), ""
    judgement = settings.for_path(path)
    change = judge.Change(path, after or "", before, tip if tip != before else None, judgement)
    names = tuple(text.oid if text else "" for text in found)
    key = (path, *names, repr(judgement))
    return await judge.shared().judge(change, key), after or ""


async def is_list(text: Text) -> bool:
    """Whether a file holds a table."""
    try:
        content = text.data.decode()
    except UnicodeDecodeError:
        return False
    found = await judge.shared().judge(judge.Change("", content, content), ("is_list", text.oid))
    return found.rows > 0
