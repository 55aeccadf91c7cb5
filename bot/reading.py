"""A pull request as it stands, and its lists judged: what several handlers begin with."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import gidgethub

from bot import config, inherit, lists, pulls, review
from bot.retry import TryLater
from bot.words import choose

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.github import Client
    from bot.texts import Text

README = "README.md"
_GUIDES = ("CONTRIBUTING.md", ".github/CONTRIBUTING.md", "docs/CONTRIBUTING.md")
_READS = 3  # at most, while pushes keep coming
_SETTLE = 10.0  # seconds to wait for them to end


@dataclass(frozen=True, slots=True)
class Reading:
    """A pull request as it stands; `paths` are its files that may hold lists."""

    repo: str
    number: int
    changes: pulls.Changes
    state: pulls.State
    paths: tuple[str, ...]

    @property
    def guide(self) -> str | None:
        """The address of the list's own advice to contributors, if it has any."""
        path = next((path for path in _GUIDES if self.state.texts.get(f"guide {path}")), None)
        return path and f"{self.state.url}/blob/{self.state.base_ref}/{path}"

    @property
    def touched(self) -> frozenset[str]:
        """The files that the pull request changes."""
        return frozenset(file.path for file in self.changes.files)


async def read(gh: Client, repo: str, number: int, base: str = "", head: str = "") -> Reading:
    """Read until the head that was compared is the head that is there.

    Two calls where the base branch's name and the head's SHA are known already, else three.
    """
    if not (base and head):
        base, head = await pulls.ends(gh, repo, number)
    for _ in range(_READS):
        changes = await _compare(gh, repo, number, base, head)
        paths = lists.candidates(changes.files)
        state = await pulls.read(
            gh, repo, number, _expressions(changes, head, paths), inherit.defaults_of(repo)
        )
        if (state.base_ref, state.head.sha) == (base, head):
            return Reading(repo, number, changes, state, paths)
        base, head = state.base_ref, state.head.sha
    raise TryLater(_SETTLE, "the pull request keeps moving")


async def _compare(gh: Client, repo: str, number: int, base: str, head: str) -> pulls.Changes:
    """Compare; a commit or branch that is gone has changed nothing, and is read anew."""
    try:
        return await pulls.compare(gh, repo, base, head, number=number)
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise
        return pulls.Changes(head, head, ())


def _expressions(changes: pulls.Changes, head: str, paths: Sequence[str]) -> dict[str, str]:
    """Names of texts -> where they stand, for the one query that reads them all."""
    before = {file.path: file.previous_path or file.path for file in changes.files}
    found = {
        "config": f"{changes.base_tip}:{config.PATH}",
        "readme": f"{changes.base_tip}:{README}",
    }
    found |= {f"guide {path}": f"{changes.base_tip}:{path}" for path in _GUIDES}
    if config.PATH in before:
        found["proposal"] = f"{head}:{config.PATH}"
    for path in paths:
        found[f"head {path}"] = f"{head}:{path}"
        found[f"base {path}"] = f"{changes.merge_base}:{before[path]}"
        if changes.base_tip != changes.merge_base:
            found[f"tip {path}"] = f"{changes.base_tip}:{before[path]}"
    return found


async def settings(gh: Client, reading: Reading) -> inherit.Inherited:
    """The configuration that holds on the base branch, and its problems; see `speak`, too."""
    texts = reading.state.texts
    found = await inherit.resolve(gh, reading.repo, texts["config"], texts.get("defaults"))
    speak(gh, found.settings, texts, reading.paths)
    return found


def speak(
    gh: Client,
    configuration: config.Configuration,
    texts: Mapping[str, Text | None],
    paths: Sequence[str] = (),
) -> None:
    """From here on speak the language that is configured, or that of the list.

    The first of the changed lists tells, README above others, as it was before the change; a new
    one as it is now. Without any of them the repository's README tells.
    """
    names = [f"{where} {path}" for path in paths for where in ("base", "head")]
    found = (texts.get(name) for name in (*names, "readme"))
    text = next(filter(None, found), None)
    gh.words = choose(configuration.language, text.data.decode(errors="ignore") if text else "")


async def judge(reading: Reading, configuration: config.Configuration) -> list[review.File]:
    """The pull request's lists, judged; files without a table are none.

    Raises:
        TooSlowError: one of them took longer than its time limit.
    """
    state = reading.state
    return await files_of(
        reading.changes.files, reading.paths, state.texts, state.oversized, configuration
    )


async def files_of(
    changed: Sequence[pulls.ChangedFile],
    paths: Sequence[str],
    texts: Mapping[str, Text | None],
    oversized: Collection[str],
    configuration: config.Configuration,
) -> list[review.File]:
    """The lists among `paths`, judged; files without a table are none.

    Raises:
        TooSlowError: one of them took longer than its time limit.
    """
    patches = {file.path: file.patch for file in changed}
    files = []
    for path in paths:
        if lists.chosen(path, configuration.files):
            found, text = await lists.judge_file(texts, path, configuration, oversized)
            if found.rows or found.changes.removed or found.problem:
                files.append(review.File.of(found, text, patches[path]))
    return files
