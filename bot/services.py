"""The services that are asked, as the environment names them: for the server and for commands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

if TYPE_CHECKING:
    from pathlib import Path

_PORTS = 65_536


class SettingsError(Exception):
    """What is missing or wrong, all at once; the text is for the person who runs Listwright."""


def web_address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError("must begin with https://")
    return url.rstrip("/")


def ports(text: object) -> object:
    if not isinstance(text, str):
        return text
    found = [part.strip() for part in text.split(",")]
    if not all(port.isdecimal() and 0 < int(port[:6]) < _PORTS for port in found):
        raise ValueError("must be numbers from 1 to 65535 with commas between, such as 8080,8443")
    return frozenset(map(int, found))


def graphql_of(api_url: str) -> str:
    """The GraphQL endpoint that belongs to a REST API."""
    base = api_url.removesuffix("/v3") if api_url.endswith("/api/v3") else api_url
    return f"{base}/graphql"


class Services(BaseModel):
    """What is asked."""

    github_api_url: Annotated[str, AfterValidator(web_address)] = Field(
        default="https://api.github.com",
        description="GitHub's REST API; of an Enterprise Server https://HOST/api/v3",
    )
    arxiv_api_url: Annotated[str, AfterValidator(web_address)] = Field(
        default="https://export.arxiv.org/api/query",
        description="arXiv's API, or a mirror of it",
    )
    doi_api_url: Annotated[str, AfterValidator(web_address)] = Field(
        default="https://doi.org/api/handles",
        description="the handle service that knows DOIs",
    )
    link_ports: Annotated[frozenset[int], BeforeValidator(ports)] = Field(
        default=frozenset(),
        description="ports besides 80 and 443 on which links are asked, with commas between",
    )

    @property
    def graphql_url(self) -> str:
        """The GraphQL endpoint that belongs to `github_api_url`."""
        return graphql_of(self.github_api_url)


class CommandSettings(Services):
    """What commands take from the environment; a list's own folder may hold an alien `.env`."""

    model_config = ConfigDict(frozen=True)

    github_token: SecretStr | None = Field(
        default=None, description="a token with which GitHub is asked"
    )

    @classmethod
    def load(cls) -> Self:
        """Read the environment.

        Raises:
            SettingsError: it names every variable that is wrong.
        """
        # pydantic-settings would do this, and take longer to load than a small list to check.
        written = {name: os.environ.get(name.upper(), "") for name in cls.model_fields}
        try:
            return cls.model_validate({name: text for name, text in written.items() if text})
        except ValidationError as error:
            # Without its cause, whose text would show the values.
            raise SettingsError(explain(cls, error, None)) from None


def explain(kind: type[BaseModel], error: ValidationError, env_file: Path | None) -> str:
    """Every variable that is missing or wrong, by name, and what it is for."""
    where = f"the environment or in {env_file.name}" if env_file else "the environment"
    lines = [f"Listwright cannot start. Set these in {where}:"]
    for problem in error.errors(include_url=False, include_input=False):
        name = str(problem["loc"][0])
        told = problem["msg"].removeprefix("Value error, ")
        what = "missing" if problem["type"] == "missing" else told[0].lower() + told[1:]
        lines.append(f"  {name.upper()}: {what} ({kind.model_fields[name].description})")
    return "\n".join(lines)
