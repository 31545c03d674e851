"""The harvest of the demonstration: a catalogue taken, one that the guard stopped, one that waits for a yes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from . import communes, site

if TYPE_CHECKING:
    from ckanapi import RemoteCKAN

    from ckanext.ca3b.territory.core import Territory

    from .settings import Instance

#: Seconds that a run of the demonstration may take; one that takes longer goes on by itself.
PATIENCE = 90
_OVER = frozenset({"held", "done", "failed", "interrupted", "cancelled", "unchanged"})


def address(one: Instance) -> str:
    """Return the address of the site of the communes."""
    host = site.site_url(one, one.sites[0]).rpartition(":")[0]
    return f"{host}:{one.communes_port}"


def prepare(portal: RemoteCKAN, one: Instance, territory: Territory) -> None:
    """Add the three catalogues and bring each where the board shows it; those that are there are left alone."""
    epci, base = territory.epci, address(one)
    if any(source["address"].startswith(base) for source in portal.action.ca3b_harvest_source_list()):
        return
    communes.write(one.communes_folder, base, epci, territory)
    added = [_added(portal, each, base) for each in communes.catalogues(epci)]
    for source in added[:2]:
        portal.action.ca3b_harvest_source_approve(id=source["id"])
        _ran(portal, source)
    if len(added) > 1:
        communes.shrink(one.communes_folder, base, epci, territory)
        _ran(portal, added[1])
    for source in added[2:]:
        _ran(portal, source, only_plan=True)


def _added(portal: RemoteCKAN, catalogue: communes.Catalogue, base: str) -> dict[str, Any]:
    commune = catalogue.commune.insee_code
    return portal.action.ca3b_harvest_source_create(
        title=catalogue.title, address=f"{base}/{catalogue.path}", commune=commune, schedule="weekly"
    )


def _ran(portal: RemoteCKAN, source: dict[str, Any], *, only_plan: bool = False) -> None:
    run = portal.action.ca3b_harvest_run_start(id=source["id"], only_plan=only_plan)
    until = time.monotonic() + PATIENCE
    while portal.action.ca3b_harvest_run_show(id=run["id"])["state"] not in _OVER and time.monotonic() < until:
        time.sleep(1)
