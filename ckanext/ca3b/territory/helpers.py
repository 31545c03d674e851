"""What templates ask about the territory; registered under the same names in ``ckanext.ca3b.helpers``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import config

from . import drawings, queries
from .core import TerritoryError
from .core.organizations import AGGLOMERATION, COMMUNE
from .current import current, current_or_none

if TYPE_CHECKING:
    from .core import Commune
    from .core.drawing import Drawing
    from .core.territory import BBox

log = logging.getLogger(__name__)


def communes() -> tuple[Commune, ...]:
    """Return the communes in alphabetical order, none when the setting of the EPCI is wrong."""
    territory = current_or_none()
    return territory.by_name if territory else ()


def communes_bbox() -> BBox | None:
    """Return west, south, east, north of the agglomeration in degrees, None when it cannot be drawn."""
    try:
        return current().bbox()
    except TerritoryError:
        return None


def commune_names(codes: list[str] | str | None) -> list[str]:
    """Return the names of the communes of these INSEE codes, unknown ones left as they are."""
    known = {commune.insee_code: commune.name for commune in communes()}
    values = [codes] if isinstance(codes, str) else codes or []
    return [known.get(code, code) for code in values]


def drawing(codes: list[str] | None = None) -> Drawing | None:
    """Return the drawing of some communes, of all without ``codes``; None when it cannot be drawn."""
    return drawings.drawing(*(codes or ()))


def organization_facts(organization: dict[str, Any]) -> dict[str, Any]:
    """Return what the page of an organisation says of its territory.

    Keys, all optional: ``kind`` (label), ``population``, ``postal_codes``, ``insee_code``, ``siren``,
    ``parent`` (``{name, title}``), ``drawing``.
    """
    kind = organization.get("kind")
    code = organization.get("insee_code") or ""
    facts: dict[str, Any] = {
        key: organization[key] for key in ("population", "postal_codes", "insee_code", "siren") if organization.get(key)
    }
    facts["kind"] = kind_label(kind)
    if kind == COMMUNE and code:
        facts["drawing"] = drawings.drawing(code)
        facts["parent"] = next(iter(queries.organizations(AGGLOMERATION)), None)
    elif kind == AGGLOMERATION:
        facts["drawing"] = drawings.drawing()
    return {key: value for key, value in facts.items() if value}


def kind_label(kind: str | None) -> str:
    """Return the word for a kind of organisation, empty when it has none."""
    labels = {
        AGGLOMERATION: tk._("Agglomeration"),
        COMMUNE: tk._("Commune"),
        "association": tk._("Association"),
        "operator": tk._("Delegated operator"),
        "company": tk._("Company"),
        "public_body": tk._("Public body"),
    }
    return labels.get(kind or "", "")


def outlines_source() -> str:
    """Return whom to credit for the outlines, empty when the operator's file comes without a source."""
    return config.outlines_source() or ("" if config.outlines() else "IGN Admin Express 2018, Licence Ouverte")


def map_messages() -> dict[str, str]:
    """Return the words that the scripts of the maps need."""
    return {
        "map": tk._("Map of the communes"),
        "see": tk._("See the commune"),
        "close": tk._("Close"),
        "zoom_in": tk._("Zoom in"),
        "zoom_out": tk._("Zoom out"),
        "drawing": tk._("Press and drag on the map to draw the rectangle."),
        "drawn": tk._("Rectangle drawn."),
        "cooperative": tk._("Use two fingers to move the map"),
        "cooperative_wheel": tk._("Use Ctrl and the wheel to zoom the map"),
    }
