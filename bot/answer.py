"""A pull request that was read -> the review and the check run it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bot import (
    automatic,
    check,
    config,
    inherit,
    judge,
    lists,
    mend,
    posts,
    reading,
    review,
    threads,
)
from bot.automatic import Tried
from bot.comment_life import Said
from bot.mending import Work
from bot.retry import TryLater
from bot.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.github import Client
    from bot.reading import Reading

MUTED = "listwright: off"  # the label


class Mended(NamedTuple):
    """The fingerprints of what was mended just now, and what came of mending the rest."""

    fingerprints: frozenset[str]
    tried: Tried


def by_bot(payload: Mapping[str, Any]) -> bool:
    """Whether a bot pushed to a pull request of somebody else's."""
    sender = payload.get("sender") or {}
    author = payload["pull_request"].get("user") or {}  # an account that is gone has none
    pushed = payload["action"] == "synchronize" and sender.get("type") == "Bot"
    return bool(pushed and sender.get("login") != author.get("login"))


def where(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What a job about a pull request needs of a delivery."""
    repository, pull = payload["repository"], payload["pull_request"]
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "number": payload["number"],
        "base": str(pull["base"]["ref"]),
        "head": str(pull["head"]["sha"]),
    }


async def answer(
    gh: Client, found: Reading, about: frozenset[str] | None = None
) -> Sequence[review.File]:
    """Post the review and the check run, and tell in earlier comments what became of them.

    Args:
        gh: a client.
        found: the pull request.
        about: the rules that are worth a comment now; None: all of them, and what can be mended is
            mended where the configuration asks for it.

    Returns:
        The lists that it spoke about.

    Raises:
        TryLater: the branch keeps moving.
    """
    mended: frozenset[str] = frozenset()
    for _ in range(mend.TRIES):
        tried, files = await _answer(gh, found, about, mended)
        if not tried.moved:
            return files
        mended |= tried.fingerprints
        known = (found.state.base_ref, tried.head)
        found = await reading.read(gh, found.repo, found.number, *known)
    raise TryLater(mend.SETTLE, "the branch moves faster than it can be mended")


async def _answer(
    gh: Client, found: Reading, about: frozenset[str] | None, mended: frozenset[str]
) -> tuple[Tried, Sequence[review.File]]:
    """Mend, or speak: what was mended is another head, which is to be read anew."""
    if found.state.state != "OPEN":
        return Tried(), ()
    base = await reading.settings(gh, found)
    proposed = await _proposed(gh, found, base)
    try:
        files = await reading.judge(found, base.settings)
        tried = await _mend(gh, found, files, base.settings, about)
    except judge.TooSlowError as error:
        await _check(gh, found, check.too_slow(str(error)), about)
        return Tried(), ()
    if tried.moved:
        return tried, ()
    reason = quiet(found, base.settings)
    if files and not reason:
        plan = review_of(gh, found, files, base.settings, about)
        if about is None:
            plan = automatic.told(plan, found, mended, tried)
        refused = await _speak(gh, found, plan)
        await _check(gh, found, check.report(plan, base, refused, proposed), about)
        await threads.settle(gh, found.repo, plan.life)
        return tried, files
    if not files and proposed is None:
        await _without_list(gh, found, base.settings, about, Mended(mended, tried))
    else:
        result = check.quiet(reason) if reason else check.configuration(proposed or ())
        await _check(gh, found, result, about)
    return tried, ()


async def _without_list(
    gh: Client,
    found: Reading,
    settings: config.Configuration,
    about: frozenset[str] | None,
    done: Mended,
) -> None:
    """Say that no list is touched (any more: mending may have taken all away)."""
    if await _holds_list(found):
        await _check(gh, found, check.quiet(check.NO_LIST_TOUCHED), about)
    if quiet(found, settings) or found.changes.merge_base == found.state.head.sha:
        return  # nothing was compared
    plan = review_of(gh, found, (), settings)
    if about is None:
        await _speak(gh, found, automatic.told(plan, found, *done))
    await threads.settle(gh, found.repo, plan.life)


async def _mend(
    gh: Client,
    found: Reading,
    files: Sequence[review.File],
    settings: config.Configuration,
    about: frozenset[str] | None,
) -> Tried:
    if about is not None or quiet(found, settings):
        return Tried()
    said = Said.on(found.state, found.touched)
    return await automatic.mend(gh, Work(found, settings, said), files)


def review_of(
    gh: Client,
    found: Reading,
    files: Sequence[review.File],
    settings: config.Configuration,
    about: frozenset[str] | None = None,
) -> review.Plan:
    """What to say about a pull request now."""
    voice = Voice.on(found, gh.page_of, gh.words, about)
    said = Said.on(found.state, found.touched)
    return review.plan(files, said, settings, voice)


async def _speak(gh: Client, found: Reading, plan: review.Plan) -> tuple[posts.ReviewComment, ...]:
    """Post the review, if there is one; the comments that GitHub refused.

    What belongs to it, the check run and what became of earlier comments, is for the caller.
    """
    settles = bool(plan.life.mended or plan.life.back)
    gh.require_writes(1 + bool(plan.body) + settles)  # they belong together
    if not plan.body:
        return ()
    head = found.state.head.sha
    return await posts.post_review(gh, found.repo, found.number, head, plan.body, plan.comments)


async def _check(
    gh: Client, found: Reading, result: posts.CheckRun, about: frozenset[str] | None
) -> None:
    """Post the check run; a head that is looked at again may have the same one already."""
    place = gh, found.repo, found.state.head.sha
    if not about or not await posts.has_check(*place, result):
        await posts.post_check(*place, result, found.number)


def quiet(found: Reading, settings: config.Configuration) -> str | None:
    """Why there is nothing to say about a pull request that touches a list."""
    if any(label.casefold() == MUTED for label in found.state.labels):
        return check.MUTED
    if found.state.draft:
        return check.WAITING
    return check.BOTS if found.state.bot and not settings.bots else None


async def _proposed(
    gh: Client, found: Reading, base: inherit.Inherited
) -> tuple[config.Problem, ...] | None:
    """What is wrong with the pull request's own configuration; None where it changes none."""
    texts = found.state.texts
    text = texts.get("proposal")
    if text is None:
        return None
    own = await inherit.resolve(gh, found.repo, text, texts.get("defaults"))
    return tuple(p for p in own.problems if p.file == config.PATH or p not in base.problems)


async def _holds_list(found: Reading) -> bool:
    """Whether the repository keeps a list at all, as far as its README tells."""
    readme = found.state.texts["readme"]
    return readme is not None and await lists.is_list(readme)
