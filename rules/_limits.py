"""How large a list may be, and the error that says what to do about a larger one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules._say import say

if TYPE_CHECKING:
    from rules._say import Text

MAX_BYTES = 10_000_000
MAX_TABLES = 5_000
MAX_ROWS = 50_000
MAX_CELLS = 1_000_000
MAX_CELL = 20_000


class DocumentError(ValueError):
    """A file that is not judged, with the reason and the way out."""

    def __init__(self, words: Text) -> None:
        super().__init__(words)
        self.words = words


def check_size(tables: int, rows: int, cells: int) -> None:
    """Raise DocumentError where a file has more than it may have."""
    if tables > MAX_TABLES:
        words = say(
            "The file has {number:,} tables, the limit is {most:,}; split it.",
            number=tables,
            most=MAX_TABLES,
        )
    elif rows > MAX_ROWS:
        words = say(
            "The file has {number:,} rows, the limit is {most:,}; split it.",
            number=rows,
            most=MAX_ROWS,
        )
    elif cells > MAX_CELLS:
        words = say(
            "The file has {number:,} cells, the limit is {most:,}; split it.",
            number=cells,
            most=MAX_CELLS,
        )
    else:
        return
    raise DocumentError(words)
