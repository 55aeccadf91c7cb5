"""What a command asks, in a thread of its own, since a command has a loop of its own."""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from tests.command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

_Given = TypeVar("_Given")


@contextmanager
def aside(serving: AbstractAsyncContextManager[_Given]) -> Iterator[_Given]:
    """Serve in another thread while the context lasts."""
    made: queue.SimpleQueue[tuple[_Given, Callable[[], object]]] = queue.SimpleQueue()

    async def serve() -> None:
        loop, end = asyncio.get_running_loop(), asyncio.Event()
        async with serving as given:
            made.put((given, lambda: loop.call_soon_threadsafe(end.set)))
            await end.wait()

    thread = threading.Thread(target=asyncio.run, args=[serve()])
    thread.start()
    given, stop = made.get(timeout=10)
    try:
        yield given
    finally:
        stop()
        thread.join()


def sweep(*args: str, **env: str | None) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit code, and what is found by link."""
    ended = run("sweep", *args, "--allow-loopback", "--format", "json", env=env)
    return ended.exit_code, json.loads(ended.stdout)
