"""One record of ISO 19115-3 (``mdb:MD_Metadata``), as newer catalogues export it, to a draft; OWSLib reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from owslib.iso3 import MD_Metadata

from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.readers.common.draft import Draft, PlaceDraft
from ckanext.ca3b.harvest.readers.common.shaping import text, texts
from ckanext.ca3b.harvest.readers.common.xml import inner, name

from .constraints import licences_among
from .links import Link, landing_page, resources
from .nineteen139 import CONTACTS, NAMES, PUBLISHERS, agent_of, box_of, by_role

if TYPE_CHECKING:
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    from ckanext.ca3b.harvest.readers.common.draft import ResourceDraft

_SIDES = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
#: What the namespaces of the standard begin with.
NAMESPACE = "http://standards.iso.org/iso/19115/-3/mdb/"


def draft(element: etree._Element, *, page: str = "") -> Draft:
    """Return the draft of a record; ``page`` is where people see it."""
    said = MD_Metadata(element)
    found = said.identification[0] if said.identification else None
    made = Draft(text(said.identifier), names=NAMES, provenance={"url": page} if page else {})
    made.landing_page, made.resources = _links(element)
    made.landing_page = made.landing_page or page
    if found is None:
        return made
    words = [word for group in found.keywords for word in group.keywords]
    constraints = [*_pairs(found.otherconstraints, []), *_pairs(found.uselimitation, found.uselimitation_url)]
    dates = {date.type: text(date.date) for date in found.date}
    themes = [
        said for word in words for said in (text(word.url), text(word.name)) if said and normalise.theme(said).known
    ]
    made.identifier = made.identifier or text(found.uricode)
    made.title, made.description = text(found.title), text(found.abstract)
    made.keywords = tuple(text(word.name) for word in words)
    made.themes = tuple(dict.fromkeys(themes))
    made.licences = licences_among(constraints)
    made.publisher = agent_of(by_role([*found.contact, *said.contact], PUBLISHERS))
    made.contact = agent_of(by_role([*said.contact, *found.contact], CONTACTS))
    made.issued = dates.get("publication") or dates.get("creation") or ""
    made.modified = dates.get("revision") or dates.get("lastRevision") or ""
    boxes = ([_side(box, side) for side in _SIDES] for box in _all(element, "EX_GeographicBoundingBox"))
    made.places = tuple(PlaceDraft(box_of(sides)) for sides in boxes if all(sides))
    made.periods = ((text(found.temporalextent_start), text(found.temporalextent_end)),)
    codes = (one for one in element.iter() if name(one) == "MD_MaintenanceFrequencyCode")
    made.frequency = next((text(code.get("codeListValue")) for code in codes), "")
    made.languages = texts(found.resourcelanguagecode or found.resourcelanguage)
    made.version = text(found.edition)
    kept = {
        "dateStamp": text(said.datestamp),
        "topicCategory": list(found.topiccategory),
        "purpose": text(found.purpose),
    }
    made.raw = {key: value for key, value in kept.items() if value}
    return made


def _links(element: etree._Element) -> tuple[str, list[ResourceDraft]]:
    """Return the page and the files of a record, by names alone: not all write the namespaces of the standard."""
    found = [
        Link(
            _side(one, "linkage"), _side(one, "protocol"), _side(one, "name"), _side(one, "description"),
            _function(one), forms,
        )
        for part in element
        if name(part) == "distributionInfo"
        for forms in [_formats(part)]
        for one in _all(part, "CI_OnlineResource")
        if name(one.getparent()) == "onLine"
    ]  # fmt: skip
    return landing_page(found), resources(found, ())


def _formats(part: etree._Element) -> tuple[str, ...]:
    titles = (_side(one, "title") for form in _all(part, "MD_Format") for one in _all(form, "CI_Citation"))
    return tuple(dict.fromkeys(filter(None, titles)))


def _function(link: etree._Element) -> str:
    codes = (text(code.get("codeListValue")) for code in _all(link, "CI_OnLineFunctionCode"))
    return next(codes, "")


def _all(element: etree._Element, wanted: str) -> list[etree._Element]:
    return [one for one in element.iter() if name(one) == wanted]


def _side(element: etree._Element, wanted: str) -> str:
    """Return what a child says, in the language of the record: its translations stand beside."""
    held = ([*_all(one, "CharacterString"), *_all(one, "Anchor"), one] for one in element if name(one) == wanted)
    return next((said for several in held for one in several if (said := inner(one))), "")


def _pairs(sentences: list[str], addresses: list[str]) -> list[tuple[str, list[str]]]:
    told = [(text(sentence), []) for sentence in sentences]
    return [*told, *(("", [text(address)]) for address in addresses if text(address))]
