"""What a repository's configuration builds upon: its owner's defaults, and what files extend.

Both are read with the token of the job, which sees its own repository and every public one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import config, escape, texts
from bot.config import ConfigError, Configuration, Layer, Problem
from rules import say

if TYPE_CHECKING:
    import rules
    from bot.github import Client
    from bot.texts import Text

_EXTENDED = 3  # files at most in a chain beyond the one that begins it


@dataclass(frozen=True, slots=True)
class Inherited:
    """What holds, and what of it could not be used."""

    settings: Configuration
    problems: tuple[Problem, ...]


def defaults_of(repo: str) -> str | None:
    """The path of the owner's defaults in `.github`; None for that repository, they are its own."""
    return None if repo.casefold().endswith("/.github") else config.PATH


async def resolve(gh: Client, repo: str, own: Text | None, defaults: Text | None) -> Inherited:
    """A repository's configuration above its owner's; what a file extends lies under it.

    A file that cannot be used counts as empty. One call for each extended file that was not read
    in the last minutes.

    Args:
        gh: a client.
        repo: "owner/name".
        own: the repository's file, None without one.
        defaults: its owner's.
    """
    layers: list[Layer] = []
    problems: list[Problem] = []
    for place, text in ((f"{repo.partition('/')[0]}/.github", defaults), (repo, own)):
        if text:
            await _Chain(gh, repo, layers, problems).follow(f"{place}:{config.PATH}", text)
    return Inherited(config.combine(*layers), tuple(problems))


@dataclass
class _Chain:
    """One file and what it extends, the farthest first; `layers` and `problems` are added to."""

    gh: Client
    repo: str
    layers: list[Layer]
    problems: list[Problem]

    async def follow(self, address: str, text: Text) -> None:
        seen: list[str] = []
        place = len(self.layers)
        current: Text | None = text
        while current:
            seen.append(address.casefold())
            layer = self._read(address, current)
            self.layers.insert(place, layer)
            if not layer.extends:
                return
            current, wrong = await self._following(layer.extends, seen)
            if wrong:
                self._tell(address, *layer.extends_at, wrong)
            address = _whole(layer.extends)

    async def _following(
        self, written: str, seen: list[str]
    ) -> tuple[Text | None, rules.Text | None]:
        """The next file of the chain, or why there is none."""
        address, named = _whole(written), escape.code(written)
        if address.casefold() in seen:
            return None, say("{address} is built upon itself: it comes back here", address=named)
        if len(seen) > _EXTENDED:
            return None, say(
                "{address} is one file too many: a configuration extends three others at most",
                address=named,
            )
        found = await _fetch(self.gh, self.repo, address)
        if found:
            return found, None
        return None, say(
            "{address} cannot be read: it must be a file in a public repository, or in this one",
            address=named,
        )

    def _read(self, address: str, text: Text) -> Layer:
        try:
            return config.read(text.data.decode())
        except UnicodeDecodeError:
            self._tell(address, 1, 1, say("the file is not UTF-8 text"))
        except ConfigError as error:
            for problem in error.problems:
                self._tell(address, problem.line, problem.column, problem.message)
        return Layer()

    def _tell(self, address: str, line: int, column: int, message: str) -> None:
        own = address == f"{self.repo}:{config.PATH}"
        self.problems.append(Problem(line, column, message, config.PATH if own else address))


def _whole(address: str) -> str:
    return address if ":" in address else f"{address}:{config.PATH}"


async def _fetch(gh: Client, repo: str, address: str) -> Text | None:
    """A file by its address, as this repository's token sees it."""
    key = (repo, address)
    found: Text | None = gh.memory.get(key)
    if found is None:
        where, _, path = address.partition(":")
        found = await texts.read(gh, where, path)
        if found:
            gh.memory[key] = found
    return found
