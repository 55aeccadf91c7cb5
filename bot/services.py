"""The services that are asked, as the environment names them: for the server and for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
)

from bot.command_settings import CommandSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
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
        default=CommandSettings.github_api_url,
        description="GitHub's REST API; of an Enterprise Server https://HOST/api/v3",
    )
    arxiv_api_url: Annotated[str, AfterValidator(web_address)] = Field(
        default=CommandSettings.arxiv_api_url,
        description="arXiv's API, or a mirror of it",
    )
    doi_api_url: Annotated[str, AfterValidator(web_address)] = Field(
        default=CommandSettings.doi_api_url,
        description="the handle service that knows DOIs",
    )
    link_ports: Annotated[frozenset[int], BeforeValidator(ports)] = Field(
        default=CommandSettings.link_ports,
        description="ports besides 80 and 443 on which links are asked, with commas between",
    )

    @property
    def graphql_url(self) -> str:
        """The GraphQL endpoint that belongs to `github_api_url`."""
        return graphql_of(self.github_api_url)


class _Environment(Services):
    github_token: SecretStr | None = Field(
        default=None, description="a token with which GitHub is asked"
    )


def checked(written: Mapping[str, str]) -> dict[str, Any]:
    """The values of `CommandSettings` from what the environment holds.

    Raises:
        SettingsError: it names every variable that is wrong.
    """
    # pydantic-settings would read them, too, and take longer to load.
    try:
        return dict(_Environment.model_validate(written))
    except ValidationError as error:
        # Without its cause, whose text would show the values.
        raise SettingsError(explain(_Environment, error, None)) from None


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
