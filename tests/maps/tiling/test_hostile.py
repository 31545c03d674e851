"""Layers that no tile should have to hold."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from ckanext.ca3b.maps import tiling

from .reading_tiles import archive, decode, one_layer, store

CAP = 500_000


def built(folder, shapes, *, max_tile=CAP, **columns):
    source = store(folder / "0.gpkg", shapes, **columns)
    tiles = tiling.build(source, folder / "0.pmtiles", max_tile=max_tile)
    found = archive(folder / "0.pmtiles")
    assert max((len(data) for data in found.values()), default=0) <= max_tile
    assert tiles.biggest <= max_tile
    for data in found.values():
        decode(data)
    return tiles, found


def test_a_pile_of_points_on_one_spot_is_cut_and_it_is_said(tmp_path):
    tiles, _ = built(tmp_path, np.full(150_000, shapely.Point(5.2, 46.2)), rang=np.arange(150_000))
    assert tiles.left_out > 0
    assert tiles.features + tiles.left_out == 150_000
    assert f"{tiles.left_out} objet(s)" in tiles.warnings[0]


def test_a_dense_town_goes_deeper_until_every_tile_holds_all(tmp_path):
    xy = np.random.default_rng(1).normal((5.2, 46.2), 0.0015, (60_000, 2))
    tiles, found = built(tmp_path, shapely.points(xy), max_tile=100_000, rang=np.arange(60_000))
    assert tiles.maxzoom > 14
    assert tiles.left_out == 0
    ids = [f.id for key, data in found.items() if key[0] == tiles.maxzoom for f in one_layer(data).features]
    assert sorted(ids) == list(range(1, 60_001))


def test_what_is_too_dense_even_at_the_deepest_zoom_is_as_whole_as_it_can_be(tmp_path):
    xy = np.random.default_rng(1).normal((5.2, 46.2), 0.0008, (60_000, 2))
    tiles, _ = built(tmp_path, shapely.points(xy), max_tile=60_000, rang=np.arange(60_000))
    assert tiles.maxzoom == 18
    assert 0 < tiles.left_out < 40_000


def test_an_outline_of_many_vertices_fits_everywhere(tmp_path):
    rng = np.random.default_rng(1)
    angles = np.linspace(0, 2 * np.pi, 400_001)[:-1]
    radius = 0.02 * (1 + 0.2 * np.sin(9 * angles) + 0.1 * rng.random(len(angles)))
    shape = shapely.Polygon(np.c_[5.2 + radius * np.cos(angles), 46.2 + radius * np.sin(angles)])
    tiles, found = built(tmp_path, [shape], max_tile=100_000, nom=["commune"])
    assert {key[0] for key in found} == set(range(tiles.maxzoom + 1))
    assert tiles.left_out == 0


def test_long_texts(tmp_path):
    rng = np.random.default_rng(1)
    texts = ["".join(map(chr, rng.integers(0x100, 0xD000, 400))) for _ in range(3_000)]
    tiles, found = built(tmp_path, shapely.points(rng.normal((5.2, 46.2), 0.003, (3_000, 2))), a=texts, b=texts[::-1])
    assert tiles.left_out == 0
    ids = {f.id for key, data in found.items() if key[0] == tiles.maxzoom for f in one_layer(data).features}
    assert len(ids) == 3_000


def test_the_edges_of_the_world(tmp_path):
    shapes = [
        shapely.Point(180, 0),
        shapely.Point(-180, 0),
        shapely.Point(0, 90),
        shapely.Point(0, 85.05),
        shapely.box(179.9, 10, 180.1, 10.1),
        shapely.box(-10, 84, 10, 90),
    ]
    tiles, found = built(tmp_path, shapes)
    last = {key: data for key, data in found.items() if key[0] == tiles.maxzoom}
    where = {}
    for (_, x, _), data in last.items():
        for feature in one_layer(data).features:
            where.setdefault(feature.id, set()).add(x)
    assert set(where) == {1, 2, 4, 5, 6}
    most = (1 << tiles.maxzoom) - 1
    # Longitudes 180 and −180 are one place; what goes beyond 180 comes back on the other side.
    assert where[1] == where[2] == {0}
    assert {0, most} <= where[5]
    assert tiles.left_out == 1
    assert "85,05°" in tiles.warnings[0]


def test_a_shape_as_large_as_the_world_does_not_make_millions_of_tiles(tmp_path):
    tiles, found = built(tmp_path, [shapely.box(-180, -85, 180, 85), shapely.LineString([(-170, -80), (170, 80)])])
    assert tiles.tiles < 50_000
    assert {f.id for f in one_layer(found[0, 0, 0]).features} == {1, 2}


def test_several_kinds_in_one_layer(tmp_path):
    shapes = [
        shapely.MultiPoint([(5, 46), (6, 47)]),
        shapely.GeometryCollection([shapely.Point(5, 46), shapely.LineString([(5, 46), (5.1, 46.1)])]),
        shapely.MultiPolygon([shapely.box(5, 46, 5.01, 46.01), shapely.box(5.02, 46, 5.03, 46.01)]),
        shapely.MultiLineString([[(5, 46), (5.01, 46)], [(5, 46.1), (5.01, 46.1)]]),
    ]
    tiles, found = built(tmp_path, shapes, n=[1, 2, 3, 4])
    last = [f for key, data in found.items() if key[0] == tiles.maxzoom for f in one_layer(data).features]
    assert {(f.id, f.type) for f in last} == {(1, 1), (2, 1), (2, 2), (3, 3), (4, 2)}
    assert all(f.properties == {"n": f.id} for f in last)


@pytest.mark.parametrize("shapes", [[], [None, shapely.Polygon(), shapely.Point()]])
def test_nothing_to_draw_is_an_archive_without_tiles(tmp_path, shapes):
    tiles, found = built(tmp_path, shapes)
    assert (tiles.tiles, tiles.features, found) == (0, 0, {})
    assert tiling.read_tile(tmp_path / "0.pmtiles", 0, 0, 0) is None
    assert tiling.sample(tmp_path / "0.gpkg", tmp_path / "s.geojson") == 0


def test_what_is_no_store_is_refused_in_french(tmp_path):
    (tmp_path / "0.gpkg").write_bytes(b"not a store")
    with pytest.raises(tiling.TileError, match="plus lisible"):
        tiling.build(tmp_path / "0.gpkg", tmp_path / "0.pmtiles")
    with pytest.raises(tiling.TileError, match="plus lisible"):
        tiling.sample(tmp_path / "0.gpkg", tmp_path / "s.geojson")
    assert [path.name for path in tmp_path.iterdir()] == ["0.gpkg"]
