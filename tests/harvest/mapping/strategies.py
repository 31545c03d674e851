"""Descriptions as catalogues give them: right values, values of nobody's list, values that mean nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ckanext.ca3b import vocabularies
from ckanext.ca3b.harvest.model import Agent, Description, Period, Place, Resource

_STRANGE = (
    "",
    " ",
    "x",
    "NaN",
    "Ω≈ç√",
    "a,b",
    "{0}",
    "\x00",
    "\ud800",
    "é" * 300,
    "<b>gras</b>",
    '"',
    "[1]",
    "{}",
    "null",
    "-1",
)
words = st.sampled_from((*_STRANGE, "Points de collecte", "l'eau & l'air / le bois", "2025")) | st.text(max_size=20)
addresses = st.sampled_from((
    *_STRANGE, "https://a.fr/1", "www.a.fr", "http://[::1", "https://", "http://a b.fr", "javascript:alert(1)",
    "file:///etc/passwd", "urn:uuid:1", "HTTPS://É.fr/é", "//a.fr", "ftp://a.fr/1", f"https://a.fr/{'x' * 9000}",
))  # fmt: skip
emails = st.sampled_from((*_STRANGE, "donnees@viriat.fr", "mailto:donnees@viriat.fr", "a@b", "a@@b.fr", "a @b.fr"))
dates = st.sampled_from((
    *_STRANGE, "2025", "2025-01", "2025-13", "2025-01-31", "2025-02-30", "0000", "20250131", "2025-W05",
    "2025-01-31T10", "2025-01-31T10:00:00+01:00", "2025-01-31T10:00:00.123456Z",
    "31/01/2025", "99/99/2025", "12345-01-01",
))  # fmt: skip


def _of(table: vocabularies.Vocabulary[Any]) -> st.SearchStrategy[str]:
    known = [entry.uri or entry.code for entry in table.entries]
    return st.sampled_from((*known[:6], f"{table.authority}UNLISTED", f"{table.authority} X", *_STRANGE))


def _many(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=2).map(tuple)


numbers = st.sampled_from((0, 5.2, 46, -180, 180, 181, 1e308, float("nan"), float("inf")))
geometries = st.none() | st.sampled_from((
    {}, {"type": "Point"}, {"type": "Point", "coordinates": [5, 46]}, {"type": "Point", "coordinates": ["a", 1]},
    {"type": "Polygon", "coordinates": [[[5, 46], [6, 46], [6, 47], [5, 46]]]}, {"type": "Sphere", "coordinates": [1]},
    {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [500, 46]}]},
    {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [5, 46]}]},
))  # fmt: skip
_NAMES = (
    "dct:provenance", "adms:identifier", "dct:identifier", "dcatap:applicableLegislation", "foaf:page", "dct:type",
    "dcat:landingPage", "dcat:temporalResolution", "dcat:spatialResolutionInMeters", "dct:creator", "dct:relation",
    "dcat:theme", "dct:language", "adms:status", "dcatap:availability", "dcat:accessService", "dct:rights",
    "dcat:compressFormat", "adms:versionNotes", "dct:isReferencedBy", "unheard-of",
)  # fmt: skip
_INSIDE = ("@id", "rdfs:label", "foaf:mbox", "foaf:homepage", "dct:title", "dcat:endpointURL", "dct:modified", "name")
_leaves = st.none() | st.booleans() | st.integers(-9, 9) | words | addresses | dates
_objects = st.dictionaries(st.sampled_from(_INSIDE), _leaves | st.lists(_leaves, max_size=2), max_size=2)
raws = st.dictionaries(
    st.sampled_from(_NAMES), _leaves | st.lists(_leaves | _objects | st.just([[]]), max_size=2), max_size=3
)
agents = st.builds(Agent, name=words, uri=addresses, identifier=words, email=emails, url=addresses, phone=words)
places = st.builds(
    Place,
    label=words,
    uri=addresses,
    geometry=geometries,
    bbox=st.none() | st.tuples(*[numbers] * 4),
    codes=_many(words),
)
licences = _of(vocabularies.licences()) | words | addresses
resources = st.builds(
    Resource, url=addresses, format=words, title=words, license=licences, description=words, media_type=words,
    size=st.none() | st.integers(), issued=dates, modified=dates, identifier=words | addresses,
    checksum=st.sampled_from(("", "sha1:ab", "ab", ":")), conforms_to=_many(words | addresses), raw_format=words,
    access_url=addresses, raw=raws,
)  # fmt: skip
descriptions = st.builds(
    Description, identifier=words | addresses, title=words, description=words, license=licences, license_raw=words,
    keywords=_many(words), themes=_many(_of(vocabularies.themes())), publisher=agents, contact=agents, issued=dates,
    modified=dates, spatial=_many(places), temporal=_many(st.builds(Period, start=dates, end=dates)),
    frequency=_of(vocabularies.frequencies()), conforms_to=_many(words | addresses),
    language=_many(st.sampled_from(("fr", "en", *_STRANGE))), landing_page=addresses, resources=_many(resources),
    hvd_categories=_many(_of(vocabularies.hvd_categories())), access_rights=_of(vocabularies.access_rights()),
    version=words, uri=addresses, raw=raws,
)  # fmt: skip
