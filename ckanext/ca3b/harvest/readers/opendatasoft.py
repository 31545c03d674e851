"""Opendatasoft portals by their Explore API: v2.1, the v2.0 before it, and the v1 search that older ones still have."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from ckanext.ca3b.harvest.model import Agent
from ckanext.ca3b.harvest.sources import SourceError

from .common.draft import Draft, PlaceDraft, ResourceDraft
from .common.finish import finish
from .common.flow import Entries, complete, to_the_end
from .common.shaping import above, integer, mapping, mappings, query, remainder, text, texts, with_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.model import Event, Record
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

KIND = "opendatasoft"
LABEL = "portail Opendatasoft"

_ROWS = 100
#: The API answers nothing past this place: the rest of so large a portal has to be exported.
_LAST = 10_000
_SEGMENTS = ("api", "explore", "page", "pages")
_DEFAULT = (
    "title", "description", "theme", "keyword", "license", "license_url", "language", "modified", "publisher",
    "references", "territory", "geographic_reference", "bbox", "update_frequency",
)  # fmt: skip
_TECHNICAL = (
    "metadata_languages", "timezone", "modified_updates_on_metadata_change", "modified_updates_on_data_change",
    "data_processed", "metadata_processed", "geographic_reference_auto", "geometry_types", "records_count",
    "records_size", "federated", "source_domain", "source_domain_title", "source_domain_address", "source_dataset",
    "shared_catalog", "oauth_scope", "parent_domain", "image_tooltip", "popularity_score", "draft", "theme_id",
    "license_id",
)  # fmt: skip
_DCAT = (
    "created", "issued", "creator", "contact_name", "contact_email", "accrualperiodicity", "spatial", "temporal",
    "temporal_coverage_start", "temporal_coverage_end", "conforms_to", "accessrights", "version", "landing_page",
    "publisher_name", "publisher_uri",
)  # fmt: skip
#: The exports that carry everything, the format they give and what a portal calls them.
_EXPORTS = (("csv", "CSV"), ("json", "JSON"), ("xlsx", "XLSX"))
_GEO_EXPORTS = (("geojson", "GeoJSON"), ("shp", "SHP"))
_TABLES = frozenset({"dcat", "dcat_ap", "dcat_ap_fr", "default"})
_NAMES = {"license": "license", "frequency": "dcat.accrualperiodicity", "spatial": "bbox", "theme": "theme"}


def recognises(answer: Answer) -> bool:
    """Tell whether this is an answer of the API that holds datasets."""
    try:
        said = answer.json()
    except SourceError:
        return False
    found = _datasets(said)
    return (found == [] and _total(said) is not None) or any(map(_alike, found or []))


def places(address: str) -> Iterator[str]:
    """Yield the lists of datasets of the portal, by its newest API first."""
    root, rest = above(address, _SEGMENTS)
    if rest[:1] == ["api"]:
        yield _listing(address)
    if rest[:2] == ["explore", "dataset"] and len(rest) > 2:
        yield f"{root}/api/explore/v2.1/catalog/datasets/{rest[2]}"
        return
    refined = [value for name, values in query(address).items() for value in _refined(name, values)]
    asked = urlencode([("refine", value) for value in refined])
    yield _listing(f"{root}/api/explore/v2.1/catalog/datasets?{asked}")
    yield _listing(f"{root}/api/datasets/1.0/search")


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the datasets of a portal. See the package for what is raised and what is told."""
    return to_the_end(_read(client, source))


def _read(client: Client, source: Source) -> Iterator[Event]:
    address = source.address if source.path else _listing(source.address)
    answer = client.file(source) if source.path else client.page(address, accept="application/json")
    root = _root_said(answer.json()) if source.path else above(address, _SEGMENTS)[0]
    entries = Entries(partial(_understood, root=root), identify=lambda entry: _identifier(_plain(entry)))
    number = 0
    while True:
        said = answer.json()
        datasets = _datasets(said)
        number += 1
        yield from entries.page(datasets, answer, number, "d’Opendatasoft")
        total = _total(said)
        if source.path or not datasets or total is None or entries.count >= min(total, _LAST - _ROWS):
            yield from complete(total, entries.count, answer.url)
            return
        answer = client.page(_following(address, entries.count), accept="application/json")


def _root_said(said: Any) -> str:
    """Return the portal that an answer kept in a file comes from, ``""`` when none of its links tells."""
    holders = [mapping(said), *map(mapping, _datasets(said) or [])]
    links = (text(link.get("href")) for one in holders for link in mappings(one.get("links")))
    return next((above(link, ("api",))[0] for link in links if link.startswith("http") and "/api/" in link), "")


def _refined(name: str, values: list[str]) -> Iterator[str]:
    """Yield what a page of search refines by, as the API says it."""
    field, _, rest = name.partition(".")
    if field == "refine" and rest:
        yield from (f"{rest}:{value}" for value in values)
    elif name == "refine":
        yield from values


def _listing(address: str) -> str:
    """Return the list that an address means."""
    rest = above(address, _SEGMENTS)[1]
    if rest[:1] != ["api"]:
        return next(places(address))
    if rest[-1] == "datasets":
        old = "explore" not in rest
        if old:
            return with_query(address, rows=_ROWS, start=0)
        # Without an order of its own a catalogue gives some datasets twice and forgets others.
        return with_query(address, limit=_ROWS, offset=0, order_by="dataset_id")
    return with_query(address, rows=_ROWS, start=0) if rest[-1] == "search" else address


def _following(address: str, done: int) -> str:
    return with_query(address, **({"offset": done} if "offset" in query(address) else {"start": done}))


def _datasets(said: Any) -> list[Any] | None:
    """Return the entries of a list, whichever version of the API wrote it, of an export, or the one of an answer."""
    if isinstance(said, dict):
        if _alike(said):
            return [said]
        known = {"total_count", "nhits"} & said.keys()
        listed = next((said[name] for name in ("results", "datasets") if name in said), None)
        said = listed if known or (isinstance(listed, list) and any(map(_alike, listed))) else None
    return said if isinstance(said, list) else None


def _alike(entry: Any) -> bool:
    plain = _plain(entry)
    return "metas" in plain and bool(_identifier(plain))


def _total(said: Any) -> int | None:
    return integer(mapping(said).get("total_count", mapping(said).get("nhits")))


def _plain(entry: Any) -> dict[str, Any]:
    """Return an entry without the envelope of v2.0."""
    return mapping(entry.get("dataset")) or entry if isinstance(entry, dict) else {}


def _identifier(entry: dict[str, Any]) -> str:
    return text(entry.get("dataset_id")) or text(entry.get("datasetid"))


def _understood(entry: Any, root: str) -> Record | None:
    entry = _plain({**entry})
    identifier = _identifier(entry)
    metas = mapping(entry["metas"])
    # v1 keeps what the others call « default » at the top.
    said = mapping(metas["default"]) if "default" in metas else metas
    dcat = {**mapping(metas.get("dcat_ap")), **mapping(metas.get("dcat"))}
    page = f"{root}/explore/dataset/{quote(identifier)}/" if root else ""
    draft = Draft(
        identifier,
        title=text(said.get("title")), description=text(said.get("description")),
        licences=(*texts(said.get("license_url")), *texts(said.get("license"))),
        keywords=texts(said.get("keyword")), themes=texts(said.get("theme")),
        publisher=Agent(
            name=text(said.get("publisher")) or text(dcat.get("publisher_name")) or text(dcat.get("creator")),
            uri=text(dcat.get("publisher_uri")),
        ),
        contact=Agent(name=text(dcat.get("contact_name")), email=text(dcat.get("contact_email"))),
        issued=text(dcat.get("issued")) or text(dcat.get("created")), modified=text(said.get("modified")),
        places=_places(said, dcat), periods=_periods(dcat),
        frequency=text(dcat.get("accrualperiodicity")) or text(said.get("update_frequency")),
        conforms_to=texts(dcat.get("conforms_to")), languages=texts(said.get("language")),
        landing_page=text(dcat.get("landing_page")) or page, version=text(dcat.get("version")),
        access_rights=text(dcat.get("accessrights")),
        resources=_resources(entry, root, identifier), provenance={"url": page} if page else {}, names=_NAMES,
        raw=remainder(said, (*_DEFAULT, *_TECHNICAL, *metas.keys() & _TABLES)) if "default" in metas else {},
    )  # fmt: skip
    if text(said.get("references")):
        draft.raw["references"] = said["references"]
    for name, table in {**metas, "dcat": remainder(dcat, _DCAT)}.items():
        if isinstance(table, dict) and name not in _TABLES - {"dcat"} and (left := remainder(table, ())):
            draft.raw[name] = left
    return finish(draft)


def _places(said: dict[str, Any], dcat: dict[str, Any]) -> tuple[PlaceDraft, ...]:
    """Return the communes that the portal recognised (``fr_70_01053``), else the names and the box it gives."""
    found: list[PlaceDraft] = []
    names = texts(said.get("territory")) or texts(dcat.get("spatial"))
    codes = texts(said.get("geographic_reference"))
    communes = [code.rsplit("_", 1)[-1] for code in codes if code.startswith(("fr_70_", "fr_communes_"))]
    for number, code in enumerate(communes):
        label = names[number] if number < len(names) and len(names) == len(codes) else ""
        found.append(PlaceDraft(None, label, f"http://id.insee.fr/geo/commune/{code}"))
    if not communes:
        found += [PlaceDraft(None, name) for name in names]
    if said.get("bbox"):
        found.append(PlaceDraft(said["bbox"]))
    return tuple(found)


def _periods(dcat: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    start, end = text(dcat.get("temporal_coverage_start")), text(dcat.get("temporal_coverage_end"))
    if start or end:
        return ((start, end),)
    said = text(dcat.get("temporal"))
    if said.count("/") == 1:
        before, after = said.split("/")
        return ((before.strip(), after.strip()),)
    return ((said, said),) if said else ()


def _resources(entry: dict[str, Any], root: str, identifier: str) -> list[ResourceDraft]:
    """Return the exports of the records, then the files attached to the dataset."""
    base = f"{root}/api/explore/v2.1/catalog/datasets/{quote(identifier)}"
    found: list[ResourceDraft] = []
    if root and entry.get("has_records", True):
        exports = (*_EXPORTS, *(_GEO_EXPORTS if "geo" in texts(entry.get("features")) else ()))
        found = [
            ResourceDraft(
                url=f"{base}/exports/{name}{'?use_labels=true' if name in {'csv', 'xlsx'} else ''}",
                title=f"{identifier}.{'zip' if name == 'shp' else name}", formats=(form,), identifier=f"export-{name}",
            )
            for name, form in exports
        ]  # fmt: skip
    for kind, folder in (("alternative_exports", "alternative_exports"), ("attachments", "attachments")):
        found += [_attached(one, f"{base}/{folder}" if root else "") for one in mappings(entry.get(kind))]
    return found


def _attached(one: dict[str, Any], folder: str) -> ResourceDraft:
    url, name = text(one.get("url")), text(one.get("id"))
    if not url.startswith(("http://", "https://")):
        # « odsfile:// » is the portal's own shelf: the API gives the file by its identifier.
        url = f"{folder}/{quote(name)}" if folder and name else ""
    title = text(one.get("title")) or name
    media_type = text(one.get("mimetype"))
    formats = tuple(filter(None, (media_type, title.rsplit(".", 1)[-1] if "." in title else "")))
    return ResourceDraft(url=url, title=title, formats=formats, media_type=media_type, identifier=name)
