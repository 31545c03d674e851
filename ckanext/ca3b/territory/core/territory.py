"""One agglomeration: its communes, found by any name, and the ground they cover."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from attrs import define, field
from shapely.geometry import mapping

from .epci import Commune, Epci, read_epci
from .errors import UnknownCommuneError
from .names import normalise, variants, without_article
from .outlines import read_outlines, union

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

BBox = tuple[float, float, float, float]


@define(slots=False, eq=False)
class Territory:
    """The communes of one EPCI. Build it with :meth:`open`; two are equal only if they are one object.

    ``epci`` has the facts; ``outlines_path`` the GeoJSON file of outlines, None for the packaged ones.
    """

    epci: Epci
    outlines_path: Path | None = field(default=None)

    @classmethod
    def open(cls, siren: str, outlines: str | os.PathLike[str] | None = None) -> Territory:
        """Return the territory of the EPCI ``siren``; one instance per process and pair of arguments.

        Outlines are read at their first use. Raises UnknownEpciError.
        """
        return _open(siren, str(outlines) if outlines else None)

    @cached_property
    def communes(self) -> dict[str, Commune]:
        """Members by INSEE code, in the order of codes."""
        return {commune.insee_code: commune for commune in self.epci.members}

    @cached_property
    def by_name(self) -> tuple[Commune, ...]:
        """Members in the alphabetical order a French reader expects (accents ignored)."""
        return tuple(sorted(self.epci.members, key=lambda commune: (normalise(commune.name), commune.insee_code)))

    @cached_property
    def outlines(self) -> dict[str, BaseGeometry]:
        """Outlines by INSEE code, of the communes whose outline is known. Raises OutlinesError."""
        return read_outlines(self.communes.keys(), self.outlines_path)

    @cached_property
    def _keys(self) -> dict[str, list[Commune]]:
        keys: dict[str, list[Commune]] = {}
        for commune in self.epci.members:
            key = normalise(commune.name)
            for each in dict.fromkeys((key, without_article(key), normalise(commune.slug))):
                keys.setdefault(each, []).append(commune)
        return keys

    def find(self, value: str) -> Commune | None:
        """Return the member named or coded ``value``, None if there is none or if two could be meant.

        Accepts an INSEE code, the SIREN, the slug, and the name however written:
        ``st denis les bourg``, ``Commune de Viriat``, ``Creusot (Le)``.
        """
        text = value.strip()
        if commune := self.communes.get(text.upper()):
            return commune
        compact = text.replace(" ", "")
        for key in variants(text):
            # An exact name comes before names that only match without their article.
            exact = [commune for commune in self._keys.get(key, ()) if normalise(commune.name) == key]
            matches = exact or self._keys.get(key, [])
            if len(matches) == 1:
                return matches[0]
        return next((commune for commune in self.epci.members if commune.siren == compact), None)

    def get(self, value: str) -> Commune:
        """Return the member named or coded ``value``. Raises UnknownCommuneError."""
        commune = self.find(value)
        if commune is None:
            raise UnknownCommuneError(value, self.epci.name)
        return commune

    def geometry(self, codes: Iterable[str] | None = None, *, tolerance: float = 0) -> dict[str, Any] | None:
        """Return the GeoJSON Polygon or MultiPolygon covered by the communes ``codes``.

        All the members without ``codes``. Communes without a known outline are left out;
        None when none is known. ``tolerance``, in degrees, drops finer detail.
        Raises UnknownCommuneError on a code that is not a member.
        """
        shape = union(self._shapes(codes))
        return None if shape is None else to_geojson(shape.simplify(tolerance) if tolerance else shape)

    def bbox(self, codes: Iterable[str] | None = None) -> BBox | None:
        """Return [west, south, east, north] in degrees of the communes ``codes``, None when unknown."""
        shapes = self._shapes(codes)
        if not shapes:
            return None
        west, south, east, north = shapely.total_bounds(shapes).tolist()
        return west, south, east, north

    def outline(self, code: str) -> dict[str, Any] | None:
        """Return the GeoJSON outline of one member, None when it is not known."""
        shape = self.outlines.get(self.get(code).insee_code)
        return None if shape is None else to_geojson(shape)

    def _shapes(self, codes: Iterable[str] | None) -> list[BaseGeometry]:
        if codes is None:
            return list(self.outlines.values())
        members = dict.fromkeys(self.get(code).insee_code for code in codes)
        return [self.outlines[code] for code in members if code in self.outlines]


def to_geojson(shape: BaseGeometry) -> dict[str, Any]:
    """Return a shape as GeoJSON, rings counter-clockwise (RFC 7946), plain lists, six decimals at most."""
    oriented = shapely.orient_polygons(shape)
    return {"type": oriented.geom_type, "coordinates": _rounded(mapping(oriented)["coordinates"])}


def _rounded(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float | int) else [_rounded(item) for item in value]


@lru_cache(maxsize=8)
def _open(siren: str, outlines: str | None) -> Territory:
    return Territory(read_epci(siren), Path(outlines) if outlines else None)
