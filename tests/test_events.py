from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import Job, jobs_for


def pull_request(**changes: Any) -> dict[str, Any]:
    """A delivery as GitHub sends it, as far as anything here could want to read it."""
    repository = {"id": 186853002, "name": "lists", "full_name": "o/lists", "owner": {"login": "o"}}
    branch = {"ref": "main", "sha": "a" * 40, "repo": repository}
    payload = {
        "action": "opened",
        "number": 2,
        "pull_request": {"number": 2, "draft": False, "head": branch, "base": branch}
        | {"user": {"login": "someone"}},
        "repository": repository,
        "installation": {"id": 42},
        "sender": {"login": "someone", "type": "User"},
    }
    return {**payload, **changes}


@pytest.mark.parametrize("action", ["opened", "synchronize", "reopened", "ready_for_review"])
def test_a_pull_request_that_changed_is_linted(action: str) -> None:
    [job] = jobs_for("pull_request", "guid", pull_request(action=action))
    assert (job.handler, job.delivery, job.queue) == ("lint_pull_request", "guid", "pull")
    assert (job.key, job.installation, job.attempt) == ("186853002#2", 42, 0)


def test_an_edit_is_linted_only_when_it_changed_the_base() -> None:
    base = pull_request(action="edited", changes={"base": {"ref": {"from": "old"}}})
    title = pull_request(action="edited", changes={"title": {"from": "old"}})
    assert len(jobs_for("pull_request", "guid", base)) == 1
    assert jobs_for("pull_request", "guid", title) == []


def test_a_delivery_of_a_repository_hook_has_no_installation() -> None:
    payload = pull_request()
    del payload["installation"]
    [job] = jobs_for("pull_request", "guid", payload)
    assert job.installation is None


@pytest.mark.parametrize(
    ("event", "action"), [("pull_request", "assigned"), ("ping", None), ("event_of_2030", "opened")]
)
def test_what_we_do_not_answer_means_no_job(event: str, action: str | None) -> None:
    assert jobs_for(event, "guid", pull_request(action=action)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"action": ["opened"]},
        {"action": {"opened": 1}},
        {"repository": None},
        {"repository": []},
        {"repository": {}},
        {"number": True},
        {"number": "2"},
        {"number": 10**400},
        {"number": -1},
        {"number": float("inf")},
        {"installation": "42"},
        {"installation": {"id": "../1"}},
    ],
)
def test_a_shape_that_is_not_githubs_means_no_job(changes: dict[str, Any]) -> None:
    assert jobs_for("pull_request", "guid", pull_request(**changes)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "opened", "id"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "base", "head", "login"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(changes=st.dictionaries(st.sampled_from(sorted(pull_request())), JSON))
def test_no_payload_whatever_raises(changes: dict[str, Any]) -> None:
    action = pull_request(**changes)
    assert all(isinstance(job, Job) for job in jobs_for("pull_request", "guid", action))
