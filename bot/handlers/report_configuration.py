"""The configuration on the default branch cannot be used as it is: one issue says so.

It is written anew as the file changes, and closed when the file reads well. What a pull request
brings is told in its own check run; this is for what was pushed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import config, inherit, issues, reading, texts
from bot.push_comment import stacked
from rules import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.config import Problem
    from bot.events import Job
    from bot.github import Client
    from rules import Text

EVENTS: dict[str, frozenset[str]] = {}  # `check_push` asks for it
QUEUE = "pull"

_TOPIC = "configuration"
_SHOWN = 50  # problems


def trim(_payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """No delivery asks for this."""
    return None


async def handle(job: Job, gh: Client) -> None:
    """Open, renew or close the issue, as the file on the default branch is now."""
    repo = job.data["repository"]["full_name"]
    own = await texts.read(gh, repo, config.PATH)
    found = await inherit.resolve(gh, repo, own, None)
    # What an owner's other files have wrong is told where they stand, not in every repository.
    problems = [problem for problem in found.problems if problem.file == config.PATH]
    issue = await issues.find(gh, repo, _TOPIC)
    if problems or issue:
        reading.speak(gh, found.settings, {"readme": await texts.read(gh, repo, reading.README)})
    if problems:
        told = _told(problems, f"{job.data['blob']}/{config.PATH}")
        body = gh.words(issues.marked(told, _TOPIC))
        if issue is None:
            await issues.create(gh, repo, say("The configuration needs a look"), body)
        elif issue.body.replace("\r\n", "\n").rstrip() != body:
            await issues.update(gh, repo, issue, body)
    elif issue:
        mended = say("`{file}` reads well again. Thank you for mending it!", file=config.PATH)
        await issues.close(gh, repo, issue, issues.marked(mended, _TOPIC))


def _told(problems: Sequence[Problem], address: str) -> Text:
    opening = say(
        "`{file}` cannot be used as it stands; until it is mended, the defaults apply.",
        file=config.PATH,
    )
    closing = say("I renew this issue with each push, and close it when the file reads well.")
    told = [_problem(problem, address) for problem in problems[:_SHOWN]]
    left = len(problems) - len(told)
    more = [say("And {number} more.", number=left)] if left else []
    return stacked([opening, *told, *more, closing])


def _problem(problem: Problem, address: str) -> Text:
    return say(
        "- [line {line}]({address}#L{line}), column {column}: {message}",
        line=problem.line,
        address=address,
        column=problem.column,
        message=problem.message,
    )
