"""``data.json``: DCAT-US (Project Open Data 1.0 and 1.1) as ArcGIS Hub, DKAN and others write it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.model import Page
from ckanext.ca3b.harvest.sources import SourceError

from .common.draft import Draft, ResourceDraft
from .common.finish import finish
from .common.flow import Entries, cut, to_the_end
from .common.shaping import integer, mapping, mappings, remainder, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.model import Event, Record
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

KIND = "datajson"
LABEL = "Catalogue data.json (ArcGIS Hub, DKAN)"
_NAMES = {
    "identifier": "identifier", "title": "title", "description": "description", "license": "license",
    "keywords": "keyword", "theme": "theme", "publisher": "publisher", "contact": "contactPoint", "issued": "issued",
    "modified": "modified", "spatial": "spatial", "temporal": "temporal", "frequency": "accrualPeriodicity",
    "language": "language", "resources": "distribution", "access_rights": "accessLevel", "format": "format",
}  # fmt: skip
_KNOWN = {
    *_NAMES.values(), "@type", "conformsTo", "landingPage", "accessURL", "downloadURL", "webService", "mbox", "person",
    "dataDictionary", "size", "version",
}  # fmt: skip
_KNOWN_FILE = {
    "@type", "title", "description", "format", "mediaType", "accessURL", "downloadURL", "license", "issued", "modified",
    "byteSize", "size", "conformsTo", "identifier", "checksum",
}  # fmt: skip
_REPEATED = re.compile(r"R\d*/P", re.IGNORECASE)
_LEVELS = {"public": "PUBLIC", "restricted public": "RESTRICTED", "non-public": "NON_PUBLIC"}
_TOKENS = (
    "accessLevel", "project-open-data", "contactPoint", "accessURL", "downloadURL", "landingPage", "keyword",
    "distribution", "identifier",
)  # fmt: skip


def recognises(answer: Answer) -> bool:
    """Tell whether the content is a list of datasets as data.json has them."""
    head = answer.text[:200_000].lstrip("\ufeff \t\r\n")
    if not head.startswith(("{", "[")) or re.search(r'"(?:success|@graph|total_count|results)"\s*:', head[:2_000]):
        return False
    listed = re.search(r'"dataset"\s*:\s*\[', head) or (head.startswith("[") and '"accessLevel"' in head)
    empty = re.search(r'"dataset"\s*:\s*\[\s*\]', head)
    return bool(listed and (empty or any(f'"{token}' in head or token in head[:2_000] for token in _TOKENS)))


def places(address: str) -> Iterator[str]:
    """Yield where portals keep their ``data.json``."""
    parts = urlsplit(address)
    for path in ("/data.json", "/api/feed/dcat-us/1.1.json", "/api/feed/dcat-us/1.1", "/catalog.json"):
        yield urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the one page of the catalogue and its datasets."""
    return to_the_end(_events(client, source))


def _events(client: Client, source: Source) -> Iterator[Event]:
    answer = client.first(source)
    content = answer.json()
    listed = content if isinstance(content, list) else content.get("dataset") if isinstance(content, dict) else None
    if isinstance(listed, dict):
        listed = [listed]
    if not isinstance(listed, list):
        raise SourceError("not-catalogue", "Ce document JSON n’a pas de liste « dataset ».", where=source.address)
    yield Page(answer.url, client.pages, len(answer.content))
    yield from Entries(lambda entry: _record(entry, answer), identify=_name).records(listed, answer.url)
    yield from cut(answer)


def _name(entry: Any) -> str:
    return text(entry.get("identifier")) or text(entry.get("title"))


def _record(entry: Any, answer: Answer) -> Record | None:
    """Return the record of an entry.

    :raises TypeError: it is no object.
    """
    if not isinstance(entry, dict):
        raise TypeError(entry)
    files = [_file(each) for each in mappings(entry.get("distribution"))]
    files = files or _old_files(entry)
    modified, frequency = text(entry.get("modified")), text(entry.get("accrualPeriodicity"))
    if _REPEATED.match(modified):  # « updated every day » is allowed where a date stands
        modified, frequency = "", frequency or modified
    return finish(
        Draft(
            identifier=text(entry.get("identifier")) or text(entry.get("@id")) or _hash(entry),
            title=text(entry.get("title")),
            description=text(entry.get("description")),
            licences=_licences(entry),
            keywords=_keywords(entry.get("keyword")),
            themes=texts(entry.get("theme")),
            publisher=normalise.agent(entry.get("publisher")),
            contact=normalise.agent(entry.get("contactPoint") or _old_contact(entry)),
            issued=text(entry.get("issued")),
            modified=modified,
            places=_places(entry.get("spatial")),
            periods=_periods(entry.get("temporal")),
            frequency=frequency,
            conforms_to=texts(entry.get("conformsTo")),
            languages=texts(entry.get("language")),
            landing_page=text(entry.get("landingPage")),
            resources=files,
            access_rights=_LEVELS.get(text(entry.get("accessLevel")).lower(), text(entry.get("accessLevel"))),
            version=text(entry.get("version")),
            provenance={"url": answer.url},
            raw=remainder(entry, _KNOWN),
            names=_NAMES,
        )
    )


def _hash(entry: dict[str, Any]) -> str:
    stable = f"{text(entry.get('landingPage'))}\n{text(entry.get('title'))}"
    return "" if not stable.strip() else "sha256-" + hashlib.sha256(stable.encode("utf-8", "replace")).hexdigest()


def _licences(entry: dict[str, Any]) -> tuple[str, ...]:
    """Return the licence; ArcGIS Hub writes pages of HTML there, whose links name it."""
    said = texts(entry.get("license"))
    links = [link for each in said for link in re.findall(r"https?://[^\s\"'<>]+", each)]
    found = (*said, *links)
    rights = texts(entry.get("rights"))
    return found or (rights if rights and normalise.licence(*rights).known else ())


def _keywords(value: Any) -> tuple[str, ...]:
    return normalise.keywords(texts(value), joined=isinstance(value, str))


def _old_contact(entry: dict[str, Any]) -> dict[str, Any]:
    return {"fn": entry.get("person"), "hasEmail": entry.get("mbox")}


def _places(value: Any) -> tuple[Any, ...]:
    if isinstance(value, list) and not all(isinstance(each, int | float) for each in value):
        nested = all(isinstance(each, list) for each in value)
        return (value,) if nested else tuple(each for each in value if each)
    return (value,) if value else ()


def _periods(value: Any) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            sides = [text(each.get(name)) for name in ("startDate", "endDate")]
            found.append((sides[0], sides[1]))
        elif period := normalise.period(each or ""):
            found.append((period.start, period.end))
        elif text(each):
            found.append((text(each), ""))
    return tuple(side for side in found if any(side))


def _file(entry: dict[str, Any]) -> ResourceDraft:
    download, access = text(entry.get("downloadURL")), text(entry.get("accessURL"))
    modified = text(entry.get("modified"))
    return ResourceDraft(
        url=download or access,
        title=text(entry.get("title")),
        description=text(entry.get("description")),
        formats=(*texts(entry.get("format")), *texts(entry.get("mediaType"))),
        media_type=text(entry.get("mediaType")),
        licences=texts(entry.get("license")),
        size=integer(entry.get("byteSize") or entry.get("size")),
        issued=text(entry.get("issued")),
        modified="" if _REPEATED.match(modified) else modified,
        identifier=text(entry.get("identifier") or entry.get("@id")),
        checksum=text(mapping(entry.get("checksum")).get("checksumValue")),
        conforms_to=texts(entry.get("conformsTo")),
        access_url=access if download and access != download else "",
        raw=remainder(entry, _KNOWN_FILE),
    )


def _old_files(entry: dict[str, Any]) -> list[ResourceDraft]:
    """Return the files that version 1.0 of data.json writes on the dataset itself."""
    formats = (*texts(entry.get("format")), *texts(entry.get("mediaType")))
    named = [text(entry.get(name)) for name in ("downloadURL", "accessURL", "webService")]
    urls = list(dict.fromkeys(filter(None, named)))
    return [ResourceDraft(url=url, formats=formats, size=integer(entry.get("size"))) for url in urls]
