"""schema.org's Dataset, as people embed it in their pages, to a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.harvest import normalise

from .draft import Draft, PlaceDraft, ResourceDraft
from .shaping import integer, mapping, mappings, remainder, text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ckanext.ca3b.harvest.model import Agent

_USED = (
    "@context", "@type", "@id", "name", "description", "url", "identifier", "keywords", "license", "creator",
    "publisher", "author", "provider", "contactPoint", "maintainer", "datePublished", "dateCreated", "dateModified",
    "temporalCoverage", "spatialCoverage", "distribution", "inLanguage", "version", "isAccessibleForFree", "about",
    "includedInDataCatalog", "conformsTo", "headline", "abstract",
)  # fmt: skip
_DISTRIBUTION = (
    "@type", "@id", "name", "description", "contentUrl", "url", "downloadUrl", "encodingFormat", "fileFormat",
    "contentSize", "license", "datePublished", "dateModified", "identifier", "sha256",
)  # fmt: skip
_UNITS = {"": 1, "b": 1, "o": 1, "kb": 1000, "ko": 1000, "mb": 10**6, "mo": 10**6, "gb": 10**9, "go": 10**9,
          "kib": 1024, "mib": 1024**2, "gib": 1024**3}  # fmt: skip
_SIZE = re.compile(r"^\s*([\d  ]+(?:[.,]\d+)?)\s*([kmg]?i?[bo]?)(?:ytes|its)?\s*$", re.IGNORECASE)
_DEPTH = 8


def datasets(document: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the datasets of a JSON-LD document, wherever they are: alone, in a list, a graph or a catalogue."""
    if depth > _DEPTH:
        return
    if isinstance(document, list):
        for one in document:
            yield from datasets(one, depth + 1)
    elif isinstance(document, dict):
        kinds = {kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in texts(document.get("@type"))}
        if "Dataset" in kinds:
            yield document
        for name in ("@graph", "dataset", "mainEntity", "hasPart", "itemListElement", "item"):
            if isinstance(document.get(name), (dict, list)):
                yield from datasets(document[name], depth + 1)


def draft(said: dict[str, Any], absolute: Callable[[str], str]) -> Draft:
    """Return the draft of a dataset; ``absolute`` completes the addresses of its page."""
    uri = text(said.get("@id"))
    page = text(said.get("url"))
    agents = [said.get(name) for name in ("publisher", "creator", "provider", "author")]
    contact = said.get("contactPoint") or mapping(said.get("publisher")).get("contactPoint") or said.get("maintainer")
    return Draft(
        _identifier(said) or uri or page,
        title=text(said.get("name")) or text(said.get("headline")),
        description=text(said.get("description")) or text(said.get("abstract")),
        licences=_licences(said.get("license")), keywords=_keywords(said.get("keywords")),
        themes=tuple(text(one.get("name")) if isinstance(one, dict) else text(one) for one in _list(said.get("about"))),
        publisher=next((found for one in agents if (found := _agent(one))), normalise.agent("")),
        contact=_agent(contact), issued=text(said.get("datePublished")) or text(said.get("dateCreated")),
        modified=text(said.get("dateModified")), places=tuple(_places(said.get("spatialCoverage"))),
        periods=tuple(_periods(said.get("temporalCoverage"))),
        languages=tuple(text(one.get("alternateName") or one.get("name")) if isinstance(one, dict) else text(one)
                        for one in _list(said.get("inLanguage"))),
        landing_page=absolute(page) if page else "", version=text(said.get("version")),
        conforms_to=texts(said.get("conformsTo")), uri=uri if uri.startswith("http") else "",
        resources=[_resource(one, absolute) for one in mappings(said.get("distribution"))],
        raw=remainder(said, _USED),
    )  # fmt: skip


def _identifier(said: dict[str, Any]) -> str:
    found = said.get("identifier")
    return text(mapping(found).get("value")) if isinstance(found, dict) else text(found)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _agent(value: Any) -> Agent:
    if isinstance(value, dict) and not value.get("identifier") and (value.get("taxID") or value.get("vatID")):
        value = {**value, "identifier": value.get("taxID") or value.get("vatID")}
    return normalise.agent(value)


def _licences(value: Any) -> tuple[str, ...]:
    found: list[str] = []
    for one in _list(value):
        names = (one.get("url"), one.get("@id"), one.get("name")) if isinstance(one, dict) else (one,)
        found += [text(name) for name in names if text(name)]
    return tuple(dict.fromkeys(found))


def _keywords(value: Any) -> tuple[str, ...]:
    return tuple(text(one.get("name")) if isinstance(one, dict) else text(one) for one in _list(value))


def _places(value: Any) -> Iterator[PlaceDraft]:
    for one in _list(value):
        if not isinstance(one, dict):
            yield PlaceDraft(one)
            continue
        label, uri = text(one.get("name")), text(one.get("@id"))
        shape = mapping(one.get("geo"))
        found: Any = None
        if shape.get("box"):
            numbers = re.findall(r"[-+]?\d+(?:\.\d+)?", text(shape["box"]))
            # schema.org writes latitude first: south, west, north, east.
            found = [float(numbers[at]) for at in (1, 0, 3, 2)] if len(numbers) == 4 else text(shape["box"])
        elif shape.get("latitude") is not None and shape.get("longitude") is not None:
            found = f"POINT ({text(shape['longitude'])} {text(shape['latitude'])})"
        elif shape.get("polygon"):
            numbers = re.findall(r"[-+]?\d+(?:\.\d+)?", text(shape["polygon"]))
            pairs = ", ".join(f"{x} {y}" for y, x in zip(numbers[0::2], numbers[1::2], strict=False))
            found = f"POLYGON (({pairs}))"
        yield PlaceDraft(found, label, uri if uri.startswith("http") else "")


def _periods(value: Any) -> Iterator[tuple[str, str]]:
    for one in texts(value):
        start, slash, end = one.partition("/")
        yield (start.strip(), end.strip().strip(".") if slash else start.strip())


def _resource(one: dict[str, Any], absolute: Callable[[str], str]) -> ResourceDraft:
    url = text(one.get("contentUrl")) or text(one.get("downloadUrl")) or text(one.get("url"))
    formats = (*texts(one.get("encodingFormat")), *texts(one.get("fileFormat")))
    return ResourceDraft(
        url=absolute(url) if url else "", title=text(one.get("name")), description=text(one.get("description")),
        formats=formats, media_type=next((value for value in formats if "/" in value and "://" not in value), ""),
        licences=_licences(one.get("license")), size=_size(one.get("contentSize")),
        issued=text(one.get("datePublished")), modified=text(one.get("dateModified")),
        identifier=text(one.get("identifier")) or text(one.get("@id")), checksum=text(one.get("sha256")),
        raw=remainder(one, _DISTRIBUTION),
    )  # fmt: skip


def _size(value: Any) -> int | None:
    found = _SIZE.match(text(value))
    unit = _UNITS.get(found[2].lower()) if found else None
    if not found or unit is None:
        return integer(value)
    return int(float(re.sub(r"[\s ]", "", found[1]).replace(",", ".")) * unit)
