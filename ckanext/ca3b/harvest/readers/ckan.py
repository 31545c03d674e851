"""The API of a CKAN portal: ``package_search``, page after page, of the whole portal or of what the address names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ckanext.ca3b.harvest.model import Agent, Page, Problem, Record
from ckanext.ca3b.harvest.sources import SourceError

from .common import ckan_dialects
from .common.draft import Draft, PlaceDraft, ResourceDraft
from .common.finish import finish
from .common.flow import Entries, complete, cut, to_the_end
from .common.shaping import above, integer, mapping, mappings, parsed, query, remainder, text, texts, with_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.model import Event
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

KIND = "ckan"
LABEL = "portail CKAN"

_ROWS = 100
_SEGMENTS = ("api", "dataset", "organization", "group", "harvest")
#: What a page of search says in its address, and the field of the index that it means.
_FACETS = {
    "organization": "organization", "groups": "groups", "group": "groups", "tags": "tags", "res_format": "res_format",
    "license_id": "license_id",
}  # fmt: skip
_TELLING = frozenset({
    "notes", "metadata_modified", "metadata_created", "owner_org", "organization", "license_id", "tags", "extras",
    "groups", "title", "state", "maintainer", "author",
})  # fmt: skip
#: Entries of ``package_search`` that are no datasets.
_OTHER_TYPES = frozenset({"harvest", "showcase", "application"})
_USED = (
    "id", "name", "title", "title_translated", "notes", "notes_translated", "license_id", "license_title",
    "license_url", "tags", "keywords", "groups", "organization", "author", "author_email", "maintainer",
    "maintainer_email", "contact", "publisher", "metadata_created", "metadata_modified", "issued", "modified",
    "spatial", "spatial_coverage", "temporal_coverage", "temporal_start", "temporal_end", "frequency", "conforms_to",
    "language", "url", "theme", "version", "access_rights", "uri", "identifier", "extras", "resources",
)  # fmt: skip
#: What CKAN computes for itself.
_TECHNICAL = (
    "creator_user_id", "isopen", "num_resources", "num_tags", "owner_org", "private", "state", "type",
    "relationships_as_subject", "relationships_as_object", "revision_id", "tracking_summary", "revision_timestamp",
)  # fmt: skip
_RESOURCE = (
    "id", "url", "name", "name_translated", "title", "description", "description_translated", "format", "mimetype",
    "license", "license_id", "size", "created", "issued", "last_modified", "modified", "hash", "hash_algorithm",
    "conforms_to", "access_url", "download_url", "uri",
    "package_id", "position", "state", "url_type", "cache_url", "cache_last_updated", "metadata_modified",
    "mimetype_inner", "resource_type", "revision_id", "datastore_active", "tracking_summary",
)  # fmt: skip
_NAMES = {"license": "license_id", "description": "notes", "issued": "issued", "modified": "metadata_modified"}
#: What ckanext-spatial's harvesters keep of records of ISO 19139.
_SPATIAL = ("bbox-west-long", "bbox-south-lat", "bbox-east-long", "bbox-north-lat", "frequency-of-update",
            "contact-email", "metadata-language", "metadata-date", "spatial_harvester", "harvest_object_id",
            "harvest_source_id", "harvest_source_title")  # fmt: skip
#: Dates of DKAN: « jeu, 19/12/2019 - 03:00 ».
_DKAN_DATE = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}) - (\d{1,2}:\d{2})")
#: Answers that people keep in a file of their site.
_KEPT = re.compile(r"\.jsonl?(?:\.gz)?$", re.IGNORECASE)
_NO_LICENCE = frozenset({"notspecified", "none", "license not specified", "licence non spécifiée"})


def recognises(answer: Answer) -> bool:
    """Tell whether this is an answer of the API that holds datasets."""
    try:
        said = answer.json()
    except SourceError:
        return False
    return _packages(said) is not None


def places(address: str) -> Iterator[str]:
    """Yield the searches that an address of a portal means: of its organisation, its group, its dataset, of it all."""
    yield _listing(address)
    root = above(address, _SEGMENTS)[0]
    whole = with_query(f"{root}/api/3/action/package_search", rows=_ROWS, start=0, sort="id asc")
    if whole != _listing(address):
        yield whole


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the datasets of a portal. See the package for what is raised and what is told."""
    return to_the_end(_read(client, source))


def _read(client: Client, source: Source) -> Iterator[Event]:
    address = source.address if source.path else _listing(source.address, source.options.get("organization", ""))
    root = "" if source.path else above(source.address, _SEGMENTS)[0]
    entries = Entries(
        lambda entry: _understood(entry, root), identify=lambda entry: text(entry.get("id") or entry.get("name"))
    )
    answer = client.file(source) if source.path else client.page(address, accept="application/json")
    number = 0
    while True:
        said = answer.json()
        packages = _packages(said)
        if packages is None:
            raise SourceError("not-catalogue", f"Cette adresse n’est pas l’API d’un portail CKAN. ({answer.url})")
        number += 1
        yield Page(answer.url, number, len(packages))
        yield from entries.records(packages, answer.url)
        yield from cut(answer)
        count = integer(mapping(mapping(said).get("result")).get("count"))
        if source.path or not packages or count is None or entries.count >= count:
            yield from complete(count, entries.count, answer.url)
            return
        answer = client.page(with_query(address, start=_start(address) + entries.count), accept="application/json")


def _listing(address: str, organization: str = "") -> str:
    """Return the first page of the search that an address means."""
    root, rest = above(address, _SEGMENTS)
    if rest[:1] != ["api"] and _KEPT.search(urlsplit(address).path):
        return address
    said = query(address)
    if rest[:1] == ["api"]:
        if rest[-1].startswith("package_s"):
            search = rest[-1].rstrip("/") == "package_search"
            return with_query(address, rows=_ROWS, start=_start(address), sort="id asc") if search else address
        rest, said = [], {}
    if rest[:1] == ["dataset"] and len(rest) > 1:
        return with_query(f"{root}/api/3/action/package_show", id=rest[1])
    filters = [f'{field}:"{value}"' for name, field in _FACETS.items() for value in said.get(name, [])]
    if rest[:1] in (["organization"], ["group"]) and len(rest) > 1:
        name = rest[2] if rest[1] == "about" and len(rest) > 2 else rest[1]
        filters.append(f'{"organization" if rest[0] == "organization" else "groups"}:"{name}"')
    if organization:
        filters.append(f'organization:"{organization}"')
    return with_query(
        f"{root}/api/3/action/package_search", q=text(said.get("q")) or None, fq=" AND ".join(filters) or None,
        rows=_ROWS, start=0, sort="id asc",
    )  # fmt: skip


def _start(address: str) -> int:
    return integer(text(query(address).get("start"))) or 0


def _packages(said: Any) -> list[Any] | None:
    """Return the datasets of an answer of ``package_search``, ``package_show`` or the list with resources.

    Datasets without the envelope of the API are what people keep of it in a file.
    """
    result = said.get("result", said) if isinstance(said, dict) else said
    if isinstance(result, list) and len(result) == 1 and isinstance(result[0], list):
        result = result[0]  # DKAN lists datasets in a list
    if isinstance(result, dict):
        listed = result.get("results")
        if isinstance(listed, list):
            return listed if ("count" in result and result is not said) or any(map(_alike, listed)) else None
        alone = result is not said and "name" in result and "resources" in result
        return [result] if alone or _alike(result) else None
    return result if isinstance(result, list) and any(map(_alike, result)) else None


def _alike(entry: Any) -> bool:
    """Tell whether an object is a dataset as CKAN writes it; the author of a dump may have left a part of it out."""
    if not isinstance(entry, dict) or not isinstance(entry.get("resources"), list) or "@context" in entry:
        return False
    return bool({"id", "name"} & entry.keys()) and len(_TELLING & entry.keys()) > 1


def _understood(entry: dict[str, Any], root: str) -> Record | None:
    if entry.get("type") in _OTHER_TYPES:
        return None
    identifier = text(entry.get("id") or entry["name"])
    state = text(entry.get("state"))
    # DKAN writes « Active » and says « private » of what everybody sees.
    if state.lower() not in {"active", ""} or (entry.get("private") is True and state != "Active"):
        message = f"« {text(entry.get('title')) or identifier} » n’est pas public dans son catalogue : il n’est pas lu."
        return Record(None, (Problem(identifier, message, "not-public", severity="info"),))
    whole = ckan_dialects.standard(entry)
    page = f"{root}/dataset/{text(entry.get('name')) or identifier}" if root else ""
    draft = Draft(
        identifier,
        title=text(whole.get("title_translated")) or text(whole.get("title")),
        description=text(whole.get("notes_translated")) or text(whole.get("notes")),
        licences=_licences(whole),
        keywords=ckan_dialects.keywords(whole),
        themes=(*texts(whole.get("theme")), *_group_themes(whole)),
        publisher=_publisher(whole), contact=_contact(whole),
        issued=_date(whole, "issued", "metadata_created"),
        modified=_date(whole, "modified", "metadata_modified"),
        places=_places(whole), periods=_periods(whole),
        frequency=text(whole.get("frequency")) or text(whole.get("frequency-of-update")),
        conforms_to=texts(whole.get("conforms_to")),
        languages=texts(whole.get("language")) or texts(whole.get("metadata-language")),
        landing_page=text(whole.get("url")) or page,
        resources=[_resource(ckan_dialects.file(one)) for one in mappings(whole.get("resources"))],
        access_rights=text(whole.get("access_rights")), version=text(whole.get("version")),
        uri=text(whole.get("uri")), names=_NAMES,
        provenance={"url": page} if page else {}, raw=remainder(whole, (*_USED, *_EXTRAS, *_SPATIAL, *_TECHNICAL)),
    )  # fmt: skip
    if text(whole.get("identifier")) not in {"", identifier}:
        draft.raw["identifier"] = whole["identifier"]
    return finish(draft)


_EXTRAS = (
    "publisher_name", "publisher_uri", "publisher_email", "publisher_url", "publisher_identifier", "contact_name",
    "contact_email", "contact_uri", "spatial_uri", "spatial_text", "guid",
)  # fmt: skip


def _date(entry: dict[str, Any], *names: str) -> str:
    """Return the first date that is given under these names."""
    said = next((found for name in names if (found := text(entry.get(name)))), "")
    dkan = _DKAN_DATE.search(said)
    return f"{dkan[1]} {dkan[2]}" if dkan else said


def _licences(entry: dict[str, Any]) -> tuple[str, ...]:
    said = (text(entry.get(name)) for name in ("license_url", "license_id", "license_title", "license"))
    return tuple(one for one in said if one and one.casefold() not in _NO_LICENCE)


def _groups(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return mappings(entry.get("groups"))


def _group_themes(entry: dict[str, Any]) -> list[str]:
    """Return the groups of a dataset, which portals use as themes, unless they stand for who publishes."""
    return [] if _group_alone(entry) else [text(one.get("title") or one.get("name")) for one in _groups(entry)]


def _publisher(entry: dict[str, Any]) -> Agent:
    said, organization = mapping(entry.get("publisher")), mapping(entry.get("organization"))
    return Agent(
        name=text(said.get("name")) or text(entry.get("publisher_name")) or text(organization.get("title"))
        or text(organization.get("name")) or _group_alone(entry) or text(entry.get("author")),
        uri=text(said.get("uri")) or text(entry.get("publisher_uri")),
        identifier=text(said.get("identifier")) or text(entry.get("publisher_identifier"))
        or text(organization.get("siret")) or text(organization.get("siren")),
        email=text(said.get("email")) or text(entry.get("publisher_email")),
        url=text(said.get("url")) or text(entry.get("publisher_url")),
    )  # fmt: skip


def _group_alone(entry: dict[str, Any]) -> str:
    """Return the group of a dataset of DKAN, which has groups where CKAN has organisations."""
    groups = _groups(entry)
    return text(groups[0].get("title")) if len(groups) == 1 and "organization" not in entry else ""


def _contact(entry: dict[str, Any]) -> Agent:
    said = mapping(entry.get("contact"))
    by_name = text(said.get("name")) or text(entry.get("contact_name"))
    by_mail = text(said.get("email")) or text(entry.get("contact_email")) or text(entry.get("contact-email"))
    if by_name or by_mail:
        return Agent(name=by_name, email=by_mail, uri=text(said.get("uri")) or text(entry.get("contact_uri")))
    if entry.get("maintainer") or entry.get("maintainer_email"):
        return Agent(name=text(entry.get("maintainer")), email=text(entry.get("maintainer_email")))
    return Agent(name=text(entry.get("author")), email=text(entry.get("author_email")))


def _places(entry: dict[str, Any]) -> tuple[Any, ...]:
    found: list[Any] = []
    if entry.get("spatial") not in (None, ""):
        found.append(PlaceDraft(parsed(entry["spatial"], entry["spatial"])))
    elif entry.get(_SPATIAL[0]):
        found.append(PlaceDraft("; ".join(text(entry.get(name)) for name in _SPATIAL[:4])))
    for one in mappings(entry.get("spatial_coverage")):
        shape = next((one[name] for name in ("geom", "bbox", "centroid") if one.get(name)), None)
        found.append(PlaceDraft(parsed(shape, shape), text(one.get("text")), text(one.get("uri"))))
    label, uri = text(entry.get("spatial_text")), text(entry.get("spatial_uri"))
    if found and (label or uri):
        found[0] = PlaceDraft(found[0].value, found[0].label or label, found[0].uri or uri)
    elif label or uri:
        found.append(PlaceDraft(None, label, uri))
    return tuple(found)


def _periods(entry: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    said = mappings(entry.get("temporal_coverage")) or [
        {"start": entry.get("temporal_start"), "end": entry.get("temporal_end")}
    ]
    periods = ((text(one.get("start")), text(one.get("end"))) for one in said)
    return tuple(period for period in periods if any(period))


def _resource(one: dict[str, Any]) -> ResourceDraft:
    checksum = text(one.get("hash"))
    algorithm = text(one.get("hash_algorithm")).rsplit("_", 1)[-1].rsplit("#", 1)[-1]
    return ResourceDraft(
        url=text(one.get("download_url")) or text(one.get("url")) or text(one.get("access_url")),
        title=text(one.get("name_translated")) or text(one.get("name")) or text(one.get("title")),
        description=text(one.get("description_translated")) or text(one.get("description")),
        formats=tuple(filter(None, (text(one.get("format")), text(one.get("mimetype"))))),
        media_type=text(one.get("mimetype")), licences=(*texts(one.get("license")), *texts(one.get("license_id"))),
        size=integer(one.get("size")), issued=_date(one, "issued", "created"),
        modified=_date(one, "modified", "last_modified"), identifier=text(one.get("id")),
        checksum=f"{algorithm}:{checksum}" if algorithm and checksum else checksum,
        conforms_to=texts(one.get("conforms_to")), access_url=text(one.get("access_url")),
        raw=remainder(one, _RESOURCE),
    )  # fmt: skip
