"""The areas that codes and names of places mean, and their outlines when they are known."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

import shapely
from attrs import define, frozen

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.territory.core import OutlinesError, all_epcis, normalise, read_outlines
from ckanext.ca3b.territory.core.names import variants

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

#: What a column names: communes by INSEE code or by name, postal areas, EPCIs by SIREN, départements by code.
Kind = Literal["commune", "name", "postal", "epci", "department"]
KINDS: tuple[Kind, ...] = ("commune", "name", "postal", "epci", "department")


@frozen
class Members:
    """Who is where in France: names of communes, and the communes of postal codes, EPCIs and départements."""

    names: dict[str, str]
    by_name: dict[str, tuple[str, ...]]
    areas: dict[Kind, dict[str, tuple[str, ...]]]
    labels: dict[str, str]


@lru_cache(maxsize=1)
def members() -> Members:
    """Give the members of all EPCIs; half a second, once per process."""
    names: dict[str, str] = {}
    by_name: dict[str, list[str]] = {}
    areas: dict[Kind, dict[str, list[str]]] = {"postal": {}, "epci": {}, "department": {}}
    labels: dict[str, str] = {}
    for epci in all_epcis():
        labels[epci.siren] = epci.usual_name
        for commune in epci.members:
            code = commune.insee_code
            names[code] = commune.name
            by_name.setdefault(normalise(commune.name), []).append(code)
            areas["epci"].setdefault(epci.siren, []).append(code)
            areas["department"].setdefault(department_of(code), []).append(code)
            for postal in commune.postal_codes:
                areas["postal"].setdefault(postal, []).append(code)
    frozen_areas: dict[Kind, dict[str, tuple[str, ...]]] = {
        kind: {key: tuple(codes) for key, codes in by.items()} for kind, by in areas.items()
    }
    return Members(names, {key: tuple(codes) for key, codes in by_name.items()}, frozen_areas, labels)


def department_of(code: str) -> str:
    """Give the département of an INSEE code of a commune."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


@define(slots=False)
class Gazetteer:
    """The areas whose outlines are known: the packaged ones, or those of ``path`` (GeoJSON of the operator's)."""

    path: Path | None = None

    @cached_property
    def shapes(self) -> dict[str, BaseGeometry]:
        """Outlines by INSEE code, in degrees. Raises MapError when the operator's file cannot be used."""
        try:
            return read_outlines(members().names.keys(), self.path)
        except OutlinesError as error:
            raise MapError("outlines", str(error)) from error

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        known: dict[str, list[str]] = {}
        for code in self.shapes:
            known.setdefault(normalise(members().names[code]), []).append(code)
        return known

    @cached_property
    def _drawn(self) -> dict[str, BaseGeometry | None]:
        return {}

    def resolve(self, kind: Kind, value: str, hint: str | None = None) -> str | None:
        """Give the key of the area that ``value`` means, None when none with a known outline does.

        ``hint`` is a postal code or a département that a name must agree with.
        """
        text = value.strip()
        if kind == "name":
            return self._named(text, hint)
        compact = re.sub(r"[\s\u00a0\u202f]", "", text).upper().removesuffix(".0")
        if kind == "commune":
            # Spreadsheets turn 01053 into 1053.
            code = compact.zfill(5) if compact.isdigit() else compact
            return code if code in self.shapes else None
        key = compact.zfill({"postal": 5, "epci": 9, "department": 2}[kind]) if compact.isdigit() else compact
        return f"{kind}:{key}" if self._area(kind, key) is not None else None

    def _named(self, text: str, hint: str | None) -> str | None:
        for key in variants(text):
            codes = [code for code in self._names.get(key, ()) if _agrees(code, hint)]
            if len(codes) == 1:
                return codes[0]
        return None

    def geometry(self, key: str) -> BaseGeometry | None:
        """Give the outline of an area by its key."""
        kind, _, code = key.rpartition(":")
        return self._area(kind, code) if kind else self.shapes.get(code)  # pyright: ignore[reportArgumentType]

    def label(self, key: str) -> str:
        """Give what an area is called."""
        kind, _, code = key.rpartition(":")
        return members().labels.get(code, code) if kind else members().names.get(code, code)

    def _area(self, kind: Kind, code: str) -> BaseGeometry | None:
        key = f"{kind}:{code}"
        if key not in self._drawn:
            codes = members().areas[kind].get(code, ())
            shapes = [self.shapes[each] for each in codes if each in self.shapes]
            # A part of a département is not the département; a postal area reaches over the border.
            whole = bool(shapes) and (kind == "postal" or len(shapes) >= 0.95 * len(codes))
            self._drawn[key] = shapely.union_all(shapes, grid_size=1e-5) if whole else None
        return self._drawn[key]


def _agrees(code: str, hint: str | None) -> bool:
    if not hint or not (digits := re.sub(r"\s", "", hint).upper()):
        return True
    postal = digits.zfill(5) if digits.isdigit() and len(digits) >= 4 else digits
    near = members().areas["postal"].get(postal)
    return code in near if near else postal.startswith(department_of(code)) or len(postal) > 5
