"""Who may do what on the offline GitHub: the app's JWT, and its installation's tokens."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.practice import site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

APP_ID = str(site.APP_ID)
_LIFETIME = 3600  # seconds an installation token lasts
_LONGEST_JWT = 600  # seconds
_GRANTED = {
    "checks": "write",
    "contents": "read",
    "issues": "write",
    "metadata": "read",
    "pull_requests": "write",
}
_LEVELS = ("none", "read", "write")


class Refusal(Exception):  # noqa: N818  an answer of GitHub's, not an error of ours
    """An answer of 4xx."""

    def __init__(self, status: int, message: str, errors: list[Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"message": message} | ({"errors": errors} if errors else {})


@dataclass(frozen=True, slots=True)
class Grant:
    expires: float
    repositories: frozenset[int] | None
    permissions: Mapping[str, str]


@cache
def private_key() -> str:
    """The app's private key (PEM), made on first use: no key lies in the source."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


@cache
def _public_key() -> rsa.RSAPublicKey:
    key = serialization.load_pem_private_key(private_key().encode(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key.public_key()


class Access:
    """The tokens given out; `clock` tells their time, a JWT is held against the real one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._grants: dict[str, Grant] = {}
        self.granted = dict(_GRANTED)  # what the owner lets the app do

    def check_app(self, headers: Mapping[str, str]) -> None:
        """Refuse all but a JWT that the app's key signed, of ten minutes at most."""
        try:
            claims = jwt.decode(
                _credentials(headers), _public_key(), algorithms=["RS256"], issuer=APP_ID
            )
        except jwt.InvalidTokenError as error:
            raise Refusal(401, "A JSON web token could not be decoded") from error
        if claims["exp"] - claims["iat"] > _LONGEST_JWT:
            raise Refusal(401, "'Expiration time' claim ('exp') is too far in the future")

    def mint(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """A new installation token, narrowed as asked."""
        permissions = asked.get("permissions", self.granted)
        for name, level in permissions.items():
            if _LEVELS.index(level) > _LEVELS.index(self.granted.get(name, "none")):
                raise Refusal(
                    422, "The permissions requested are not granted to this installation."
                )
        ids = asked.get("repository_ids")
        expires = self._clock() + _LIFETIME
        token = "ghs_" + secrets.token_hex(18)
        self._grants[token] = Grant(expires, None if ids is None else frozenset(ids), permissions)
        until = datetime.fromtimestamp(expires, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"token": token, "expires_at": until, "permissions": permissions}

    def take_back(self, need: str) -> None:
        """The owner lets the app only read something; tokens given out feel it at once."""
        self.granted[need] = "read"
        for token, grant in self._grants.items():
            self._grants[token] = replace(grant, permissions={**grant.permissions, need: "read"})

    def revoke_all(self) -> None:
        """Every token given out so far is refused from now on."""
        self._grants.clear()

    def sees(self, headers: Mapping[str, str], repository: int) -> bool:
        """Whether a request's token covers a repository; refuse one that is no token."""
        grant = self._grant(headers)
        return grant.repositories is None or repository in grant.repositories

    def may_write(self, headers: Mapping[str, str], repository: int, need: str) -> bool:
        """Whether the token of a request may write something in a repository."""
        granted = self._grant(headers).permissions.get(need)
        return self.sees(headers, repository) and granted == "write"

    def check(self, headers: Mapping[str, str], repository: int, need: str, level: str) -> None:
        """Refuse what the token of a request does not cover."""
        if not self.sees(headers, repository):
            raise Refusal(404, "Not Found")
        if _LEVELS.index(self._grant(headers).permissions.get(need, "none")) < _LEVELS.index(level):
            raise Refusal(403, "Resource not accessible by integration")

    def _grant(self, headers: Mapping[str, str]) -> Grant:
        grant = self._grants.get(_credentials(headers))
        if grant is None or grant.expires <= self._clock():
            raise Refusal(401, "Bad credentials")
        return grant


def _credentials(headers: Mapping[str, str]) -> str:
    return headers.get("authorization", "").partition(" ")[2]
