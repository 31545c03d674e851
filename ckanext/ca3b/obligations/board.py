"""The dashboard: the bodies of the territory, their duties, and who may see them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ckanext.ca3b.territory.core.organizations import AGGLOMERATION, COMMUNE
from ckanext.ca3b.territory.current import current
from ckanext.ca3b.vocabularies.core import normalise

from . import config, core, queries

if TYPE_CHECKING:
    from collections.abc import Collection

    from ckanext.ca3b.territory.core import Commune, Epci


@frozen
class Board:
    """The lines of the bodies, the agglomeration first then by name, and the duties over them."""

    lines: tuple[core.Line, ...]
    columns: tuple[core.Column, ...]


def rules() -> tuple[core.Rule, ...]:
    """Return the duties, with the amounts of this portal's settings."""
    return core.rules(config.decp_threshold(), config.decp_source())


def today() -> dt.date:
    """Return the day of the question."""
    return dt.datetime.now(dt.UTC).date()


def board(owners: Collection[str] | None = None) -> Board:
    """Evaluate the whole territory; with ``owners``, keep the lines of these organisations only.

    Raises TerritoryError when the setting of the EPCI is wrong.
    """
    all_bodies = bodies()
    duties = core.evaluate(rules(), all_bodies, queries.datasets(), today())
    kept = [body for body in all_bodies if owners is None or body.owner in owners]
    lines = tuple(core.line(body, duties[body.key]) for body in kept)
    return Board(lines, tuple(core.columns(rules(), lines)))


def line(owner: str) -> core.Line | None:
    """Evaluate one organisation, None when it is neither a commune nor the agglomeration."""
    all_bodies = bodies()
    body = next((one for one in all_bodies if one.owner == owner), None)
    if body is None:
        return None
    agglomerations = (one.owner for one in all_bodies if one.kind == core.AGGLOMERATION and one.owner)
    code = body.key if body.kind == core.COMMUNE else ""
    found = queries.datasets(queries.Only((owner, *agglomerations), code, body.siren))
    return core.line(body, core.evaluate(rules(), all_bodies, found, today())[body.key])


def bodies() -> list[core.Body]:
    """Return the agglomeration and its communes, then the communes that have an organisation without being members."""
    territory = current()
    organizations = queries.organizations()
    by_code = {one.fields.get("insee_code"): one for one in organizations if one.fields.get("kind") == COMMUNE}
    top = next(
        (
            one
            for one in organizations
            if one.fields.get("kind") == AGGLOMERATION and one.fields.get("siren") == territory.epci.siren
        ),
        None,
    )
    found = [_agglomeration(territory.epci, top)]
    found += [_commune(commune, by_code.pop(commune.insee_code, None)) for commune in territory.by_name]
    return [
        *found,
        *(_neighbour(one) for code, one in sorted(by_code.items(), key=lambda item: normalise(item[1].title)) if code),
    ]


def _agglomeration(epci: Epci, found: queries.Organization | None) -> core.Body:
    return core.Body(
        key=epci.siren,
        kind=core.AGGLOMERATION,
        title=found.title if found else epci.usual_name,
        siren=epci.siren,
        municipal=epci.municipal_population,
        total=epci.total_population,
        agents=_number(found.fields.get("agents")) if found else None,
        largest_member=max((one.municipal_population for one in epci.members), default=None),
        type=epci.type,
        owner=found.id if found else "",
        name=found.name if found else "",
    )


def _commune(commune: Commune, found: queries.Organization | None) -> core.Body:
    return core.Body(
        key=commune.insee_code,
        kind=core.COMMUNE,
        title=commune.name,
        siren=commune.siren,
        municipal=commune.municipal_population,
        total=commune.total_population,
        agents=_number(found.fields.get("agents")) if found else None,
        owner=found.id if found else "",
        name=found.name if found else "",
    )


def _neighbour(found: queries.Organization) -> core.Body:
    population = _number(found.fields.get("population"))
    return core.Body(
        key=str(found.fields["insee_code"]),
        kind=core.COMMUNE,
        title=found.title,
        siren=str(found.fields.get("siren") or ""),
        municipal=int(population) if population is not None else None,
        agents=_number(found.fields.get("agents")),
        owner=found.id,
        name=found.name,
    )


def _number(stored: Any) -> float | None:
    try:
        return float(stored)
    except (TypeError, ValueError):
        return None
