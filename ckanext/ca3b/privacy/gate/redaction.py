"""What is left of a file that is not open in what CKAN shows of its dataset: its description, not its address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ckan import model

from . import people, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckan.types import Context

#: Put in place of what was taken: pages and programs know that the file is there, and closed.
MARK = "ca3b_closed"
_TAKEN = ("hash", "hash_algorithm", "url_type", "download_url", "access_url", "access_services")
# What the index keeps of a whole dataset, and of the addresses of its files, as CKAN stored it.
_RAW = re.compile(r"data_dict|res_url|res_extras|[*:?(){}]", re.IGNORECASE)


def redact(context: Context, datasets: list[Any]) -> None:
    """Take from datasets, in place, what leads to their files that are not open; one query for all of them.

    Those who may replace the files of a dataset, the DPO and those in charge of the portal get all of it.
    """
    if context.get("ignore_auth"):
        return
    whole = [one for one in datasets if isinstance(one, dict) and one.get("resources")]
    shut = _shut([one for dataset in whole for one in dataset["resources"]])
    if not shut:
        return
    passes = _passes(context)
    for dataset in whole:
        if not any(one.get("id") in shut for one in dataset["resources"]) or passes(dataset["id"]):
            continue
        for resource in dataset["resources"]:
            if resource.get("id") in shut:
                close(resource)


def visible(context: Context, resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the files that somebody may have."""
    if context.get("ignore_auth"):
        return resources
    shut = _shut(resources)
    passes = _passes(context)
    return [one for one in resources if one["id"] not in shut or passes(one["package_id"])]


def close(resource: dict[str, Any]) -> None:
    """Take from a file, in place, its address and what tells its bytes."""
    for name in _TAKEN:
        resource.pop(name, None)
    resource |= {"url": "", "datastore_active": False, MARK: True}


def without_raw(search: dict[str, Any]) -> dict[str, Any]:
    """Return a search that asks for none of the fields that hold datasets as they are stored."""
    asked = search["fl"]
    names = asked if isinstance(asked, list) else re.split(r"[\s,]+", str(asked))
    return {**search, "fl": [one for one in names if one and not _RAW.search(str(one))] or ["id"]}


def without_addresses(document: dict[str, Any]) -> dict[str, Any]:
    """Return what is indexed of a dataset without the names of the files kept here: nobody searches by them."""
    addresses = document.get("res_url")
    if isinstance(addresses, list):
        document["res_url"] = [one for one in addresses if "/download/" not in str(one)]
    return document


def _shut(resources: list[dict[str, Any]]) -> set[str]:
    known = [one for one in resources if one.get("id")]
    return {id_ for id_, found in state.among(known).items() if not found.open}


def _passes(context: Context) -> Callable[[str], bool]:
    """Return what tells whether somebody may have the files of a dataset: asked once by dataset, for accounts only."""
    known: dict[str, bool] = {}

    def passes(package_id: str) -> bool:
        if package_id not in known:
            known[package_id] = model.Package.get(package_id) is not None and people.may_pass(context, package_id)
        return known[package_id]

    return passes if context.get("user") else lambda _package_id: False
