"""The bytes of files that GraphQL answered with: the whole truth, or the REST blob instead."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.github import Client

FIELDS = "... on Blob { oid byteSize text }"  # what `fetch` needs of each GraphQL object
MAX_BYTES = 8_000_000  # a larger file is not fetched
_CORRUPT_WAIT = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Text:
    """A file's bytes, proven to be those of the blob `oid`."""

    oid: str
    data: bytes = field(repr=False)


async def fetch(
    gh: Client, repo: str, objects: Mapping[str, Mapping[str, Any] | None]
) -> dict[str, Text | None]:
    """The files by name; None where there is none, or one of more than MAX_BYTES.

    GraphQL cuts a text at 512,000 bytes and leaves out what it holds for binary, so its text is
    used only where it hashes to the blob's oid. One call for each blob where it does not.
    """
    known: dict[str, Text] = {}
    for file in objects.values():
        # A folder or a submodule in a file's place answers {}.
        if file and not oversized(file) and file["oid"] not in known:
            known[file["oid"]] = await _text(gh, repo, file)
    return {name: known.get(file["oid"]) if file else None for name, file in objects.items()}


_FILE = """
query($owner: String!, $name: String!, $expression: String!) {
  repository(owner: $owner, name: $name) { file: object(expression: $expression) { %s } }
}
"""


async def read(gh: Client, repo: str, path: str) -> Text | None:
    """One file of a repository's default branch; None where it is not there, or not for us."""
    owner, _, name = repo.partition("/")
    asked = {"owner": owner, "name": name, "expression": f"HEAD:{path}"}
    found = (await gh.query(_FILE % FIELDS, "repository", **asked))["repository"]
    return (await fetch(gh, repo, {"file": found["file"]}))["file"] if found else None


def oversized(file: Mapping[str, Any] | None) -> bool:
    """Whether a GraphQL object is a file too large to be fetched."""
    return file is not None and file.get("byteSize", 0) > MAX_BYTES


async def _text(gh: Client, repo: str, file: Mapping[str, Any]) -> Text:
    oid, data = file["oid"], (file["text"] or "").encode(errors="surrogatepass")
    if blob_oid(data, like=oid) == oid:
        return Text(oid, data)
    owner, _, name = repo.partition("/")
    url = "/repos/{owner}/{name}/git/blobs/{oid}"
    answer = await gh.getitem(url, {"owner": owner, "name": name, "oid": oid})
    data = base64.b64decode(answer["content"])
    if blob_oid(data, like=oid) != oid:
        raise TryLater(_CORRUPT_WAIT, f"blob {oid} of {repo} came with other bytes than its own")
    return Text(oid, data)


def blob_oid(data: bytes, *, like: str = "") -> str:
    """Git's name for a blob of these bytes, by the hash (SHA-1 or SHA-256) that `like` is of."""
    content = b"blob %d\0" % len(data) + data
    if len(like) == hashlib.sha256().digest_size * 2:
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
