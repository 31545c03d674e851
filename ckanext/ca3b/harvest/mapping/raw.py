"""What a description keeps in the catalogue's own words, and that has a field with us all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from . import values
from .values import filled, links, text, texts_of, uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .notes import Notes

_LANGUAGE = re.compile(r"(?<=.)@(?P<code>[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{1,8})*)$", re.DOTALL)
_LABELS = ("rdfs:label", "dct:title", "skos:prefLabel", "foaf:name", "vcard:fn", "skos:notation", "label", "title",
           "name", "dct:description")  # fmt: skip
_DURATION = re.compile(r"P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?")

#: Fields → the properties where catalogues write them: DCAT's, and those of CKAN portals with ckanext-dcat.
_TEXT = {
    "provenance": ("dct:provenance", "provenance", "lineage"),
    "version_notes": ("adms:versionNotes", "version_notes"),
}
_TEXTS = {
    "alternate_identifier": ("adms:identifier", "dct:identifier", "alternate_identifier"),
    "is_referenced_by": ("dct:isReferencedBy", "is_referenced_by"),
    "has_version": ("dct:hasVersion", "dcat:hasVersion", "has_version"),
}
_LINKS = {
    "applicable_legislation": ("dcatap:applicableLegislation", "applicable_legislation"),
    "documentation": ("foaf:page", "dcat:landingPage", "documentation", "references", "describedBy", "origin"),
}
_RESOLUTION = ("dcat:temporalResolution", "temporal_resolution")
_METRES = ("dcat:spatialResolutionInMeters", "spatial_resolution_in_meters")
_TYPE = ("dct:type", "dcat_type")
_CREATOR = ("dct:creator", "creator")
_RELATION = ("dct:relation",)
#: Read elsewhere, or only another way to say what a field says, or where a file was found.
_ELSEWHERE = frozenset({
    "dcat:theme", "dct:accrualPeriodicity", "resources_without_address", "rdf:type", "identifier", "protocol", "folder",
    "heading",
})  # fmt: skip


def dataset(raw: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """Return the fields of a dataset that ``raw`` fills; the names of what is left are kept aside in ``notes``."""
    if not raw:
        return {}
    reading = _Reading(raw)
    found: dict[str, Any] = {field: reading.words(names) for field, names in _TEXT.items()}
    found |= {field: reading.texts(names) for field, names in _TEXTS.items()}
    found |= {field: links(reading.addresses(names), field, notes) for field, names in _LINKS.items()}
    found |= {
        "temporal_resolution": reading.duration(_RESOLUTION),
        "spatial_resolution_in_meters": _metres(reading, notes),
        "dcat_type": next(iter(reading.addresses(_TYPE)), ""),
        "creator": reading.agents(_CREATOR),
        "qualified_relation": [{"relation": one} for one in reading.addresses(_RELATION)],
    }
    notes.keep_aside(*reading.left(_ELSEWHERE))
    return filled(found)


def file(raw: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """Return the fields of a file that ``raw`` fills, in the same way."""
    if not raw:
        return {}
    reading = _Reading(raw)
    found: dict[str, Any] = {
        "rights": next(iter(reading.addresses(("dct:rights",))), "") or reading.words(("dct:rights", "rights")),
        "documentation": links(reading.addresses(_LINKS["documentation"]), "resources.documentation", notes),
        "applicable_legislation": reading.addresses(_LINKS["applicable_legislation"]),
        "language": [
            uri_
            for one in reading.either(("dct:language", "language"))
            if (uri_ := values.known("languages", one, "resources.language", notes, "unknown-language"))
        ],
        "status": reading.concept(("adms:status", "status"), "statuses", notes, "unknown-status"),
        "availability": reading.concept(
            ("dcatap:availability", "availability"), "availabilities", notes, "unknown-availability"
        ),
        "compress_format": next(iter(reading.either(("dcat:compressFormat", "compress_format"))), ""),
        "package_format": next(iter(reading.either(("dcat:packageFormat", "package_format"))), ""),
        "temporal_resolution": reading.duration(_RESOLUTION),
        "spatial_resolution_in_meters": _metres(reading, notes),
        "access_services": [row for one in reading.take(("dcat:accessService",)) if (row := _service(one, notes))],
    }
    notes.keep_aside(*(f"resources.{name}" for name in reading.left(_ELSEWHERE)))
    return filled(found)


def _metres(reading: _Reading, notes: Notes) -> str:
    return next(filter(None, (values.decimal(one, "spatial_resolution", notes) for one in reading.texts(_METRES))), "")


def _service(said: Any, notes: Notes) -> dict[str, Any]:
    """Return the row of a service of access."""
    if not isinstance(said, dict):
        return filled({"uri": uri(said)})
    inside = _Reading({key: value if isinstance(value, list) else [value] for key, value in said.items()})
    row = {
        "uri": uri(said.get("@id")),
        "title": inside.words(("dct:title", "label", "rdfs:label")),
        "description": inside.words(("dct:description",)),
        "endpoint_description": next(iter(inside.either(("dcat:endpointDescription",))), ""),
        "endpoint_url": inside.addresses(("dcat:endpointURL",)),
        "serves_dataset": inside.addresses(("dcat:servesDataset",)),
        "access_rights": next(iter(inside.addresses(("dct:accessRights",))), ""),
        "conforms_to": inside.either(("dct:conformsTo",)),
        "format": inside.either(("dct:format",)),
        "identifier": inside.words(("dct:identifier",)),
        "rights": inside.either(("dct:rights",)),
        "landing_page": inside.addresses(("dcat:landingPage", "foaf:page")),
        "applicable_legislation": inside.addresses(("dcatap:applicableLegislation",)),
        "hvd_category": inside.addresses(("dcatap:hvdCategory",)),
        "license": next(iter(inside.either(("dct:license",))), ""),
        "modified": values.date(inside.words(("dct:modified",)), "resources.access_services.modified", notes),
        "theme": inside.addresses(("dcat:theme",)),
    }
    notes.keep_aside(*(f"resources.dcat:accessService.{name}" for name in inside.left({"rdf:type", "@id", "label"})))
    return filled(row)


class _Reading:
    """A ``raw`` that remembers what was taken from it."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.taken: set[str] = set()

    def take(self, names: Iterable[str]) -> list[Any]:
        """Return the values of some properties."""
        found: list[Any] = []
        for name in names:
            if name in self.raw:
                self.taken.add(name)
                value = self.raw[name]
                found += value if isinstance(value, list | tuple) else [value]
        return [one for one in found if one not in (None, "", [], {})]

    def words(self, names: Iterable[str]) -> str:
        """Return the one text of some properties, the French one at best."""
        found = self.take(names)
        return next(filter(None, map(_words, _french_first(found))), "")

    def texts(self, names: Iterable[str]) -> list[str]:
        """Return the texts of some properties: words before addresses."""
        return texts_of(map(_words, self.take(names)))

    def addresses(self, names: Iterable[str]) -> list[str]:
        """Return the addresses of some properties; what has none stays in ``raw``."""
        names = tuple(names)
        found = self.take(names)
        addresses = [uri(_address(one)) for one in found]
        if not all(addresses):
            self.taken -= set(names)
        return list(dict.fromkeys(filter(None, addresses)))

    def either(self, names: Iterable[str]) -> list[str]:
        """Return the addresses of some properties, or their words."""
        return texts_of(uri(_address(one)) or _words(one) for one in self.take(names))

    def duration(self, names: Iterable[str]) -> str:
        """Return an ISO 8601 duration."""
        names = tuple(names)
        found = next((one for one in self.texts(names) if _DURATION.fullmatch(one)), "")
        if not found:
            self.taken -= set(names)
        return found

    def concept(self, names: Iterable[str], table: str, notes: Notes, code: str) -> str:
        """Return the first concept of a vocabulary."""
        said = self.either(names)
        return values.known(table, said[0], f"resources.{table}", notes, code) if said else ""

    def agents(self, names: Iterable[str]) -> list[dict[str, str]]:
        """Return rows of agents: their names, addresses and identifiers."""
        rows = []
        for one in self.take(names):
            inside = one if isinstance(one, dict) else {}
            row = {
                "name": "" if uri(one if isinstance(one, str) else "") else _words(one),
                "uri": uri(_address(one)),
                "email": re.sub(r"^mailto:", "", text(inside.get("foaf:mbox") or inside.get("email"))),
                "url": text(_address(inside.get("foaf:homepage") or inside.get("url") or "")),
                "identifier": text(inside.get("dct:identifier") or inside.get("identifier")),
            }
            if not values.texts.is_email(row["email"]):
                row["email"] = ""
            rows.append(filled(row))
        return [row for row in rows if row]

    def left(self, elsewhere: Iterable[str]) -> list[str]:
        """Return the names of what was not taken."""
        return [name for name in self.raw if name not in self.taken and name not in set(elsewhere)]


def _french_first(found: list[Any]) -> list[Any]:
    return sorted(found, key=lambda one: not (isinstance(one, str) and one.endswith("@fr")))


def _words(value: Any) -> str:
    """Return the words of a value: a text without its language, the label of an object, else its address."""
    if isinstance(value, dict):
        for key in _LABELS:
            inside = value.get(key)
            if inside:
                return _words(_french_first(inside)[0] if isinstance(inside, list) else inside)
        return text(value.get("@id"))
    return text(_LANGUAGE.sub("", value) if isinstance(value, str) else value)


def _address(value: Any) -> str:
    return text(value.get("@id") or value.get("uri")) if isinstance(value, dict) else text(value)
