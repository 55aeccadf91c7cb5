"""Settings from the environment and `.env`, under the names that Probot uses."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.services import Services, SettingsError, explain, web_address

ENV_FILE = Path(".env")


def _database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url


def _not_blank(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().strip():
        raise ValueError("must not be blank")
    return secret


class _Credentials(BaseSettings):
    """What only someone who has registered a GitHub App can have set."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    app_id: str | None = None
    private_key: SecretStr | None = None
    private_key_path: Path | None = None
    webhook_secret: SecretStr | None = None

    def __init__(self, env_file: Path | None) -> None:
        super().__init__(_env_file=env_file)


class Settings(BaseSettings, Services):
    """All that can be set for the server; `Settings.load()` makes one."""

    model_config = SettingsConfigDict(
        extra="ignore", env_ignore_empty=True, frozen=True, enable_decoding=False
    )

    app_id: str = Field(description="the App's ID, on its settings page under About")
    private_key_path: Path | None = Field(
        default=None, description="the .pem file that GitHub gave for the App's private key"
    )
    private_key: SecretStr = Field(
        default=SecretStr(""),
        validate_default=True,
        description="the App's private key (the text of its .pem file)",
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_not_blank)] = Field(
        description="the secret set on the App's settings page under Webhook"
    )
    port: int = Field(default=3000, ge=0, le=65535, description="the port to listen on")
    host: str = Field(default="127.0.0.1", description="the address to listen on")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="how much to log: debug, info, warning or error"
    )
    public_url: Annotated[str, AfterValidator(web_address)] | None = Field(
        default=None,
        description="where people reach this server; comments link to the rules' pages there",
    )
    link_check: bool = Field(
        default=True, description="whether links are asked at all: true or false"
    )
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default="sqlite:///listwright.sqlite",
        repr=False,  # it may hold a password
        description="where jobs are kept: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
    )

    def __init__(self, env_file: Path | None) -> None:
        super().__init__(_env_file=env_file)

    @classmethod
    def load(cls, env_file: Path | None = ENV_FILE) -> Self:
        """Read the environment, and `env_file` for what is not set there.

        Raises:
            SettingsError: it names every variable that is missing or wrong.
        """
        try:
            return cls(env_file)
        except ValidationError as error:
            # Without its cause, whose text would show the values.
            raise SettingsError(explain(cls, error, env_file)) from None

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("private_key")
    @classmethod
    def _pem(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        # As Probot does: newlines may be written as \n, for systems that allow one line only.
        text = value.get_secret_value().replace("\\n", "\n").strip()
        path: Path | None = info.data.get("private_key_path")
        if not text and not path:
            raise ValueError("missing; PRIVATE_KEY_PATH may name the file instead")
        if not text and path:
            text = _read(path)
        if "PRIVATE KEY-----" not in text:
            raise ValueError("is no PEM text: it begins with -----BEGIN RSA PRIVATE KEY-----")
        return SecretStr(text + "\n")

    @staticmethod
    def credentials_given(env_file: Path | None = ENV_FILE) -> bool:
        """Whether anything of a GitHub App is set; if nothing is, practice mode makes sense."""
        return any(value is not None for _, value in _Credentials(env_file))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a text file"
        raise ValueError(f"cannot be read from PRIVATE_KEY_PATH {path}: {why}") from error
