"""What went wrong where no answer came, and whether it may pass."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING

import aiohttp

from bot.links.guard import Forbidden
from bot.links.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

# A chain that we cannot complete: browsers fetch what is missing, or our own store is old.
_INCOMPLETE = {2, 20, 21}
_OURS = {errno.ENETUNREACH, errno.ENETDOWN, errno.EMFILE, errno.ENFILE, errno.EADDRNOTAVAIL}
_CERTIFICATES = {9: "not yet valid", 10: "expired", 18: "self-signed", 19: "self-signed"}
_OTHER_HOST = {62, 64}


TIMEOUT = "timeout"


class Fault(Exception):  # noqa: N818  nobody erred: it is what was found
    """No answer.

    Attributes:
        verdict: what that says of the link.
        status: what happened, in a word or two.
        passing: whether it is worth asking once more.
    """

    def __init__(self, verdict: Verdict, status: str, *, passing: bool = False) -> None:
        super().__init__(status)
        self.verdict = verdict
        self.status = status
        self.passing = passing


def fault(error: aiohttp.ClientError | OSError | ValueError) -> Fault:
    """Tell what an error means for the link."""
    causes = list(_causes(error))
    for known in (_forbidden, _certificate, _name):
        for cause in causes:
            found = known(cause)
            if found:
                return found
    return _connection(causes)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what lies below it, from the inside."""
    inner = getattr(error, "os_error", None) or getattr(error, "certificate_error", None)
    if isinstance(inner, BaseException) and inner is not error:
        yield from _causes(inner)
    yield error


def _forbidden(error: BaseException) -> Fault | None:
    return Fault(Verdict.UNKNOWN, str(error)) if isinstance(error, Forbidden) else None


def _certificate(error: BaseException) -> Fault | None:
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in _INCOMPLETE:
            return Fault(Verdict.UNKNOWN, "certificate of an unknown issuer")
        what = "for another name" if error.verify_code in _OTHER_HOST else ""
        why = what or _CERTIFICATES.get(error.verify_code, "not valid")
        return Fault(Verdict.BROKEN_TLS, f"certificate {why}")
    if isinstance(error, ssl.SSLError | aiohttp.ClientSSLError):
        return Fault(Verdict.BROKEN_TLS, "no secure connection")
    return None


def _name(error: BaseException) -> Fault | None:
    if not isinstance(error, socket.gaierror):
        return None
    if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
        return Fault(Verdict.DEAD, "no such host")
    return unresolved()


def unresolved() -> Fault:
    """Nobody could say where the host is: that tells nothing of the link."""
    return Fault(Verdict.UNKNOWN, "name not resolved", passing=True)


def _connection(causes: list[BaseException]) -> Fault:
    codes = {getattr(cause, "errno", None) for cause in causes}
    if codes & _OURS:
        return Fault(Verdict.UNKNOWN, "our network", passing=True)
    if errno.ECONNREFUSED in codes:
        return Fault(Verdict.DEAD, "refused", passing=True)
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return Fault(Verdict.DEAD, TIMEOUT, passing=True)
    if any(isinstance(cause, aiohttp.ClientResponseError | ValueError) for cause in causes):
        return Fault(Verdict.DEAD, "no proper answer", passing=True)
    if errno.EHOSTUNREACH in codes:
        return Fault(Verdict.DEAD, "unreachable", passing=True)
    return Fault(Verdict.DEAD, "reset", passing=True)
