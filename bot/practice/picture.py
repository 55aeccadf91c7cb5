"""What practice mode prints, as a picture for documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from pathlib import Path

_WIDTH = 100  # characters
# Fonts that would be loaded from elsewhere: whoever looks at it has one of their own.
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def recorder() -> Console:
    """A console that remembers what it prints."""
    return Console(record=True, width=_WIDTH)


def save(console: Console, path: Path) -> None:
    """Write what a recorder printed as SVG."""
    svg = console.export_svg(title="listwright practice", unique_id="listwright")
    path.write_text(_FONTS.sub("", svg), "utf-8")
