"""What the command line loads, and when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from tests.command_line import run

COMMANDS = (
    "classify conventions explain fix forms init label lint practice schema serve sweep".split()
)


def test_help_tells_of_each_command() -> None:
    lines = run("--help").output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == COMMANDS
    assert all(len(line.split()) > 2 for line in lines)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(name: str) -> None:
    assert f" {name} [OPTIONS]" in run(name, "--help").output


def test_another_word_is_no_command() -> None:
    result = run("swep")
    assert result.exit_code == 2
    assert "No such command 'swep'" in result.output


def test_a_sweep_starts_without_what_others_need() -> None:
    script = """
import sys
from pathlib import Path
from bot.cli import main
main(["sweep", "--help"], standalone_mode=False)
print(*(name for name in ("aiohttp", "pydantic", "rich", "yaml") if name in sys.modules), "loaded")
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=Path(cli.__file__).parents[2]
    )
    assert done.stdout.splitlines()[-1].strip() == "loaded"
