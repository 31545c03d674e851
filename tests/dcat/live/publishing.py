"""Datasets published through the API of the served portal, as a clerk's software does."""

from __future__ import annotations

import io
import time
from typing import Any

from ckanapi import NotFound

from ckanext.ca3b.tables import schemas
from tests.served import Portal

SCHEMA = "scdl-deliberations"
WITHIN = 120


def table(schema: str = SCHEMA, *, rows: int = 2) -> bytes:
    """A CSV that follows a table schema: the valid rows that come with it, repeated."""
    loaded = schemas.load(schema)
    samples = [loaded.samples["valid"][rank % len(loaded.samples["valid"])] for rank in range(rows)]
    lines = [loaded.field_names, *([str(row.get(name) or "") for name in loaded.field_names] for row in samples)]
    return ("\r\n".join(";".join(f'"{cell}"' for cell in line) for line in lines) + "\r\n").encode()


def upload(content: bytes, name: str) -> io.BytesIO:
    """A file as a form sends it."""
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def publish(portal: Portal, slug: str, title: str, **fields: Any) -> dict[str, Any]:
    """Create a dataset of Viriat, or of ``owner_org``; one of the same address is purged before."""
    api = portal.api("exploitant")
    remove(portal, slug)
    given = {"notes": f"{title}.", "owner_org": "viriat"} | fields
    return api.action.package_create(name=slug, title=title, **given)


def remove(portal: Portal, slug: str) -> None:
    """Purge a dataset if it is there."""
    try:
        portal.api("exploitant").action.dataset_purge(id=slug)
    except NotFound:
        return


def add(portal: Portal, dataset: dict[str, Any], name: str, content: bytes, **fields: Any) -> dict[str, Any]:
    """Add a file and wait until it is checked and open."""
    given = {"format": "CSV", "upload": upload(content, name)} | fields
    made = portal.api("exploitant").action.resource_create(package_id=dataset["id"], name=name, **given)
    return opened(portal, made["id"])


def replace(portal: Portal, resource: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Put other bytes in the place of a file, and wait until they are checked and open."""
    api = portal.api("exploitant")
    api.action.resource_patch(id=resource["id"], upload=upload(content, resource["name"]))
    return opened(portal, resource["id"])


def opened(portal: Portal, id_: str) -> dict[str, Any]:
    """Wait until the portal looked into a file and opened it; gives it as everybody sees it."""
    clerk = portal.api("exploitant")
    limit = time.monotonic() + WITHIN
    while not (gate := clerk.action.ca3b_gate_show(resource_id=id_))["open"]:
        assert gate["state"] != "held", gate
        assert time.monotonic() < limit, gate
        time.sleep(0.3)
    return portal.api().action.resource_show(id=id_)
