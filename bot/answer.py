"""A pull request that was read -> the review and the check run it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import check, config, inherit, judge, lists, posts, reading, review, threads
from bot.comment_life import Said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.github import Client
    from bot.reading import Reading

MUTED = "listwright: off"  # the label


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
        about: the rules that are worth a comment now; None: all of them.

    Returns:
        The lists that it spoke about.
    """
    if found.state.state != "OPEN":
        return ()
    base = await reading.settings(gh, found)
    proposed = await _proposed(gh, found, base)
    try:
        files = await reading.judge(found, base.settings)
    except judge.TooSlowError as error:
        await _check(gh, found, check.too_slow(str(error)), about)
        return ()
    if not files and proposed is None:
        if await _holds_list(found):
            await _check(gh, found, check.quiet(check.NO_LIST_TOUCHED), about)
            if found.changes.merge_base != found.state.head.sha:  # else nothing was compared
                plan = review_of(gh, found, (), base.settings)
                await threads.settle(gh, found.repo, plan.life)
    elif reason := quiet(found, base.settings):
        await _check(gh, found, check.quiet(reason), about)
    elif files:
        plan = review_of(gh, found, files, base.settings, about)
        refused = await _speak(gh, found, plan)
        await _check(gh, found, check.report(plan, base, refused, proposed), about)
        await threads.settle(gh, found.repo, plan.life)
        return files
    else:
        await _check(gh, found, check.configuration(proposed or ()), about)
    return ()


def review_of(
    gh: Client,
    found: Reading,
    files: Sequence[review.File],
    settings: config.Configuration,
    about: frozenset[str] | None = None,
) -> review.Plan:
    """What to say about a pull request now."""
    voice = review.Voice(gh.page_of, about)
    said = Said.on(found.state, found.touched)
    return review.plan(files, said, settings, voice)


async def _speak(gh: Client, found: Reading, plan: review.Plan) -> tuple[posts.ReviewComment, ...]:
    """Post the review, if there is one; the comments that GitHub refused.

    What belongs to it, the check run and what became of earlier comments, is for the caller.
    """
    settles = bool(plan.life.mended or plan.life.back)
    gh.require_writes(1 + bool(plan.comments) + settles)  # they belong together
    if not plan.comments:
        return ()
    head = found.state.head.sha
    return await posts.post_review(gh, found.repo, found.number, head, plan.body, plan.comments)


async def _check(
    gh: Client, found: Reading, result: posts.CheckRun, about: frozenset[str] | None
) -> None:
    """Post the check run; a head that is looked at again may have the same one already."""
    place = gh, found.repo, found.state.head.sha
    if not about or not await posts.has_check(*place, result):
        await posts.post_check(*place, result)


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
