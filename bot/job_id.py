"""A job's id in the engine: what makes it unique for ever."""

from __future__ import annotations

import re
from typing import NamedTuple

_PARTS = re.compile(r"(?P<base>.*?)(?::r(?P<redelivery>\d+))?(?::a(?P<attempt>\d+))?", re.DOTALL)


class JobId(NamedTuple):
    """`{delivery}:{handler}`, then `:r{n}` once redelivered, then `:a{n}` once continued."""

    base: str
    redelivery: int = 0
    attempt: int = 0

    @classmethod
    def read(cls, text: str) -> JobId:
        parts = _PARTS.fullmatch(text)
        assert parts, "the pattern takes any text"
        return cls(parts["base"], int(parts["redelivery"] or 0), int(parts["attempt"] or 0))

    @property
    def delivery(self) -> str:
        return self.base.rpartition(":")[0]

    @property
    def handler(self) -> str:
        return self.base.rpartition(":")[2]

    def redelivered(self) -> JobId:
        """The id under which a delivery that failed is taken once more."""
        return JobId(self.base, self.redelivery + 1)

    def continued(self) -> JobId:
        """The id of the job that goes on where this one could not."""
        return self._replace(attempt=self.attempt + 1)

    def __str__(self) -> str:
        redelivery = f":r{self.redelivery}" if self.redelivery else ""
        return self.base + redelivery + (f":a{self.attempt}" if self.attempt else "")
