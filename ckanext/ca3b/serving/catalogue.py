"""What the tables tell the outgoing catalogue: that a file has an API, where it is and how it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b import catalogue

from . import status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TITLE = "API du tableau"
_JSON = "application/json"
_OPENAPI = "https://spec.openapis.org/oas/v3.0.3"


def stamps(resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return « api » by id of each file whose table is that of its present bytes."""
    return dict.fromkeys(_served(resources), "api")


def facts(resources: Sequence[Mapping[str, Any]]) -> dict[str, list[catalogue.Fact]]:
    """Return by id the API of each file whose table is that of its present bytes."""
    return {id_: [_api(id_)] for id_ in _served(resources)}


def _served(resources: Sequence[Mapping[str, Any]]) -> list[str]:
    sums = {one["id"]: one["hash"] for one in resources if one.get("url_type") and one.get("hash")}
    loaded = status.loaded(list(sums)) if sums else {}
    return [id_ for id_, sha256 in sums.items() if loaded.get(id_) == sha256]


def _api(resource_id: str) -> catalogue.Service:
    search = catalogue.address("api.action", logic_function="datastore_search", ver=3)
    return catalogue.Service(
        kind=catalogue.DATASTORE,
        title=_TITLE,
        endpoint_url=f"{search}?resource_id={resource_id}",
        endpoint_description=catalogue.address("ca3b_tables.openapi", resource_id=resource_id),
        documentation=catalogue.address("ca3b_tables.api", resource_id=resource_id),
        conforms_to=(_OPENAPI,),
        media_type=_JSON,
    )
