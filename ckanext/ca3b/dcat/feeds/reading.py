"""Datasets as an anonymous visitor reads them, many at a time: the search engine keeps them ready made."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import SearchError
from ckan.lib.search.common import SolrConnectionError

from ckanext.ca3b.dcat.graphs import CLOSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckan.types import Context

    from .selection import Selected

log = logging.getLogger(__name__)


def anonymous() -> Context:
    """Return the context of a visitor without account, whoever asks."""
    return cast("Context", {"user": "", "auth_user_obj": model.AnonymousUser(), "ignore_auth": False})


def datasets(wanted: Sequence[Selected]) -> dict[str, dict[str, Any]]:
    """Return the package dictionaries of these datasets, by id, without those that a visitor may not read.

    The search engine's are taken when they tell what the database does, each file that is closed is marked.
    """
    found = _indexed(wanted)
    read: dict[str, dict[str, Any]] = {}
    for one in wanted:
        dataset = found.get(one.id)
        if dataset is None or not _is_fresh(dataset, one):
            dataset = _shown(one.id)
        if dataset is not None:
            read[one.id] = _marked(dataset, one)
    return read


def search(q: str, fq: str) -> frozenset[str] | None:
    """Return the ids of the public datasets that a search finds, None when nothing is searched for.

    Raises ValidationError or SearchError when it cannot be understood, SolrConnectionError when nobody answers.
    """
    if not q and not fq:
        return None
    ids: list[str] = []
    while True:
        asked = {
            "q": q or "*:*",
            "fq": fq,
            "fl": "id",
            "rows": 1000,
            "start": len(ids),
            "sort": "id asc",
            "facet": "false",
        }
        found = tk.get_action("package_search")(anonymous(), asked)["results"]
        ids += [one["id"] for one in found]
        if len(found) < 1000:
            return frozenset(ids)


def _indexed(wanted: Sequence[Selected]) -> dict[str, dict[str, Any]]:
    if len(wanted) < 2:
        return {}
    ids = " OR ".join('"{}"'.format(one.id.replace("\\", "\\\\").replace('"', '\\"')) for one in wanted)
    asked = {"q": "*:*", "fq": f"id:({ids})", "rows": len(wanted), "facet": "false"}
    try:
        found = tk.get_action("package_search")(anonymous(), asked)
    except (SearchError, SolrConnectionError, tk.ValidationError):
        log.warning("The search engine does not answer: datasets are read one by one", exc_info=True)
        return {}
    return {one["id"]: one for one in found["results"]}


def _is_fresh(dataset: dict[str, Any], one: Selected) -> bool:
    """Tell whether what was indexed is what the database has now."""
    given = {file.get("id"): file for file in dataset.get("resources", ())}
    return (
        dataset.get("metadata_modified") == one.modified.isoformat()
        and dataset.get("owner_org", "") == one.owner_org
        and given.keys() == {file["id"] for file in one.resources}
        and all(
            (given[file["id"]].get("hash") or "") == (file["hash"] or "")
            for file in one.resources
            if file["id"] not in one.closed
        )
    )


def _shown(dataset_id: str) -> dict[str, Any] | None:
    try:
        return tk.get_action("package_show")(anonymous(), {"id": dataset_id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None


def _marked(dataset: dict[str, Any], one: Selected) -> dict[str, Any]:
    files = [{**file, CLOSED: True} if file.get("id") in one.closed else file for file in dataset.get("resources", ())]
    return {**dataset, "resources": files}
