"""Data Fair portals by their API: the public datasets of a portal, of one owner, or one alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ckanext.ca3b.harvest.model import Agent, Problem, Record
from ckanext.ca3b.harvest.sources import SourceError

from .common.draft import Draft, ResourceDraft
from .common.finish import finish
from .common.flow import Entries, complete, to_the_end
from .common.shaping import above, integer, mapping, mappings, query, remainder, text, texts, with_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.model import Event
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

KIND = "datafair"
LABEL = "portail Data Fair"

_ROWS = 100
#: Lines that the API gives at once: a larger table has no whole export by lines.
_LINES = 10_000
_SEGMENTS = ("data-fair", "datasets", "s")
_USED = (
    "id", "slug", "title", "description", "summary", "license", "topics", "keywords", "frequency", "spatial",
    "temporal", "timePeriod", "creator", "origin", "owner", "createdAt", "updatedAt", "dataUpdatedAt", "bbox", "file",
    "originalFile", "remoteFile", "attachments", "page", "href", "count", "modified",
)  # fmt: skip
_TECHNICAL = (
    "status", "visibility", "public", "permissions", "userPermissions", "schema", "storage", "image", "thumbnail",
    "isRest", "isVirtual", "isMetaOnly", "rest", "virtual", "publications", "publicationSites", "createdBy",
    "updatedBy", "dataUpdatedBy", "finalizedAt", "links", "previews", "extensions", "esWarning", "errorStatus",
    "primaryKey", "hasFiles", "exports", "masterData", "readApiKey", "timeZone", "projection", "nbConcepts",
)  # fmt: skip
_NAMES = {"modified": "dataUpdatedAt", "issued": "createdAt", "theme": "topics"}


def recognises(answer: Answer) -> bool:
    """Tell whether this is an answer of the API that holds datasets."""
    try:
        said = answer.json()
    except SourceError:
        return False
    found = _datasets(said)
    return found == [] or any(map(_alike, found or []))


def places(address: str) -> Iterator[str]:
    """Yield the list of the public datasets of the portal, or the dataset that the address names."""
    yield _listing(address)


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the datasets of a portal. See the package for what is raised and what is told."""
    return to_the_end(_read(client, source))


def _read(client: Client, source: Source) -> Iterator[Event]:
    address = source.address if source.path else _listing(source.address)
    answer = client.file(source) if source.path else client.page(address, accept="application/json")
    api = "" if source.path else f"{above(address, _SEGMENTS)[0]}/data-fair/api/v1"
    entries = Entries(partial(_understood, api=api), identify=lambda entry: text(entry.get("id")))
    number = 0
    while True:
        said = answer.json()
        datasets = _datasets(said)
        number += 1
        yield from entries.page(datasets, answer, number, "de Data Fair")
        total = integer(mapping(said).get("count")) if "results" in mapping(said) else None
        if source.path or not datasets or total is None or entries.count >= total:
            yield from complete(total, entries.count, answer.url)
            return
        answer = client.page(with_query(address, page=number + 1), accept="application/json")


def _listing(address: str) -> str:
    """Return the first page of the list that an address means."""
    root, rest = above(address, _SEGMENTS)
    owner = text(query(address).get("owner")) or None
    if rest[:2] == ["data-fair", "api"] and rest[-1] != "datasets":
        return address if "datasets" in rest else _all(root, owner)
    if rest[:1] == ["datasets"] and len(rest) > 1:
        return f"{root}/data-fair/api/v1/datasets/{rest[1]}"
    if rest[:2] == ["data-fair", "api"]:
        return with_query(address, size=_ROWS, page=1, sort="createdAt:1")
    return _all(root, owner)


def _all(root: str, owner: str | None) -> str:
    address = f"{root}/data-fair/api/v1/catalog/datasets"
    return with_query(address, owner=owner, size=_ROWS, page=1, sort="createdAt:1")


def _datasets(said: Any) -> list[Any] | None:
    """Return the entries of a page, or the one of the answer about a dataset; None when it is neither."""
    if not isinstance(said, dict):
        return None
    listed = said.get("results")
    if isinstance(listed, list) and ("count" in said or any(map(_alike, listed))):
        return listed
    return [said] if _alike(said) else None


def _alike(entry: Any) -> bool:
    return (
        isinstance(entry, dict) and "id" in entry and len({"owner", "href", "status", "visibility"} & entry.keys()) > 1
    )


def _understood(entry: dict[str, Any], api: str) -> Record | None:
    identifier = text(entry["id"])
    title = text(entry.get("title")) or identifier
    if entry.get("visibility") == "private" or entry.get("draftReason"):
        message = f"« {title} » n’est pas public dans son portail : il n’est pas lu."
        return Record(None, (Problem(identifier, message, "not-public", severity="info"),))
    licence, owner = mapping(entry.get("license")), mapping(entry.get("owner"))
    said = mapping(entry.get("temporal")) or mapping(entry.get("timePeriod"))
    period = (text(said.get("start") or said.get("startDate")), text(said.get("end") or said.get("endDate")))
    draft = Draft(
        identifier,
        title=text(entry.get("title")), description=text(entry.get("description")) or text(entry.get("summary")),
        licences=tuple(filter(None, (text(licence.get("href")), text(licence.get("title"))))),
        keywords=texts(entry.get("keywords")),
        themes=tuple(text(one.get("title")) for one in mappings(entry.get("topics"))),
        publisher=Agent(name=text(owner.get("name"))), contact=Agent(name=text(entry.get("creator"))),
        issued=text(entry.get("createdAt")),
        modified=text(entry.get("modified")) or text(entry.get("dataUpdatedAt")) or text(entry.get("updatedAt")),
        places=tuple(one for one in (entry.get("spatial"), entry.get("bbox")) if one),
        periods=(period,) if any(period) else (), frequency=text(entry.get("frequency")),
        landing_page=text(entry.get("page")) or text(entry.get("origin")), uri=text(entry.get("href")),
        resources=_resources(entry, api), provenance={"url": text(entry.get("page"))}, names=_NAMES,
        raw=remainder(entry, (*_USED, *_TECHNICAL)),
    )  # fmt: skip
    if text(entry.get("origin")) not in {"", draft.landing_page}:
        draft.raw["origin"] = text(entry["origin"])
    if text(entry.get("description")) and text(entry.get("summary")):
        draft.raw["summary"] = text(entry["summary"])
    return finish(draft)


def _resources(entry: dict[str, Any], api: str) -> list[ResourceDraft]:
    """Return the file that was given, what the portal made of it, and the files attached."""
    base = text(entry.get("href")) or (f"{api}/datasets/{quote(text(entry['id']))}" if api else "")
    original = mapping(entry.get("originalFile")) or mapping(entry.get("remoteFile"))
    made = mapping(entry.get("file"))
    found: list[ResourceDraft] = []
    if base and (original or made):
        found.append(_file(original or made, f"{base}/raw", "raw", entry))
        if made and original and text(made.get("name")) != text(original.get("name")):
            found.append(_file(made, f"{base}/full", "full", entry))
    elif base and not entry.get("isMetaOnly"):
        url = f"{base}/lines?format=csv&size={_LINES}"
        found.append(ResourceDraft(url=url, title=text(entry.get("title")), formats=("CSV",), identifier="lines"))
    if base and found and entry.get("bbox") and (integer(entry.get("count")) or 0) <= _LINES:
        url = f"{base}/lines?format=geojson&size={_LINES}"
        found.append(ResourceDraft(url=url, title=text(entry.get("title")), formats=("GeoJSON",), identifier="geojson"))
    for one in mappings(entry.get("attachments")):
        name = text(one.get("name"))
        url = text(one.get("url")) or (f"{base}/metadata-attachments/{quote(name)}" if base and name else "")
        extension = name.rsplit(".", 1)[-1] if "." in name else ""
        found.append(ResourceDraft(
            url=url, title=text(one.get("title")) or name, description=text(one.get("description")),
            formats=tuple(filter(None, (text(one.get("mimetype")), extension))), media_type=text(one.get("mimetype")),
            size=integer(one.get("size")), modified=text(one.get("updatedAt")), identifier=name,
        ))  # fmt: skip
    return found


def _file(said: dict[str, Any], url: str, identifier: str, entry: dict[str, Any]) -> ResourceDraft:
    name = text(said.get("name"))
    extension = name.rsplit(".", 1)[-1] if "." in name else ""
    return ResourceDraft(
        url=url, title=name, formats=tuple(filter(None, (extension, text(said.get("mimetype"))))),
        media_type=text(said.get("mimetype")), size=integer(said.get("size")), identifier=identifier,
        modified=text(entry.get("dataUpdatedAt")), checksum=f"md5:{text(said['md5'])}" if said.get("md5") else "",
    )  # fmt: skip
