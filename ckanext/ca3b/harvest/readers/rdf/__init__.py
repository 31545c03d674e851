"""Catalogues in RDF: Turtle, RDF/XML, JSON-LD, N-Triples, in one document, in pages, or one document per dataset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ckanext.ca3b.harvest.model import Page, Problem, Record
from ckanext.ca3b.harvest.readers.common.flow import Entries, to_the_end, truncated
from ckanext.ca3b.harvest.sources import LoopError, SourceError

from . import catalogue, values
from .describe import record
from .parse import Document, parse
from .sniff import syntax_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.model import Event
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

    from .graph import Node

KIND = "rdf"
LABEL = "Catalogue DCAT en RDF"
_SPEAKS = re.compile(
    r"ns/dcat|dcat:|schema\.org/?[\"'>#/]|vocab\.deri\.ie/dcat|dcatapit|rdfs\.org/ns/void", re.IGNORECASE
)
_JSON_TYPE = re.compile(r"\"@?type\"\s*:\s*\[?\s*\"(?:\w+:)?(?:Dataset|Catalog|DataCatalog)\"")
_POD = re.compile(r"project-open-data|\"accessLevel\"|\"bureauCode\"")
_PLACES = (
    "catalog.ttl", "catalog.rdf", "catalog.xml", "catalog.jsonld", "dcat.ttl", "dcat.rdf", "api/1/site/catalog.ttl",
    "api/explore/v2.1/catalog/exports/dcat", "api/feed/dcat-ap/2.1.1.json", "data.ttl",
)  # fmt: skip
#: Failures one after the other after which documents of datasets are asked no more.
_PATIENCE = 5
_NEXT_RECORD = re.compile(r"<(?:\w+:)?SearchResults\b[^>]*\bnextRecord=[\"'](\d{1,9})[\"']")
_OFFSETS = {"start": "rows", "offset": "limit"}


def recognises(answer: Answer) -> bool:
    """Tell whether the content is RDF that speaks of datasets; data.json is left to its own reader."""
    head = answer.text[:200_000]
    syntax = syntax_of(head)
    if syntax == "jsonld" and _POD.search(head):
        return False
    said = answer.text[:2_000_000]
    return bool(syntax and (_SPEAKS.search(said) or (syntax == "jsonld" and _JSON_TYPE.search(said))))


def places(address: str) -> Iterator[str]:
    """Yield where portals keep their catalogue in RDF."""
    parts = urlsplit(address)
    folder = parts.path if parts.path.endswith("/") else parts.path.rsplit("/", 1)[0] + "/"
    for base in dict.fromkeys((folder, "/")):
        for name in _PLACES:
            yield urlunsplit((parts.scheme, parts.netloc, base + name, "", ""))


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the pages and the datasets; documents of datasets that the catalogue only names are asked for too."""
    return to_the_end(_Reading(client, source).events())


class _Reading:
    """One reading: what was read, what is announced, what is still to be asked."""

    def __init__(self, client: Client, source: Source) -> None:
        self.client = client
        self.source = source
        self.described: set[str] = set()
        self.announced: dict[str, None] = {}
        self.elsewhere: dict[str, None] = {}
        self.total: int | None = None
        self.count = 0
        self.entries = Entries(_understood, identify=_named)

    def events(self) -> Iterator[Event]:
        answer: Answer | None = self.client.first(self.source)
        where = self.source.address
        while answer is not None:
            document = parse(answer)
            if self.client.pages == 1 and not catalogue.is_catalogue(document.graph):
                if document.problems:
                    yield Record(None, tuple(document.problems))
                message = "Ce document est du RDF, mais il ne décrit aucun jeu de données (dcat:Dataset)."
                raise SourceError("not-catalogue", message, where=where)
            before = self.count
            yield from self._page(document, answer)
            address = self._next(document, answer, self.count - before)
            answer = self._asked(address) if address else None
        yield from self._apart()
        yield from self._ending(where)

    def _asked(self, address: str) -> Answer:
        return self.client.page(address)

    def _page(self, document: Document, answer: Answer) -> Iterator[Event]:
        graph = document.graph
        yield Page(answer.url, self.client.pages, len(answer.content))
        nodes = catalogue.datasets(graph)
        # A list that moves while it is paged gives a dataset twice.
        new = [(document, node, answer.url) for node in nodes if values.iri(node) not in self.described]
        for told in self.entries.records(new, answer.url):
            self.count += told.description is not None
            yield told
        self.described.update(filter(None, map(values.iri, nodes)))
        problems = [*document.problems, *self._loose(document, answer)]
        if problems:
            yield Record(None, tuple(problems))
        self.announced.update(dict.fromkeys(catalogue.announced(graph)))
        self.elsewhere.update(dict.fromkeys(catalogue.elsewhere(graph)))
        self.total = catalogue.total(graph) or self.total

    def _loose(self, document: Document, answer: Answer) -> Iterator[Problem]:
        """Yield what the document holds and no dataset does."""
        for node in catalogue.strays(document.graph):
            name = values.label(document.graph, node) or values.iri(node)
            message = f"La distribution « {name} » n’est à aucun jeu de données : reliez-la par dcat:distribution."
            yield Problem("", message, "stray-distribution", answer.url)
        for title, address in catalogue.services(document.graph):
            message = f"Le service « {title or address} » ({address}) ne sert aucun jeu de données : il n’est pas pris."
            yield Problem("", message, "service", answer.url, "info")

    def _next(self, document: Document, answer: Answer, new: int) -> str:
        """Return the address of the next page, ``""`` at the end of the catalogue."""
        if answer.local:
            return ""
        if record := _NEXT_RECORD.search(answer.text[:5_000]):
            return _positioned(answer.url, int(record[1])) if new else ""
        said = [answer.absolute(address) for address in catalogue.next_pages(document.graph)]
        said = [address for address in said if address.startswith(("http://", "https://"))]
        following = (said[0] if said else "") or answer.link("next")
        if following:
            return following if new or catalogue.announced(document.graph) else ""
        return _counted(answer.url, new)

    def _apart(self) -> Iterator[Event]:
        """Ask for the documents of catalogues and datasets that were only named, as long as they answer."""
        failures = 0
        for address in [*self.elsewhere, *(each for each in self.announced if each not in self.described)]:
            if self.source.path is not None or not address.startswith(("http://", "https://")) or failures >= _PATIENCE:
                break
            try:
                answer = self.client.page(address)
                document = parse(answer)
            except LoopError:
                continue
            except SourceError:
                failures += 1
                continue
            failures = 0
            yield from self._page(document, answer)

    def _ending(self, where: str) -> Iterator[Record]:
        missing = [address for address in self.announced if address not in self.described]
        asked = "" if self.source.path is not None else ", et rien ne se lit à cette adresse"
        for address in missing:
            message = (
                f"Le catalogue annonce le jeu de données « {address} » sans le décrire{asked}."
                " Décrivez-le, ou retirez-le du catalogue."
            )
            yield Record(None, (Problem(address, message, "not-described", where, "error"),))
        if self.total is not None and self.count + len(missing) < self.total and self.source.path is None:
            yield truncated(f"Le catalogue annonce {self.total} jeux de données et n’en donne que {self.count}.", where)


def _understood(entry: tuple[Document, Node, str]) -> Record:
    document, node, page = entry
    return record(document.graph, node, page, catalogue.catalogue_of(document.graph, node))


def _named(entry: tuple[Document, Node, str]) -> str:
    document, node, _ = entry
    return values.iri(node) or values.label(document.graph, node)


def _positioned(url: str, record: int) -> str:
    """Return the address of the records of a catalogue service (CSW) from one on; 0 means that there is none."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() != "startposition"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("startPosition", str(record))]))) if record else ""


def _counted(url: str, new: int) -> str:
    """Return the next page of an address that counts (``start`` and ``rows``), as long as pages are full."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    for offset, size in _OFFSETS.items():
        if size in query and query[size].isdigit() and 0 < int(query[size]) <= new:
            begin = query.get(offset, "0")
            query[offset] = str((int(begin) if begin.isdigit() else 0) + int(query[size]))
            return urlunsplit(parts._replace(query=urlencode(query)))
    return ""
