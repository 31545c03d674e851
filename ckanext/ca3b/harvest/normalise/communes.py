"""Which communes of a territory a dataset is about: by who publishes it, by the codes it gives, by its extent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shapely.geometry import box

if TYPE_CHECKING:
    from ckanext.ca3b.harvest.model import Agent, Description
    from ckanext.ca3b.territory.core import Territory

_DIGITS = re.compile(r"(?<!\d)(\d{14}|\d{9})(?!\d)")
_INSEE = re.compile(r"(?<![0-9A-Za-z])(\d{5}|2[AB]\d{3})(?![0-9A-Za-z])")
#: How much of the box of the dataset and of the box of the commune must be the same ground.
_SAME_GROUND = 0.7


def communes_of(description: Description, territory: Territory) -> tuple[str, ...]:
    """Return the INSEE codes of the communes of ``territory`` that a description is about, ``()`` when nothing tells.

    In this order, the first that tells something: codes of places, names of places, the publisher, the extent.
    """
    said = dict.fromkeys(
        code for place in description.spatial for code in place.codes if code in territory.communes
    ) or dict.fromkeys(
        found.insee_code for place in description.spatial if place.label and (found := territory.find(place.label))
    )
    if said:
        return tuple(said)
    publisher = commune_of(description.publisher, territory)
    if publisher:
        return (publisher,)
    return _by_extent(description, territory)


def commune_of(agent: Agent, territory: Territory) -> str:
    """Return the INSEE code of the commune that an organisation is, by SIREN, SIRET, INSEE code or name; or ``""``."""
    told = f"{agent.identifier} {agent.uri}"
    by_siren = {commune.siren: commune.insee_code for commune in territory.communes.values()}
    for number in _DIGITS.findall(told.replace("\xa0", "")):
        if number[:9] in by_siren:
            return by_siren[number[:9]]
    for code in _INSEE.findall(agent.identifier):
        if code in territory.communes:
            return code
    found = territory.find(agent.name) if agent.name else None
    return found.insee_code if found else ""


def _by_extent(description: Description, territory: Territory) -> tuple[str, ...]:
    boxes = [place.bbox for place in description.spatial if place.bbox]
    if len(boxes) != 1:
        return ()
    asked = box(*boxes[0])
    best, score = "", 0.0
    for code, shape in territory.outlines.items():
        ground = box(*shape.bounds)
        together = asked.union(ground).area
        common = asked.intersection(ground).area / together if together else 0
        if common > score:
            best, score = code, common
    return (best,) if score >= _SAME_GROUND else ()
