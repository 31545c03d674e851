"""A description as JSON values, as :mod:`.export` writes it, and back: kept between reading and writing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from . import export
from .model import Agent, Description, Period, Place, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTS = ("identifier", "title", "description", "license", "issued", "modified", "frequency", "landing_page",
          "access_rights", "version", "uri")  # fmt: skip
_LISTS = ("keywords", "themes", "conforms_to", "language", "hvd_categories", "communes")


def to_json(found: Description) -> dict[str, Any]:
    """Return all of a description as values that any database can hold: no NUL, no half of a character, no NaN."""
    return holdable(export.dataset(found))


def from_json(said: Mapping[str, Any]) -> Description:
    """Return the description that :func:`to_json` wrote."""
    texts: dict[str, Any] = {name: said.get(name) or "" for name in _TEXTS}
    lists: dict[str, Any] = {name: tuple(said.get(name) or ()) for name in _LISTS}
    return Description(
        **texts,
        **lists,
        license_raw=said.get("license_as_written") or "",
        publisher=Agent(**(said.get("publisher_details") or {})),
        contact=Agent(**(said.get("contact") or {})),
        spatial=tuple(map(_place, said.get("spatial") or ())),
        temporal=tuple(Period(one.get("start") or "", one.get("end") or "") for one in said.get("temporal") or ()),
        resources=tuple(map(_resource, said.get("resources") or ())),
        provenance=dict(said.get("provenance") or {}),
        raw=dict(said.get("raw") or {}),
    )


def holdable(value: Any) -> Any:
    """Return a JSON value that PostgreSQL can hold; what cannot be said is left out of a text, or is None."""
    if isinstance(value, str):
        clean = value.replace("\x00", "")
        return clean if clean.isascii() else clean.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {holdable(str(key)): holdable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [holdable(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, int | bool) else holdable(str(value))


def _place(said: Mapping[str, Any]) -> Place:
    bbox = said.get("bbox")
    return Place(
        label=said.get("label") or "",
        uri=said.get("uri") or "",
        geometry=said.get("geometry"),
        bbox=tuple(bbox) if bbox else None,  # pyright: ignore[reportArgumentType]
        codes=tuple(said.get("communes") or ()),
    )


def _resource(said: Mapping[str, Any]) -> Resource:
    values: dict[str, Any] = {name: "" if value is None else value for name, value in said.items() if name != "size"}
    values["conforms_to"] = tuple(said.get("conforms_to") or ())
    values["raw"] = dict(said.get("raw") or {})
    return Resource(**values, size=said.get("size"))
