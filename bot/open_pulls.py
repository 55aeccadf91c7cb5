"""The same paper in another open pull request: who is compared with whom, and what is said."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot import comment_life, diff, escape, pushes
from bot.posts import ReviewComment
from bot.pulls import place_of
from bot.twin_rows import Theirs
from rules import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.comment_life import Life, Said
    from bot.github import Client
    from bot.pulls import Thread
    from bot.reading import Reading
    from bot.review import File
    from bot.twin_rows import Twin
    from rules import Text

_COMPARED = 10  # pull requests at most, the newest
_FILES = 100  # of a pull request, all on one page
_INLINE_AT_MOST = 5  # comments, where there are more than `max_comments`
_TOLD = """
query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: 50, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes {
        number headRefOid baseRefName
        reviewThreads(last: 30) {
          nodes { comments(first: 1) { nodes { body viewerDidAuthor } } }
        }
      }
    }
  }
}
"""


def about_others(threads: Sequence[Thread]) -> list[Thread]:
    """Our threads that speak of another pull request."""
    return [thread for thread in threads if comment_life.mark_of(thread.body).pull]


def worth_comparing(found: Reading, files: Sequence[File]) -> bool:
    """Whether an older pull request may add the same, or we said once that one does."""
    older = any(number < found.number for number in found.state.others)
    adds = any(file.judgement.changes.touched for file in files)
    return (older and adds) or bool(about_others(found.state.threads))


def compared(number: int, waiting: Sequence[int], told: Sequence[Thread]) -> list[int]:
    """The older open pull requests to compare with, oldest first: those spoken of, and the newest.

    `waiting` are the open ones against the same branch.
    """
    older = sorted((other for other in waiting if other < number), reverse=True)
    spoken_of = {comment_life.mark_of(thread.body).pull for thread in told}
    first = [other for other in older if other in spoken_of]
    rest = [other for other in older if other not in spoken_of]
    return sorted([*first, *rest][:_COMPARED])


async def files_of(gh: Client, repo: str, number: int) -> list[Theirs] | None:
    """The Markdown files that a pull request changes; None where not all can be seen."""
    url = "/repos/{owner}/{name}/pulls/{number}/files?per_page=100"
    files = await gh.getitem(url, place_of(repo) | {"number": str(number)})
    found = [file for file in files if file["filename"].lower().endswith((".md", ".markdown"))]
    if len(files) >= _FILES or any(file.get("patch") is None for file in found):
        return None
    return [Theirs(number, file["filename"], file["patch"]) for file in found]


def say_so(twin: Twin) -> Text:
    """What is said on a row."""
    return say(
        "{title} is in #{number} too, which came first. Perhaps you can join forces there, and "
        "take this row out? If yours tells more, say so in #{number}: both are welcome.",
        title=_name(twin),
        number=twin.number,
    )


def _name(twin: Twin) -> Text:
    if not twin.title:
        return say("This paper")
    return say("*{title}*", title=escape.plain(twin.title))


def fingerprint(twin: Twin) -> str:
    """A name for one row in one other pull request, the same however lines move."""
    told = f"{twin.path}\nopen-pull\n{twin.anchor}\n{twin.number}"
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:16]


def comments(
    twins: Sequence[Twin], said: Said, patches: Mapping[str, str | None], most: int
) -> list[ReviewComment]:
    """The comments on rows of which nothing was said before."""
    fresh = [
        twin
        for twin in twins
        if fingerprint(twin) not in said.before
        and diff.fits(diff.commentable(patches[twin.path]), twin.line, twin.line)
    ]
    shown = fresh if len(fresh) <= most else fresh[: min(most, _INLINE_AT_MOST)]
    return [ReviewComment(twin.path, twin.line, None, _body(twin)) for twin in shown]


def _body(twin: Twin) -> str:
    return comment_life.marked(say_so(twin), [fingerprint(twin)], pull=twin.number)


def opening(number: int) -> Text:
    """The review's own words."""
    if number == 1:
        return say("One row waits in another pull request too.")
    return say("{number} rows wait in other pull requests too.", number=number)


def life(
    twins: Sequence[Twin],
    told: Sequence[Thread],
    waiting: Sequence[int],
    read: Mapping[int, Sequence[Theirs] | None],
) -> Life:
    """What is to be done with what we said before.

    Args:
        twins: what is true now.
        told: our threads that speak of other pull requests.
        waiting: the newest open pull requests against the same branch.
        read: what was read of those that were compared, None where not all could be seen.
    """

    def known(thread: Thread) -> bool:
        number = comment_life.mark_of(thread.body).pull or 0
        may_be_open = number in waiting or (len(waiting) >= pushes.WAITING and number < waiting[-1])
        return read.get(number) is not None or not may_be_open

    present = {fingerprint(twin): _body(twin) for twin in twins}
    threads = [thread for thread in told if known(thread)]
    return comment_life.life(threads, present, {thread.path for thread in threads})


async def speaking_of(gh: Client, repo: str, number: int) -> list[tuple[int, str, str]]:
    """The open pull requests where we spoke of another one: number, base branch and head."""
    answer = await gh.query(_TOLD, **place_of(repo))
    return [
        (pull["number"], pull["baseRefName"], pull["headRefOid"])
        for pull in answer["repository"]["pullRequests"]["nodes"]
        for thread in pull["reviewThreads"]["nodes"]
        for comment in thread["comments"]["nodes"][:1]
        if comment["viewerDidAuthor"] and comment_life.mark_of(comment["body"]).pull == number
    ]
