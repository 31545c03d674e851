"""Where and when: extents as polygons, periods as days."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rdflib import RDF, SKOS, XSD, BNode, Literal, URIRef

from ckanext.ca3b import vocabularies
from ckanext.ca3b.catalogue import Crs, Extent
from ckanext.ca3b.schemas.indexing import values
from ckanext.ca3b.territory.core.organizations import AGGLOMERATION
from ckanext.ca3b.territory.current import current_or_none

from . import cleaning, geometry
from .agents import rows
from .names import DCAT, DCT, GSP, LOCN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from ckanext.ca3b.territory.core import Territory

    from .portal import Portal

#: About twenty metres: the outline of an agglomeration then takes a few kilobytes.
_TOLERANCE = 0.0002
_NAMED = 12
_REGISTERED = re.compile(r"https?://(?:www\.)?opengis\.net/def/crs/", re.IGNORECASE)
REFERENCE_SYSTEM = URIRef("http://inspire.ec.europa.eu/glossary/SpatialReferenceSystem")


def add_periods(graph: Graph, subject: Node, stored: Any) -> None:
    """Say of what days the data are; a period is a blank node with days, as data.gouv.fr wants them."""
    for row in rows(stored):
        start, end = cleaning.day(row.get("start")), cleaning.day(row.get("end"), last=True)
        if not start and not end:
            continue
        node = BNode()
        graph.add((subject, DCT.temporal, node))
        graph.add((node, RDF.type, DCT.PeriodOfTime))
        for day, predicate in ((start, DCAT.startDate), (end, DCAT.endDate)):
            if day:
                graph.add((node, predicate, Literal(day, datatype=XSD.date)))


def add_places(graph: Graph, portal: Portal, subject: Node, dataset: Mapping[str, Any], facts: Iterable[Any]) -> None:
    """Say what ground the data cover: what was written with them, else the communes, else what the files hold."""
    drawn = {wkt for row in rows(dataset.get("spatial_coverage")) if (wkt := _add_row(graph, subject, row))}
    own = geometry.polygon(dataset.get("spatial"))
    if drawn and (own is None or own in drawn):
        return
    name, outline = _communes(portal, dataset)
    if own is None and outline is None:
        own = _around(facts)
    _add_place(graph, subject, BNode(), name, own or outline)


def add_reference_systems(graph: Graph, subject: Node, stored: Any, facts: Iterable[Any]) -> None:
    """Say in which systems the coordinates are, as GeoDCAT-AP does: standards of their own kind."""
    said = [*values(stored), *(fact.uri for fact in facts if isinstance(fact, Crs))]
    for address in dict.fromkeys(filter(None, map(cleaning.uri, said))):
        for triple in _reference_system(address):
            graph.add(triple)
        graph.add((subject, DCT.conformsTo, URIRef(address)))


@lru_cache(maxsize=256)
def _reference_system(address: str) -> tuple[tuple[Any, Any, Any], ...]:
    node = URIRef(address)
    entry = vocabularies.reference_systems().find(address)
    glossary = URIRef("http://inspire.ec.europa.eu/glossary")
    said = [(node, RDF.type, DCT.Standard)]
    # An address of nobody's register may name something else elsewhere, an agent for instance.
    if entry is None and not _REGISTERED.match(address):
        return tuple(said)
    said += [
        (node, DCT.type, REFERENCE_SYSTEM),
        (REFERENCE_SYSTEM, RDF.type, SKOS.Concept),
        (REFERENCE_SYSTEM, SKOS.prefLabel, Literal("Système de coordonnées", lang="fr")),
        (REFERENCE_SYSTEM, SKOS.inScheme, glossary),
    ]
    if entry is not None:
        said.append((node, DCT.title, Literal(entry.label, lang="fr")))
        said.append((node, DCT.identifier, Literal(f"EPSG:{entry.code}")))
    return tuple(said)


def _add_row(graph: Graph, subject: Node, row: Mapping[str, Any]) -> str | None:
    """Say one place written with a dataset; return its polygon.

    A place known by its address keeps its name there and its outline on a node beside: another dataset may draw
    the same place otherwise, and a place has one outline.
    """
    wkt = next(filter(None, (geometry.polygon(row.get(key)) for key in ("geom", "bbox", "centroid"))), None)
    name, uri = cleaning.text(row.get("text")), cleaning.uri(row.get("uri"))
    if uri:
        _add_place(graph, subject, URIRef(uri), name, None)
        name = ""
    _add_place(graph, subject, BNode(), name, wkt)
    return wkt


def _add_place(graph: Graph, subject: Node, node: Node, name: str, wkt: str | None) -> None:
    if not name and not wkt and isinstance(node, BNode):
        return
    graph.add((subject, DCT.spatial, node))
    graph.add((node, RDF.type, DCT.Location))
    if name:
        graph.add((node, SKOS.prefLabel, Literal(name, lang="fr")))
    if wkt:
        graph.add((node, LOCN.geometry, Literal(wkt, datatype=GSP.wktLiteral)))


def _communes(portal: Portal, dataset: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return the name and the outline of the communes of a dataset, or of those of its organisation."""
    territory = current_or_none()
    if territory is None:
        return "", None
    found = [territory.find(value) for value in values(dataset.get("communes"))]
    codes = [commune.insee_code for commune in found if commune]
    if not codes:
        owner = portal.organization(str(dataset.get("owner_org") or ""))
        if owner is not None and owner.kind == AGGLOMERATION:
            codes = list(territory.communes)
        elif owner is not None and owner.insee_code in territory.communes:
            codes = [owner.insee_code]
    return _outline(territory, tuple(sorted(set(codes)))) if codes else ("", None)


@lru_cache(maxsize=512)
def _outline(territory: Territory, codes: tuple[str, ...]) -> tuple[str, str | None]:
    """Return the name and the WKT of some communes; most datasets are about one or about all."""
    whole = len(codes) == len(territory.communes)
    names = ", ".join(territory.communes[code].name for code in codes) if len(codes) <= _NAMED else ""
    shape = territory.geometry(codes, tolerance=_TOLERANCE)
    return territory.epci.name if whole else names, geometry.polygon(json.dumps(shape)) if shape else None


def _around(facts: Iterable[Any]) -> str | None:
    found = [one for one in facts if isinstance(one, Extent)]
    if not found:
        return None
    return geometry.rectangle(
        min(one.west for one in found),
        min(one.south for one in found),
        max(one.east for one in found),
        max(one.north for one in found),
    )
