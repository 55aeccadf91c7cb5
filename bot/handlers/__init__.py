"""One behaviour, one file; a handler exists because its file does.

A handler module holds `EVENTS` (event name -> the actions it answers), `QUEUE`, `trim(payload)`
(the plain JSON it needs of a delivery, or None when there is nothing to do) and
`async def handle(job, gh)`, which may return further jobs. What `trim` gives holds `repository`
({"id", "full_name"}), and `number` (a pull request's or an issue's) or `ref`: jobs of one queue
take turns for these.

Of a handler's jobs that wait for one turn only the last is done, as it finds what is newest. Where
each asks for something of its own, the module holds `EVERY = True`.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events import Job
    from bot.github import Client


class Handler(Protocol):
    EVENTS: Mapping[str, frozenset[str]]
    QUEUE: str

    def trim(self, payload: Mapping[str, Any]) -> dict[str, Any] | None: ...

    async def handle(self, job: Job, gh: Client) -> Sequence[Job] | None: ...


def every(handler: Handler) -> bool:
    """Whether each of a handler's jobs is to be done, whatever comes after it."""
    return bool(getattr(handler, "EVERY", False))


def load() -> dict[str, Handler]:
    """Every handler by its module's name, found by its presence in this folder."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: cast("Handler", importlib.import_module(f"{__name__}.{name}")) for name in names}
