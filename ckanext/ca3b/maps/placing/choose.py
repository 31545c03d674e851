"""Which columns of a table say where its rows are.

Headers propose, values decide: a column called « lat » that holds lengths is no latitude, and two columns without a
header that hold French coordinates are a place. What was not written by a header is said to the reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from attrs import frozen

from . import numbers, shapes
from .france import is_projected, share_in_france, share_of_degrees
from .words import PAIR_LONGITUDE_FIRST, PAIR_WORDS, axes_of, is_system_column, plain, system_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import polars as pl
    from numpy.typing import NDArray

    from ckanext.ca3b.maps.model import CrsHow

    Headers = Mapping[str, str | None]

# What the columns of a header must show to be believed, and those that no header names.
NAMED, UNNAMED = 0.5, 0.95
#: A way is left for the next one when it places less than this share of what the best one places.
WORTH = 0.8


@frozen
class Placement:
    """How to place the rows of a table.

    ``columns`` are those that were read, ``dropped`` those of them that say nothing but the geometry; ``system`` and
    ``how`` are those of a layer; ``read`` gives one geometry or None per row of a frame of texts, x before y;
    ``guess`` is a French sentence when no header said so.
    """

    columns: tuple[str, ...]
    dropped: tuple[str, ...]
    system: str | None
    how: CrsHow
    read: Callable[[pl.DataFrame], NDArray[Any]]
    guess: str | None = None


@frozen
class _Pair:
    """Two columns whose headers say x and y, in degrees for sure or not, in a system when they name one."""

    x: str
    y: str
    geographic: bool
    system: str | None


def choose(sample: pl.DataFrame, headers: Headers) -> Placement | None:
    """Choose how to place the rows that ``sample`` shows (texts as written); None when nothing says where they are."""
    ways = (_shape_columns, _split_shape_columns, _named_columns, _pair_columns, _unnamed_columns)
    found = [placement for way in ways for placement in way(sample, headers)]
    placed = [int(np.sum(~shapely.is_missing(placement.read(sample)))) for placement in found]
    best = max(placed, default=0)
    return next((way for way, count in zip(found, placed, strict=True) if count and count >= WORTH * best), None)


def _shape_columns(sample: pl.DataFrame, headers: Headers) -> Iterator[Placement]:
    for name in sample.columns:
        if encoding := shapes.encoding_of(sample[name]):
            system = (
                shapes.srid_of(sample[name], encoding) or system_of(headers.get(name)) or _said_system(sample, headers)
            )

            def read(frame: pl.DataFrame, name: str = name, encoding: shapes.Encoding = encoding) -> NDArray[Any]:
                return shapes.geometries(frame[name], encoding)

            yield Placement((name,), (name,), system, "file" if system else "guessed", read)


def _split_shape_columns(sample: pl.DataFrame, headers: Headers) -> Iterator[Placement]:
    """GeoJSON geometries in records of JSON, whose members became columns: ``….type`` and ``….coordinates``."""
    for name in sample.columns:
        parent, _, member = (headers.get(name) or name).rpartition(".")
        kind = next((each for each in sample.columns if (headers.get(each) or each) == f"{parent}.type"), None)
        if member != "coordinates" or kind is None or not shapes.are_types(sample[kind]):
            continue

        def read(frame: pl.DataFrame, kind: str = kind, name: str = name) -> NDArray[Any]:
            return shapes.geometries(shapes.joined(frame[kind], frame[name]), "geojson")

        yield Placement((kind, name), (kind, name), "EPSG:4326", "format", read)


def _named_columns(sample: pl.DataFrame, headers: Headers) -> Iterator[Placement]:
    roles = [(place, name, axes_of(headers.get(name))) for place, name in enumerate(sample.columns)]
    ranked: list[tuple[tuple[int, ...], _Pair]] = []
    for place_x, x, of_x in roles:
        for place_y, y, of_y in roles:
            if not of_x or not of_y or of_x.axis != "x" or of_y.axis != "y" or of_x.rest != of_y.rest:
                continue
            geographic = of_x.geographic and of_y.geographic
            # The pair in degrees first, then the one whose headers say nothing else, then the closest.
            rank = (not geographic, len(of_x.rest), abs(place_x - place_y), min(place_x, place_y))
            ranked.append((rank, _Pair(x, y, geographic, of_x.system or of_y.system)))
    for _, pair in sorted(ranked, key=lambda each: each[0]):
        if placement := _columns(sample, headers, pair):
            yield placement


def _columns(sample: pl.DataFrame, headers: Headers, pair: _Pair) -> Placement | None:
    x, y, system = pair.x, pair.y, pair.system
    easting, northing = (numbers.degrees(sample[name]).to_numpy() for name in (x, y))
    if _both(easting, northing, sample, x, y) >= NAMED and share_of_degrees(easting, northing) >= NAMED:
        precise = min(numbers.decimals(sample[x]), numbers.decimals(sample[y])) >= 3
        sexagesimal = bool(sample[y].drop_nulls().str.contains("[°º]").any())
        if pair.geographic or system == "EPSG:4326" or precise or sexagesimal:
            # « Latitude » means WGS 84; « x » in degrees is left to who recognises systems.
            said = pair.geographic or system == "EPSG:4326"
            return _points(x, y, "EPSG:4326" if said else None, "format" if said else "guessed", numbers.degrees)
        return None
    easting, northing = (numbers.metres(sample[name]).to_numpy() for name in (x, y))
    if _both(easting, northing, sample, x, y) < NAMED:
        return None
    system = (None if system == "EPSG:4326" else system) or _said_system(sample, headers)
    if system or is_projected(easting, northing):
        return _points(x, y, system, "file" if system else "guessed", numbers.metres)
    return None


def _pair_columns(sample: pl.DataFrame, headers: Headers) -> Iterator[Placement]:
    for name in sample.columns:
        cells = sample[name]
        header = plain(headers.get(name) or "").replace(" ", "")
        named = bool(PAIR_WORDS.search(header))
        # « 46,5 » is one number with a decimal comma, never two.
        if float(numbers.degrees(cells).is_not_null().sum()) >= 0.5 * max(1, cells.drop_nulls().len()):
            continue
        first, second = (each.to_numpy() for each in numbers.pairs(cells))
        known = np.isfinite(first) & np.isfinite(second)
        if known.sum() < (NAMED if named else UNNAMED) * max(1, cells.drop_nulls().len()) or not known.any():
            continue
        if share_of_degrees(first, second) < NAMED:
            system = system_of(headers.get(name)) or _said_system(sample, headers)
            if named and (system or is_projected(first, second)):
                yield _pair(name, swap=False, system=system, how="file" if system else "guessed")
            continue
        straight, swapped = share_in_france(first, second), share_in_france(second, first)
        if not named and max(straight, swapped) < UNNAMED:
            continue
        yield _pair(
            name, swap=_latitude_first(cells, header, first, straight, swapped), system="EPSG:4326", how="format"
        )


def _latitude_first(cells: pl.Series, header: str, first: NDArray[Any], straight: float, swapped: float) -> bool:
    if straight != swapped:
        return swapped > straight
    if numbers.named_pairs(cells) >= NAMED:
        return True
    if np.nanmax(np.abs(first)) > 90:
        return False
    bracketed = numbers.share(cells.str.contains(r"^\s*\[")) >= NAMED
    return not (bracketed or header in PAIR_LONGITUDE_FIRST)


def _unnamed_columns(sample: pl.DataFrame, headers: Headers) -> Iterator[Placement]:
    """Two neighbouring columns that hold French coordinates to the metre, whatever they are called."""
    read = {name: numbers.metres(sample[name]) for name in sample.columns}
    likely = [
        (place, name, values.to_numpy())
        for place, (name, values) in enumerate(read.items())
        if values.is_not_null().sum() >= max(1, UNNAMED * sample[name].drop_nulls().len())
    ]
    for place, first, x in likely:
        for other, second, y in likely:
            if not 0 < abs(other - place) <= 2 or _both(x, y, sample, first, second) < UNNAMED:
                continue
            precise = min(numbers.decimals(sample[first]), numbers.decimals(sample[second])) >= 4
            if precise and share_in_france(x, y) >= UNNAMED:
                yield _points(
                    first, second, "EPSG:4326", "guessed", numbers.metres, guess=_sentence(first, second, headers)
                )
            elif place < other and np.nanmedian(np.abs(x)) > 5e4 and is_projected(x, y):
                yield _points(first, second, None, "guessed", numbers.metres, guess=_sentence(first, second, headers))


def _points(  # noqa: PLR0913 - what a placement is made of
    x: str,
    y: str,
    system: str | None,
    how: CrsHow,
    read_cells: Callable[[pl.Series], pl.Series],
    *,
    guess: str | None = None,
) -> Placement:

    def read(frame: pl.DataFrame) -> NDArray[Any]:
        return points(read_cells(frame[x]).to_numpy(), read_cells(frame[y]).to_numpy())

    return Placement((x, y), (), system, how, read, guess)


def _pair(name: str, *, swap: bool, system: str | None, how: CrsHow) -> Placement:
    def read(frame: pl.DataFrame) -> NDArray[Any]:
        first, second = (each.to_numpy() for each in numbers.pairs(frame[name]))
        return points(second, first) if swap else points(first, second)

    return Placement((name,), (), system, how, read)


def points(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    """Give one point per row, None where a coordinate is missing."""
    known = np.isfinite(x) & np.isfinite(y)
    result = np.full(len(x), None, dtype=object)
    result[known] = shapely.points(x[known], y[known])
    return result


def _both(x: NDArray[Any], y: NDArray[Any], sample: pl.DataFrame, *names: str) -> float:
    """Share of the rows with both cells filled whose two coordinates are read."""
    filled = max(1, int((sample[names[0]].is_not_null() & sample[names[1]].is_not_null()).sum()))
    return float(np.sum(np.isfinite(x) & np.isfinite(y))) / filled


def _said_system(sample: pl.DataFrame, headers: Headers) -> str | None:
    """Give the system that a column of the table names for all its rows."""
    for name in sample.columns:
        if is_system_column(headers.get(name)):
            values = sample[name].drop_nulls().unique()
            if values.len() == 1 and (system := system_of(values[0])):
                return system
    return None


def _sentence(x: str, y: str, headers: Headers) -> str:
    names = " et ".join(f"« {headers.get(name) or name} »" for name in (x, y))
    return f"Aucun en-tête ne nomme les coordonnées : elles ont été reconnues aux valeurs des colonnes {names}."
