"""The links of files on this machine's disk, and where each stands."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

import rules
from bot import files
from bot.links.local import address
from bot.links.telling import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Sought:
    """The links of some files.

    Attributes:
        root: what relative links are seen from.
        places: the links to be asked, in the order of the files, with their places.
        urls: all links that there are.
    """

    root: Path
    places: Mapping[str, Sequence[Place]]
    urls: Collection[str]


def search(paths: tuple[Path, ...], base: Path | None) -> Sought:
    """Look for links in files and folders; only for those that `base` has not, if it is given.

    Raises:
        InputError: something cannot be read, or the paths have no root in common.
    """
    found = {_absolute(file): file for file in files.markdown(paths)}
    if base and len(found) != 1:
        raise files.InputError("--base goes with exactly one file")
    with _unsearched():
        root = _root(paths)
        old = {mention.url for mention in rules.mentions(files.parse(base))} if base else set()
        places: dict[str, list[Place]] = {}
        urls = set()
        for file, given in found.items():
            for url, place, is_new in _links(file, given, root, old):
                urls.add(url)
                if is_new:
                    places.setdefault(url, []).append(place)
    return Sought(root, places, urls)


def _links(
    file: Path, given: Path, root: Path, old: Collection[str]
) -> Iterator[tuple[str, Place, bool]]:
    inside, shown = file.relative_to(root).as_posix(), click.format_filename(given)
    for mention in rules.mentions(files.parse(given)):
        yield address(mention.url, inside), Place(shown, mention), mention.url not in old


def _root(paths: Sequence[Path]) -> Path:
    """The repository that holds all paths; where there is none, the folder that does."""
    folders = [_absolute(path if path.is_dir() else path.parent) for path in paths]
    roots = {_repository(folder) for folder in folders}
    if roots == {None}:
        return Path(os.path.commonpath(folders))
    [root, *others] = roots
    if root is None or others:
        raise files.InputError("the paths are not in one repository: check it for each by itself")
    return root


def _absolute(path: Path) -> Path:
    """Where a file seems to stand: one that is a link to elsewhere is read as if it were here."""
    return Path(os.path.abspath(path))  # noqa: PTH100  `resolve` goes to where it really is


def _repository(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


@contextmanager
def _unsearched() -> Iterator[None]:
    """Look for garbage once, afterwards, and only in what is new: else it doubles the work."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()
