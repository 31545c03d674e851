"""One ``gmd:MD_Metadata`` to a draft; OWSLib reads it, and XPath what OWSLib leaves out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from owslib.iso import MD_Metadata

from ckanext.ca3b import vocabularies
from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.model import Agent
from ckanext.ca3b.harvest.readers.common.draft import Draft, PlaceDraft
from ckanext.ca3b.harvest.readers.common.shaping import text
from ckanext.ca3b.harvest.readers.common.xml import inner, name

from .constraints import access_rights, licences
from .links import formats, landing_page, links, resources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

NAMESPACES = {
    "gmd": "http://www.isotc211.org/2005/gmd",
    "gco": "http://www.isotc211.org/2005/gco",
    "gmx": "http://www.isotc211.org/2005/gmx",
    "srv": "http://www.isotc211.org/2005/srv",
    "xlink": "http://www.w3.org/1999/xlink",
}
#: Levels of records that describe no data: services have their own catalogue, the others are not published.
OTHER_LEVELS = {
    "service": "un service",
    "application": "une application",
    "software": "un logiciel",
    "featureCatalogue": "un catalogue d’attributs",
    "model": "un modèle",
}
#: Who publishes, among the roles of the people in charge, the surest first.
PUBLISHERS = ("publisher", "owner", "custodian", "resourceProvider", "author", "originator", "distributor", "")
CONTACTS = ("pointOfContact", "custodian", "distributor", "owner", "")
NAMES = {
    "title": "citation/title", "description": "abstract", "license": "resourceConstraints", "issued": "date",
    "modified": "date", "spatial": "extent", "temporal": "temporalElement", "theme": "descriptiveKeywords",
    "frequency": "maintenanceAndUpdateFrequency", "resources": "transferOptions/onLine",
    "identifier": "fileIdentifier", "format": "distributionFormat",
}  # fmt: skip


def level(element: etree._Element) -> str:
    """Return the level of a record (``dataset``, ``series``, ``service``…), of this standard or of ISO 19115-3."""
    codes = [one for part in element if name(part) in {"hierarchyLevel", "metadataScope"} for one in part.iter()
             if name(one) == "MD_ScopeCode"]  # fmt: skip
    said = text(codes[0].get("codeListValue")) or inner(codes[0]) if codes else ""
    services = (one for part in element if name(part) == "identificationInfo" for one in part)
    return said or ("service" if any(name(one) == "SV_ServiceIdentification" for one in services) else "")


def draft(element: etree._Element, *, page: str = "") -> Draft:
    """Return the draft of a record; ``page`` is where people see it."""
    said = MD_Metadata(element)
    found = said.identification[0] if said.identification else None
    identification = _first(element, "./gmd:identificationInfo/*")
    made = Draft(text(said.identifier), names=NAMES, provenance={"url": page} if page else {})
    found_links = links(element)
    made.landing_page = landing_page(found_links) or page
    made.resources = resources(found_links, formats(element))
    made.raw = _kept(element, said)
    if found is None or identification is None:
        return made
    made.identifier = made.identifier or text(found.uricode)
    made.uri = next((code for code in found.uricode if code.startswith(("http://", "https://"))), "")
    made.title = _french(identification, "./gmd:citation/*/gmd:title") or text(found.title)
    made.description = _french(identification, "./gmd:abstract", lines=True) or text(found.abstract)
    made.licences = licences(identification)
    made.access_rights = access_rights(identification)
    made.keywords = _every(identification, "./gmd:descriptiveKeywords/*/gmd:keyword")
    made.themes = _themes(identification, found.topiccategory, made.raw)
    parties = [*found.contact, *said.contact]
    made.publisher = agent_of(by_role(parties, PUBLISHERS))
    made.contact = agent_of(by_role([*said.contact, *found.contact], CONTACTS))
    dates = {date.type: text(date.date) for date in found.date}
    made.issued = dates.get("publication") or dates.get("creation") or ""
    made.modified = dates.get("revision") or dates.get("lastRevision") or dates.get("lastUpdate") or ""
    made.places = _places(identification)
    made.periods = _periods(identification)
    made.frequency = _code(identification, ".//gmd:MD_MaintenanceFrequencyCode")
    made.languages = tuple(found.resourcelanguagecode or found.resourcelanguage)
    made.conforms_to = _systems(element, made.raw)
    made.version = text(found.edition)
    return made


def _first(element: etree._Element, path: str) -> etree._Element | None:
    return next(iter(element.xpath(path, namespaces=NAMESPACES)), None)


def _said(element: etree._Element, path: str) -> str:
    return inner(_first(element, path))


def _french(element: etree._Element, path: str, *, lines: bool = False) -> str:
    """Return a text in French when it is translated into French, else the text itself; its ``lines`` kept or not."""
    held = _first(element, path)
    if held is None:
        return ""
    translated = held.xpath(".//gmd:LocalisedCharacterString", namespaces=NAMESPACES)
    french = [one for one in translated if (one.get("locale") or "").lstrip("#").lower()[:2] == "fr"]
    itself = held.xpath("./gco:CharacterString|./gmx:Anchor", namespaces=NAMESPACES)
    for one in (*french, *itself, *translated):
        said = "".join(one.itertext()).strip() if lines else inner(one)
        if said:
            return said
    return ""


def _every(element: etree._Element, path: str) -> tuple[str, ...]:
    # A translation (PT_FreeText) stands beside the text: only the text itself is a keyword.
    return tuple(
        dict.fromkeys(
            said
            for one in element.xpath(path, namespaces=NAMESPACES)
            if (said := _said(one, "./gco:CharacterString|./gmx:Anchor") or inner(one))
        )
    )


def _code(element: etree._Element, path: str) -> str:
    found = _first(element, path)
    return text(found.get("codeListValue")) or inner(found) if found is not None else ""


def _themes(identification: etree._Element, topics: Iterable[str], raw: dict[str, Any]) -> tuple[str, ...]:
    """Return keywords of a thesaurus and topics of ISO that are themes of the vocabularies; others stay in ``raw``."""
    path = "./gmd:descriptiveKeywords/*[gmd:thesaurusName]/gmd:keyword/*"
    words = identification.xpath(path, namespaces=NAMESPACES)
    said = [text(one.get(f"{{{NAMESPACES['xlink']}}}href")) or inner(one) for one in words]
    found = [one for one in said if one and normalise.theme(one).known]
    other = [topic for topic in topics if not normalise.theme(topic).known]
    if other:
        raw["topicCategory"] = other
    return tuple(dict.fromkeys([*found, *(topic for topic in topics if topic not in other)]))


def by_role(parties: list[Any], roles: Iterable[str]) -> Any:
    """Return the party of the first of these roles that somebody has, None when nobody is named."""
    for role in roles:
        for party in parties:
            if (not role or party.role == role) and (party.organization or party.name or party.email):
                return party
    return None


def agent_of(party: Any) -> Agent:
    """Return a party of OWSLib, of either standard."""
    if party is None:
        return Agent()
    online = getattr(party, "onlineresource", None)
    return Agent(
        name=text(party.organization) or text(party.name), email=text(party.email), phone=text(party.phone),
        url=text(online.url) if online is not None else "",
    )  # fmt: skip


def _places(identification: etree._Element) -> tuple[PlaceDraft, ...]:
    found: list[PlaceDraft] = []
    for extent in identification.xpath("./*[local-name()='extent']/gmd:EX_Extent", namespaces=NAMESPACES):
        label = _said(extent, "./gmd:description")
        for box in extent.xpath(".//gmd:EX_GeographicBoundingBox", namespaces=NAMESPACES):
            sides = [_said(box, f"./gmd:{side}") for side in ("westBoundLongitude", "southBoundLatitude",
                     "eastBoundLongitude", "northBoundLatitude")]  # fmt: skip
            found.append(PlaceDraft(box_of(sides), label))
        for place in extent.xpath(".//gmd:EX_GeographicDescription//gmd:code/*", namespaces=NAMESPACES):
            uri = text(place.get(f"{{{NAMESPACES['xlink']}}}href"))
            if inner(place) or uri:
                found.append(PlaceDraft(inner(place) or None, inner(place) if uri else "", uri))
        if label and not found:
            found.append(PlaceDraft(None, label))
    return tuple(found)


def box_of(sides: list[str]) -> Any:
    """Return west, south, east, north; a west that is east of the east on the same side of Greenwich was swapped."""
    try:
        west, south, east, north = (float(side.replace(",", ".")) for side in sides)
    except ValueError:
        return "; ".join(sides)
    if west > east and not west > 0 > east:
        west, east = east, west
    return [west, south, east, north]


def _periods(identification: etree._Element) -> tuple[tuple[str, str], ...]:
    """Return periods and instants, whichever version of GML they are in."""
    extents = identification.xpath(".//gmd:EX_TemporalExtent/gmd:extent", namespaces=NAMESPACES)
    found = [
        (_side(one, "begin"), _side(one, "end"))
        for extent in extents
        for one in extent.iter()
        if name(one) == "TimePeriod"
    ]
    instants = [inner(one) for extent in extents for one in extent if name(one) == "TimeInstant"]
    return tuple(period for period in (*found, *((one, one) for one in instants)) if any(period))


def _side(period: etree._Element, side: str) -> str:
    """Return ``gml:beginPosition``, or the position in the ``gml:begin`` of GML 3.2."""
    return next((inner(one) for one in period if name(one) in {f"{side}Position", side}), "")


def _systems(element: etree._Element, raw: dict[str, Any]) -> tuple[str, ...]:
    """Return the coordinate reference systems that the vocabularies know, by their URI; others stay in ``raw``."""
    found = []
    for said in _every(element, "./gmd:referenceSystemInfo//gmd:RS_Identifier/gmd:code"):
        number = re.search(r"(\d{4,5})\D*$", said)
        known = vocabularies.reference_systems().find_first(said, number[1] if number else "")
        if known:
            found.append(known.uri or said)
        else:
            raw.setdefault("referenceSystem", []).append(said)
    return tuple(dict.fromkeys(found))


def _kept(element: etree._Element, said: MD_Metadata) -> dict[str, Any]:
    """Return what has no place in a description and may help who completes it."""
    kept = {
        "lineage": text(said.dataquality.lineage) if said.dataquality else "",
        "dateStamp": text(said.datestamp),
        "parentIdentifier": text(said.parentidentifier),
        "scale": list(_every(element, ".//gmd:equivalentScale//gmd:denominator")),
        "purpose": _said(element, "./gmd:identificationInfo/*/gmd:purpose"),
        "supplementalInformation": _said(element, "./gmd:identificationInfo/*/gmd:supplementalInformation"),
        "graphicOverview": list(_every(element, ".//gmd:graphicOverview//gmd:fileName")),
    }
    return {name: value for name, value in kept.items() if value}
