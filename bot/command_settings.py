"""What commands take from the environment; a list's own folder may hold an alien `.env`."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pydantic import SecretStr


@dataclass(frozen=True)
class CommandSettings:
    """The services that are asked; `bot.services` tells what each is, and how it is checked."""

    github_api_url: str = "https://api.github.com"
    arxiv_api_url: str = "https://export.arxiv.org/api/query"
    doi_api_url: str = "https://doi.org/api/handles"
    link_ports: frozenset[int] = frozenset()
    github_token: SecretStr | None = None

    @classmethod
    def load(cls) -> Self:
        """Read the environment.

        Raises:
            InputError: it names every variable that is wrong.
        """
        names = (each.name for each in fields(cls))
        written = {name: text for name in names if (text := os.environ.get(name.upper()))}
        if not written:
            return cls()
        # What checks them takes longer to load than a small list to check.
        from bot import files, services  # noqa: PLC0415

        try:
            return cls(**services.checked(written))
        except services.SettingsError as error:
            raise files.InputError(str(error)) from None
