"""What the database and the index say about the territory's organisations: one query each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ckan.plugins.toolkit as tk
from attrs import frozen
from ckan import model
from ckan.lib.search.common import make_connection
from sqlalchemy import select

#: Custom fields of groups and organisations, a JSON object of texts.
EXTRAS = model.group_table.c.extras


@frozen
class OrganizationRef:
    """An active organisation of the territory: ``insee_code`` is empty for the agglomeration."""

    id: str
    name: str
    title: str
    kind: str
    insee_code: str


@frozen
class Coverage:
    """How many public datasets are about each commune (INSEE code), and how many about the whole territory.

    The second ones are not counted in the first.
    """

    by_code: dict[str, int]
    everywhere: int


@frozen
class Publication:
    """What an organisation has published: number of public datasets, moment of the last change (UTC)."""

    datasets: int = 0
    latest: dt.datetime | None = None


def find_organization(key: str, value: str) -> model.Group | None:
    """Return the organisation, active or deleted, whose custom field ``key`` is ``value``; active first."""
    group = model.Group
    query = select(group).where(group.is_organization, EXTRAS[key].astext == value).order_by(group.state, group.created)
    return model.Session.scalars(query).first()


def names_like(name: str) -> list[str]:
    """Return the names of organisations and groups, in any state, that begin with ``name``."""
    query = select(model.Group.name).where(model.Group.name.startswith(name, autoescape=True))
    return list(model.Session.scalars(query))


def organizations(*kinds: str) -> list[OrganizationRef]:
    """Return the active organisations of these kinds, by title."""
    group = model.Group
    kind = EXTRAS["kind"].astext
    query = (
        select(group.id, group.name, group.title, kind, EXTRAS["insee_code"].astext)
        .where(group.is_organization, group.state == model.State.ACTIVE, kind.in_(kinds))
        .order_by(group.title)
    )
    return [
        OrganizationRef(id=id_, name=name, title=title, kind=kind_, insee_code=insee_code or "")
        for id_, name, title, kind_, insee_code in model.Session.execute(query)
    ]


def organization_fields(name: str) -> dict[str, str]:
    """Return the custom fields of the organisation ``name``, as stored; empty when there is none."""
    query = select(EXTRAS).where(model.Group.name == name, model.Group.is_organization)
    return dict(model.Session.scalars(query).first() or {})


def publications() -> dict[str, Publication]:
    """Return what each organisation has published, by organisation name, in one Solr query.

    Only public datasets count, whoever asks: the page is the same for everyone.
    """
    facet = '{"org":{"type":"terms","field":"organization","limit":-1,"facet":{"latest":"max(metadata_modified)"}}}'
    buckets = _public_facets(facet).get("org", {}).get("buckets", [])
    return {bucket["val"]: Publication(bucket["count"], _moment(bucket.get("latest"))) for bucket in buckets}


def coverage() -> Coverage:
    """Return how many datasets cover each commune, in one Solr query; public ones only, whoever asks.

    The index gives names of communes (``extras_commune_names``) to what is not about all of them
    (see :mod:`.indexing`): that tells the two apart.
    """
    facet = (
        '{"communes":{"type":"terms","field":"vocab_communes","limit":-1,'
        '"domain":{"filter":"extras_commune_names:[* TO *]"}},'
        '"everywhere":{"type":"query","q":"+vocab_communes:[* TO *] -extras_commune_names:[* TO *]"}}'
    )
    found = _public_facets(facet)
    buckets = found.get("communes", {}).get("buckets", [])
    return Coverage(
        by_code={bucket["val"]: bucket["count"] for bucket in buckets},
        everywhere=found.get("everywhere", {}).get("count", 0),
    )


def _public_facets(facet: str) -> dict[str, Any]:
    """Ask the index for facets (Solr's JSON API) of the public datasets of this portal."""
    response: Any = make_connection(decode_dates=False).search(
        "*:*",
        fq=[
            "entity_type:package",
            "dataset_type:dataset",
            "state:active",
            "permission_labels:public",
            f'site_id:"{tk.config["ckan.site_id"]}"',
        ],
        rows=0,
        **{"json.facet": facet},
    )
    return response.raw_response.get("facets", {})


def _moment(value: Any) -> dt.datetime | None:
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else None
