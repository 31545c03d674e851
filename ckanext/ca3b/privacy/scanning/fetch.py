"""Fetching the file behind a link: bounded in size and time, from public addresses only, each redirect checked again.

The address that is judged is the one that answers: a name that leads somewhere else the second time changes nothing.
"""

from __future__ import annotations

import ipaddress
import time
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import urllib3
from attrs import frozen
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

if TYPE_CHECKING:
    import socket

_CHUNK = 1 << 16
_REDIRECTS = 5
_SOCKET_TIMEOUT = 20.0
_AGENT = "ckanext-ca3b (examen de fichiers liés)"


class FetchError(Exception):
    """A file that cannot be had; the message is in French."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the code, for programs, and the message, for people."""
        super().__init__(message)
        self.code = code


@frozen
class Limits:
    """What may be fetched: ``size`` in bytes, ``seconds`` for all of it, ``private`` addresses or not."""

    size: int
    seconds: int
    private: bool = False


def fetch(url: str, target: IO[bytes], limits: Limits) -> str:
    """Write the file at ``url`` to ``target``, and return the address it came from in the end.

    :raises FetchError: it cannot be had within the limits.
    """
    end = time.monotonic() + limits.seconds
    with _manager(private=limits.private) as web:
        for _ in range(_REDIRECTS + 1):
            if urlsplit(url).scheme not in {"http", "https"}:
                raise FetchError("scheme", "L’adresse du fichier ne commence ni par http:// ni par https://.")
            try:
                answer = web.request(
                    "GET", url, redirect=False, preload_content=False, retries=False, timeout=_SOCKET_TIMEOUT,
                    headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"},
                )  # fmt: skip
                location = answer.get_redirect_location()
                if not location:
                    _save(answer, target, end, limits.size)
                    return url
                answer.drain_conn()
                answer.release_conn()
            except _PrivateError as error:
                raise FetchError("private", "Le fichier est à une adresse qui n’est pas publique.") from error
            except (HTTPError, OSError, ValueError) as error:
                raise FetchError("unreachable", "Le site qui garde le fichier ne répond pas.") from error
            url = urljoin(url, location)
    raise FetchError("redirects", "L’adresse du fichier renvoie sans cesse à une autre.")


def _save(answer: Any, target: IO[bytes], end: float, size: int) -> None:
    if answer.status != 200:
        raise FetchError("status", f"Le site qui garde le fichier répond par l’erreur {answer.status}.")
    done = 0
    for chunk in answer.stream(_CHUNK, decode_content=True):
        done += len(chunk)
        if done > size:
            raise FetchError("too-big", "Le fichier lié est trop gros pour être examiné.")
        if time.monotonic() > end:
            raise FetchError("too-long", "Le site qui garde le fichier l’envoie trop lentement.")
        target.write(chunk)
    target.flush()


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the internet, not of a network of ours or of this machine."""
    found = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


class _PrivateError(Exception):
    """The address that answers is not public."""


def _checked(connection: socket.socket) -> socket.socket:
    """Refuse a connection before anything is said on it."""
    if not is_public(connection.getpeername()[0]):
        connection.close()
        raise _PrivateError
    return connection


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _SafeConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection  # pyright: ignore[reportAssignmentType]


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _SafeConnection  # pyright: ignore[reportAssignmentType]


def _manager(*, private: bool) -> urllib3.PoolManager:
    manager = urllib3.PoolManager(num_pools=4)
    if not private:
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _SafePool}
    return manager
