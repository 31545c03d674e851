"""One address of the web is asked for, and what it answers is written to a file."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from attrs import field, frozen
from urllib3.exceptions import HTTPError, NameResolutionError

from .connections import Deadline, manager
from .errors import FetchError, PrivateAddressError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from urllib3 import BaseHTTPResponse, PoolManager

_CHUNK = 1 << 16
_REDIRECTS = 5
_SOCKET_TIMEOUT = 20.0
_AGENT = "ckanext-ca3b (portail de données ouvertes)"
#: What may be said to any host: who asks, and what form of answer is wanted.
_ANYWHERE = frozenset({"user-agent", "accept", "accept-encoding", "accept-language", "depth"})


@frozen
class Limits:
    """What may be fetched: ``size`` in bytes, ``seconds`` for all of it, ``private`` addresses or not."""

    size: int
    seconds: float
    private: bool = False


@frozen
class Answer:
    """What came back: the last address, the status (200, 206 or 304), the headers in lower case, the bytes written."""

    url: str
    status: int
    size: int
    headers: Mapping[str, str] = field(factory=dict)


def fetch(
    url: str, target: IO[bytes], limits: Limits, *, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> Answer:
    """Write the file at ``url`` to ``target``.

    ``headers`` are said besides ours: with ``If-None-Match`` or ``If-Modified-Since`` an answer 304 is accepted, with
    ``Range`` an answer 206. Another host that the first one sends us to is only told who asks and what is accepted.
    ``method`` is ``GET``, or ``PROPFIND`` for the list of a WebDAV folder (then an answer 207 is accepted).

    :raises FetchError: it cannot be had within the limits.
    """
    with Deadline(limits.seconds) as deadline, manager(deadline, private=limits.private) as web:
        try:
            return _followed(_Errand(web, deadline, limits, target, method), url, dict(headers or {}))
        except PrivateAddressError as error:
            raise FetchError("private", "Le fichier est à une adresse qui n’est pas publique.") from error
        except NameResolutionError as error:
            raise _late(deadline, FetchError("unknown-host", "Aucun site n’existe à l’adresse du fichier.")) from error
        except (HTTPError, OSError, ValueError) as error:
            raise _late(deadline, FetchError("unreachable", "Le site qui garde le fichier ne répond pas.")) from error


@frozen
class _Errand:
    """What stays the same from one redirection to the next."""

    web: PoolManager
    deadline: Deadline
    limits: Limits
    target: IO[bytes]
    method: str


def _followed(errand: _Errand, url: str, headers: dict[str, str]) -> Answer:
    for _ in range(_REDIRECTS + 1):
        if urlsplit(url).scheme not in {"http", "https"}:
            raise FetchError("scheme", "L’adresse du fichier ne commence ni par http:// ni par https://.")
        answer = errand.web.request(
            errand.method, url, redirect=False, preload_content=False, retries=False,
            timeout=min(_SOCKET_TIMEOUT, errand.deadline.left),
            headers={"User-Agent": _AGENT, "Accept-Encoding": "identity", **headers},
        )  # fmt: skip
        location = answer.get_redirect_location()
        if not location:
            size = _save(errand, answer, _accepted(errand.method, headers))
            return Answer(url, answer.status, size, {name.lower(): value for name, value in answer.headers.items()})
        # What comes with a redirection is not read: it may be endless.
        answer.close()
        there = urljoin(url, location)
        if urlsplit(there).netloc != urlsplit(url).netloc:
            headers = {name: value for name, value in headers.items() if name.lower() in _ANYWHERE}
        url = there
    raise FetchError("redirects", "L’adresse du fichier renvoie sans cesse à une autre.")


def _accepted(method: str, headers: Mapping[str, str]) -> set[int]:
    if method == "PROPFIND":
        return {207}
    said = {name.lower() for name in headers}
    conditional = {304} if said & {"if-none-match", "if-modified-since"} else set()
    partial = {206} if "range" in said else set()
    return {200} | conditional | partial


def _save(errand: _Errand, answer: BaseHTTPResponse, accepted: set[int]) -> int:
    if answer.status not in accepted:
        raise FetchError("status", f"Le site qui garde le fichier répond par l’erreur {answer.status}.")
    said = answer.headers.get("Content-Length", "")
    if said.isdigit() and int(said) > errand.limits.size:
        raise too_big()
    done = 0
    for chunk in answer.stream(_CHUNK, decode_content=True):
        done += len(chunk)
        if done > errand.limits.size:
            raise too_big()
        errand.target.write(chunk)
    if errand.deadline.over:
        # A connection that was cut ends like one that said everything: what came may be a part only.
        raise _too_long()
    errand.target.flush()
    return done


def too_big() -> FetchError:
    """Return what is said of a file that is larger than what may be fetched."""
    return FetchError("too-big", "Le fichier lié est trop gros pour être lu par le portail.")


def _too_long() -> FetchError:
    return FetchError("too-long", "Le site qui garde le fichier l’envoie trop lentement.")


def _late(deadline: Deadline, otherwise: FetchError) -> FetchError:
    """Return what is to be said of a failure: that time was over, when it was."""
    return _too_long() if deadline.over else otherwise
