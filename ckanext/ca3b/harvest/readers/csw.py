"""CSW catalogues (GeoNetwork, pycsw, geOrchestra…): ISO 19139 when the catalogue has it, else its Dublin Core."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ckanext.ca3b.harvest.model import Page, Problem, Record
from ckanext.ca3b.harvest.sources import SourceError

from .common.finish import finish
from .common.flow import Entries, complete, to_the_end, truncated
from .common.shaping import above, integer, query, with_query
from .common.xml import document, inner, name, namespace
from .iso import dublin_core, nineteen115, nineteen139

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    from ckanext.ca3b.harvest.model import Event
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

KIND = "csw"
LABEL = "catalogue géographique (CSW)"

_ROWS = 50
_ACCEPT = "application/xml, text/xml;q=0.9, */*;q=0.1"
_CSW = "http://www.opengis.net/cat/csw/"
_TC211 = "http://www.isotc211.org/2005/"
_ISO = "http://www.isotc211.org/2005/gmd"
_KVP = ("service", "version", "request", "typenames", "resulttype", "elementsetname", "outputschema",
        "startposition", "maxrecords", "namespace")  # fmt: skip
_ISO_RECORDS = frozenset({"MD_Metadata", "MI_Metadata"})
_RECORDS = frozenset({*_ISO_RECORDS, "Record", "SummaryRecord", "BriefRecord"})
#: Where catalogues are, on the sites of people who give the address of a page.
_HABITS = ("geonetwork/srv/fre/csw", "srv/fre/csw", "geosource/srv/fre/csw", "csw", "geonetwork/srv/eng/csw")
_NODE = re.compile(
    r"^(?P<root>.*/(?:geonetwork|geosource)(?:-\w+)?|.*(?=/srv/))(?:/(?P<node>[\w-]+))?/(?P<lang>[a-z]{3})/"
)


def recognises(answer: Answer) -> bool:
    """Tell whether this is what a CSW answers, or records of ISO 19139."""
    if b"<" not in answer.content[:200]:
        return False
    try:
        root = document(answer)[0]
    except SourceError:
        return False
    return namespace(root).startswith(_CSW) or (
        namespace(root).startswith((_TC211, nineteen115.NAMESPACE)) and name(root) in _ISO_RECORDS
    )


def places(address: str) -> Iterator[str]:
    """Yield the capabilities of the catalogue that a page belongs to, else those of the usual places of a site."""
    base = address.split("?", 1)[0].split("#", 1)[0]
    if re.search(r"csw", base, re.IGNORECASE) or "service" in {key.lower() for key in query(address)}:
        yield _capabilities(address)
        return
    node = _NODE.match(base)
    if node:
        yield _capabilities(f"{node['root']}/{node['node'] or 'srv'}/{node['lang']}/csw")
    site = above(address, ("geonetwork", "geosource", "srv", "dataset", "datasets", "catalogue"))[0]
    yield from (_capabilities(f"{site}/{habit}") for habit in _HABITS)


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the records of a catalogue. See the package for what is raised and what is told."""
    return to_the_end(_read(client, source))


def _read(client: Client, source: Source) -> Iterator[Event]:
    if source.path:
        yield from _page(_Reading(""), client.file(source), 1)
        return
    address = source.address
    capabilities = {key.lower(): values[0] for key, values in query(address).items()}
    schema = capabilities.get("outputschema", "")
    request = capabilities.get("request", "").lower()
    if request != "getrecords":
        root = None
        if request != "getrecordbyid":
            root = document(client.get(_capabilities(address), accept=_ACCEPT))[0]
            _refuse_exception(root, address)
        if root is None or name(root) != "Capabilities":
            yield from _page(_Reading(""), client.page(address, accept=_ACCEPT), 1)
            return
        schema = _ISO if _offers_iso(root) else f"{_CSW}2.0.2"
    reading = _Reading(_base(address))
    position, number = 1, 0
    while True:
        number += 1
        answer = client.page(_records(address, schema, position), accept=_ACCEPT)
        yield from _page(reading, answer, number)
        if reading.following <= position:
            return
        position = reading.following


class _Reading:
    """What stays the same from one page to the next."""

    def __init__(self, base: str) -> None:
        self.page = ""
        self.following = 0
        node = _NODE.match(base + "/") if base else None
        if node:
            self.page = f"{node['root']}/{node['node'] or 'srv'}/{node['lang']}/catalog.search#/metadata/"
        self.entries = Entries(self._understood, identify=_identifier)

    def _understood(self, element: etree._Element) -> Record | None:
        identifier = _identifier(element)
        page = self.page + identifier if self.page and identifier else ""
        if name(element) not in _ISO_RECORDS:
            return finish(dublin_core.draft(element, page=page))
        what = nineteen139.OTHER_LEVELS.get(nineteen139.level(element))
        if what:
            message = f"La fiche « {identifier} » décrit {what}, pas un jeu de données : elle n’est pas reprise."
            return Record(None, (Problem(identifier, message, "not-dataset", "hierarchyLevel", "info"),))
        standard = nineteen115 if namespace(element).startswith(nineteen115.NAMESPACE) else nineteen139
        return finish(standard.draft(element, page=page))


def _page(reading: _Reading, answer: Answer, number: int) -> Iterator[Event]:
    """Yield the events of a page, and keep the position of the next one (0 without)."""
    reading.following = 0
    root, mended = document(answer)
    _refuse_exception(root, answer.url)
    results = root if name(root) == "SearchResults" else next((c for c in root if name(c) == "SearchResults"), None)
    holder = root if results is None else results
    records = [root] if name(root) in _ISO_RECORDS else [one for one in holder if name(one) in _RECORDS]
    if mended == "cut":
        records = _apart(root)
    if results is None and not records:
        raise SourceError(
            "not-catalogue", f"Cette adresse ne répond pas comme un CSW. ({answer.url})", where=answer.url
        )
    yield Page(answer.url, number, len(records))
    yield from reading.entries.records(records, answer.url)
    if mended == "characters":
        message = f"La page {number} contient des caractères interdits en XML : ils sont ôtés. ({answer.url})"
        yield Record(None, (Problem("", message, "forbidden-characters", answer.url),))
    elif mended == "cut":
        yield truncated(f"La page {number} n’est pas du XML correct. ({answer.url})", answer.url)
    if results is None:
        return
    said = integer(results.get("numberOfRecordsMatched"))
    following = integer(results.get("nextRecord"))
    if (
        not answer.local
        and records
        and (following is None or following > 0)
        and (said is None or reading.entries.count < said)
    ):
        reading.following = following or reading.entries.count + 1
        return
    yield from complete(said, reading.entries.count, answer.url)


def _apart(root: etree._Element) -> list[etree._Element]:
    """Return the records of a document that is wrong, wherever its tags put them, each without those in it."""
    records = [one for one in root.iter() if name(one) in _RECORDS]
    for one in records:
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)
    return records


def _identifier(element: etree._Element) -> str:
    return inner(
        next((one for one in element if name(one) in {"fileIdentifier", "identifier", "metadataIdentifier"}), None)
    )


def _base(address: str) -> str:
    return address.split("?", 1)[0]


def _capabilities(address: str) -> str:
    return _asked(address, service="CSW", version="2.0.2", request="GetCapabilities")


def _records(address: str, schema: str, position: int) -> str:
    return _asked(
        address, service="CSW", version="2.0.2", request="GetRecords", typeNames="csw:Record", resultType="results",
        elementSetName="full", outputSchema=schema, maxRecords=_ROWS, startPosition=position,
        namespace="xmlns(csw=http://www.opengis.net/cat/csw/2.0.2)",
    )  # fmt: skip


def _asked(address: str, **values: str | int) -> str:
    """Return an address with these keys, which a server reads in any case of letters."""
    there = {key: None for key in query(address) if key.lower() in _KVP}
    return with_query(with_query(address, **there), **values)


def _offers_iso(root: etree._Element) -> bool:
    """Tell whether capabilities offer ISO 19139; those that list no schema at all are asked for it."""
    schemas = [
        inner(value)
        for parameter in root.iter()
        if name(parameter) == "Parameter" and (parameter.get("name") or "").lower() == "outputschema"
        for value in parameter.iter()
        if name(value) == "Value"
    ]
    return _ISO in schemas or not schemas


def _refuse_exception(root: etree._Element, where: str) -> None:
    if name(root) in {"ExceptionReport", "ServiceExceptionReport"}:
        message = f"Le catalogue répond par une erreur : « {inner(root)[:200]} ». ({where})"
        raise SourceError("not-catalogue", message, where=where)
