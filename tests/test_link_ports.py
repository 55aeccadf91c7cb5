"""The server asks the ports that its operator allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app import services
from bot.links.limits import silent
from bot.practice.github import OfflineGitHub
from bot.settings import Settings
from tests.offline import REPO, Wire, app_of, job_for

if TYPE_CHECKING:
    from pathlib import Path

URL = "http://10.0.0.1:8080/"


@pytest.mark.parametrize(
    ("ports", "status"),
    [(frozenset[int](), "a port that is not asked"), (frozenset({8080}), "no public address")],
)
async def test_a_port_is_asked_where_the_settings_say_so(
    tmp_path: Path, ports: frozenset[int], status: str
) -> None:
    github = OfflineGitHub()
    github.add_repository(REPO, {})
    url = f"sqlite:///{tmp_path / 'jobs.sqlite'}"
    settings = Settings.model_construct(database_url=url, link_ports=ports)
    async with (
        services(settings) as outside,
        app_of(Wire(github)).installation(job_for(github)) as gh,
    ):
        assert outside.desk
        found = await outside.desk.ask(gh, [URL], silent)
    assert found[URL].status == status
