"""What GitHub's answers mean: defects, limits and errors. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

# Status, headers with lower-case names, body.
Response: TypeAlias = tuple[int, Mapping[str, str], bytes]

LIMIT_WAIT = 60.0  # seconds; GitHub's advice where it names no time


class GraphQLError(Exception):
    """A query that GitHub could not answer in full.

    Attributes:
        data: what GitHub gave nevertheless, or None.
        kinds: GitHub's name for each kind of error, such as "FORBIDDEN".
        fields: the top field of each error; empty where it is about all of them.
    """

    def __init__(
        self,
        messages: list[str],
        data: dict[str, Any] | None,
        kinds: Sequence[str] = (),
        fields: Sequence[str] = (),
    ) -> None:
        super().__init__("; ".join(messages))
        self.data = data
        self.kinds = tuple(kinds)
        self.fields = tuple(fields)


def only_out_of_sight(errors: Sequence[Mapping[str, Any]], field: str) -> bool:
    """Whether nothing went wrong but that a field is not there, or not for us."""
    return all(
        error.get("type") in {"NOT_FOUND", "FORBIDDEN"} and error.get("path", [])[:1] == [field]
        for error in errors
    )


def worth_repeating(answer: Response | str) -> bool:
    """Whether a moment may mend it: also a 404, as replicas learn of new objects late."""
    return isinstance(answer, str) or answer[0] == 404  # noqa: PLR2004


def defect(response: Response) -> str | None:
    status, _, body = response
    if status >= 500:  # noqa: PLR2004
        return f"GitHub answered {status}"
    if status < 300 and body:  # noqa: PLR2004
        try:
            json.loads(body)
        except ValueError:
            return f"GitHub answered {status} with something that is not JSON"
    return None


def seconds_to_wait(response: Response, now: float) -> float | None:
    """How long a rate limit, primary or secondary, asks us to wait; None where it is none."""
    status, headers, body = response
    spent = headers.get("x-ratelimit-remaining") == "0"
    told = headers.get("retry-after", "")
    refused = status == 403 and (spent or told or b"rate limit" in body.lower())  # noqa: PLR2004
    if status != 429 and not refused:  # noqa: PLR2004
        return None
    if told.isdecimal():
        return max(1.0, float(told))
    return until(float(headers.get("x-ratelimit-reset", now)), now) if spent else LIMIT_WAIT


def until(reset: float, now: float) -> float:
    return max(1.0, reset - now + 1)  # a second more, as clocks differ
