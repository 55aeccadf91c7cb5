"""app.yaml asks for exactly what the handlers need: whoever installs the App reads it first."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import handlers

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "app.yaml").read_text(encoding="utf-8")
MANIFEST: dict[str, Any] = yaml.safe_load(TEXT)

# The fields of GitHub's manifest flow; it ignores or refuses any other.
FIELDS = frozenset(
    "name url hook_attributes redirect_url callback_urls setup_url description public"
    " default_events default_permissions request_oauth_on_install setup_on_update".split()
)
# GitHub's documentation of each event: the permission that an App must hold to subscribe.
NEEDS = {
    "check_run": "checks",
    "check_suite": "checks",
    "issue_comment": "issues",
    "issues": "issues",
    "label": "metadata",
    "merge_group": "merge_queues",
    "pull_request": "pull_requests",
    "pull_request_review": "pull_requests",
    "pull_request_review_comment": "pull_requests",
    "pull_request_review_thread": "pull_requests",
    "push": "contents",
    "repository": "metadata",
}
# Every App gets these; a manifest that lists them is refused.
UNASKED = frozenset(
    {"installation", "installation_repositories", "installation_target", "github_app_authorization"}
)


def test_the_manifest_has_only_fields_that_github_knows() -> None:
    assert set(MANIFEST) <= FIELDS
    assert {"url", "hook_attributes", "default_events", "default_permissions"} <= set(MANIFEST)
    assert set(MANIFEST["hook_attributes"]) == {"url", "active"}


def test_an_app_may_be_named_so() -> None:
    assert len(MANIFEST["name"]) <= 34


def test_deliveries_go_to_the_webhook_route_over_https() -> None:
    assert MANIFEST["hook_attributes"]["active"] is True
    assert MANIFEST["hook_attributes"]["url"].startswith("https://")
    assert MANIFEST["hook_attributes"]["url"].endswith("/webhook")


def test_permissions_are_the_few_that_the_work_needs() -> None:
    assert MANIFEST["default_permissions"] == {
        "metadata": "read",
        "contents": "read",
        "merge_queues": "read",
        "pull_requests": "write",
        "issues": "write",
        "checks": "write",
    }


@pytest.mark.parametrize("event", MANIFEST["default_events"])
def test_each_event_is_allowed_by_the_permissions(event: str) -> None:
    assert NEEDS[event] in MANIFEST["default_permissions"]


def test_no_event_is_asked_for_twice_or_in_vain() -> None:
    events = MANIFEST["default_events"]
    assert len(events) == len(set(events))
    assert not UNASKED & set(events)


def test_every_event_that_a_handler_answers_is_delivered() -> None:
    answered = {event for handler in handlers.load().values() for event in handler.EVENTS}
    assert "pull_request" in answered
    assert answered - UNASKED <= set(MANIFEST["default_events"])


def test_each_permission_and_event_says_why() -> None:
    lines = [line for line in TEXT.splitlines() if re.match(r"  [\w-]", line)]
    assert len(lines) > len(MANIFEST["default_permissions"]) + len(MANIFEST["default_events"])
    assert [line for line in lines if " # " not in line] == []
