"""What the addresses of distributions answer, as far as the portal knows without asking anything of them.

Its own files: from its storage. Those of other sites: from the last time their file was fetched to be scanned. The
rest is not known, and is not told.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.model import meta
from rdflib import DCAT

from ckanext.ca3b import catalogue, files

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rdflib import Graph

log = logging.getLogger(__name__)

OK, GONE = 200, 404
_RESOURCE: sa.Table = model.Resource.__table__  # pyright: ignore[reportAttributeAccessIssue]
RESOURCE_ID = re.compile(r"/(?:resource|fichiers)/([0-9a-f]{8}-[0-9a-f-]{27})")


def resources(dataset_ids: Collection[str]) -> list[dict[str, Any]]:
    """Return the files of some datasets, by one query: ``id, package_id, url, url_type, hash``."""
    names = ("id", "package_id", "url", "url_type", "hash")
    query = sa.select(*(_RESOURCE.c[name] for name in names)).where(
        _RESOURCE.c.package_id == sa.any_(sa.cast(list(dataset_ids), sa.ARRAY(sa.UnicodeText))),
        _RESOURCE.c.state == model.State.ACTIVE,
    )
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return [dict(zip(names, row, strict=True)) for row in connection.execute(query)]


def statuses(rows: Collection[Mapping[str, Any]]) -> dict[str, int | None]:
    """Return by id of file the status of its address, None for one that is not known."""
    asked = catalogue.answers(list(rows))
    return {one["id"]: _kept(one) if one["url_type"] == "upload" else asked.get(one["id"]) for one in rows}


def addresses(graph: Graph, known: Mapping[str, int | None]) -> dict[str, int | None]:
    """Return what each address of the distributions of a graph answers.

    :param known: the status of each file, by id, see :func:`statuses`.
    """
    site = tk.config["ckan.site_url"].rstrip("/") + "/"
    found: dict[str, int | None] = {}
    for distribution, predicate in ((d, p) for p in (DCAT.accessURL, DCAT.downloadURL) for d in graph.subjects(p)):
        for address in map(str, graph.objects(distribution, predicate)):
            named = RESOURCE_ID.search(address) if address.startswith(site) else None
            if named and named[0].startswith("/resource/") and not address.endswith(("/download", "/download/")):
                # The page of a file, which the portal itself shows.
                found[address] = OK if named[1] in known else None
            elif own := named or RESOURCE_ID.search(str(distribution)):
                found[address] = known.get(own[1])
    return found


def _kept(resource: Mapping[str, Any]) -> int | None:
    try:
        return OK if files.exists(dict(resource)) else GONE
    except Exception:  # a storage that does not answer is not a file that lacks
        log.warning("The storage could not tell whether it has the file %s", resource["id"], exc_info=True)
        return None
