"""Who asks for the pages of one catalogue: politely, within one budget, and never twice for the same page."""

from __future__ import annotations

import hashlib
import io
import time
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from attrs import frozen

from ckanext.ca3b.fetching import FetchError, Limits, fetch

from .answer import Answer
from .budget import Budget
from .errors import BudgetError, LoopError, SourceError, UnchangedError
from .packed import unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .source import Source

#: Catalogues in RDF first, since many addresses answer in several ways.
ACCEPT = (
    "text/turtle, application/rdf+xml, application/ld+json, application/n-triples;q=0.9, application/json;q=0.8,"
    " application/xml;q=0.7, text/csv;q=0.6, text/html;q=0.5, */*;q=0.3"
)
_PAGE_SIZE_SEEN = 200  # a page shorter than this says too little for its repetition to mean anything


@frozen
class Validators:
    """What an answer gave to ask later whether it changed."""

    etag: str = ""
    last_modified: str = ""


class Client:
    """Asks addresses within a :class:`Budget`, from its first request on.

    :meth:`page` is for the pages of the catalogue (counted, never twice the same, conditional); :meth:`get` is for
    what else a reader must know. ``known`` are the validators of earlier readings by address (to be given only when
    the whole catalogue was that one page), :attr:`validators` those of this one.
    """

    def __init__(self, budget: Budget | None = None, *, known: Mapping[str, Validators] | None = None) -> None:
        self.budget = budget or Budget()
        self.known = dict(known or {})
        self.validators: dict[str, Validators] = {}
        self.pages = 0
        self.size = 0
        self.requests = 0
        self._end = time.monotonic() + self.budget.seconds
        self._last = float("-inf")
        self._kept: dict[str, Answer] = {}
        #: Where compressed answers that end too soon came from: what they say cannot be all.
        self.cut: list[str] = []
        self._seen: set[str] = set()
        self._bodies: set[str] = set()

    def page(
        self, url: str, *, accept: str = ACCEPT, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Answer:
        """Return the next page of the catalogue.

        :raises LoopError: it was read already, or says exactly what another page said.
        :raises BudgetError: nothing more may be asked.
        :raises UnchangedError: it says that it did not change.
        :raises SourceError: it cannot be had.
        """
        key = urldefrag(url)[0]
        if key in self._seen:
            raise LoopError(
                "loop", "Les pages de ce catalogue tournent en rond : la suivante a déjà été lue.", where=url
            )
        if self.pages >= self.budget.pages:
            raise BudgetError(
                "pages", f"Ce catalogue a plus de {self.budget.pages} pages : la lecture s’arrête là.", where=url
            )
        answer = self.get(url, accept=accept, headers=headers, method=method)
        body = hashlib.sha256(answer.content).hexdigest()
        if body in self._bodies and len(answer.content) > _PAGE_SIZE_SEEN:
            raise LoopError("loop", "Une page de ce catalogue redit exactement une page déjà lue.", where=url)
        self._seen.update({key, urldefrag(answer.url)[0]})
        self._bodies.add(body)
        self.pages += 1
        return answer

    def first(self, source: Source, *, accept: str = ACCEPT, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the first page of a source: its file, or what is at its address."""
        if source.path is None:
            return self.page(source.address, accept=accept, headers=headers)
        self.pages += 1
        return self.file(source)

    def file(self, source: Source) -> Answer:
        """Return the file of a source.

        :raises SourceError: it cannot be read, or is too big.
        """
        if source.path is None:
            raise SourceError("local", "Cette source n’est pas un fichier.")
        try:
            if source.path.stat().st_size > self.budget.answer_size:
                raise BudgetError("too-big", "Ce fichier est trop gros pour être lu comme un catalogue.")
            content = self._unpacked(source.path.read_bytes(), source.path.name)
            return Answer(source.path.name, content, local=True)
        except OSError as error:
            raise SourceError("missing", f"Le fichier « {source.path} » ne peut pas être lu.") from error

    def get(
        self, url: str, *, accept: str = ACCEPT, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Answer:
        """Return what an address answers; an answer kept by :meth:`keep` is given without asking again.

        ``method`` is ``GET``, or ``PROPFIND`` for the list of a WebDAV folder.

        :raises SourceError: as :meth:`page`, loops excepted.
        """
        if url in self._kept and method == "GET":
            return self._kept.pop(url)
        self._wait(url)
        known = self.known.get(url, Validators())
        said = {"User-Agent": _agent(), "Accept": accept, "Accept-Encoding": "gzip, deflate", **(headers or {})}
        if known.etag:
            said["If-None-Match"] = known.etag
        if known.last_modified:
            said["If-Modified-Since"] = known.last_modified
        allowed = min(self.budget.answer_size, self.budget.size - self.size)
        seconds = min(self.budget.request_seconds, self._end - time.monotonic())
        target = io.BytesIO()
        try:
            found = fetch(url, target, Limits(allowed, seconds, self.budget.private), headers=said, method=method)
        except FetchError as error:
            raise self._failed(error, url) from error
        finally:
            self._last = time.monotonic()
            self.requests += 1
            self.size += target.tell()
        if found.status == 304:
            raise UnchangedError("unchanged", "Ce catalogue n’a pas changé.", where=url)
        self.validators[url] = Validators(found.headers.get("etag", ""), found.headers.get("last-modified", ""))
        return Answer(found.url, self._unpacked(target.getvalue(), found.url), dict(found.headers))

    def keep(self, url: str, answer: Answer) -> None:
        """Keep an answer for the next time that ``url`` is asked: what recognised a source is not asked twice."""
        self._kept[url] = answer

    def _unpacked(self, content: bytes, where: str) -> bytes:
        found, whole = unpacked(content, self.budget.answer_size)
        if not whole:
            self.cut.append(where)
        return found

    def _wait(self, url: str) -> None:
        """Let the time pass that the site is owed, and see that something is left of the budget."""
        due = self._last + self.budget.delay - time.monotonic()
        if due > 0:
            time.sleep(min(due, max(0.0, self._end - time.monotonic())))
        if time.monotonic() >= self._end:
            raise BudgetError("too-long", "La lecture de ce catalogue a pris tout le temps permis.", where=url)
        if self.requests >= self.budget.requests:
            raise BudgetError("requests", "La lecture de ce catalogue a fait toutes les requêtes permises.", where=url)
        if self.size >= self.budget.size:
            raise BudgetError("too-big", "La lecture de ce catalogue a pris tout le volume permis.", where=url)

    def _failed(self, error: FetchError, url: str) -> SourceError:
        """Return what is to be said of a fetch that failed, in words about a catalogue."""
        if error.code in {"too-long", "too-big"}:
            cause = "répond trop lentement" if error.code == "too-long" else "envoie plus que le volume permis"
            return BudgetError(error.code, f"Le site de ce catalogue {cause} : {url}", where=url)
        known = {
            "private": "Cette adresse mène à un réseau privé : le portail ne lit que des adresses publiques.",
            "unknown-host": "Aucun site n’existe à cette adresse. Vérifiez comment elle est écrite.",
            "unreachable": "Le site de ce catalogue ne répond pas.",
            "redirects": "Cette adresse renvoie sans cesse à une autre.",
            "scheme": "Cette adresse, ou celle à laquelle elle renvoie, ne commence ni par http:// ni par https://.",
        }
        message = known.get(error.code) or str(error).replace("garde le fichier", "publie ce catalogue")
        return SourceError(error.code, f"{message} ({url})", where=url)


def _agent() -> str:
    return f"ckanext-ca3b/{version('ckanext-ca3b')} (portail de données ouvertes)"
