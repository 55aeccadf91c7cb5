"""Every webhook that GitHub documents, and many broken ones, against the real server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.acceptance

DELIVER = Path(__file__).parents[2] / "shared/deliver/deliver.py"
EXAMPLES = "node_modules/@octokit/webhooks-examples/api.github.com/index.json"
PACKAGE = "@octokit/webhooks-examples@7.6.1"


@pytest.fixture(scope="module")
def deliver() -> Path:
    if not DELIVER.exists():
        pytest.skip("no ../shared/deliver/deliver.py beside the project")
    return DELIVER


@pytest.fixture(scope="module")
def examples(deliver: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """GitHub's own examples: beside the program, else from npm."""
    beside = deliver.parent / EXAMPLES
    if beside.exists():
        return beside
    npm = shutil.which("npm")
    if not npm:
        pytest.skip(f"no examples: install npm, or run npm install {PACKAGE} in ../shared/deliver")
    folder = tmp_path_factory.mktemp("npm")
    command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", ".", PACKAGE]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if told.returncode:
        pytest.skip(f"no examples: npm install {PACKAGE} failed: {told.stderr[-300:]}")
    return folder / EXAMPLES


def test_no_delivery_whatever_makes_the_server_fail_or_hang(
    deliver: Path, examples: Path, tmp_path: Path
) -> None:
    program = Path(__file__).with_name("server_process.py")
    url = f"sqlite:///{tmp_path}/jobs.sqlite"
    with subprocess.Popen(
        [sys.executable, program, url, "s3cret"], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            webhook = f"http://127.0.0.1:{int(server.stdout.readline())}/webhook"
            command = [sys.executable, str(deliver), webhook, "s3cret", f"--examples={examples}"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        finally:
            server.kill()
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "0 failures" in done.stdout
