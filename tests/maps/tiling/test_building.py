"""Archives of tiles as a map reads them: all is there at the last zoom, nothing is too heavy at any."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from pmtiles.reader import MmapSource, Reader

from ckanext.ca3b.maps import tiling

from .reading_tiles import archive, area, one_layer, place, store

TOWN = (5.2281, 46.2052)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1])), a[1] - b[1]) * 111_320


def around(count: int, spread: float, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(TOWN, spread, (count, 2))


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> tuple[np.ndarray, Path, tiling.Tiles]:
    folder = tmp_path_factory.mktemp("points")
    xy = around(30_000, 0.05)
    source = store(
        folder / "0.gpkg", shapely.points(xy), rang=np.arange(30_000), nom=[f"n° {i}" for i in range(30_000)]
    )
    return xy, folder / "0.pmtiles", tiling.build(source, folder / "0.pmtiles")


def test_every_point_is_at_the_last_zoom_where_it_should_be(points):
    xy, path, tiles = points
    found = {}
    for (z, x, y), data in archive(path).items():
        if z == tiles.maxzoom:
            for feature in one_layer(data).features:
                assert feature.id not in found
                assert feature.properties == {"rang": feature.id - 1, "nom": f"n° {feature.id - 1}"}
                found[feature.id] = place(z, x, y, feature.parts[0][0])
    assert sorted(found) == list(range(1, 30_001))
    assert max(metres(tuple(xy[fid - 1]), spot) for fid, spot in found.items()) < 1
    assert (tiles.features, tiles.left_out, tiles.warnings) == (30_000, 0, ())


def test_what_a_zoom_shows_the_next_shows_too(points):
    _, path, tiles = points
    seen: dict[int, set[int | None]] = {}
    for (z, _, _), data in archive(path).items():
        seen.setdefault(z, set()).update(feature.id for feature in one_layer(data).features)
    assert sorted(seen) == list(range(tiles.minzoom, tiles.maxzoom + 1))
    for zoom in range(tiles.maxzoom):
        assert seen[zoom] <= seen[zoom + 1]
    assert len(seen[0]) < len(seen[8]) < len(seen[tiles.maxzoom])


def test_points_of_low_zooms_are_spread_over_all_their_ground(points):
    xy, path, _ = points
    tiles = {key: data for key, data in archive(path).items() if key[0] == 9}
    spots = [place(*key, f.parts[0][0]) for key, data in tiles.items() for f in one_layer(data).features]
    cells = {(round(lon, 2), round(lat, 2)) for lon, lat in spots}
    everywhere = {(round(lon, 2), round(lat, 2)) for lon, lat in xy}
    assert len(cells) > 0.9 * len(everywhere)


def test_gdal_and_the_reference_reader_understand_the_archive(points):
    xy, path, tiles = points
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        header, metadata = reader.header(), reader.metadata()
    assert (header["min_zoom"], header["max_zoom"], header["clustered"]) == (0, tiles.maxzoom, True)
    assert header["addressed_tiles_count"] == tiles.tiles
    west, south = (header[name] / 1e7 for name in ("min_lon_e7", "min_lat_e7"))
    assert metres((west, south), tuple(xy.min(axis=0))) < 1
    assert metadata["vector_layers"][0]["id"] == "features"
    assert metadata["vector_layers"][0]["fields"] == {"rang": "Number", "nom": "String"}
    info = pyogrio.read_info(path, layer="features", force_feature_count=True)
    assert info["features"] == 30_000


def test_the_same_store_gives_the_same_bytes(points, tmp_path):
    xy, path, _ = points
    names = [f"n° {i}" for i in range(30_000)]
    source = store(tmp_path / "again.gpkg", shapely.points(xy), rang=np.arange(30_000), nom=names)
    tiling.build(source, tmp_path / "again.pmtiles")
    assert (tmp_path / "again.pmtiles").read_bytes() == path.read_bytes()


@pytest.fixture(scope="module")
def outlines(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[shapely.Geometry], Path, tiling.Tiles]:
    """A commune with a hole, its houses, a road across it, and a path too thin and a house too small to be seen."""
    folder = tmp_path_factory.mktemp("outlines")
    x, y = TOWN
    angles = np.linspace(0, 2 * np.pi, 4_001)[:-1]
    radius = 0.05 * (1 + 0.2 * np.sin(9 * angles) + 0.01 * np.sin(700 * angles))
    commune = shapely.Polygon(np.c_[x + radius * np.cos(angles), y + radius * np.sin(angles)])
    commune = commune.difference(shapely.box(x - 0.01, y - 0.01, x + 0.01, y + 0.01))
    houses = [shapely.box(a, b, a + 1e-4, b + 1e-4) for a, b in around(3_000, 0.02)]
    road = shapely.LineString([(x - 0.2, y - 0.1), (x, y), (x + 0.2, y + 0.13), (x - 0.2, y + 0.15)])
    thin, small = shapely.box(x, y, x + 0.05, y + 1e-9), shapely.box(x, y, x + 1e-9, y + 1e-9)
    shapes = [commune, road, thin, small, *houses]
    source = store(folder / "0.gpkg", shapes, sorte=["commune", "route", "mince", "petit", *["maison"] * len(houses)])
    return shapes, folder / "0.pmtiles", tiling.build(source, folder / "0.pmtiles")


def test_outlines_are_whole_at_the_last_zoom(outlines):
    shapes, path, tiles = outlines
    parts: dict[int, list[shapely.Geometry]] = {}
    for (z, x, y), data in archive(path).items():
        if z != tiles.maxzoom:
            continue
        tile = shapely.box(*place(z, x, y, (0, 4096)), *place(z, x, y, (4096, 0)))
        for feature in one_layer(data).features:
            rings = [[place(z, x, y, unit, 0) for unit in part] for part in feature.parts]
            if feature.type == 2:
                drawn = shapely.MultiLineString(rings)
            else:
                drawn = shapely.Polygon()
                for ring, units in zip(rings, feature.parts, strict=True):
                    one = shapely.make_valid(shapely.Polygon(ring))
                    drawn = drawn.union(one) if area(units) > 0 else drawn.difference(one)
            parts.setdefault(feature.id or 0, []).append(shapely.intersection(drawn, tile))
    assert sorted(parts) == list(range(1, len(shapes) + 1))
    for fid in (1, 5, 500, 2_000):
        drawn, shape = shapely.union_all(parts[fid]), shapes[fid - 1]
        assert shapely.hausdorff_distance(drawn.boundary, shape.boundary) * 111_320 < 1.5
        assert drawn.symmetric_difference(shape).area < 0.1 * shape.area
    road = shapely.union_all(parts[2])
    assert road.length == pytest.approx(shapes[1].length, rel=1e-3)


def test_the_largest_is_seen_first_and_all_that_is_drawn_is_a_shape(outlines):
    _, path, tiles = outlines
    for (z, _, _), data in archive(path).items():
        layer = one_layer(data)  # its commands and the way its rings turn are checked there
        assert (layer.name, layer.version, layer.extent) == ("features", 2, 4096)
        inside = all(-64 <= c <= 4160 for f in layer.features for part in f.parts for unit in part for c in unit)
        assert inside
        if 6 <= z < tiles.maxzoom - 3:
            assert any(f.properties["sorte"] == "commune" for f in layer.features) or z > 9
    low = [f for key, data in archive(path).items() if key[0] == 8 for f in one_layer(data).features]
    assert {"commune", "route"} <= {f.properties["sorte"] for f in low}
    commune = next(f for f in low if f.id == 1)
    assert 8 < sum(map(len, commune.parts)) < 400


def test_values_come_back_as_they_are(tmp_path):
    columns = {
        "texte": ["é" * 300, "", None],
        "entier": [-5, 2**40, None],
        "nombre": [1.5, -0.25, None],
        "vrai": [True, False, None],
        "jour": [dt.date(2026, 1, 31), dt.date(1900, 2, 1), None],
        "instant": [dt.datetime(2026, 1, 31, 12, 30), None, None],  # noqa: DTZ001 - as a file without zone has them
    }
    source = store(tmp_path / "0.gpkg", shapely.points(around(3, 0.0)), **columns)
    tiles = tiling.build(source, tmp_path / "0.pmtiles")
    data = next(data for key, data in archive(tmp_path / "0.pmtiles").items() if key[0] == tiles.maxzoom)
    found = {feature.id: feature.properties for feature in one_layer(data).features}
    assert found[1] == {
        "texte": "é" * 200,
        "entier": -5,
        "nombre": 1.5,
        "vrai": True,
        "jour": "2026-01-31",
        "instant": "2026-01-31T12:30:00Z",
    }
    assert found[2] == {"texte": "", "entier": 2**40, "nombre": -0.25, "vrai": False, "jour": "1900-02-01"}
    assert found[3] == {}
    assert tiles.shortened == ("texte",)


def test_thirty_attributes_at_most_and_those_that_are_asked(tmp_path):
    source = store(tmp_path / "0.gpkg", [shapely.Point(TOWN)], **{f"c{i}": [i] for i in range(40)})
    assert len(tiling.build(source, tmp_path / "0.pmtiles").attributes) == 30
    assert tiling.build(source, tmp_path / "0.pmtiles", attributes=["c39", "c2", "other"]).attributes == ("c39", "c2")


def test_progress_goes_forward_and_may_stop_the_work(tmp_path, points):
    xy, _, _ = points
    source = store(tmp_path / "0.gpkg", shapely.points(xy))
    told: list[float] = []
    tiling.build(source, tmp_path / "0.pmtiles", features=len(xy), progress=told.append)
    assert told == sorted(told)
    assert told[0] > 0
    assert told[-1] == pytest.approx(1)

    def stop(_share: float) -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        tiling.build(source, tmp_path / "1.pmtiles", features=len(xy), progress=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.gpkg", "0.pmtiles"]
