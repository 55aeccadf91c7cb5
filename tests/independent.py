"""Listwright's server in its own process, beside an independent GitHub that is no part of it."""

from __future__ import annotations

import importlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHARED = Path(__file__).parents[2] / "shared"
LISTS = SHARED / "lists"
SECRET = "s3cret"
PAGES = "https://listwright.example"


def github() -> Any:
    """The module that starts the independent GitHub, or a skip that says what is missing."""
    if not (SHARED / "ghsim").is_dir():
        pytest.skip("no independent GitHub beside the project: ../shared/ghsim is absent")
    if str(SHARED) not in sys.path:
        sys.path.append(str(SHARED))
    return importlib.import_module("ghsim.testing")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`listwright serve`, to be started, killed and started again on the same database."""

    def __init__(self, folder: Path, **settings: str) -> None:
        """`settings`: variables of its environment, beside those that it must have."""
        self.folder = folder
        self._settings = settings
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, world: Any) -> None:
        """Start and wait until it is ready to take deliveries."""
        settings = {
            "APP_ID": str(world.app_id),
            "PRIVATE_KEY_PATH": str(world.key_path),
            "WEBHOOK_SECRET": SECRET,
            "PORT": str(self.port),
            "GITHUB_API_URL": world.base,
            "DATABASE_URL": f"sqlite:///{self.folder / 'jobs.sqlite'}",
            "PUBLIC_URL": PAGES,
            "LINK_CHECK": "false",  # tests ask nobody
            **self._settings,
        }
        command = [sys.executable, "-m", "bot", "serve"]
        with (self.folder / "server.log").open("ab") as log:
            root = str(Path(__file__).parents[1])
            self._process = subprocess.Popen(
                command,
                env=os.environ | settings | {"PYTHONPATH": root},
                cwd=self.folder,
                stderr=log,
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise AssertionError((self.folder / "server.log").read_text())

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)

    def log(self) -> str:
        return (self.folder / "server.log").read_text()


def reply(sim: Any, user: str, repo: str, number: int, comment: int) -> None:
    """Answer a review comment as a person does, through GitHub's own API."""
    url = f"{sim.base}/repos/{repo}/pulls/{number}/comments/{comment}/replies"
    headers = {
        "accept": "application/vnd.github+json",
        "authorization": f"token {sim.post('/tokens', user=user)['token']}",
        "content-type": "application/json",
        "x-github-api-version": "2022-11-28",
    }
    request = urllib.request.Request(url, data=b'{"body": "It is right so."}', headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 201


def until(sim: Any, true: Callable[[], Any]) -> None:
    """Wait until the independent GitHub has come to rest and something is true of it."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        sim.idle(quiet=0.3)
        if true():
            return
    raise AssertionError(sim.violations())


@contextmanager
def world(folder: Path, **settings: str) -> Iterator[tuple[Any, Server]]:
    """An independent GitHub that delivers to a Listwright server."""
    testing = github()
    server = Server(folder, **settings)
    with testing.Running(webhook_url=f"{server.url}/webhook", webhook_secret=SECRET) as sim:
        server.start(sim)
        try:
            yield sim, server
        finally:
            server.stop()
