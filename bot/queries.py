"""The GraphQL operation that reads a pull request, and texts around it, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import texts

if TYPE_CHECKING:
    from collections.abc import Collection

_SAID = """
fragment said on PullRequest {
  reviewThreads(first: 100, after: $threads) {
    pageInfo { hasNextPage endCursor }
    nodes { comments(first: 1) { nodes { body viewerDidAuthor } } }
  }
  reviews(first: 100, after: $reviews) {
    pageInfo { hasNextPage endCursor } nodes { body viewerDidAuthor }
  }
}
"""
_READ = """
query($owner: String!, $name: String!, $number: Int!, $threads: String, $reviews: String%s) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid baseRefName baseRefOid state isDraft
      baseRef { target { oid } } headRepository { nameWithOwner }
      author { login } labels(first: 100) { nodes { name } }
      ...said
    }%s
  }%s
}
"""
_OBJECT = "object(expression: $%s) { " + texts.FIELDS + " }"
_OWNER = """
  owner: repository(owner: $owner, name: ".github") {
    file: object(expression: $defaults) { %s }
  }"""


def pull_request(aliases: Collection[str] = (), *, defaults: bool = False) -> str:
    """The operation.

    Args:
        aliases: names of files, and of the variables that say where each is ("sha:path").
        defaults: whether to read `$defaults` in the owner's `.github` repository, as `owner`.
    """
    variables = [*aliases, *(["defaults"] if defaults else [])]
    declared = "".join(f", ${name}: String!" for name in variables)
    asked = "".join(f"\n    {alias}: {_OBJECT % alias}" for alias in aliases)
    return _READ % (declared, asked, _OWNER % texts.FIELDS if defaults else "") + _SAID
