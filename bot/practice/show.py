"""A review and a check run on the terminal, much as GitHub shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.markdown import Markdown
from rich.panel import Panel
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console, RenderableType

    from bot.practice.github import OfflineGitHub

_SUGGESTION = re.compile(r"(?ms)^(`{3,})suggestion\n(.*?)^\1$")
_WHY = re.compile(r"\[Why\]\(([^)]+)\)")
_HIDDEN = re.compile(r"<!--.*?-->|</?(?:sub|details|summary)>", re.DOTALL)
_COLOURS = {"success": "green", "neutral": "yellow", "failure": "red"}

_CONNECT = """\
That was the whole way: a signed delivery, the durable engine, the review. To do it on GitHub:

1. Register a GitHub App from `app.yaml` (README, "On GitHub").
2. Put APP_ID, PRIVATE_KEY_PATH, WEBHOOK_SECRET and PUBLIC_URL into `.env`.
3. `make run` again: it serves GitHub then.

Your own list, without an account: `listwright practice --list README.md --head CHANGED.md`.
"""


def review(
    console: Console, github: OfflineGitHub, repository: str, number: int, check: Mapping[str, Any]
) -> None:
    """Print a pull request's review comments and its check run."""
    pull = github.repositories[repository].pulls[number]
    lines = pull_text(github, repository, number).split("\n")
    console.rule(f"{repository} #{number}: {pull.title}")
    for body in (found["body"] for found in github.reviews(repository, number)):
        console.print(Panel(Markdown(body), title="listwright[bot] reviewed", title_align="left"))
    for comment in github.review_comments(repository, number):
        title = f"{comment['path']} line {comment['line']}"
        console.print(Panel(Group(*_comment(comment, lines)), title=title, title_align="left"))
    console.print(_check(check))


def pull_text(github: OfflineGitHub, repository: str, number: int) -> str:
    """The list as the pull request has it."""
    place = github.repositories[repository]
    return place.store.commits[place.pulls[number].head].files["README.md"].decode()


def _comment(comment: Mapping[str, Any], lines: list[str]) -> Iterator[RenderableType]:
    body = comment["body"]
    found = _SUGGESTION.search(body)
    words = _SUGGESTION.sub("", body)
    pages = _WHY.findall(words)
    yield Markdown(_HIDDEN.sub("", _WHY.sub("", words)).replace("·", "").strip())
    if found:
        last = int(comment["line"])
        first = int(comment["start_line"] or last)
        yield Text("\nSuggested change", style="bold")
        yield from (Text(f"- {line}", style="red") for line in lines[first - 1 : last])
        yield from (Text(f"+ {line}", style="green") for line in found[2].splitlines())
    yield from (Text(f"\nWhy: {page}", style="dim") for page in pages)


def _check(check: Mapping[str, Any]) -> Panel:
    output, conclusion = check["output"], check["conclusion"]
    parts: list[RenderableType] = [Markdown(_HIDDEN.sub("", output["summary"]))]
    parts += [
        Text(f"{note['path']}:{note['start_line']} {note['message']}")
        for note in check.get("annotations", [])
    ]
    title = f"Check {check['name']}: {conclusion}, {output['title']}"
    return Panel(Group(*parts), title=title, title_align="left", border_style=_COLOURS[conclusion])


def farewell(console: Console, host: str, port: int) -> None:
    """Say what to do next, while the server keeps serving."""
    console.print(Markdown(_CONNECT))
    console.print(f"Serving on http://{host}:{port} until Ctrl-C; the Why pages are there too.")
