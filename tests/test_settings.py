from __future__ import annotations

import os
import subprocess
import sys
import traceback
from typing import TYPE_CHECKING

import pytest

from bot.services import SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

KEY = "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n"
SECRET = "s3cret"
GIVEN = {"APP_ID": "12", "PRIVATE_KEY": KEY.replace("\n", "\\n"), "WEBHOOK_SECRET": "hush"}


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def load(env_file: Path, **variables: str | None) -> Settings:
    """Settings from a file; a variable given as None is not in it."""
    merged = {**GIVEN, **variables}
    lines = [f"{name}={value}" for name, value in merged.items() if value is not None]
    env_file.write_text("\n".join(lines))
    return Settings.load(env_file)


def refusal(env_file: Path, **variables: str | None) -> str:
    with pytest.raises(SettingsError) as refused:
        load(env_file, **variables)
    return str(refused.value)


def test_what_is_given_is_read_and_the_rest_has_defaults(env_file: Path) -> None:
    settings = load(env_file, LOG_LEVEL="DEBUG")
    assert settings.app_id == "12"
    assert settings.private_key.get_secret_value() == KEY
    assert settings.webhook_secret.get_secret_value() == "hush"
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 3000, "debug")
    assert settings.github_api_url == "https://api.github.com"
    assert settings.arxiv_api_url == "https://export.arxiv.org/api/query"
    assert settings.doi_api_url == "https://doi.org/api/handles"
    assert settings.link_ports == frozenset()
    assert settings.database_url == "sqlite:///listwright.sqlite"


def test_the_private_key_may_be_in_a_file(env_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text(KEY)
    settings = load(env_file, PRIVATE_KEY=None, PRIVATE_KEY_PATH=str(file))
    assert settings.private_key.get_secret_value() == KEY


def test_all_that_is_missing_or_wrong_is_named_at_once_with_what_it_is_for(env_file: Path) -> None:
    told = refusal(
        env_file,
        APP_ID=None,
        PRIVATE_KEY=None,
        WEBHOOK_SECRET=None,
        PORT="http",
        LOG_LEVEL="loud",
        GITHUB_API_URL="github.example.com",
        DATABASE_URL="mysql://x/y",
    )
    lines = dict(line.strip().split(": ", 1) for line in told.splitlines()[1:])
    assert sorted(lines) == [
        "APP_ID",
        "DATABASE_URL",
        "GITHUB_API_URL",
        "LOG_LEVEL",
        "PORT",
        "PRIVATE_KEY",
        "WEBHOOK_SECRET",
    ]
    assert lines["APP_ID"] == "missing (the App's ID, on its settings page under About)"
    assert "PRIVATE_KEY_PATH may name the file instead" in lines["PRIVATE_KEY"]
    assert "must begin with sqlite:/// or postgresql://" in lines["DATABASE_URL"]
    assert "debug, info, warning or error" in lines["LOG_LEVEL"]


def test_ports_for_links_are_numbers_with_commas_between(env_file: Path) -> None:
    assert load(env_file, LINK_PORTS="8080, 8443").link_ports == {8080, 8443}


@pytest.mark.parametrize("ports", ["http", "0", "65536", "8080;8443", "8080,", "[8080]", "-1"])
def test_other_ports_are_refused_with_an_example(env_file: Path, ports: str) -> None:
    told = refusal(env_file, LINK_PORTS=ports)
    assert "LINK_PORTS: must be numbers from 1 to 65535" in told
    assert "8080,8443" in told


@pytest.mark.parametrize("secret", ["", "'   '"])
def test_a_blank_webhook_secret_is_refused(env_file: Path, secret: str) -> None:
    assert "WEBHOOK_SECRET: " in refusal(env_file, WEBHOOK_SECRET=secret)


def test_a_key_file_that_cannot_be_read_is_named(env_file: Path, tmp_path: Path) -> None:
    told = refusal(env_file, PRIVATE_KEY=None, PRIVATE_KEY_PATH=str(tmp_path / "gone.pem"))
    assert "gone.pem: No such file" in told


def test_no_secret_shows_in_a_refusal_or_in_the_settings_as_text(env_file: Path) -> None:
    with pytest.raises(SettingsError, match="is no PEM text") as refused:
        load(env_file, PRIVATE_KEY=SECRET, PORT=SECRET)
    told = "".join(traceback.format_exception(refused.value))
    settings = load(env_file, DATABASE_URL=f"postgresql://me:{SECRET}@db/x", WEBHOOK_SECRET=SECRET)
    assert SECRET not in told + repr(settings) + str(settings)
    assert "abc" not in repr(settings)


@pytest.mark.parametrize(
    ("api", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://github.example.com/api/v3", "https://github.example.com/api/graphql"),
        ("https://github.example.com/api/v3/", "https://github.example.com/api/graphql"),
        ("https://api.octo.ghe.com", "https://api.octo.ghe.com/graphql"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/graphql"),
    ],
)
def test_graphql_follows_the_api(env_file: Path, api: str, graphql: str) -> None:
    assert load(env_file, GITHUB_API_URL=api).graphql_url == graphql


def test_the_environment_comes_before_the_file_and_empty_means_not_set(env_file: Path) -> None:
    load(env_file)
    program = (
        "import sys; from pathlib import Path; from bot.settings import Settings;"
        "s = Settings.load(Path(sys.argv[1])); print(s.app_id, s.port)"
    )
    clean = {"PATH": os.environ["PATH"], "APP_ID": "77", "PORT": ""}
    printed = subprocess.run(
        [sys.executable, "-c", program, env_file], env=clean, capture_output=True, check=True
    )
    assert printed.stdout.split() == [b"77", b"3000"]


def test_credentials_are_given_when_any_of_them_is(env_file: Path) -> None:
    assert not Settings.credentials_given(env_file)
    env_file.write_text("PORT=3001\nAPP_ID=\n")
    assert not Settings.credentials_given(env_file)
    env_file.write_text("WEBHOOK_SECRET=hush\n")
    assert Settings.credentials_given(env_file)
