"""What several test files share: Hypothesis's profile, and databases, PostgreSQL's among them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator


# The same examples each time, so that a change is judged by itself; and no clock.
# `pytest --hypothesis-profile=search` draws new ones.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("search", derandomize=False, deadline=None, database=None)
settings.load_profile("steady")


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server on a Unix socket in its own temporary folder."""

    programs: Path
    folder: Path
    user: str | None

    def run(self, program: str, *args: str) -> None:
        """PostgreSQL refuses to work as root, so it works as its own user."""
        subprocess.run(
            [self.programs / program, "-D", self.folder / "data", *args],
            check=True,
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        options = f"-F -k {self.folder} -c listen_addresses="
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-w", "-m", "immediate", "stop")

    @property
    def standing_database(self) -> str:
        """The URL of the database that every server has."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def new_database(self) -> str:
        """The URL of a database that the engine will create."""
        return self.standing_database.replace("@/postgres", f"@/t{uuid.uuid4().hex}")


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL, or a skip that says how to get one."""
    programs = _programs()
    if not programs or not (programs / "initdb").exists():
        pytest.skip("no PostgreSQL here; bin/install-test-services gets it")
    user = "postgres" if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="listwright-pg-") as name:
        server = Postgres(programs, Path(name), user)
        if user:
            os.chown(name, pwd.getpwnam(user).pw_uid, -1)
        server.run("initdb", "-A", "trust", "-U", "postgres", "--no-sync")
        server.start()
        yield server
        server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/jobs.sqlite"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()
