"""The GraphQL operations that read a pull request or a push, and texts around it, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import texts

if TYPE_CHECKING:
    from collections.abc import Collection

# A human's reply is looked for among the first ten comments of a thread.
_SAID = """
fragment said on PullRequest {
  reviewThreads(first: 100, after: $threads) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id path line startLine isResolved resolvedBy { login }
      comments(first: 10) { nodes { id fullDatabaseId body viewerDidAuthor author { login } } }
    }
  }
  reviews(first: 100, after: $reviews) {
    pageInfo { hasNextPage endCursor } nodes { body viewerDidAuthor }
  }
}
"""
_READ = """
query($owner: String!, $name: String!, $number: Int!, $threads: String, $reviews: String%s) {
  repository(owner: $owner, name: $name) {
    url
    pullRequest(number: $number) {
      headRefOid headRefName baseRefName baseRefOid state isDraft
      isCrossRepository maintainerCanModify authorAssociation
      baseRef { target { oid } }
      headRepository { nameWithOwner owner { __typename } }
      author { login __typename } labels(first: 100) { nodes { name } }
      commits(last: 50) { nodes { commit { oid message } } }
      comments(last: 50) { nodes { id body viewerDidAuthor } }
      ...said
    }
    pullRequests(states: OPEN, first: 30, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { number }
    }%s
  }%s
}
"""
_PUSH = """
query($owner: String!, $name: String!, $branch: String!%s) {
  repository(owner: $owner, name: $name) {
    url
    ...waiting%s
  }%s
}
"""
_ONLY_WAITING = """
query($owner: String!, $name: String!, $branch: String!) {
  repository(owner: $owner, name: $name) { ...waiting }
}
"""
_WAITING = """
fragment waiting on Repository {
  pullRequests(
    states: OPEN, baseRefName: $branch, first: 50, orderBy: {field: CREATED_AT, direction: DESC}
  ) {
    nodes { number headRefOid isDraft }
  }
}
"""
_MORE = """
query($owner: String!, $name: String!, $number: Int!, $threads: String, $reviews: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { ...said } }
}
"""
OBJECT = "object(expression: $%s) { " + texts.FIELDS + " }"
# The owner's defaults, at `$defaults`.
OWNER = f"""
  owner: repository(owner: $owner, name: ".github") {{
    file: object(expression: $defaults) {{ {texts.FIELDS} }}
  }}"""


def pull_request(aliases: Collection[str] = (), *, defaults: bool = False) -> str:
    """The operation.

    Args:
        aliases: names of files, and of the variables that say where each is ("sha:path").
        defaults: whether to read `$defaults` in the owner's `.github` repository, as `owner`.
    """
    return _filled(_READ, aliases, defaults=defaults) + _SAID


def push(aliases: Collection[str] = (), *, defaults: bool = False) -> str:
    """The same around a push to `$branch`, with the pull requests that wait for that branch."""
    return _filled(_PUSH, aliases, defaults=defaults) + _WAITING


def waiting() -> str:
    """The operation for the pull requests that wait for `$branch`, the newest fifty."""
    return _ONLY_WAITING + _WAITING


def _filled(operation: str, aliases: Collection[str], *, defaults: bool) -> str:
    variables = [*aliases, *(["defaults"] if defaults else [])]
    declared = "".join(f", ${name}: String!" for name in variables)
    asked = "".join(f"\n    {alias}: {OBJECT % alias}" for alias in aliases)
    return operation % (declared, asked, OWNER if defaults else "")


def more_said() -> str:
    """The operation for what stands past the first hundred threads or reviews."""
    return _MORE + _SAID
