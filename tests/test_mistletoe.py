"""What is spared when mistletoe is imported is known all the same."""

from __future__ import annotations

import subprocess
import sys

_TELL = """
import sys
from mistletoe import core_tokens
told = (chr(at) in core_tokens.punctuation for at in range(sys.maxunicode + 1))
print(*(at for at, yes in enumerate(told) if yes))
"""


def told(before: str) -> str:
    """The punctuation that mistletoe knows in a process of its own."""
    command = [sys.executable, "-c", before + _TELL]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_same_characters_are_punctuation() -> None:
    assert told("import rules") == told("")
