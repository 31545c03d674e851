"""data.gouv.fr, or another udata: the datasets of an organisation, of a page of search, or one alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.harvest.model import Agent, Problem, Record
from ckanext.ca3b.harvest.sources import SourceError

from .common.draft import Draft, PlaceDraft, ResourceDraft
from .common.finish import finish
from .common.flow import Entries, complete, to_the_end
from .common.shaping import above, integer, mapping, mappings, query, remainder, text, texts, with_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.model import Event
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

KIND = "datagouv"
LABEL = "catalogue sur data.gouv.fr"

_ROWS = 50
#: Its own host without a page named: 60,000 datasets of everybody are nobody's catalogue.
_SEGMENTS = ("api", "datasets", "organizations", "search", "fr", "en", "es")
_USED = (
    "id", "title", "slug", "acronym", "description", "tags", "license", "organization", "owner", "contact_points",
    "created_at", "last_update", "last_modified", "frequency", "temporal_coverage", "spatial", "page", "resources",
    "access_type", "schema",
)  # fmt: skip
#: What udata computes for itself, or says of its own pages.
_TECHNICAL = (
    "archived", "badges", "community_resources", "deleted", "description_short", "featured", "frequency_date",
    "harvest", "internal", "metrics", "permissions", "preview_url", "private", "quality", "uri", "last_update",
)  # fmt: skip
_RESOURCE = (
    "id", "title", "description", "url", "latest", "format", "mime", "filesize", "filetype", "type", "checksum",
    "schema", "created_at", "last_modified", "internal", "metrics", "preview_url", "harvest", "published",
)  # fmt: skip
_NO_VALUE = frozenset({"notspecified", "unknown", ""})
_ALIKE = frozenset({"id", "slug", "title", "resources", "organization", "frequency"})
_NAMES = {"modified": "last_update", "issued": "created_at"}
_SCHEMAS = "https://schema.data.gouv.fr/schemas"


def recognises(answer: Answer) -> bool:
    """Tell whether this is an answer of udata that holds datasets."""
    try:
        said = answer.json()
    except SourceError:
        return False
    found = _datasets(said)
    return found == [] or any(isinstance(one, dict) and len(_ALIKE & one.keys()) > 3 for one in found or [])


def places(address: str) -> Iterator[str]:
    """Yield the list of the datasets of the organisation, of the search or of the dataset that the address names."""
    found = _listing(address)
    if found:
        yield found


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the datasets of an organisation. See the package for what is raised and what is told."""
    return to_the_end(_read(client, source))


def _read(client: Client, source: Source) -> Iterator[Event]:
    address = source.address if source.path else _listing(source.address, source.options.get("organization", ""))
    if not address:
        message = (
            "Cette adresse est celle de tout data.gouv.fr. Donnez celle de la page de l’organisation,"
            " par exemple https://www.data.gouv.fr/organizations/nom-de-la-commune/."
        )
        raise SourceError("not-catalogue", message, where=source.address)
    answer = client.file(source) if source.path else client.page(address, accept="application/json")
    publisher = partial(_publisher, known={}, client=None if source.path else client, root=_root(address))
    entries = Entries(partial(_understood, publisher=publisher), identify=lambda entry: text(entry.get("id")))
    number = 0
    while True:
        said = answer.json()
        datasets = _datasets(said)
        number += 1
        yield from entries.page(datasets, answer, number, "de data.gouv.fr")
        following = text(mapping(said).get("next_page"))
        if source.path or not following or not datasets:
            yield from complete(integer(mapping(said).get("total")), entries.count, answer.url)
            return
        answer = client.page(answer.absolute(following), accept="application/json")


def _root(address: str) -> str:
    return above(address, _SEGMENTS)[0]


def _listing(address: str, organization: str = "") -> str:
    """Return the first page of the list that an address means, ``""`` when it means a whole site."""
    root, rest = above(address, _SEGMENTS)
    if rest and rest[0] in {"fr", "en", "es"}:
        rest = rest[1:]
    said = query(address)
    if rest[:1] == ["api"]:
        if rest[2:3] == ["organizations"] and len(rest) > 3:
            organization = organization or rest[3]
        elif rest[2:3] == ["datasets"]:
            return _sorted(address) if len(rest) == 3 else address
        else:
            return ""
    elif rest[:1] == ["organizations"] and len(rest) > 1:
        organization = organization or rest[1]
    elif rest[:1] == ["datasets"] and len(rest) > 1 and rest[1] != "search":
        return f"{root}/api/1/datasets/{rest[1]}/"
    organization = organization or text(said.get("organization"))
    if organization:
        return f"{root}/api/1/organizations/{organization}/datasets/?page_size={_ROWS}&page=1"
    return _sorted(with_query(f"{root}/api/1/datasets/", q=text(said["q"]))) if "q" in said else ""


def _sorted(address: str) -> str:
    """Return a search in an order that does not move while it is paged."""
    return with_query(address, page_size=_ROWS, sort="created")


def _datasets(said: Any) -> list[Any] | None:
    """Return the entries of a page, or the one of the answer about a dataset; None when it is neither."""
    listed = said.get("data") if isinstance(said, dict) else said
    if isinstance(listed, list):
        paged = isinstance(said, dict) and {"page", "total"} <= said.keys()
        return listed if paged or any(map(_alike, listed)) else None
    return [said] if _alike(said) else None


def _alike(entry: Any) -> bool:
    return isinstance(entry, dict) and len(_ALIKE & entry.keys()) > 4 and {"slug", "tags"} <= entry.keys()


def _understood(entry: dict[str, Any], publisher: Any) -> Record | None:
    identifier = text(entry["id"])
    title = text(entry.get("title")) or identifier
    if entry.get("private") or entry.get("deleted"):
        message = f"« {title} » n’est pas public sur data.gouv.fr : il n’est pas lu."
        return Record(None, (Problem(identifier, message, "not-public", severity="info"),))
    period, spatial = mapping(entry.get("temporal_coverage")), mapping(entry.get("spatial"))
    contacts = mappings(entry.get("contact_points")) or [{}]
    draft = Draft(
        identifier,
        title=text(entry.get("title")), description=text(entry.get("description")),
        licences=tuple(one for one in texts(entry.get("license")) if one not in _NO_VALUE),
        keywords=texts(entry.get("tags")), publisher=publisher(entry),
        contact=Agent(name=text(contacts[0].get("name")), email=text(contacts[0].get("email")),
                      url=text(contacts[0].get("contact_form"))),
        issued=text(entry.get("created_at")),
        modified=text(entry.get("last_update")) or text(entry.get("last_modified")),
        places=(*([PlaceDraft(spatial["geom"])] if spatial.get("geom") else []), *texts(spatial.get("zones"))),
        periods=((text(period.get("start")), text(period.get("end"))),) if period else (),
        frequency=text(entry.get("frequency")) if text(entry.get("frequency")) not in _NO_VALUE else "",
        landing_page=text(entry.get("page")), uri=text(entry.get("uri")),
        conforms_to=_schema(entry.get("schema")), access_rights=_access(entry),
        resources=[_resource(one) for one in mappings(entry.get("resources"))],
        provenance={"url": text(entry.get("page"))}, names=_NAMES,
        raw=remainder(entry, (*_USED, *_TECHNICAL)),
    )  # fmt: skip
    if text(entry.get("acronym")):
        draft.raw["acronym"] = text(entry["acronym"])
    if entry.get("archived"):
        message = f"« {title} » est archivé sur data.gouv.fr depuis le {text(entry['archived'])[:10]}."
        draft.problems.append(Problem(identifier, message, "archived", "archived", "info"))
        draft.raw["archived"] = entry["archived"]
    return finish(draft)


def _access(entry: dict[str, Any]) -> str:
    said = text(entry.get("access_type"))
    return "" if said in {"open", "open_with_account"} else said


def _publisher(entry: dict[str, Any], *, known: dict[str, str], client: Client | None, root: str) -> Agent:
    """Return who publishes; the SIRET of an organisation is asked once, and done without when it cannot be had."""
    said, owner = mapping(entry.get("organization")), mapping(entry.get("owner"))
    if not said:
        return Agent(name=" ".join(filter(None, (text(owner.get("first_name")), text(owner.get("last_name"))))))
    name = text(said.get("id"))
    if name not in known:
        known[name] = text(said.get("business_number_id")) or _siret(client, f"{root}/api/1/organizations/{name}/")
    return Agent(name=text(said.get("name")), uri=text(said.get("page")), identifier=known[name])


def _siret(client: Client | None, address: str) -> str:
    try:
        said = client.get(address, accept="application/json").json() if client else {}
    except SourceError:
        return ""
    return text(mapping(said).get("business_number_id"))


def _schema(value: Any) -> tuple[str, ...]:
    """Return the address of a table schema, as schema.data.gouv.fr gives it to each of its versions."""
    said = mapping(value)
    name, version = text(said.get("name")), text(said.get("version"))
    if text(said.get("url")):
        return (text(said["url"]),)
    return (f"{_SCHEMAS}/{name}/{version or 'latest'}/schema.json",) if name else ()


def _resource(one: dict[str, Any]) -> ResourceDraft:
    checksum = mapping(one.get("checksum"))
    internal = mapping(one.get("internal"))
    draft = ResourceDraft(
        url=text(one.get("url")) or text(one.get("latest")),
        title=text(one.get("title")), description=text(one.get("description")),
        formats=tuple(filter(None, (text(one.get("format")), text(one.get("mime"))))),
        media_type=text(one.get("mime")), size=integer(one.get("filesize")),
        issued=text(one.get("created_at")) or text(internal.get("created_at_internal")),
        modified=text(one.get("last_modified")), identifier=text(one.get("id")),
        checksum=f"{text(checksum.get('type'))}:{text(checksum.get('value'))}" if checksum else "",
        conforms_to=_schema(one.get("schema")), access_url=text(one.get("latest")),
        raw=remainder(one, _RESOURCE),
    )  # fmt: skip
    if text(one.get("type")) not in {"main", ""}:
        draft.raw["type"] = text(one["type"])
    return draft
