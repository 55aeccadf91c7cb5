"""What would become of a repository's labels, without doing any of it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import gidgethub

import rules
from bot import files, judge, services
from bot.github import Client
from bot.labels import sections, settle
from bot.responses import GraphQLError
from bot.retry import TryLater
from bot.transport import http

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config import Configuration
    from bot.labels.sections import Existing
    from rules import Document, Label

_API = "https://api.github.com"


@dataclass(frozen=True, slots=True)
class Step:
    """A label and what would be done; `was` is the name that it has on GitHub now.

    A label is created when the first issue needs it, and renamed by the push of a new heading.
    """

    label: Label
    action: Literal["", "create", "rename", "keep"] = ""
    was: str | None = None

    @property
    def told(self) -> str:
        """The name, or both where they differ."""
        name = self.label.name
        if self.was in {None, name}:
            return name
        return f"{self.was} -> {name}" if self.action == "rename" else f"{self.was} (for {name})"


def alone(documents: Sequence[Document], configured: Configuration) -> list[Step]:
    """The labels of lists, wherever they may be."""
    return [Step(label) for label in rules.plan_labels(documents, configured.naming)]


async def beside(repo: str, documents: Sequence[Document], configured: Configuration) -> list[Step]:
    """What would be done in a repository on GitHub if these lists were pushed there.

    Raises:
        InputError: it cannot be read.
    """
    token, api = _token(repo), os.environ.get("GITHUB_API_URL", _API).rstrip("/")

    async def given(_refused: str | None) -> str:
        return token

    try:
        async with http() as send:
            graphql = services.graphql_of(api)
            gh = Client(send, api_url=api, graphql_url=graphql, token=given)
            return await compare(gh, repo, documents, configured)
    except (gidgethub.GitHubException, GraphQLError, TryLater, judge.TooSlowError) as error:
        raise files.InputError(f"{repo} cannot be read on GitHub: {error}") from None
    finally:
        judge.stop()


def _token(repo: str) -> str:
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repo):
        raise files.InputError(f"--repo {repo} is no repository: write OWNER/NAME")
    token = os.environ.get("GITHUB_TOKEN", "").strip()
    if not token:
        raise files.InputError("--repo needs a token that may read it, in GITHUB_TOKEN")
    return token


async def compare(
    gh: Client, repo: str, documents: Sequence[Document], configured: Configuration
) -> list[Step]:
    """The same with a client."""
    state = await sections.read(gh, repo)
    before = [rules.parse(text) for text in await state.lists(gh)] if state else []
    known = state.labels if state else ()
    naming = configured.naming
    pairs = {new.key: old for old, new in rules.renamed_labels(before, documents, naming)}
    planned = rules.plan_labels(documents, naming)
    return [_step(label, pairs.get(label.key), known) for label in planned]


def _step(label: Label, old: Label | None, known: Sequence[Existing]) -> Step:
    here = settle.find(label, known)
    if here:
        return Step(label, "keep", here.name)
    there = settle.find(old, known) if old else None
    if old is None or there is None or not settle.is_ours(old, there):
        return Step(label, "create")
    own_name = there.name.casefold() == old.key
    return Step(label, "rename" if own_name else "keep", there.name)
