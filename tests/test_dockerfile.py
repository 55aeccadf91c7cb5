"""The image's recipe, read and not built: no Docker is needed here. CI builds it and runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


def instructions() -> list[tuple[str, str]]:
    """(keyword, rest) of each instruction, continued lines joined, comments left out."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    joined = re.sub(r"\\\n\s*", "", lines)
    words = (line.partition(" ") for line in joined.splitlines() if line)
    return [(keyword, rest.strip()) for keyword, _, rest in words]


def final_stage() -> list[tuple[str, str]]:
    everything = instructions()
    last = max(at for at, (keyword, _) in enumerate(everything) if keyword == "FROM")
    return everything[last:]


def of(keyword: str, stage: list[tuple[str, str]]) -> list[str]:
    return [rest for each, rest in stage if each == keyword]


def environment() -> dict[str, str]:
    words = " ".join(of("ENV", final_stage())).split()
    return dict(word.split("=", 1) for word in words)


def health_command() -> list[str]:
    [check] = of("HEALTHCHECK", final_stage())
    command: list[str] = json.loads(check.partition("CMD ")[2])
    return command


@contextmanager
def answering(status: int) -> Iterator[tuple[int, list[str]]]:
    """A loopback server with one status for all: its port, and the paths that were asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet: the test reads `asked`."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server.server_port, asked
        server.shutdown()
        thread.join()


def run_health_command(port: int) -> int:
    program, *rest = health_command()
    assert program == "python"
    elsewhere = {"PORT": str(port), "HTTP_PROXY": "http://127.0.0.1:9", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, *rest], env=elsewhere, capture_output=True, check=False, timeout=30
    )
    return done.returncode


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_health_check_asks_healthz_and_believes_its_status(
    status: int, *, healthy: bool
) -> None:
    with answering(status) as (port, asked):
        assert (run_health_command(port) == 0) is healthy
    assert asked == ["/healthz"]


def test_the_server_does_not_run_as_root() -> None:
    [*_, user] = of("USER", final_stage())
    assert user not in {"root", "0"}
    assert f"--uid {user} " in " ".join(of("RUN", final_stage()))


def test_the_database_lies_on_the_only_volume() -> None:
    [volume] = of("VOLUME", final_stage())
    assert environment()["DATABASE_URL"].startswith(f"sqlite:///{volume}/")
    assert f"install --directory --owner listwright {volume}" in " ".join(of("RUN", final_stage()))


def test_the_server_is_reached_from_outside_its_container() -> None:
    assert environment()["HOST"] == "0.0.0.0"
    assert of("EXPOSE", final_stage()) == [environment()["PORT"]]
    assert of("CMD", final_stage()) == ['["listwright", "serve"]']


def test_nothing_is_installed_from_outside_without_its_hash() -> None:
    installs = [
        command
        for run in of("RUN", instructions())
        for command in run.split("&&")
        if re.search(r"\bpip\b.* (install|wheel|download) ", command)
    ]
    assert len(installs) > 1
    for command in installs:
        hashed = "--require-hashes --requirement requirements" in command
        assert hashed or (
            "--no-deps" in command and re.search(r"--no-(index|build-isolation)", command)
        )


def test_the_image_is_slim_and_leaves_its_build_behind() -> None:
    stages = of("FROM", instructions())
    assert len(stages) > 1
    assert all("-slim" in stage for stage in stages)
    assert all(copy.startswith("--from=build ") for copy in of("COPY", final_stage()))


def test_what_is_copied_exists_and_reaches_the_build() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copies = [copy.split()[:-1] for copy in of("COPY", instructions()) if "--from" not in copy]
    sources = [source for copy in copies for source in copy]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert [source for source in sources if f"!{source}" not in ignored] == []
    assert "*" in ignored
