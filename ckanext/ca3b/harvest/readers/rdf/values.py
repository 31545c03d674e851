"""Agents, places, periods, formats… as RDF documents tell them: by URI, by literal, by a node with labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from attrs import evolve

from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.model import Agent, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .graph import Graph, Term

LABELS = (
    "skos:preflabel", "rdfs:label", "dct:title", "foaf:name", "schema:name", "vcard:fn", "vcard:hasfn", "skos:altlabel",
    "rdf:value", "rdfs:value", "vcard:hasvalue", "vcard:value", "locn:geographicname", "skos:notation",
    "dct:identifier",
)  # fmt: skip
_NAMES = (
    "foaf:name", "vcard:fn", "vcard:hasfn", "vcard:formattedname", "schema:name", "schema:legalname", "skos:preflabel",
    "rdfs:label", "dct:title", "vcard:organization-name", "vcard:hasorganizationname", "vcard:hasname", "vcard:org",
    "foaf:givenname", "vcard:given-name", "foaf:nick", "rdf:value",
)  # fmt: skip
_EMAILS = ("vcard:hasemail", "vcard:email", "foaf:mbox", "schema:email", "vcard:hasmail")
_PAGES = ("vcard:hasurl", "vcard:url", "foaf:homepage", "foaf:page", "schema:url", "foaf:workplacehomepage")
_PHONES = ("vcard:hastelephone", "vcard:tel", "vcard:telephone", "foaf:phone", "schema:telephone")
_IDENTIFIERS = (
    "dct:identifier",
    "adms:identifier",
    "schema:identifier",
    "vcard:hasuid",
    "org:identifier",
    "skos:notation",
)
_VALUES = ("vcard:hasvalue", "vcard:value", "rdf:value", "rdfs:label", "schema:url", "schema:email")
_STARTS = (
    "dcat:startdate", "schema:startdate", "dcatapit:startdate", "time:hasbeginning", "prov:startedattime", "dct:start",
    "schema:datepublished",
)  # fmt: skip
_ENDS = ("dcat:enddate", "schema:enddate", "dcatapit:enddate", "time:hasend", "prov:endedattime", "dct:end")
_INSTANTS = (
    "time:inxsddate",
    "time:inxsddatetime",
    "time:inxsddatetimestamp",
    "time:inxsdgyear",
    "time:inxsdgyearmonth",
    "rdf:value",
)
_GEOMETRIES = (
    "locn:geometry",
    "gsp:hasgeometry",
    "dcat:bbox",
    "schema:geo",
    "gsp:aswkt",
    "gsp:asgeojson",
    "gsp:asgml",
    "dcat:centroid",
)
_SHAPES = ("gsp:aswkt", "gsp:asgeojson", "gsp:asgml", "rdf:value", "locn:geometry")
_DECIMAL = re.compile(r"[-+]?\d+(?:\.\d+)?")
#: Where the name, the address or the administrative unit of a place may stand.
_PLACE_NAMES = (
    "dcatapit:geographicalidentifier", "locn:geographicname", "locn:geographicalname", "locn:adminunitl2",
    "locn:adminunitl1", "schema:name", "gn:name",
)  # fmt: skip
_FRENCH = ("fr", "fra", "fre")


def is_node(term: Term | None) -> bool:
    """Tell whether a value is a node (of which something may be said), not a text."""
    return isinstance(term, ox.NamedNode | ox.BlankNode)


def iri(term: Term | None) -> str:
    """Return the IRI of a named node, ``""`` of anything else: names of blank nodes mean nothing outside."""
    return term.value if isinstance(term, ox.NamedNode) else ""


def best(terms: Iterable[Term], languages: Sequence[str] = ()) -> str:
    """Return the text to show: the French one, one without language, one of ``languages``, else the first."""
    texts = [term for term in terms if isinstance(term, ox.Literal) and term.value.strip()]
    order = [*_FRENCH, "", *languages]

    def rank(text: ox.Literal) -> int:
        language = (text.language or "").lower().split("-", 1)[0]
        return order.index(language) if language in order else len(order)

    return min(texts, key=rank).value if texts else ""


def label(graph: Graph, term: Term | None, languages: Sequence[str] = ()) -> str:
    """Return what people call a value: the text itself, or the best label of the node; ``""`` without any."""
    if isinstance(term, ox.Literal):
        return term.value
    for name in LABELS:
        if found := best(graph.values(term, name), languages):
            return found
    return ""


def said(graph: Graph, term: Term | None) -> str:
    """Return a value as one text: a text, an IRI, or the label of a blank node."""
    return iri(term) or label(graph, term)


def ways(graph: Graph, terms: Iterable[Term]) -> list[str]:
    """Return everything by which values can be looked up: IRIs, exact matches, labels, types of the node."""
    found: list[str] = []
    for term in terms:
        equal = graph.values(term, "skos:exactmatch", "owl:sameas", "rdfs:seealso", "schema:url", "foaf:page")
        labels = [each for name in LABELS for each in graph.values(term, name)]
        kinds = graph.values(term, "dct:type", "dcatapit:licensetype")
        found += [iri(term), *map(iri, equal), *(one.value for one in labels if isinstance(one, ox.Literal))]
        found += [term.value] if isinstance(term, ox.Literal) else []
        found += map(iri, kinds)
    return list(dict.fromkeys(filter(None, found)))


def address(graph: Graph, terms: Iterable[Term]) -> list[str]:
    """Return addresses, whether written as IRIs, as texts, or on a document node."""
    found: list[str] = []
    for term in terms:
        if isinstance(term, ox.BlankNode):
            found += address(graph, graph.values(term, *_VALUES, "schema:url", "foaf:homepage", "dct:identifier"))
        else:
            found.append(term.value.strip())
    return list(dict.fromkeys(filter(None, found)))


def agent(graph: Graph, term: Term | None, languages: Sequence[str] = ()) -> Agent:
    """Return an organisation or a contact: FOAF, vCard in all its spellings, schema.org, or a text."""
    if isinstance(term, ox.Literal):
        return normalise.agent(term.value)
    name = next((found for each in _NAMES if (found := _text(graph, graph.values(term, each), languages))), "")
    mail = next((found for each in graph.values(term, *_EMAILS) if (found := normalise.email(_value(graph, each)))), "")
    if not mail and (normalise.email(iri(term)) and iri(term).lower().startswith("mailto:")):
        return Agent(name, email=normalise.email(iri(term)))
    return Agent(
        name=name,
        uri=iri(term),
        identifier=next((found for each in graph.values(term, *_IDENTIFIERS) if (found := _value(graph, each))), ""),
        email=mail,
        url=next((found for each in graph.values(term, *_PAGES) if (found := _value(graph, each))), ""),
        phone=next(
            (normalise.phone(found) for each in graph.values(term, *_PHONES) if (found := _value(graph, each))), ""
        ),
    )


def _text(graph: Graph, terms: list[Term], languages: Sequence[str]) -> str:
    return best(terms, languages) or next((found for each in terms if (found := label(graph, each, languages))), "")


def _value(graph: Graph, term: Term) -> str:
    """Return a value, or the one of the node that carries it (``vcard:hasValue``, ``skos:notation``)."""
    if isinstance(term, ox.Literal):
        return term.value
    inner = graph.first(term, *_VALUES, "skos:notation")
    return (_value(graph, inner) if inner is not None and inner != term else "") or iri(term)


def places(graph: Graph, term: Term) -> list[Any]:
    """Return the places that a ``dct:spatial`` tells: texts as they are, nodes as :class:`Place`."""
    if isinstance(term, ox.Literal):
        return [term.value]
    uri, name = iri(term), label(graph, term)
    codes = normalise.place(uri) if uri else None
    found: list[Place] = []
    for name_ in _GEOMETRIES:
        for value in [*graph.values(term, name_), *([term] if name_ == "schema:geo" else [])]:
            for text in [*_shapes(graph, value), *_point(graph, value)]:
                place = normalise.place(text)
                if place and place.bbox:
                    found.append(evolve(place, label=name, uri=uri, codes=codes.codes if codes else ()))
    if found:
        # One place told several times: its outline says more than its box, its box more than its centre.
        return [max(found, key=lambda place: (_area(place) > 0, place.geometry is not None))]
    named = [text for each in _PLACE_NAMES for text in ways(graph, graph.values(term, each))]
    uri = uri or next((text for text in named if text.startswith(("http://", "https://"))), "")
    name = name or next((text for text in named if "://" not in text), "")
    codes = codes or (normalise.place(uri) if uri else None)
    return [Place(normalise.one_line(name), uri, codes=codes.codes if codes else ())] if name or uri else []


def _shapes(graph: Graph, value: Term) -> list[str]:
    if isinstance(value, ox.Literal):
        return [value.value]
    drawn = [each.value for each in graph.values(value, *_SHAPES) if isinstance(each, ox.Literal)]
    by_latitude = graph.values(value, "schema:box", "schema:polygon")
    return drawn + [_longitude_first(each.value) for each in by_latitude if isinstance(each, ox.Literal)]


def _longitude_first(text: str) -> str:
    """Return a box or an outline of schema.org, which writes the latitude first, as others are written."""
    numbers = _DECIMAL.findall(text)
    pairs = [f"{x} {y}" for y, x in zip(numbers[0::2], numbers[1::2], strict=False)]
    if not re.fullmatch(r"[\s,;\d.+-]+", text) or len(numbers) % 2:
        return text
    return " ".join(pairs) if len(pairs) == 2 else f"POLYGON (({', '.join(pairs)}))"


def _point(graph: Graph, value: Term) -> list[str]:
    """Return the point that a latitude and a longitude say."""
    sides = [graph.first(value, f"schema:{each}itude", f"geo:{each}") for each in ("long", "lat")]
    said = [each.value for each in sides if isinstance(each, ox.Literal)]
    return [f"POINT ({said[0]} {said[1]})"] if len(said) == 2 else []


def _area(place: Place) -> float:
    west, south, east, north = place.bbox or (0.0, 0.0, 0.0, 0.0)
    return abs(east - west) * abs(north - south)


def periods(graph: Graph, term: Term) -> list[tuple[str, str]]:
    """Return the periods that a ``dct:temporal`` tells, a side that is not given is ``""``."""
    if isinstance(term, ox.Literal):
        found = normalise.period(term.value)
        return [(found.start, found.end)] if found else []
    start, end = (_moment(graph, graph.first(term, *names)) for names in (_STARTS, _ENDS))
    if start or end:
        return [(start, end)]
    found = normalise.period(label(graph, term) or re.split(r"interval/|/(?!P\d)", iri(term))[-1])
    return [(found.start, found.end)] if found else []


#: Units of time, and how a duration is written with them.
_UNITS = {"years": "P{}Y", "months": "P{}M", "weeks": "P{}W", "days": "P{}D", "hours": "PT{}H", "minutes": "PT{}M"}


def durations(graph: Graph, term: Term, depth: int = 3) -> list[str]:
    """Return the durations that a node tells unit by unit, as Spanish catalogues write frequencies: ``P1M``."""
    found = [
        form.format(int(float(each.value)))
        for unit, form in _UNITS.items()
        for each in graph.values(term, f"time:{unit}")
        if isinstance(each, ox.Literal) and re.fullmatch(r"0*[1-9]\d{0,3}(?:\.0*)?", each.value)
    ]
    inside = graph.values(term, "rdf:value", "time:hasdurationdescription", "schema:duration") if depth else []
    return found + [text for each in inside if is_node(each) for text in durations(graph, each, depth - 1)]


def _moment(graph: Graph, term: Term | None) -> str:
    return _moment(graph, graph.first(term, *_INSTANTS)) if is_node(term) else term.value if term is not None else ""
